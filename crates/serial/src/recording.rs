//! The text of a recording: which port it was, and everything that was said, in order.
//!
//! ```text
//! locknut-serial 1
//! # made with nutdrv_qx of ...
//! port "/dev/ttyS0" 2400
//!
//! > dtr on
//! < ok
//! > discard
//! < ok
//! > write "Q1\r"
//! < ok
//! > read "\r" 512
//! < stop "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r"
//! > read "\r" 512
//! < quiet ""
//! > write "Q1\r"
//! < !gone
//! ```
//!
//! `read` names the bytes that end a reply and its greatest length; its answer says why it ended: `stop`, `full` or `quiet`.
//! Bytes are quoted: `\r`, `\n`, `\\`, `\"` and `\xNN` beside printable ASCII. An answer that begins with `!` is an error's
//! name. `#` begins a comment line. Nothing is said about time.

mod parse;

use std::fmt;

use crate::line::{End, Input, Signal, Until};
use crate::quote::Quoted;

/// First line of every recording.
pub const MAGIC: &str = "locknut-serial 1";

/// What a driver asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Write these bytes.
    Write(Vec<u8>),
    /// Read until one of these bytes, or so many.
    Read(Vec<u8>, usize),
    /// Forget what has come.
    Discard,
    /// Switch an output.
    Set(Signal, bool),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Done.
    Ok,
    /// Bytes, and why there were no more.
    Input(Input),
    /// It failed; the error's name.
    Failed(String),
}

/// One call and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Line of the call in the text, from 1.
    pub line: usize,
    /// The call.
    pub call: Call,
    /// Its answer.
    pub answer: Answer,
}

/// A whole recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// Where it was made; for the reader only.
    pub port: String,
    /// Bits a second.
    pub baud: u32,
    /// What was said.
    pub exchanges: Vec<Exchange>,
}

impl Call {
    /// The call that reads.
    #[must_use]
    pub fn read(until: Until<'_>) -> Self {
        Self::Read(until.stops.to_vec(), until.max)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(bytes) => write!(f, "write {}", Quoted(bytes)),
            Self::Read(stops, max) => write!(f, "read {} {max}", Quoted(stops)),
            Self::Discard => f.write_str("discard"),
            Self::Set(signal, on) => {
                write!(f, "{} {}", signal.word(), if *on { "on" } else { "off" })
            }
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok => f.write_str("ok"),
            Self::Input(Input { bytes, end }) => write!(f, "{} {}", word(*end), Quoted(bytes)),
            Self::Failed(word) => write!(f, "!{word}"),
        }
    }
}

const fn word(end: End) -> &'static str {
    match end {
        End::Stop => "stop",
        End::Full => "full",
        End::Quiet => "quiet",
    }
}

/// The lines before the traffic.
#[must_use]
pub fn header(port: &str, baud: u32) -> String {
    format!("{MAGIC}\nport {} {baud}\n\n", Quoted(port.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn end() -> impl Strategy<Value = End> {
        prop::sample::select(vec![End::Stop, End::Full, End::Quiet])
    }

    fn exchange() -> impl Strategy<Value = (Call, Answer)> {
        let failed = || Just(Answer::Failed("gone".to_owned()));
        prop_oneof![
            any::<Vec<u8>>().prop_map(|bytes| (Call::Write(bytes), Answer::Ok)),
            (any::<Vec<u8>>(), any::<usize>(), any::<Vec<u8>>(), end()).prop_map(
                |(stops, max, bytes, end)| (
                    Call::Read(stops, max),
                    Answer::Input(Input { bytes, end })
                )
            ),
            Just((Call::Discard, Answer::Ok)),
            (prop::sample::select(Signal::ALL.to_vec()), any::<bool>())
                .prop_map(|(signal, on)| (Call::Set(signal, on), Answer::Ok)),
            failed().prop_map(|failed| (Call::Discard, failed)),
        ]
    }

    proptest! {
        #[test]
        fn text_and_back_is_nothing(port: String, baud: u32, said in prop::collection::vec(exchange(), 0..9)) {
            let mut text = header(&port, baud);
            for (call, answer) in &said {
                text.push_str(&format!("> {call}\n< {answer}\n"));
            }
            let read = Recording::parse(&text).unwrap();
            prop_assert_eq!((read.port, read.baud), (port, baud));
            let exchanges: Vec<_> = read.exchanges.into_iter().map(|one| (one.call, one.answer)).collect();
            prop_assert_eq!(exchanges, said);
        }

        #[test]
        fn no_text_makes_it_panic(lines in prop::collection::vec(any::<String>(), 0..9)) {
            let _ = Recording::parse(&format!("{MAGIC}\n{}", lines.join("\n")));
        }
    }

    #[test]
    fn a_line_that_is_not_understood_is_named() {
        for (text, part) in [
            ("locknut-usb 1\n", "line 1"),
            ("locknut-serial 1\n> wink\n", "line 2: \"> wink\""),
            ("locknut-serial 1\n> discard\n> discard\n", "line 3"),
            ("locknut-serial 1\n< ok\n", "line 2"),
            ("locknut-serial 1\n> read \"\\r\" 9\n< ok\n", "line 3"),
        ] {
            let error = Recording::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
