//! Passwords in memory, and keeping them out of messages.

use crate::nearest::distance;
use std::fmt;

/// A password: it is printed by nothing, only [`expose`](Self::expose) shows it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The hidden text, for comparing and for opening keys, never for messages.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// Whether a line of a file seems to hold a password, so that no message may show the line.
///
/// This looks at the words and not at the grammar, because a message is about a line that is wrong:
/// the keyword may be misspelt or stand in the wrong place.
/// It sees the words as the lexer does, so that a byte or `\` inside a keyword cannot hide it.
pub(crate) fn is_told_in(line: &str) -> bool {
    let seen = |c: &char| *c != '\\' && (c.is_whitespace() || c.is_ascii_graphic());
    let line: String = line.replace("\\\n", "").chars().filter(seen).collect();
    line.split(|c: char| c.is_whitespace() || "=\"[]#".contains(c))
        .any(names_a_secret)
}

fn names_a_secret(word: &str) -> bool {
    let word = word.to_ascii_lowercase().replace("bypass", "");
    ["pass", "secret", "community"]
        .iter()
        .any(|part| word.contains(part))
        || distance(&word, "password", 2).is_some()
        || distance(&word, "certident", 1).is_some()
        || distance(&word, "monitor", 2).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_nothing_of_itself() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret:?} {secret}"), "Secret (secret)");
        assert_eq!(secret.expose(), "hunter2");
    }

    #[test]
    fn lines_with_passwords_are_known_even_when_misspelt() {
        for line in [
            "password = x",
            "  pasword=x",
            "[u] Password x",
            "CERTIDENT a b",
            "community = public",
            "authPassword=x",
            "MONITOR a 1 b c primary",
            "pas\u{fffd}s\\wo\u{fffd}r\\d = x",
            "pa\\\nss\\\nword = \\\nx",
        ] {
            assert!(is_told_in(line), "{line}");
        }
        for line in [
            "override.input.bypass.voltage = 3",
            "MAXAGE 15",
            "desc = \"x\"",
        ] {
            assert!(!is_told_in(line), "{line}");
        }
    }
}
