//! A value as the bytes that are read as that value.

use super::EditError;
use text::{WORD_MAX, quote};

/// Whether a word may stand as it is, or has to have quotes around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dress {
    /// Quotes only where they are needed.
    Bare,
    /// As the one before it had them.
    Quoted,
}

/// What no word of a file can be.
pub(super) fn check(text: &str) -> Result<(), EditError> {
    if text.chars().any(char::is_control) {
        return Err(EditError::Control(text.to_owned()));
    }
    if !text.is_ascii() {
        return Err(EditError::NotAscii(text.to_owned()));
    }
    if text.len() > WORD_MAX {
        return Err(EditError::TooLong);
    }
    Ok(())
}

/// The name of a directive or a key.
pub(super) fn check_name(name: &str) -> Result<(), EditError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if name.is_empty() || !name.bytes().all(plain) {
        return Err(EditError::Name(name.to_owned()));
    }
    check(name)
}

/// `text` as it is written, with quotes only where it needs them.
#[must_use]
pub fn quoted(text: &str) -> String {
    written(text, Dress::Bare)
}

pub(super) fn written(text: &str, dress: Dress) -> String {
    if dress == Dress::Bare && !needs_quotes(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

fn needs_quotes(text: &str) -> bool {
    let special = |byte: u8| matches!(byte, b' ' | b'"' | b'#' | b'=' | b'\\');
    // "=" by itself is that word with and without quotes
    text.is_empty() || (text != "=" && text.bytes().any(special))
}

/// The words behind one another.
pub(super) fn line(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_there_where_the_lexer_needs_them() {
        for (text, expected) in [
            ("auto", "auto"),
            ("/dev/ttyS0", "/dev/ttyS0"),
            ("", "\"\""),
            ("=", "="),
            ("a b", "\"a b\""),
            ("a=b", "\"a=b\""),
            ("a#b", r##""a\#b""##),
            ("a\"b", r#""a\"b""#),
            ("a\\b", r#""a\\b""#),
        ] {
            assert_eq!(quoted(text), expected);
        }
        assert_eq!(written("x", Dress::Quoted), "\"x\"");
    }

    #[test]
    fn what_no_file_can_carry_is_refused() {
        let told = check("a\nb").unwrap_err().to_string();
        assert!(told.starts_with(r#""a\nb" holds a line end"#), "{told}");
        assert!(matches!(check("tab\t"), Err(EditError::Control(_))));
        assert!(matches!(check("\u{7f}"), Err(EditError::Control(_))));
        assert!(matches!(check("f\u{fc}nf"), Err(EditError::NotAscii(_))));
        assert_eq!(check(&"x".repeat(513)), Err(EditError::TooLong));
        assert!(matches!(check_name("a b"), Err(EditError::Name(_))));
        assert!(matches!(check_name(""), Err(EditError::Name(_))));
    }
}
