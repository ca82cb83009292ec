//! The private key among the blocks of a PEM file.

use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::Kdf;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};

use rustls::crypto::ring::sign::any_supported_type;
use secret::Secret;
use zeroize::Zeroize as _;

use crate::pem::{self, Block};

/// The kinds of keys that can be used.
pub(crate) const KINDS: &str = "RSA of 2048 to 4096 bits, ECDSA P-256 or P-384, or Ed25519";
/// Rounds of PBKDF2 at most, about a second; OpenSSL writes 2,048 unless it is told otherwise, others up to a million.
const ROUNDS_MAX: u32 = 2_000_000;
/// Bytes that scrypt may go through at most, and so need; OpenSSL's are 16 MiB.
const SCRYPT_WORK_MAX: u64 = 256 << 20;

/// Why there is no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadKey {
    pub(crate) what: String,
    /// Whether the password is to blame, and not the file.
    pub(crate) is_password: bool,
}

fn bad(what: impl Into<String>) -> BadKey {
    BadKey {
        what: what.into(),
        is_password: false,
    }
}

/// Whether there is a private key.
pub(crate) fn is_among(blocks: &[Block]) -> bool {
    blocks.iter().any(is_key)
}

fn is_key(block: &Block) -> bool {
    block.label.ends_with("PRIVATE KEY")
}

/// Finds the key and opens it.
pub(crate) fn find(
    blocks: &[Block],
    password: Option<&Secret>,
) -> Result<PrivateKeyDer<'static>, BadKey> {
    let Some(block) = blocks.iter().find(|block| is_key(block)) else {
        return Err(bad(
            "there is no private key in it; put it behind the certificates",
        ));
    };
    if block.has_headers {
        return Err(bad(format!(
            "the key in line {} is encrypted in the way of before PKCS#8; convert it with: openssl pkcs8 -topk8",
            block.line
        )));
    }
    let der = block.der.to_vec();
    match block.label.as_str() {
        "PRIVATE KEY" => Ok(PrivatePkcs8KeyDer::from(der).into()),
        "RSA PRIVATE KEY" => Ok(PrivatePkcs1KeyDer::from(der).into()),
        "EC PRIVATE KEY" => Ok(PrivateSec1KeyDer::from(der).into()),
        "ENCRYPTED PRIVATE KEY" => decrypt(block, password),
        other => Err(bad(format!(
            "line {}: a key of the kind {other:?} cannot be used",
            block.line
        ))),
    }
}

fn decrypt(block: &Block, password: Option<&Secret>) -> Result<PrivateKeyDer<'static>, BadKey> {
    let Some(password) = password.filter(|password| !password.expose().is_empty()) else {
        return Err(bad(format!(
            "the key in line {} is encrypted; give its password: CERTIDENT \"\" <password>, in nutauth.conf CERTIDENT_PASS",
            block.line
        )));
    };
    let sealed = EncryptedPrivateKeyInfoRef::try_from(block.der.as_slice()).map_err(|_| {
        bad(format!(
            "the key in line {} is encrypted in a way that is not known here; use: openssl pkcs8 -topk8 -v2 aes-256-cbc",
            block.line
        ))
    })?;
    if !is_affordable(&sealed.encryption_algorithm) {
        return Err(bad(format!(
            "opening the key in line {} would take too much time or memory; encrypt it anew with: openssl pkcs8 -topk8 -v2 aes-256-cbc",
            block.line
        )));
    }
    let open = sealed.decrypt(password.expose()).map_err(|_| BadKey {
        what: "this password does not open the private key in".to_owned(),
        is_password: true,
    })?;
    Ok(PrivatePkcs8KeyDer::from(open.as_bytes().to_vec()).into())
}

/// Whether what the key says of its encryption can be done: a damaged file must not keep the program busy for hours, take all
/// memory, or end it, as a cost of nothing would.
fn is_affordable(scheme: &EncryptionScheme) -> bool {
    let EncryptionScheme::Pbes2(parameters) = scheme else {
        return true;
    };
    match &parameters.kdf {
        Kdf::Pbkdf2(pbkdf2) => (1..=ROUNDS_MAX).contains(&pbkdf2.iteration_count),
        Kdf::Scrypt(scrypt) => {
            let width = 128 * u64::from(scrypt.block_size) * u64::from(scrypt.parallelization);
            let work = scrypt.cost_parameter.checked_mul(width);
            scrypt.cost_parameter.is_power_of_two()
                && work.is_some_and(|work| (1..=SCRYPT_WORK_MAX).contains(&work))
        }
        _ => false,
    }
}

/// Reads the first private key of a PEM text as CERTFILE's is read, and says what is wrong with it.
///
/// # Errors
/// There is none, it is damaged, or the password does not open it.
pub fn check_key(text: &[u8], password: Option<&Secret>) -> Result<(), String> {
    let blocks = pem::blocks(text).map_err(|fault| fault.to_string())?;
    let mut der = find(&blocks, password).map_err(|bad| bad.what)?;
    let usable = any_supported_type(&der);
    der.zeroize();
    usable.map(drop).map_err(|why| why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use pkcs8::pkcs5::pbes2;

    fn affordable(kdf: Kdf) -> bool {
        is_affordable(&EncryptionScheme::Pbes2(pbes2::Parameters {
            kdf,
            encryption: pbes2::EncryptionScheme::Aes256Cbc { iv: [7; 16] },
        }))
    }

    #[test]
    fn what_others_write_is_opened_and_no_cost_beyond_reason() {
        for (rounds, expected) in [
            (1, true),
            (2048, true),
            (1_300_000, true),
            (2_000_001, false),
        ] {
            let pbkdf2 = pbes2::Pbkdf2Params::hmac_sha256(rounds, b"saltsalt").unwrap();
            assert_eq!(affordable(Kdf::Pbkdf2(pbkdf2)), expected, "{rounds}");
        }
        for (cost_parameter, block_size, parallelization, expected) in [
            (1 << 14, 8, 1, true), // OpenSSL's
            (1 << 17, 8, 1, true),
            (1 << 18, 8, 1, true),
            (1 << 18, 8, 2, false),
            (1 << 62, 8, 1, false),
            (1 << 14, u16::MAX, u16::MAX, false),
            // these make no sense, and end some programs
            (0, 8, 1, false),
            (3, 8, 1, false),
            (2, 0, 1, false),
            (2, 8, 0, false),
        ] {
            let scrypt = pbes2::ScryptParams {
                salt: pbes2::Salt::new(b"saltsalt").unwrap(),
                cost_parameter,
                block_size,
                parallelization,
                key_length: None,
            };
            let what = format!("{scrypt:?}");
            assert_eq!(affordable(Kdf::Scrypt(scrypt)), expected, "{what}");
        }
    }
}
