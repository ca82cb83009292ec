//! Which dialect a device speaks (spec nutdrv_qx.md, section 4).
//!
//! The dialects of the list are tried in order, and the first whose claim holds is it. The same request is sent once for all of
//! them, so a device that is silent to what it does not know costs a second for each different request, not for each try of
//! each dialect.
//!
//! A glitch must not lead to the wrong dialect. What is sent first may follow noise in the device's buffer, so the first dialect
//! is tried twice. A device that answers what it does not know, and was silent once, is asked again what it was silent to. If no
//! dialect fits, but something was answered, all is tried again.

use std::collections::{BTreeMap, BTreeSet};

use driver::{Error, Report, Settings};
use tracing::debug;

use crate::dialect::{Ask, Bad, Claim, Detect, Dialect, Effect, Must, Row};
use crate::dialects::DIALECTS;
use crate::engine::Engine;
use crate::engine::reading::{Unfit, accept, convert, window};
use crate::known::Known;
use crate::transport::{Fault, Transport};

/// How often a dialect that ups.conf names is tried, and how often the whole list is.
const TRIES: u32 = 3;
/// Requests without an answer after which a line that has not answered anything is given up: each device answers one of the
/// first so many.
const SILENT_MAX: u32 = 9;

/// A device's engine, and what was read while it was looked for.
pub(crate) struct Found {
    pub(crate) engine: Engine,
    pub(crate) report: Report,
}

/// Finds out what the device on `bus` speaks.
pub(crate) fn find(bus: &mut dyn Transport, settings: &Settings) -> Result<Found, Error> {
    let known = Known::new(settings);
    let candidates = match known.option("protocol") {
        Some(name) => vec![named(name)?],
        None => candidates(bus.usb()),
    };
    among(bus, &candidates, &known)
}

/// Finds out which of these dialects it speaks.
pub(crate) fn among(
    bus: &mut dyn Transport,
    candidates: &[&'static Dialect],
    known: &Known,
) -> Result<Found, Error> {
    let mut probe = Probe {
        bus,
        answers: BTreeMap::new(),
        heard: false,
        senseless: BTreeSet::new(),
        silent: 0,
    };
    if let [first, _, ..] = candidates
        && let Some(claimed) = probe.claim(first, known)?
    {
        return claimed.found(first);
    }
    for round in 1..=TRIES {
        probe.answers.clear();
        if let Some((dialect, claimed)) = probe.round(candidates, known)? {
            if !(round == 1 && probe.forget_silence(dialect)) {
                return claimed.found(dialect);
            }
            if let Some((dialect, claimed)) = probe.round(candidates, known)? {
                return claimed.found(dialect);
            }
        }
        debug!("no dialect in round {round}");
        if !probe.heard && candidates.len() > 1 {
            break;
        }
    }
    Err(unknown(candidates, probe.heard))
}

/// What is tried on a device with these USB numbers.
fn candidates(usb: Option<(u16, u16)>) -> Vec<&'static Dialect> {
    let vendor = usb.map(|(vendor, _)| vendor);
    let may = |dialect: &&&Dialect| match dialect.detect {
        Detect::Always => true,
        Detect::Vendor(wanted) => vendor == Some(wanted),
        Detect::Named => false,
    };
    DIALECTS.iter().filter(may).copied().collect()
}

/// The dialect of that name.
fn by_name(name: &str) -> Option<&'static Dialect> {
    let mut all = DIALECTS.iter();
    let found = all.find(|dialect| dialect.name.eq_ignore_ascii_case(name));
    found.copied()
}

fn named(name: &str) -> Result<&'static Dialect, Error> {
    by_name(name).ok_or_else(|| {
        let names: Vec<&str> = DIALECTS.iter().map(|dialect| dialect.name).collect();
        Error::Config(format!(
            "protocol: {name:?} is none of {}",
            names.join(", ")
        ))
    })
}

fn unknown(candidates: &[&Dialect], heard: bool) -> Error {
    let what = match candidates {
        [one] => format!("as a {} device does", one.name),
        _ => "as a device of the Qx family does".to_owned(),
    };
    if heard {
        Error::Garbled(format!("the device does not answer {what}"))
    } else {
        Error::Timeout(format!(
            "nothing answers {what}; check port, cable and cablepower"
        ))
    }
}

/// Requests while the dialect is looked for.
struct Probe<'a> {
    bus: &'a mut dyn Transport,
    /// What each request brought in this round.
    answers: BTreeMap<Vec<u8>, Result<Vec<u8>, Unfit>>,
    /// Whether anything was answered at all.
    heard: bool,
    /// Requests that some dialect could make no sense of the answer to.
    senseless: BTreeSet<&'static str>,
    silent: u32,
}

/// What a claim has brought.
struct Claimed {
    known: Known,
    report: Report,
    /// The row that the device refuses in its dialect's way.
    refused: Option<usize>,
}

/// What came of one part of a claim.
enum Part {
    Holds,
    Fails(String),
}

