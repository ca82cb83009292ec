//! The words of a line.

/// A word as it stands in a line.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\';
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("{word:?}")
    }
}

/// The words of a line; nothing when a quote is not closed, or has something directly behind it.
#[must_use]
pub fn split(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (word, behind) = if let Some(inner) = rest.strip_prefix('"') {
            unquote(inner)?
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            (word.to_owned(), behind)
        };
        if !behind.is_empty() && !behind.starts_with(char::is_whitespace) {
            return None;
        }
        words.push(word);
        rest = behind.trim_start();
    }
    Some(words)
}

/// The inverse of `{:?}`, for the escapes that it makes; `inner` begins behind the first quote. The text, and what is behind it.
fn unquote(inner: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut rest = inner.chars();
    loop {
        match rest.next()? {
            '"' => return Some((text, rest.as_str())),
            '\\' => text.push(escaped(&mut rest)?),
            other => text.push(other),
        }
    }
}

fn escaped(rest: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'u' => {
            let (digits, behind) = rest.as_str().strip_prefix('{')?.split_once('}')?;
            *rest = behind.chars();
            char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
        }
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn only_what_needs_quotes_has_them() {
        for (word, written) in [
            ("beeper.mute", "beeper.mute"),
            ("", r#""""#),
            ("two words", r#""two words""#),
            (r#"a"b"#, r#""a\"b""#),
            ("Bär", "\"Bär\""),
        ] {
            assert_eq!(quoted(word), written);
        }
    }

    #[test]
    fn what_is_quoted_wrongly_is_no_line() {
        for line in [r#""abc"#, r#""a"b"#, r#""\u{110000}""#, r#""\u{1"#, "\"\\"] {
            assert_eq!(split(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn words_are_read_as_they_were_written(words in vec("(?s).{0,12}", 0..6)) {
            let line: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            prop_assert_eq!(split(&line.join(" ")), Some(words));
        }

        #[test]
        fn no_line_makes_reading_fail_otherwise(line in "(?s).{0,60}", odd in "[\"\\\\u{}a ]{0,20}") {
            let _ = split(&line);
            let _ = split(&odd);
        }
    }
}
