//! What a driver is told.

use model::number::leading_integer;

use crate::{NotAMessage, write};

/// A message to a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's text names its fields")]
pub enum ToDriver<'a> {
    /// `PING`: say something.
    Ping,
    /// `GETPID`: tell the process id.
    GetPid,
    /// `DUMPALL`: tell everything.
    DumpAll,
    /// `DUMPSTATUS`: tell `ups.status`.
    DumpStatus,
    /// `DUMPVALUE var`: tell one variable.
    DumpValue { var: &'a str },
    /// `NOBROADCAST` or `BROADCAST n`: whether to tell changes unasked on this connection.
    Broadcast(bool),
    /// `INSTCMD cmd [param] [TRACKING id]`: perform a command.
    InstCmd {
        cmd: &'a str,
        param: Option<&'a str>,
        tracking: Option<&'a str>,
    },
    /// `SET var value [TRACKING id]`: set a variable.
    Set {
        var: &'a str,
        value: &'a str,
        tracking: Option<&'a str>,
    },
    /// `LOGOUT`: say goodbye and close.
    Logout,
}

impl<'a> ToDriver<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// The keyword is unknown or the number of words is wrong.
    pub fn parse(words: &[&'a str]) -> Result<Self, NotAMessage> {
        let (keyword, args) = words.split_first().ok_or(NotAMessage)?;
        let message = match (keyword.to_ascii_uppercase().as_str(), args) {
            ("PING", _) => Self::Ping,
            ("GETPID", _) => Self::GetPid,
            ("DUMPALL", _) => Self::DumpAll,
            ("DUMPSTATUS", _) => Self::DumpStatus,
            ("DUMPVALUE", [var, ..]) => Self::DumpValue { var },
            ("NOBROADCAST", _) => Self::Broadcast(false),
            ("BROADCAST", []) => Self::Broadcast(true),
            ("BROADCAST", [n, ..]) => Self::Broadcast(leading_integer(n) > 0),
            ("LOGOUT", _) => Self::Logout,
            ("INSTCMD", args) => return Self::inst_cmd(args),
            ("SET", args) => return Self::set(args),
            _ => return Err(NotAMessage),
        };
        Ok(message)
    }

    /// With one word behind the command it is the parameter, even if it is `TRACKING`.
    fn inst_cmd(args: &[&'a str]) -> Result<Self, NotAMessage> {
        let (cmd, param, tracking) = match *args {
            [cmd] => (cmd, None, None),
            [cmd, param] => (cmd, Some(param), None),
            [cmd, word, id] if is_tracking(word) => (cmd, None, Some(id)),
            [cmd, param, word, id] if is_tracking(word) => (cmd, Some(param), Some(id)),
            _ => return Err(NotAMessage),
        };
        Ok(Self::InstCmd {
            cmd,
            param,
            tracking,
        })
    }

    /// A lone third word is ignored, as C does; two are a tracking id or an error.
    fn set(args: &[&'a str]) -> Result<Self, NotAMessage> {
        let (var, value, tracking) = match *args {
            [var, value] | [var, value, _] => (var, value, None),
            [var, value, word, id] if is_tracking(word) => (var, value, Some(id)),
            _ => return Err(NotAMessage),
        };
        Ok(Self::Set {
            var,
            value,
            tracking,
        })
    }

    /// Appends the message as one line. Values and parameters are always quoted.
    pub fn write(&self, out: &mut String) {
        match *self {
            Self::Ping => out.push_str("PING"),
            Self::GetPid => out.push_str("GETPID"),
            Self::DumpAll => out.push_str("DUMPALL"),
            Self::DumpStatus => out.push_str("DUMPSTATUS"),
            Self::DumpValue { var } => {
                out.push_str("DUMPVALUE");
                write::name(var, out);
            }
            Self::Broadcast(true) => out.push_str("BROADCAST 1"),
            Self::Broadcast(false) => out.push_str("NOBROADCAST"),
            Self::InstCmd {
                cmd,
                param,
                tracking,
            } => {
                out.push_str("INSTCMD");
                write::name(cmd, out);
                if let Some(param) = param {
                    write::text(param, out);
                }
                write_tracking(tracking, out);
            }
            Self::Set {
                var,
                value,
                tracking,
            } => {
                out.push_str("SET");
                write::name(var, out);
                write::text(value, out);
                write_tracking(tracking, out);
            }
            Self::Logout => out.push_str("LOGOUT"),
        }
        out.push('\n');
    }
}

fn is_tracking(word: &str) -> bool {
    word.eq_ignore_ascii_case("TRACKING")
}

fn write_tracking(id: Option<&str>, out: &mut String) {
    if let Some(id) = id {
        out.push_str(" TRACKING");
        write::name(id, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::Lexer;

    #[test]
    fn every_message_is_read_as_it_was_written() {
        for message in [
            ToDriver::Ping,
            ToDriver::GetPid,
            ToDriver::DumpAll,
            ToDriver::DumpStatus,
            ToDriver::DumpValue { var: "ups.load" },
            ToDriver::Broadcast(true),
            ToDriver::Broadcast(false),
            ToDriver::InstCmd {
                cmd: "load.off",
                param: None,
                tracking: None,
            },
            ToDriver::InstCmd {
                cmd: "load.off",
                param: Some(""),
                tracking: None,
            },
            ToDriver::InstCmd {
                cmd: "load.off",
                param: Some("a b"),
                tracking: Some("77AA"),
            },
            ToDriver::InstCmd {
                cmd: "load.off",
                param: None,
                tracking: Some("77AA"),
            },
            ToDriver::Set {
                var: "lab.mode",
                value: "a \"b\" #c",
                tracking: None,
            },
            ToDriver::Set {
                var: "lab.mode",
                value: "",
                tracking: Some("3B1D"),
            },
            ToDriver::Logout,
        ] {
            let mut line = String::new();
            message.write(&mut line);
            let mut lexer = Lexer::new();
            lexer.feed(line.as_bytes());
            let words: Vec<&str> = lexer.words().iter().collect();
            assert_eq!(ToDriver::parse(&words), Ok(message), "{line}");
        }
    }

    #[test]
    fn words_are_counted_as_c_counts_them() {
        let parse = |line: &'static str| ToDriver::parse(&line.split(' ').collect::<Vec<_>>());
        let param = ToDriver::InstCmd {
            cmd: "c",
            param: Some("TRACKING"),
            tracking: None,
        };
        assert_eq!(parse("INSTCMD c TRACKING"), Ok(param));
        assert_eq!(parse("INSTCMD c p x id"), Err(NotAMessage));
        assert_eq!(parse("INSTCMD c p TRACKING id more"), Err(NotAMessage));
        let set = ToDriver::Set {
            var: "v",
            value: "x",
            tracking: None,
        };
        assert_eq!(parse("SET v x TRACKING"), Ok(set));
        assert_eq!(parse("SET v x other id"), Err(NotAMessage));
        assert_eq!(parse("SET v"), Err(NotAMessage));
        assert_eq!(parse("DUMPVALUE"), Err(NotAMessage));
        assert_eq!(parse("broadcast -1"), Ok(ToDriver::Broadcast(false)));
        assert_eq!(parse("EXIT"), Err(NotAMessage));
    }
}
