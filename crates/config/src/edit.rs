//! Changing a file and nothing else in it: text in, text out.
//!
//! A file is a row of bytes that somebody wrote by hand. What an edit does not change keeps every byte: comments, blank lines,
//! the order, indentation, line ends. So nothing is written anew from values; a [`Document`] knows where each word stands
//! (`layout`), and an edit cuts out and puts in at such places (`splice`).
//!
//! * `directives`: files with a directive on each line: upsd.conf, upsmon.conf, upssched.conf
//! * `sections`: files with `[names]`: ups.conf, upsd.users
//! * [`Shell`]: nut.conf, which shells and systemd read
//! * `word`: how a value is written so that it is read again as it was
//!
//! Terms: a *row* is a logical line with its line end, also one without words; a *token* is a word and the bytes that it is
//! written with.

mod directives;
mod layout;
mod sections;
mod shell;
mod splice;
#[cfg(test)]
mod tests;
mod word;

pub use sections::{Entry, Value};
pub use shell::Shell;
pub use splice::{Document, Format};
pub use word::quoted;

/// Why an edit was not made; the text says it whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// A value that would end the line it stands in, or play tricks on a terminal.
    #[error(
        "{0:?} holds a line end or another control character, which no configuration file can carry; leave it out"
    )]
    Control(String),
    /// A value whose letters NUT's programs drop.
    #[error(
        "{0:?} is not plain ASCII, and NUT's programs drop other characters; write it without them"
    )]
    NotAscii(String),
    /// A value that would be cut.
    #[error(
        "a value has more than {} characters, and NUT's programs cut it there",
        text::WORD_MAX
    )]
    TooLong,
    /// A line that would be cut.
    #[error(
        "a line has more than {} words, and NUT's programs leave out the others",
        text::WORDS_MAX
    )]
    TooMany,
    /// Not a name of a directive, setting or variable.
    #[error("{0:?} is no name of a setting; write letters, digits, \".\", \"_\" and \"-\" only")]
    Name(String),
    /// Not a name of a section.
    #[error("{0:?} can be no name in brackets; write letters, digits, \".\", \"_\" and \"-\" only")]
    Section(String),
}
