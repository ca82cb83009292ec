//! What a client makes of a line from the server.

/// One line of an answer, by its first words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply<'a, 'w> {
    /// `ERR word`: refused. Further words are to be tolerated.
    Err(&'a str),
    /// `OK …` and the words behind.
    Ok(&'w [&'a str]),
    /// `BEGIN LIST …` and the query words behind.
    Begin(&'w [&'a str]),
    /// `END LIST …` and the query words behind.
    End(&'w [&'a str]),
    /// Anything else: the line itself.
    Line(&'w [&'a str]),
}

impl<'a, 'w> Reply<'a, 'w> {
    /// Sorts a line by its first words.
    #[must_use]
    pub fn of(words: &'w [&'a str]) -> Self {
        match words {
            ["ERR", code, ..] => Self::Err(code),
            ["ERR"] => Self::Err(""),
            ["OK", rest @ ..] => Self::Ok(rest),
            [begin, list, rest @ ..]
                if begin.eq_ignore_ascii_case("BEGIN") && list.eq_ignore_ascii_case("LIST") =>
            {
                Self::Begin(rest)
            }
            ["END", "LIST", rest @ ..] => Self::End(rest),
            _ => Self::Line(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_sorted_by_their_first_words() {
        assert_eq!(
            Reply::of(&["ERR", "DATA-STALE", "more"]),
            Reply::Err("DATA-STALE")
        );
        assert_eq!(
            Reply::of(&["OK", "TRACKING", "5F"]),
            Reply::Ok(&["TRACKING", "5F"])
        );
        assert_eq!(Reply::of(&["BEGIN", "LIST", "UPS"]), Reply::Begin(&["UPS"]));
        assert_eq!(Reply::of(&["END", "LIST", "UPS"]), Reply::End(&["UPS"]));
        assert_eq!(Reply::of(&["1.3"]), Reply::Line(&["1.3"]));
        assert_eq!(Reply::of(&[]), Reply::Line(&[]));
    }
}
