//! The one lexer of NUT.
//!
//! Network lines, the driver socket, every `.conf` file except `nut.conf`, description tables and the
//! data files of dummy-ups are all the same thing: lines of *words*. A word is a run of printable
//! ASCII, or text between double quotes; `\` takes the next byte literally, `#` starts a comment and
//! `=` is always a word of its own. The state table is in [`lexer`]; [`quote()`] is its inverse.
//!
//! The lexer is fed bytes as they arrive and keeps its place, so the same code reads a socket and a
//! file. What it keeps is bounded by [`WORD_MAX`] and [`WORDS_MAX`], however long a line is.

#![forbid(unsafe_code)]

mod lexer;
mod place;
mod quote;
mod words;

pub use lexer::{Fed, Lexer};
pub use place::{Place, place_of, source_line};
pub use quote::{escape, escape_within, quote};
pub use words::{WORD_MAX, WORDS_MAX, Word, Words};
