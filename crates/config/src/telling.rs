//! Keeping passwords out of messages.

use crate::nearest::distance;

/// Whether a line of a file seems to hold a password, so that no message may show the line.
///
/// This looks at the words and not at the grammar, because a message is about a line that is wrong:
/// the keyword may be misspelt or stand in the wrong place.
/// It sees the words as the lexer does, so that a byte or `\` inside a keyword cannot hide it.
#[must_use]
pub fn is_told_in(line: &str) -> bool {
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
