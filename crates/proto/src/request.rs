//! What a client asks.
//!
//! A line is read in two steps because the server checks credentials between them: [`Verb::find`] knows
//! the first word, [`Request::parse`] the rest. Argument counts are those of C NUT (spec
//! net-protocol.md, section 4), `ATTACH`, `DETACH` and `NUMATTACH` those of the RFC.

use text::quote;

use crate::Refusal;

mod query;
mod verb;

pub use query::{Attach, Get, List};
pub use verb::Verb;

/// A whole request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named like the words themselves")]
pub enum Request<'a> {
    Ver,
    ProtVer,
    Help,
    StartTls,
    Get(Get<'a>),
    List(List<'a>),
    Username(&'a str),
    Password(&'a str),
    Login {
        ups: &'a str,
        word: Attach,
    },
    Logout,
    /// `PRIMARY`, or its old name `MASTER`.
    Primary {
        ups: &'a str,
        master: bool,
    },
    Fsd {
        ups: &'a str,
    },
    SetVar {
        ups: &'a str,
        var: &'a str,
        value: &'a str,
    },
    SetTracking(bool),
    InstCmd {
        ups: &'a str,
        cmd: &'a str,
        param: Option<&'a str>,
    },
}

impl<'a> Request<'a> {
    /// Reads the words behind the verb.
    ///
    /// # Errors
    /// [`Refusal::InvalidArgument`]: a word is missing, surplus or unknown.
    pub fn parse(verb: Verb, args: &[&'a str]) -> Result<Self, Refusal> {
        let request = match (verb, args) {
            (Verb::Get, _) => return Get::parse(args).map(Self::Get),
            (Verb::List, _) => return List::parse(args).map(Self::List),
            (Verb::Ver, []) => Self::Ver,
            (Verb::NetVer | Verb::ProtVer, []) => Self::ProtVer,
            (Verb::Help, []) => Self::Help,
            (Verb::StartTls, _) => Self::StartTls,
            (Verb::Logout | Verb::Detach, []) => Self::Logout,
            (Verb::Username, [name]) => Self::Username(name),
            (Verb::Password, [password]) => Self::Password(password),
            (Verb::Login, [ups]) => Self::Login {
                ups,
                word: Attach::Login,
            },
            (Verb::Attach, [ups]) => Self::Login {
                ups,
                word: Attach::Attach,
            },
            (Verb::Primary, [ups]) => Self::Primary { ups, master: false },
            (Verb::Master, [ups]) => Self::Primary { ups, master: true },
            (Verb::Fsd, [ups]) => Self::Fsd { ups },
            (Verb::Set, [what, rest @ ..]) => return set(what, rest),
            (Verb::InstCmd, [ups, cmd, rest @ ..]) => {
                // with more than one word behind the command none of them is a parameter, as in C
                let param = if let [param] = rest {
                    Some(*param)
                } else {
                    None
                };
                Self::InstCmd { ups, cmd, param }
            }
            _ => return Err(Refusal::InvalidArgument),
        };
        Ok(request)
    }
}

fn set<'a>(what: &str, rest: &[&'a str]) -> Result<Request<'a>, Refusal> {
    match *rest {
        [ups, var, value, ..] if what.eq_ignore_ascii_case("VAR") => {
            Ok(Request::SetVar { ups, var, value })
        }
        [state, ..] if what.eq_ignore_ascii_case("TRACKING") => {
            if state.eq_ignore_ascii_case("ON") {
                Ok(Request::SetTracking(true))
            } else if state.eq_ignore_ascii_case("OFF") {
                Ok(Request::SetTracking(false))
            } else {
                Err(Refusal::InvalidArgument)
            }
        }
        _ => Err(Refusal::InvalidArgument),
    }
}

impl Request<'_> {
    /// Appends the request as one line. Every argument is quoted, which every server reads.
    pub fn write(&self, out: &mut String) {
        match *self {
            Self::Ver => words("VER", &[], out),
            Self::ProtVer => words("PROTVER", &[], out),
            Self::Help => words("HELP", &[], out),
            Self::StartTls => words("STARTTLS", &[], out),
            Self::Logout => words("LOGOUT", &[], out),
            Self::Get(ref get) => get.write(out),
            Self::List(ref list) => list.write(out),
            Self::Username(name) => words("USERNAME", &[name], out),
            Self::Password(password) => words("PASSWORD", &[password], out),
            Self::Login {
                ups,
                word: Attach::Login,
            } => words("LOGIN", &[ups], out),
            Self::Login {
                ups,
                word: Attach::Attach,
            } => words("ATTACH", &[ups], out),
            Self::Primary { ups, master: false } => words("PRIMARY", &[ups], out),
            Self::Primary { ups, master: true } => words("MASTER", &[ups], out),
            Self::Fsd { ups } => words("FSD", &[ups], out),
            Self::SetVar { ups, var, value } => words("SET VAR", &[ups, var, value], out),
            Self::SetTracking(on) => words(
                if on {
                    "SET TRACKING ON"
                } else {
                    "SET TRACKING OFF"
                },
                &[],
                out,
            ),
            Self::InstCmd {
                ups,
                cmd,
                param: None,
            } => words("INSTCMD", &[ups, cmd], out),
            Self::InstCmd {
                ups,
                cmd,
                param: Some(param),
            } => words("INSTCMD", &[ups, cmd, param], out),
        }
    }
}

fn words(keyword: &str, args: &[&str], out: &mut String) {
    out.push_str(keyword);
    for arg in args {
        out.push(' ');
        quote(arg, out);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests;
