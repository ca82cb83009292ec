//! What a server says of a variable's type: `RW ENUM STRING:10`.

/// The type of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One of some values, which have a base type unless the server is old.
    Enum(Option<Base>),
    /// A number within ranges.
    Range(Option<Base>),
    /// Anything of the base type.
    Plain(Base),
    /// A word that we do not know.
    Other(String),
    /// The server did not say.
    Unknown,
}

/// What values are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// Text, with its greatest length if the server says it.
    String(Option<u32>),
    /// A number.
    Number,
}

impl Base {
    fn read(word: &str) -> Option<Self> {
        let (name, length) = word.split_once(':').unwrap_or((word, ""));
        if name.eq_ignore_ascii_case("STRING") {
            Some(Self::String(length.parse().ok()))
        } else if word.eq_ignore_ascii_case("NUMBER") {
            Some(Self::Number)
        } else {
            None
        }
    }
}

impl Kind {
    /// Reads the words behind `TYPE ups var`.
    pub(crate) fn read(words: &[String]) -> Self {
        let mut words = words.iter().map(String::as_str);
        let Some(word) = words.find(|word| !word.eq_ignore_ascii_case("RW")) else {
            return Self::Unknown;
        };
        let mut base = || words.find_map(Base::read);
        if word.eq_ignore_ascii_case("ENUM") {
            Self::Enum(base())
        } else if word.eq_ignore_ascii_case("RANGE") {
            Self::Range(base())
        } else {
            Base::read(word).map_or_else(|| Self::Other(word.to_owned()), Self::Plain)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_read() {
        let string = |length| Base::String(Some(length));
        for (text, kind) in [
            ("RW STRING:5", Kind::Plain(string(5))),
            ("RW STRING", Kind::Plain(Base::String(None))),
            ("RW NUMBER", Kind::Plain(Base::Number)),
            ("NUMBER", Kind::Plain(Base::Number)),
            ("RW ENUM", Kind::Enum(None)),
            ("RW ENUM NUMBER", Kind::Enum(Some(Base::Number))),
            ("rw enum string:10", Kind::Enum(Some(string(10)))),
            ("RW ENUM RANGE STRING:3", Kind::Enum(Some(string(3)))),
            ("RW RANGE NUMBER", Kind::Range(Some(Base::Number))),
            ("RW BITMAP", Kind::Other("BITMAP".to_owned())),
            ("RW", Kind::Unknown),
            ("", Kind::Unknown),
        ] {
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            assert_eq!(Kind::read(&words), kind, "{text}");
        }
    }
}
