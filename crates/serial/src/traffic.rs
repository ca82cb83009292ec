//! What the lines of a [recording] say about a serial line: which port was opened, what was said.
//!
//! ```text
//! @ serial "/dev/ttyS0" 2400
//! > dtr on
//! < ok
//! > ask "Q1\r"
//! < "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r"
//! > ask "Q2\r"
//! < ""
//! > hear
//! < "!"
//! > write "T\r"
//! < ok
//! > ask "Q1\r"
//! < !gone
//! ```
//!
//! `ask` is what was written and what was read then, `hear` is what was read without a request before, `write` is what nothing was
//! read after. Bytes are quoted: `\r`, `\n`, `\\`, `\"` and `\xNN` beside printable ASCII. An answer that begins with `!` is an
//! error's name. Nothing hides what a device says: whoever publishes a recording looks for serial numbers in it first.

use std::fmt;

use recording::{Problem, Recording};

use crate::error::Error;
use crate::line::Signal;
use crate::quote::{Quoted, unquote};

/// What a driver did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// It wrote these bytes and read.
    Ask(Vec<u8>),
    /// It read.
    Hear,
    /// It wrote these bytes.
    Write(Vec<u8>),
    /// It switched an output.
    Set(Signal, bool),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// These bytes came.
    Bytes(Vec<u8>),
    /// Done.
    Ok,
    /// It failed; the error's name.
    Failed(String),
}

/// One call and its answer.
pub type Exchange = recording::Exchange<Call>;

/// All of a recording.
///
/// # Errors
/// The first line that cannot be understood.
pub fn all(recording: &Recording) -> Result<Vec<Exchange>, Problem> {
    Exchange::all(recording, "serial", "a serial line")
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ask(bytes) => write!(f, "ask {}", Quoted(bytes)),
            Self::Hear => f.write_str("hear"),
            Self::Write(bytes) => write!(f, "write {}", Quoted(bytes)),
            Self::Set(signal, on) => {
                write!(f, "{} {}", signal.word(), if *on { "on" } else { "off" })
            }
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{}", Quoted(bytes)),
            Self::Ok => f.write_str("ok"),
            Self::Failed(word) => write!(f, "!{word}"),
        }
    }
}

impl recording::Call for Call {
    type Answer = Answer;

    fn parse(text: &str) -> Option<Self> {
        let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
        let signal = Signal::ALL.into_iter().find(|signal| signal.word() == verb);
        match (verb, rest, signal) {
            ("ask", bytes, _) => unquote(bytes).map(Self::Ask),
            ("write", bytes, _) => unquote(bytes).map(Self::Write),
            ("hear", "", _) => Some(Self::Hear),
            (_, "on", Some(signal)) => Some(Self::Set(signal, true)),
            (_, "off", Some(signal)) => Some(Self::Set(signal, false)),
            _ => None,
        }
    }

    fn answer(&self, text: &str) -> Option<Answer> {
        if let Some(word) = text.strip_prefix('!') {
            Error::from_word(word, "")?;
            return Some(Answer::Failed(word.to_owned()));
        }
        match self {
            Self::Ask(_) | Self::Hear => unquote(text).map(Answer::Bytes),
            Self::Write(_) | Self::Set(..) => (text == "ok").then_some(Answer::Ok),
        }
    }
}

/// The line that says which port was opened.
#[must_use]
pub fn which(port: &str, baud: u32) -> String {
    format!("serial {} {baud}", Quoted(port.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exchange() -> impl Strategy<Value = (Call, Answer)> {
        let bytes = || any::<Vec<u8>>();
        let done = prop_oneof![Just(Answer::Ok), Just(Answer::Failed("gone".to_owned()))];
        let signal = prop::sample::select(Signal::ALL.to_vec());
        prop_oneof![
            (bytes(), bytes()).prop_map(|(ask, answer)| (Call::Ask(ask), Answer::Bytes(answer))),
            bytes().prop_map(|answer| (Call::Hear, Answer::Bytes(answer))),
            (bytes(), done.clone()).prop_map(|(bytes, done)| (Call::Write(bytes), done)),
            (signal, any::<bool>(), done)
                .prop_map(|(signal, on, done)| (Call::Set(signal, on), done)),
        ]
    }

    proptest! {
        #[test]
        fn text_and_back_is_nothing((call, answer) in exchange()) {
            let read = Exchange::parse(3, &call.to_string(), &answer.to_string());
            prop_assert_eq!(read, Some(Exchange { step: 3, call, answer }));
        }

        #[test]
        fn no_text_makes_it_panic(call: String, answer: String) {
            let _ = Exchange::parse(0, &call, &answer);
        }
    }

    #[test]
    fn what_is_no_serial_line_is_named() {
        let text = "locknut-recording 1\n= 0.000 open\n@ serial \"/dev/x\" 2400\n> get 1\n< 2\n";
        let recording = Recording::parse(text).unwrap();
        let problem = all(&recording).unwrap_err();
        assert_eq!((problem.line, problem.text.as_str()), (4, "get 1"));
        let usb = text.replace("serial \"/dev/x\" 2400", "usb 0001 0000 0000");
        let recording = Recording::parse(&usb).unwrap();
        assert_eq!(all(&recording).unwrap_err().line, 3);
    }
}
