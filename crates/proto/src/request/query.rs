//! What GET and LIST ask for.

use super::words;
use crate::Refusal;

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

impl<'a> Get<'a> {
    /// Reads the words behind GET; surplus ones are ignored.
    pub(super) fn parse(args: &[&'a str]) -> Result<Self, Refusal> {
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

    pub(super) fn write(&self, out: &mut String) {
        out.push_str("GET ");
        let (word, args) = self.query();
        words(word, &args, out);
    }
}

impl<'a> List<'a> {
    /// Reads the words behind LIST; surplus ones are ignored.
    pub(super) fn parse(args: &[&'a str]) -> Result<Self, Refusal> {
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

    pub(super) fn write(&self, out: &mut String) {
        out.push_str("LIST ");
        let (word, args) = self.query();
        words(word, &args, out);
    }
}
