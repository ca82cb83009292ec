//! What is asked, and what is found.

use client::{Blocking, Error};
use proto::{Address, Get, HostPort, List};
use tool::Failure;

use crate::args::Args;

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// `-l`
    Names,
    /// `-L`
    Descriptions,
    /// `-c`
    Clients(String),
    /// All variables of a UPS.
    All(String),
    /// One variable of a UPS.
    One(String, String),
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// One text a line.
    Texts(Vec<String>),
    /// Names with their texts.
    Pairs(Vec<(String, String)>),
    /// One text.
    Text(String),
}

impl Wanted {
    /// Reads the operands.
    pub(crate) fn of(args: &Args) -> Result<(Self, HostPort), Failure> {
        let first = args.operands.first().map(String::as_str);
        if args.names || args.descriptions {
            let server = first.map_or(Ok(HostPort::default()), HostPort::parse);
            let wanted = if args.descriptions {
                Self::Descriptions
            } else {
                Self::Names
            };
            return Ok((wanted, server.map_err(Failure::Host)?));
        }
        let Address { ups, server } =
            Address::parse(first.unwrap_or_default()).map_err(Failure::Ups)?;
        let wanted = match args.operands.get(1) {
            _ if args.clients => Self::Clients(ups),
            Some(var) => Self::One(ups, var.clone()),
            None => Self::All(ups),
        };
        Ok((wanted, server))
    }

    /// Whether the answer has names as well as texts.
    pub(crate) fn is_pairs(&self) -> bool {
        matches!(self, Self::All(_) | Self::Descriptions)
    }

    /// Asks the server.
    pub(crate) fn ask(&self, connection: &mut Blocking) -> Result<Found, Error> {
        let list = match self {
            Self::Names | Self::Descriptions => List::Ups,
            Self::Clients(ups) => List::Client { ups },
            Self::All(ups) => List::Var { ups },
            Self::One(ups, var) => {
                let words = connection.get(Get::Var { ups, var })?;
                let text = words.into_iter().next();
                return text.map(Found::Text).ok_or(Error::Protocol);
            }
        };
        let items = connection.list(list)?.into_iter();
        if self.is_pairs() {
            let pairs: Result<_, _> = items.map(pair).collect();
            pairs.map(Found::Pairs)
        } else {
            let texts: Result<_, _> = items.map(first).collect();
            texts.map(Found::Texts)
        }
    }
}

fn first(item: Vec<String>) -> Result<String, Error> {
    item.into_iter().next().ok_or(Error::Protocol)
}

fn pair(item: Vec<String>) -> Result<(String, String), Error> {
    let mut words = item.into_iter();
    match (words.next(), words.next()) {
        (Some(name), Some(text)) => Ok((name, text)),
        _ => Err(Error::Protocol),
    }
}