impl Probe<'_> {
    /// The first dialect whose claim holds.
    fn round(
        &mut self,
        candidates: &[&'static Dialect],
        known: &Known,
    ) -> Result<Option<(&'static Dialect, Claimed)>, Error> {
        for dialect in candidates {
            if let Some(claimed) = self.claim(dialect, known)? {
                return Ok(Some((dialect, claimed)));
            }
        }
        Ok(None)
    }

    /// Whether a device of that dialect, which speaks when it does not understand, was silent; that is to be asked again. The
    /// answer to a request that its dialect has is not meant for the others that have it.
    fn forget_silence(&mut self, dialect: &Dialect) -> bool {
        let before = self.answers.len();
        let has = |request: &&str| {
            let mut cells = dialect.rows().filter_map(|(_, row)| row.cell());
            cells.any(|cell| cell.query.ask == *request)
        };
        let speaks = !self.senseless.iter().all(has);
        let is_silence = |answer: &Result<Vec<u8>, Unfit>| answer.as_ref().is_ok_and(Vec::is_empty);
        self.answers.retain(|_, answer| !is_silence(answer));
        speaks && self.answers.len() < before
    }

    fn claim(
        &mut self,
        dialect: &'static Dialect,
        known: &Known,
    ) -> Result<Option<Claimed>, Error> {
        let mut claimed = Claimed {
            known: known.clone(),
            report: Report::default(),
            refused: None,
        };
        for claim in dialect.claim {
            if !claim.unless.is_empty() && known.flag(claim.unless) {
                continue;
            }
            if let Part::Fails(why) = self.part(dialect, claim, &mut claimed)? {
                debug!("not {}: {why}", dialect.name);
                return Ok(None);
            }
        }
        Ok(Some(claimed))
    }

    fn part(
        &mut self,
        dialect: &'static Dialect,
        claim: &Claim,
        claimed: &mut Claimed,
    ) -> Result<Part, Error> {
        let var = match claim.must {
            Must::Hold(check) if check(&claimed.known) => return Ok(Part::Holds),
            Must::Hold(_) => return Ok(Part::Fails("it is another one of its kind".to_owned())),
            Must::Have(var) | Must::Answer(var) | Must::HaveOrRefuse(var) => var,
        };
        let Some((at, row)) = dialect.row_of(var) else {
            return Ok(Part::Fails(format!("there is no row for {var}")));
        };
        let read = self.read(dialect, row, &claimed.known)?;
        if let (false, Some(cell)) = (matches!(read, Ok(Ok(_)) | Err(Unfit::Silent)), row.cell()) {
            self.senseless.insert(cell.query.ask);
        }
        Ok(match (claim.must, read) {
            (Must::Answer(_), Ok(effects)) => {
                claimed.take(row, &effects.unwrap_or_default());
                Part::Holds
            }
            (_, Ok(Ok(effects))) if has_value(&effects) => {
                claimed.take(row, &effects);
                Part::Holds
            }
            (Must::HaveOrRefuse(_), Err(Unfit::Refused)) => {
                claimed.refused = Some(at);
                Part::Holds
            }
            (_, Ok(Ok(_))) => Part::Fails(format!("{var}: blank")),
            (_, Ok(Err(Bad(why)))) => Part::Fails(format!("{var}: {why}")),
            (_, Err(unfit)) => Part::Fails(format!("{var}: {unfit}")),
        })
    }

    /// Reads a row. Inside is whether its value makes sense.
    fn read(
        &mut self,
        dialect: &Dialect,
        row: &Row,
        known: &Known,
    ) -> Result<Result<Result<Vec<Effect>, Bad>, Unfit>, Error> {
        let Ask::Device(cell) = &row.ask else {
            return Ok(Err(Unfit::Silent));
        };
        let answer = self.ask(dialect, cell.query.ask, known)?;
        Ok(answer.and_then(|answer| {
            accept(dialect.rejected, &cell.query, &answer)?;
            let text = window(cell, &answer)?;
            Ok(convert(row, &text, &answer, known))
        }))
    }

    fn ask(
        &mut self,
        dialect: &Dialect,
        request: &str,
        known: &Known,
    ) -> Result<Result<Vec<u8>, Unfit>, Error> {
        let Ok(bytes) = (dialect.codec.encode)(known, request) else {
            return Ok(Err(Unfit::Codec("no request".to_owned())));
        };
        let answer = match self.answers.get(&bytes) {
            Some(answer) => answer.clone(),
            None => self.exchange(bytes)?,
        };
        Ok(answer.and_then(|answer| {
            if answer.is_empty() {
                return Ok(answer);
            }
            let decoded = (dialect.codec.decode)(known, request, answer);
            decoded.map_err(|Bad(why)| Unfit::Codec(why))
        }))
    }

    fn exchange(&mut self, bytes: Vec<u8>) -> Result<Result<Vec<u8>, Unfit>, Error> {
        if !self.heard && self.silent >= SILENT_MAX {
            return Ok(Err(Unfit::Silent));
        }
        let answer = match self.bus.exchange(&bytes) {
            Ok(answer) => Ok(answer),
            Err(Fault::Gone(why)) => return Err(Error::Gone(why)),
            Err(Fault::Failed(why)) => Err(Unfit::Line(why)),
        };
        if answer.as_ref().is_ok_and(|answer| !answer.is_empty()) {
            self.heard = true;
        } else {
            self.silent = self.silent.saturating_add(1);
        }
        self.answers.insert(bytes, answer.clone());
        Ok(answer)
    }
}

fn has_value(effects: &[Effect]) -> bool {
    let published = |effect: &Effect| matches!(effect, Effect::Publish(value) if !value.is_empty());
    effects.iter().any(published)
}

impl Claimed {
    fn take(&mut self, row: &Row, effects: &[Effect]) {
        for effect in effects {
            self.known.take(effect);
            match (effect, row.variable()) {
                (Effect::Publish(value), Some(var)) if !value.is_empty() => {
                    self.known.set(var, value);
                    self.report.set(var, value);
                }
                (Effect::Set(var, value), _) => {
                    self.report.set(var, value.clone());
                }
                _ => {}
            }
        }
    }

    fn found(self, dialect: &'static Dialect) -> Result<Found, Error> {
        let mut engine = Engine::new(dialect, self.known)?;
        if let Some(row) = self.refused {
            engine.drop_row(row);
        }
        Ok(Found {
            engine,
            report: self.report,
        })
    }
}

#[cfg(test)]
mod tests;
