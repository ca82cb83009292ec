//! Carries text outside ASCII through the lexer.
//!
//! NUT's lexer drops every byte that is not printable ASCII, in files as on the wire. The data of a
//! simulated device shall keep them as far as this driver goes (soft-drivers.md, A4: pass UTF-8
//! through), so such bytes are written as DEL and two hex digits before the lexer sees them, and
//! turned back in the words it finds. DEL itself is the one control character that the lexer keeps.

const SHIELD: u8 = 0x7f;

/// `source` with every byte above `~` shielded; line ends and all that the lexer acts on are untouched.
pub(crate) fn shield(source: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(source.len());
    for &byte in source {
        if byte < SHIELD {
            out.push(byte);
        } else {
            out.extend_from_slice(&[SHIELD, hex(byte >> 4), hex(byte & 0xf)]);
        }
    }
    out
}

/// A text of the lexer's with its shielded bytes back, and whether any was left out as no UTF-8.
pub(crate) fn unshield(text: &str) -> (String, bool) {
    let mut bytes = Vec::with_capacity(text.len());
    let mut torn = false;
    let mut parts = text.split(char::from(SHIELD));
    bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    for part in parts {
        match byte_of(part) {
            Some((byte, rest)) => {
                bytes.push(byte);
                bytes.extend_from_slice(rest.as_bytes());
            }
            None => torn = true, // the lexer cut the word here
        }
    }
    let mut whole = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        whole.push_str(chunk.valid());
        torn |= !chunk.invalid().is_empty();
    }
    (whole, torn)
}

fn byte_of(part: &str) -> Option<(u8, &str)> {
    let (digits, rest) = part.split_at_checked(2)?;
    Some((u8::from_str_radix(digits, 16).ok()?, rest))
}

fn hex(nibble: u8) -> u8 {
    if nibble < 10 {
        b'0' + nibble
    } else {
        b'a' + (nibble - 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_comes_back_and_other_bytes_are_left_out() {
        let back = |bytes: &[u8]| {
            let shielded = String::from_utf8(shield(bytes)).unwrap();
            unshield(&shielded)
        };
        assert_eq!(back("caffè".as_bytes()), ("caffè".to_owned(), false));
        assert_eq!(back(b"a\x7f41"), ("a\x7f41".to_owned(), false));
        assert_eq!(back(b"caf\xe8 1"), ("caf 1".to_owned(), true));
        assert_eq!(unshield("caf\x7fc"), ("caf".to_owned(), true));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in ".*") {
            let shielded = shield(text.as_bytes());
            prop_assert_eq!(unshield(std::str::from_utf8(&shielded).unwrap()), (text, false));
        }

        #[test]
        fn any_text_of_the_lexers_is_survived(text in "[ -~\u{7f}]*") {
            let _ = unshield(&text);
        }
    }
}
