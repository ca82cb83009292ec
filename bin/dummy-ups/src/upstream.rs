//! The connection to another upsd: what is asked of it, and in which order (soft-drivers.md, B1, B2, B5).
//!
//! Every request has a deadline, and so has a whole poll, so that a server that hangs or dawdles costs a
//! poll and not the driver.

use std::time::{Duration, Instant};

use client::{Ask, Blocking, Password};
use model::Range;
use model::number::leading_integer;
use proto::{Address, Get, List, Outcome, Refusal, Request};
use tracing::warn;

use crate::mirror::{Abilities, Writable};

/// Questions on the way at once: few, so that time is looked at between them.
const WINDOW: usize = 16;
/// What all questions about abilities may take together, in deadlines of one request.
const PATIENCE: u32 = 5;

/// Who the repeater is to upstream.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) password: Password,
}

/// An open connection.
pub(crate) struct Upstream {
    link: Blocking,
    ups: String,
    within: Duration,
}

impl Upstream {
    /// Connects and, with credentials, logs in.
    pub(crate) fn open(
        address: &Address,
        credentials: Option<&Credentials>,
        encryption: &tls::Client,
        within: Duration,
    ) -> Result<Self, client::Error> {
        let link = Blocking::open_with(&address.server, within, encryption)?;
        let mut upstream = Self {
            link,
            ups: address.ups.clone(),
            within,
        };
        if let Some(credentials) = credentials {
            upstream.log_in(credentials)?;
        }
        Ok(upstream)
    }

    fn log_in(&mut self, credentials: &Credentials) -> Result<(), client::Error> {
        self.link.login(&credentials.user, &credentials.password)?;
        match self.link.set_tracking(true) {
            // servers before NUT 2.8 do not track: their OK has to do
            Err(error) if error.is_refusal() => Ok(()),
            answer => answer,
        }
    }

    /// Whether further requests can be answered.
    pub(crate) fn is_usable(&self) -> bool {
        self.link.is_usable()
    }

    /// Whether upstream is still there, which a harmless question tells.
    pub(crate) fn answers(&mut self) -> bool {
        // whatever the answer is
        let _ = self.link.line(Request::ProtVer);
        self.is_usable()
    }

    /// All variables with their values.
    pub(crate) fn vars(&mut self) -> Result<Vec<(String, String)>, client::Error> {
        let items = self.link.list(List::Var { ups: &self.ups })?;
        items.into_iter().map(pair).collect()
    }

    /// What can be set and done, and how.
    pub(crate) fn abilities(&mut self) -> Result<Abilities, client::Error> {
        let until = Instant::now() + self.within * PATIENCE;
        let rw = self.link.list(List::Rw { ups: &self.ups })?;
        let commands = self.link.list(List::Cmd { ups: &self.ups })?;
        let names: Vec<String> = rw.into_iter().filter_map(first).collect();
        let mut writable = Vec::with_capacity(names.len());
        for window in names.chunks(WINDOW) {
            if Instant::now() > until {
                let late = std::io::ErrorKind::TimedOut.into();
                return Err(client::Error::Read(late));
            }
            writable.extend(self.types(window)?);
        }
        Ok(Abilities {
            writable,
            commands: commands.into_iter().filter_map(first).collect(),
        })
    }

    /// Types, allowed values and ranges of some variables; one that has just vanished is left out.
    fn types(&mut self, names: &[String]) -> Result<Vec<Writable>, client::Error> {
        let ups = self.ups.as_str();
        let mut asks = Vec::with_capacity(3 * names.len());
        for var in names {
            asks.push(Ask::Get(Get::Type { ups, var }));
            asks.push(Ask::List(List::Enum { ups, var }));
            asks.push(Ask::List(List::Range { ups, var }));
        }
        let mut answers = self.link.batch(&asks)?.into_iter();
        let mut types = Vec::with_capacity(names.len());
        for var in names {
            let (kind, choices, ranges) = (answers.next(), answers.next(), answers.next());
            let kind = match kind {
                Some(Ok(kind)) => kind,
                Some(Err(client::Error::Refused(Refusal::VarNotSupported))) | None => continue,
                Some(Err(error)) => return Err(error),
            };
            let items = |answer: Option<Result<client::Answer, client::Error>>| {
                answer
                    .and_then(Result::ok)
                    .map(client::Answer::into_items)
                    .unwrap_or_default()
            };
            types.push(Writable {
                choices: items(choices).into_iter().filter_map(first).collect(),
                ranges: items(ranges)
                    .iter()
                    .filter_map(|item| range(item))
                    .collect(),
                ..Writable::new(var, &kind.into_words())
            });
        }
        Ok(types)
    }

    /// Has upstream set a variable; what it refuses is an outcome.
    pub(crate) fn set(&mut self, var: &str, value: &str) -> Result<Outcome, client::Error> {
        let ups = self.ups.clone();
        self.forward(Request::SetVar {
            ups: &ups,
            var,
            value,
        })
    }

    /// Has upstream perform a command; what it refuses is an outcome.
    pub(crate) fn command(
        &mut self,
        cmd: &str,
        param: Option<&str>,
    ) -> Result<Outcome, client::Error> {
        let ups = self.ups.clone();
        self.forward(Request::InstCmd {
            ups: &ups,
            cmd,
            param,
        })
    }

    fn forward(&mut self, request: Request<'_>) -> Result<Outcome, client::Error> {
        let reply = self.link.ok(request)?;
        let Some(id) = reply.tracking() else {
            return Ok(Outcome::Handled);
        };
        let outcome = self.link.track(id, self.within)?;
        if outcome == Outcome::Pending {
            warn!(
                "upstream has not said within {:?} what became of a request; counted as failed",
                self.within
            );
            return Ok(Outcome::Failed);
        }
        Ok(outcome)
    }
}

/// What a refused request has come to.
pub(crate) fn outcome_of(refusal: Option<Refusal>) -> Outcome {
    match refusal {
        Some(Refusal::VarNotSupported | Refusal::CmdNotSupported | Refusal::Readonly) => {
            Outcome::Unknown
        }
        Some(Refusal::InvalidValue | Refusal::InvalidArgument | Refusal::TooLong) => {
            Outcome::Invalid
        }
        _ => Outcome::Failed,
    }
}

fn pair(item: Vec<String>) -> Result<(String, String), client::Error> {
    let [var, value] = <[String; 2]>::try_from(item).map_err(|_| client::Error::Protocol)?;
    Ok((var, value))
}

fn first(item: Vec<String>) -> Option<String> {
    item.into_iter().next()
}

fn range(item: &[String]) -> Option<Range> {
    let [min, max] = item else { return None };
    Some(Range {
        min: leading_integer(min),
        max: leading_integer(max),
    })
}
