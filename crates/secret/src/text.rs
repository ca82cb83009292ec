//! A password as text.

use std::fmt;
use std::str::FromStr;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Bytes that hold secrets among other things, as those of a configuration file; wiped when dropped.
pub type Bytes = Zeroizing<Vec<u8>>;

/// Longest password that is compared without its length showing; NUT's words are no longer.
const COMPARED: usize = 512;

/// A password: it is printed by nothing, only [`expose`](Self::expose) shows it, and dropping it wipes it.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Hides `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The hidden text, for comparing and for opening keys, never for messages.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether both are the same. How long this takes tells nothing about where they differ.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.0.as_bytes(), other.0.as_bytes());
        if mine.len().max(theirs.len()) > COMPARED {
            return mine.ct_eq(theirs).into();
        }
        let same = padded(mine).ct_eq(&*padded(theirs)) & mine.len().ct_eq(&theirs.len());
        same.into()
    }
}

fn padded(text: &[u8]) -> Zeroizing<[u8; COMPARED]> {
    let mut padded = Zeroizing::new([0; COMPARED]);
    padded
        .iter_mut()
        .zip(text)
        .for_each(|(to, from)| *to = *from);
    padded
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.is(other)
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
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
    fn only_the_same_text_is_the_same() {
        let long = "x".repeat(COMPARED + 1);
        for (one, other, same) in [
            ("a", "a", true),
            ("a", "b", false),
            ("a", "a\0", false),
            ("", "", true),
            (&long, &long, true),
            (&long, "x", false),
        ] {
            assert_eq!(
                Secret::new(one).is(&Secret::new(other)),
                same,
                "{one:?} {other:?}"
            );
        }
    }
}
