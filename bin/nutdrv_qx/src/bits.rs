//! The words of `ups.status`, and the order in which they are told (spec nutdrv_qx.md, section 2).

/// The words beside `OB`, in the order in which they are told. `OB` is that `OL` is not there.
const WORDS: [&str; 12] = [
    "OL", "DISCHRG", "CHRG", "LB", "OVER", "RB", "TRIM", "BOOST", "BYPASS", "OFF", "CAL", "FSD",
];

/// A set of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits(u16);

impl Bits {
    /// Adds a word; with `!` in front it is taken away. Several may stand with blanks between.
    pub(crate) fn set(&mut self, words: &str) {
        for word in words.split_ascii_whitespace() {
            match word.strip_prefix('!') {
                Some(word) => self.0 &= !bit(word),
                None => self.0 |= bit(word),
            }
        }
    }

    /// Whether the word is there.
    pub(crate) fn has(self, word: &str) -> bool {
        self.0 & bit(word) != 0
    }

    /// What `ups.status` says.
    pub(crate) fn text(self) -> String {
        let base = if self.has("OL") { None } else { Some("OB") };
        let words = WORDS.into_iter().filter(|word| self.has(word));
        base.into_iter().chain(words).collect::<Vec<_>>().join(" ")
    }
}

/// Whether there is such a word, with or without `!`.
#[cfg(test)]
pub(crate) fn is_word(word: &str) -> bool {
    bit(word.strip_prefix('!').unwrap_or(word)) != 0
}

/// A word that is not known has no bit.
fn bit(word: &str) -> u16 {
    let at = WORDS.iter().position(|known| *known == word);
    at.map_or(0, |at| 1 << at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_in_the_order_of_the_table() {
        let mut bits = Bits::default();
        assert_eq!(bits.text(), "OB");
        bits.set("FSD");
        bits.set("LB RB");
        bits.set("OL");
        assert_eq!(bits.text(), "OL LB RB FSD");
        bits.set("!OL");
        bits.set("!FSD CHRG");
        assert_eq!(bits.text(), "OB CHRG LB RB");
        assert!(is_word("!CAL") && !is_word("ECO"));
    }

    #[test]
    fn an_unknown_word_changes_nothing() {
        let mut bits = Bits::default();
        bits.set("OL NONSENSE !OTHER");
        assert_eq!(bits.text(), "OL");
    }
}
