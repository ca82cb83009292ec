//! Requests of one walk: an answer serves all rows that stand together, and one that failed is not asked for again and again.

use tracing::debug;

use super::reading::{Unfit, accept};
use crate::dialect::{Bad, Dialect, Query};
use crate::known::Known;
use crate::transport::{Fault, Transport};

/// What ends a walk before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The port or device is not there any more.
    Gone(String),
    /// The status could not be read.
    Failed(String),
}

/// The requests of one walk.
pub(crate) struct Asker<'a> {
    dialect: &'static Dialect,
    bus: &'a mut dyn Transport,
    /// The last request, and what came of it.
    last: Option<(&'static str, Result<Vec<u8>, Unfit>)>,
}

impl<'a> Asker<'a> {
    pub(crate) fn new(dialect: &'static Dialect, bus: &'a mut dyn Transport) -> Self {
        Self {
            dialect,
            bus,
            last: None,
        }
    }

    /// The device, for what is no row's.
    pub(crate) fn bus(&mut self) -> &mut dyn Transport {
        self.bus
    }

    /// What was answered may not be so any more.
    pub(crate) fn forget(&mut self) {
        self.last = None;
    }

    /// The answer to a row's request. An `important` request gets a second chance.
    pub(crate) fn ask(
        &mut self,
        known: &Known,
        query: &Query,
        important: bool,
    ) -> Result<Result<Vec<u8>, Unfit>, Stop> {
        let last = self.last.take().filter(|(ask, _)| *ask == query.ask);
        let answer = match last {
            Some((_, answer)) => answer,
            None => self.fresh(known, query, important)?,
        };
        self.last = Some((query.ask, answer.clone()));
        Ok(answer.and_then(|answer| {
            accept(self.dialect.rejected, query, &answer)?;
            Ok(answer)
        }))
    }

    fn fresh(
        &mut self,
        known: &Known,
        query: &Query,
        important: bool,
    ) -> Result<Result<Vec<u8>, Unfit>, Stop> {
        let answer = exchange(self.dialect, known, self.bus, query.ask)?;
        let unfit = match &answer {
            Ok(answer) => accept(self.dialect.rejected, query, answer).err(),
            Err(unfit) => Some(unfit.clone()),
        };
        match unfit {
            Some(unfit) if important => {
                debug!("{}: {unfit}; asking once more", query.ask);
                if unfit != Unfit::Silent {
                    self.bus.settle();
                }
                exchange(self.dialect, known, self.bus, query.ask)
            }
            _ => Ok(answer),
        }
    }
}

/// One request and its answer, both by way of the codec.
pub(crate) fn exchange(
    dialect: &Dialect,
    known: &Known,
    bus: &mut dyn Transport,
    request: &str,
) -> Result<Result<Vec<u8>, Unfit>, Stop> {
    let codec = |Bad(why)| Unfit::Codec(why);
    let bytes = match (dialect.codec.encode)(known, request) {
        Ok(bytes) => bytes,
        Err(bad) => return Ok(Err(codec(bad))),
    };
    match bus.exchange(&bytes) {
        Ok(answer) if answer.is_empty() => Ok(Ok(answer)),
        Ok(answer) => Ok((dialect.codec.decode)(known, request, answer).map_err(codec)),
        Err(Fault::Gone(why)) => Err(Stop::Gone(why)),
        Err(Fault::Failed(why)) => Ok(Err(Unfit::Line(why))),
    }
}
