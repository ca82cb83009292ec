//! Bytes as text in recordings: printable ASCII as it is, the rest as `\r`, `\n`, `\\`, `\"` or `\xNN`.

use std::fmt;

/// Shows bytes in quotes.
pub(crate) struct Quoted<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for &byte in self.0 {
            match byte {
                b'\r' => f.write_str("\\r")?,
                b'\n' => f.write_str("\\n")?,
                b'\\' | b'"' => write!(f, "\\{}", char::from(byte))?,
                b' '..=b'~' => write!(f, "{}", char::from(byte))?,
                _ => write!(f, "\\x{byte:02x}")?,
            }
        }
        f.write_str("\"")
    }
}

/// The inverse.
pub(crate) fn unquote(text: &str) -> Option<Vec<u8>> {
    let mut rest = text.strip_prefix('"')?.strip_suffix('"')?.bytes();
    let mut out = Vec::new();
    while let Some(byte) = rest.next() {
        out.push(match byte {
            b'\\' => match rest.next()? {
                b'r' => b'\r',
                b'n' => b'\n',
                b'x' => {
                    let digits = [rest.next()?, rest.next()?];
                    u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
                }
                other @ (b'\\' | b'"') => other,
                _ => return None,
            },
            b' '..=b'~' => byte,
            _ => return None,
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reply_reads_as_it_came() {
        let text = Quoted(b"(OK\r\x00\xff\"\\").to_string();
        assert_eq!(text, r#""(OK\r\x00\xff\"\\""#);
    }

    proptest! {
        #[test]
        fn quoting_and_back_is_nothing(bytes: Vec<u8>) {
            prop_assert_eq!(unquote(&Quoted(&bytes).to_string()), Some(bytes));
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = unquote(&text);
        }
    }
}
