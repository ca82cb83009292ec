//! What a client asks.
//!
//! A line is read in two steps because the server checks credentials between them: [`Verb::find`] knows
//! the first word, [`Request::parse`] the rest. Argument counts are those of C NUT (spec
//! net-protocol.md, section 4), `ATTACH`, `DETACH` and `NUMATTACH` those of the RFC.

use text::quote;

use crate::Refusal;

/// The first word of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named like the words themselves")]
pub enum Verb {
    Ver,
    NetVer,
    ProtVer,
    Help,
    StartTls,
    Get,
    List,
    Username,
    Password,
    Login,
    Logout,
    Attach,
    Detach,
    Primary,
    Master,
    Fsd,
    Set,
    InstCmd,
}

static VERBS: &[(&str, Verb)] = &[
    // the most frequent ones first
    ("GET", Verb::Get),
    ("LIST", Verb::List),
    ("VER", Verb::Ver),
    ("NETVER", Verb::NetVer),
    ("PROTVER", Verb::ProtVer),
    ("HELP", Verb::Help),
    ("STARTTLS", Verb::StartTls),
    ("USERNAME", Verb::Username),
    ("PASSWORD", Verb::Password),
    ("LOGIN", Verb::Login),
    ("LOGOUT", Verb::Logout),
    ("ATTACH", Verb::Attach),
    ("DETACH", Verb::Detach),
    ("PRIMARY", Verb::Primary),
    ("MASTER", Verb::Master),
    ("FSD", Verb::Fsd),
    ("SET", Verb::Set),
    ("INSTCMD", Verb::InstCmd),
];

impl Verb {
    /// The verb that `word` stands for, in any case.
    ///
    /// # Errors
    /// There is none.
    pub fn find(word: &str) -> Result<Self, Refusal> {
        let row = VERBS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(word));
        row.map(|(_, verb)| *verb).ok_or(Refusal::UnknownCommand)
    }

    /// Whether USERNAME and PASSWORD must have been given before its arguments are even looked at.
    #[must_use]
    pub fn needs_credentials(self) -> bool {
        matches!(
            self,
            Self::Login
                | Self::Attach
                | Self::Primary
                | Self::Master
                | Self::Fsd
                | Self::Set
                | Self::InstCmd
        )
    }
}

/// Which of the two names a client used for a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attach {
    /// `LOGIN`, `NUMLOGINS`: NUT's words.
    Login,
    /// `ATTACH`, `NUMATTACH`: the RFC's.
    Attach,
}

/// What GET asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named like the words themselves")]
pub enum Get<'a> {
    NumLogins {
        ups: &'a str,
        word: Attach,
    },
    UpsDesc {
        ups: &'a str,
    },
    Var {
        ups: &'a str,
        var: &'a str,
    },
    Type {
        ups: &'a str,
        var: &'a str,
    },
    Desc {
        ups: &'a str,
        var: &'a str,
    },
    CmdDesc {
        ups: &'a str,
        cmd: &'a str,
    },
    /// `GET TRACKING`: this session's setting; with an id the state of that request.
    Tracking {
        id: Option<&'a str>,
    },
}

/// What LIST asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named like the words themselves")]
pub enum List<'a> {
    Ups,
    Var { ups: &'a str },
    Rw { ups: &'a str },
    Cmd { ups: &'a str },
    Client { ups: &'a str },
    Enum { ups: &'a str, var: &'a str },
    Range { ups: &'a str, var: &'a str },
}

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
            (Verb::Get, _) => return get(args).map(Self::Get),
            (Verb::List, _) => return list(args).map(Self::List),
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

fn get<'a>(args: &[&'a str]) -> Result<Get<'a>, Refusal> {
    let (what, rest) = args.split_first().ok_or(Refusal::InvalidArgument)?;
    let is = |word: &str| what.eq_ignore_ascii_case(word);
    Ok(match *rest {
        [ups, var, ..] if is("VAR") => Get::Var { ups, var },
        [ups, var, ..] if is("TYPE") => Get::Type { ups, var },
        [ups, var, ..] if is("DESC") => Get::Desc { ups, var },
        [ups, cmd, ..] if is("CMDDESC") => Get::CmdDesc { ups, cmd },
        [ups, ..] if is("NUMLOGINS") => Get::NumLogins {
            ups,
            word: Attach::Login,
        },
        [ups, ..] if is("NUMATTACH") => Get::NumLogins {
            ups,
            word: Attach::Attach,
        },
        [ups, ..] if is("UPSDESC") => Get::UpsDesc { ups },
        [id, ..] if is("TRACKING") => Get::Tracking { id: Some(id) },
        [] if is("TRACKING") => Get::Tracking { id: None },
        _ => return Err(Refusal::InvalidArgument),
    })
}

fn list<'a>(args: &[&'a str]) -> Result<List<'a>, Refusal> {
    let (what, rest) = args.split_first().ok_or(Refusal::InvalidArgument)?;
    let is = |word: &str| what.eq_ignore_ascii_case(word);
    Ok(match *rest {
        _ if is("UPS") => List::Ups,
        [ups, ..] if is("VAR") => List::Var { ups },
        [ups, ..] if is("RW") => List::Rw { ups },
        [ups, ..] if is("CMD") => List::Cmd { ups },
        [ups, ..] if is("CLIENT") => List::Client { ups },
        [ups, var, ..] if is("ENUM") => List::Enum { ups, var },
        [ups, var, ..] if is("RANGE") => List::Range { ups, var },
        _ => return Err(Refusal::InvalidArgument),
    })
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

impl<'a> Get<'a> {
    /// The words that an answer to it begins with.
    #[must_use]
    pub fn query(&self) -> (&'static str, Vec<&'a str>) {
        match *self {
            Self::Var { ups, var } => ("VAR", vec![ups, var]),
            Self::Type { ups, var } => ("TYPE", vec![ups, var]),
            Self::Desc { ups, var } => ("DESC", vec![ups, var]),
            Self::CmdDesc { ups, cmd } => ("CMDDESC", vec![ups, cmd]),
            Self::NumLogins {
                ups,
                word: Attach::Login,
            } => ("NUMLOGINS", vec![ups]),
            Self::NumLogins {
                ups,
                word: Attach::Attach,
            } => ("NUMATTACH", vec![ups]),
            Self::UpsDesc { ups } => ("UPSDESC", vec![ups]),
            Self::Tracking { id } => ("TRACKING", id.into_iter().collect()),
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str("GET ");
        let (word, args) = self.query();
        words(word, &args, out);
    }
}

impl<'a> List<'a> {
    /// The words that the frame of an answer to it and its items begin with.
    #[must_use]
    pub fn query(&self) -> (&'static str, Vec<&'a str>) {
        match *self {
            Self::Ups => ("UPS", vec![]),
            Self::Var { ups } => ("VAR", vec![ups]),
            Self::Rw { ups } => ("RW", vec![ups]),
            Self::Cmd { ups } => ("CMD", vec![ups]),
            Self::Client { ups } => ("CLIENT", vec![ups]),
            Self::Enum { ups, var } => ("ENUM", vec![ups, var]),
            Self::Range { ups, var } => ("RANGE", vec![ups, var]),
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str("LIST ");
        let (word, args) = self.query();
        words(word, &args, out);
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
