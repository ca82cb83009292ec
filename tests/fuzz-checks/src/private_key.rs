//! Private keys, encrypted and not.

use secret::Secret;

const PASSWORD: &str = "sw0rdfish";
/// The first byte says which of these the others are.
const LABELS: [&str; 4] = [
    "PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "EC PRIVATE KEY",
    "RSA PRIVATE KEY",
];

/// Any key is taken or refused in words that do not show the password, and within moderate time and memory.
pub fn check_private_key(bytes: &[u8]) {
    let Some((&first, der)) = bytes.split_first() else {
        return;
    };
    let label = LABELS.iter().cycle().nth(first.into());
    let label = label.copied().unwrap_or_default();
    let text = format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        base64(der)
    );
    for password in [None, Some(Secret::new(PASSWORD))] {
        if let Err(told) = tls::check_key(text.as_bytes(), password.as_ref()) {
            assert!(!told.contains(PASSWORD) && !told.contains('\n'), "{told}");
        }
    }
}

/// Without padding, which PEM is read without, too.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = |three: &[u8]| {
        let bits = (0..3).fold(0, |bits, at| {
            bits << 8 | usize::from(three.get(at).copied().unwrap_or(0))
        });
        let quad = [18, 12, 6, 0].map(|shift| DIGITS.chars().nth(bits >> shift & 63));
        quad.into_iter()
            .flatten()
            .take(three.len() + 1)
            .collect::<String>()
    };
    bytes.chunks(3).map(digits).collect()
}
