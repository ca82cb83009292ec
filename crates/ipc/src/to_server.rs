//! What a driver says.

use std::fmt::Write as _;

use model::number::leading_integer;
use model::{Flags, Range};

use crate::{NotAMessage, write};

/// A message from a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's text names its fields")]
pub enum ToServer<'a> {
    /// `SETINFO var "value"`: creates or changes a variable.
    SetInfo { var: &'a str, value: &'a str },
    /// `DELINFO var`: removes a variable with its attributes.
    DelInfo { var: &'a str },
    /// `ADDENUM var "value"`: adds an allowed value.
    AddEnum { var: &'a str, value: &'a str },
    /// `DELENUM var "value"`: removes an allowed value.
    DelEnum { var: &'a str, value: &'a str },
    /// `ADDRANGE var min max`: adds an allowed range.
    AddRange { var: &'a str, range: Range },
    /// `DELRANGE var min max`: removes an allowed range.
    DelRange { var: &'a str, range: Range },
    /// `SETAUX var n`: the greatest length of a text variable.
    SetAux { var: &'a str, max_len: u64 },
    /// `SETFLAGS var flag…`: replaces the flags.
    SetFlags { var: &'a str, flags: Flags },
    /// `ADDCMD cmd`: adds an instant command.
    AddCmd { cmd: &'a str },
    /// `DELCMD cmd`: removes an instant command.
    DelCmd { cmd: &'a str },
    /// `DATASTALE`: the data cannot be used.
    DataStale,
    /// `DATAOK`: the data can be used (again).
    DataOk,
    /// `DUMPDONE`: the answer to a dump request is complete.
    DumpDone,
    /// `PONG`: the answer to PING.
    Pong,
    /// `PID n`: the answer to GETPID.
    Pid { pid: &'a str },
    /// `TRACKING id n`: the result of a command or setting.
    Tracking { id: &'a str, result: &'a str },
    /// `OK Goodbye`: the answer to LOGOUT.
    Goodbye,
}

impl<'a> ToServer<'a> {
    /// Reads a message. Surplus words are ignored, as C does.
    ///
    /// # Errors
    /// The keyword is unknown or words are missing.
    pub fn parse(words: &[&'a str]) -> Result<Self, NotAMessage> {
        let (keyword, args) = words.split_first().ok_or(NotAMessage)?;
        let keyword = keyword.to_ascii_uppercase();
        match args {
            [] => Self::bare(&keyword),
            [one] => Self::with_one(&keyword, one).or_else(|_| Self::bare(&keyword)),
            [one, two, rest @ ..] => Self::with_more(&keyword, one, two, rest)
                .or_else(|_| Self::with_one(&keyword, one))
                .or_else(|_| Self::bare(&keyword)),
        }
    }

    fn bare(keyword: &str) -> Result<Self, NotAMessage> {
        Ok(match keyword {
            "DATASTALE" => Self::DataStale,
            "DATAOK" => Self::DataOk,
            "DUMPDONE" => Self::DumpDone,
            "PONG" => Self::Pong,
            _ => return Err(NotAMessage),
        })
    }

    fn with_one(keyword: &str, one: &'a str) -> Result<Self, NotAMessage> {
        Ok(match keyword {
            "DELINFO" => Self::DelInfo { var: one },
            "ADDCMD" => Self::AddCmd { cmd: one },
            "DELCMD" => Self::DelCmd { cmd: one },
            "PID" => Self::Pid { pid: one },
            "OK" => Self::Goodbye,
            _ => return Err(NotAMessage),
        })
    }

    fn with_more(
        keyword: &str,
        var: &'a str,
        two: &'a str,
        rest: &[&'a str],
    ) -> Result<Self, NotAMessage> {
        let range = || {
            let max = leading_integer(rest.first().ok_or(NotAMessage)?);
            Ok(Range {
                min: leading_integer(two),
                max,
            })
        };
        Ok(match keyword {
            "SETINFO" => Self::SetInfo { var, value: two },
            "ADDENUM" => Self::AddEnum { var, value: two },
            "DELENUM" => Self::DelEnum { var, value: two },
            "SETAUX" => Self::SetAux {
                var,
                max_len: u64::try_from(leading_integer(two)).unwrap_or(0),
            },
            "SETFLAGS" => Self::SetFlags {
                var,
                flags: flags(two, rest),
            },
            "TRACKING" => Self::Tracking {
                id: var,
                result: two,
            },
            "ADDRANGE" => Self::AddRange {
                var,
                range: range()?,
            },
            "DELRANGE" => Self::DelRange {
                var,
                range: range()?,
            },
            _ => return Err(NotAMessage),
        })
    }

    /// Appends the message as one line.
    pub fn write(&self, out: &mut String) {
        match *self {
            Self::SetInfo { var, value } => valued("SETINFO", var, value, out),
            Self::AddEnum { var, value } => valued("ADDENUM", var, value, out),
            Self::DelEnum { var, value } => valued("DELENUM", var, value, out),
            Self::DelInfo { var } => named("DELINFO", var, out),
            Self::AddCmd { cmd } => named("ADDCMD", cmd, out),
            Self::DelCmd { cmd } => named("DELCMD", cmd, out),
            Self::Pid { pid } => named("PID", pid, out),
            Self::AddRange { var, range } => ranged("ADDRANGE", var, range, out),
            Self::DelRange { var, range } => ranged("DELRANGE", var, range, out),
            Self::SetAux { var, max_len } => {
                named("SETAUX", var, out);
                let _ = write!(out, " {max_len}");
            }
            Self::SetFlags { var, flags } => write_flags(var, flags, out),
            Self::Tracking { id, result } => {
                named("TRACKING", id, out);
                write::name(result, out);
            }
            Self::DataStale => out.push_str("DATASTALE"),
            Self::DataOk => out.push_str("DATAOK"),
            Self::DumpDone => out.push_str("DUMPDONE"),
            Self::Pong => out.push_str("PONG"),
            Self::Goodbye => out.push_str("OK Goodbye"),
        }
        out.push('\n');
    }
}

fn flags(first: &str, rest: &[&str]) -> Flags {
    let mut flags = Flags::default();
    for word in std::iter::once(&first).chain(rest) {
        match word.to_ascii_uppercase().as_str() {
            "RW" => flags.rw = true,
            "STRING" => flags.string = true,
            "NUMBER" => flags.number = true,
            _ => {}
        }
    }
    flags
}

fn named(keyword: &str, name: &str, out: &mut String) {
    out.push_str(keyword);
    write::name(name, out);
}

fn valued(keyword: &str, name: &str, value: &str, out: &mut String) {
    named(keyword, name, out);
    write::value(value, out);
}

fn ranged(keyword: &str, name: &str, range: Range, out: &mut String) {
    named(keyword, name, out);
    let _ = write!(out, " {} {}", range.min, range.max);
}

fn write_flags(var: &str, flags: Flags, out: &mut String) {
    named("SETFLAGS", var, out);
    for (set, word) in [
        (flags.rw, " RW"),
        (flags.string, " STRING"),
        (flags.number, " NUMBER"),
    ] {
        if set {
            out.push_str(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use text::Lexer;

    fn reread(message: ToServer<'_>) {
        let mut line = String::new();
        message.write(&mut line);
        let mut lexer = Lexer::new();
        lexer.feed(line.as_bytes());
        let words: Vec<&str> = lexer.words().iter().collect();
        assert_eq!(ToServer::parse(&words), Ok(message), "{line}");
    }

    #[test]
    fn every_message_is_read_as_it_was_written() {
        let range = Range { min: -5, max: 20 };
        for message in [
            ToServer::SetInfo {
                var: "ups.model",
                value: "M\"q\" #1 \\x",
            },
            ToServer::SetInfo {
                var: "odd name",
                value: "",
            },
            ToServer::DelInfo { var: "ups.alarm" },
            ToServer::AddEnum {
                var: "lab.mode",
                value: "a b",
            },
            ToServer::DelEnum {
                var: "lab.mode",
                value: "on",
            },
            ToServer::AddRange {
                var: "lab.limit",
                range,
            },
            ToServer::DelRange {
                var: "lab.limit",
                range,
            },
            ToServer::SetAux {
                var: "lab.name",
                max_len: 32,
            },
            ToServer::SetFlags {
                var: "lab.name",
                flags: Flags::RW_STRING,
            },
            ToServer::AddCmd { cmd: "load.off" },
            ToServer::DelCmd { cmd: "load.off" },
            ToServer::DataStale,
            ToServer::DataOk,
            ToServer::DumpDone,
            ToServer::Pong,
            ToServer::Pid { pid: "123" },
            ToServer::Tracking {
                id: "3B1D",
                result: "0",
            },
            ToServer::Goodbye,
        ] {
            reread(message);
        }
    }

    #[test]
    fn words_are_counted_as_c_counts_them() {
        let parse = |line: &'static str| ToServer::parse(&line.split(' ').collect::<Vec<_>>());
        assert_eq!(
            parse("setinfo v one two"),
            Ok(ToServer::SetInfo {
                var: "v",
                value: "one"
            })
        );
        assert_eq!(parse("SETINFO v"), Err(NotAMessage));
        assert_eq!(parse("SETFLAGS v"), Err(NotAMessage));
        assert_eq!(parse("ADDRANGE v 1"), Err(NotAMessage));
        assert_eq!(
            parse("SETAUX v 12abc"),
            Ok(ToServer::SetAux {
                var: "v",
                max_len: 12
            })
        );
        assert_eq!(parse("PONG now"), Ok(ToServer::Pong));
        assert_eq!(parse("DELINFO v w"), Ok(ToServer::DelInfo { var: "v" }));
        assert_eq!(parse("DATAOK a b c"), Ok(ToServer::DataOk));
        assert_eq!(parse("FOO"), Err(NotAMessage));
        assert_eq!(ToServer::parse(&[]), Err(NotAMessage));
    }

    #[test]
    fn a_long_value_is_cut_where_readers_would_cut_it() {
        let mut line = String::new();
        ToServer::SetInfo {
            var: "v",
            value: &"x".repeat(600),
        }
        .write(&mut line);
        assert_eq!(line.len(), "SETINFO v \"\"\n".len() + 255);
    }

    proptest! {
        #[test]
        fn values_survive_the_wire(value in "[ -~]{0,120}") {
            reread(ToServer::SetInfo { var: "v", value: &value });
        }

        #[test]
        fn any_words_are_survived(words in prop::collection::vec("[A-Za-z0-9 ]{0,9}", 0..6)) {
            let _ = ToServer::parse(&words.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
