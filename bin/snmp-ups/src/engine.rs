//! A device of a known mapping: explored at the start, then read in walks; settings and commands.
//!
//! * a *full walk* reads what changes; what seldom changes only in every `semistaticfreq`-th, what is fixed never
//! * a *quick* one reads the objects that the status is made of, and those of alarms if they are few
//! * every [`EXPLORE_EVERY`] full walks, and after the device was away, it is explored anew: what was missing may be there now

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use driver::{Error, Report};
use snmp::{Agent, Oid, Value};
use tracing::debug;

use crate::decode::{Seen, text};
use crate::explored::{Explored, current, explore};
use crate::facts::Facts;
use crate::layout::Place;
use crate::mibs::Mib;
use crate::object::plain;
use crate::options::Options;
use crate::row::Row;
use crate::words::{self, Complaints, Words};

mod acting;
mod telling;

/// Full walks until the device is explored anew.
const EXPLORE_EVERY: u32 = 20;
/// So many objects of alarms are read with each quick walk; more wait for the full one.
const QUICK_ALARMS_MAX: usize = 16;
/// Walks without the objects of the status until the device is taken as it is.
const PATIENCE: u32 = 3;

/// Every device has these, whatever its mapping.
const SYSTEM: [(&str, &str); 3] = [
    ("device.description", "m.1.1.0"),
    ("device.contact", "m.1.4.0"),
    ("device.location", "m.1.6.0"),
];

/// A device and what is known of it.
#[derive(Debug)]
pub(crate) struct Engine {
    mib: &'static Mib,
    options: Options,
    explored: Explored,
    /// Values by object as the device told them last.
    raw: BTreeMap<Oid, Value>,
    /// Variables that the driver keeps, as clients have set them.
    local: BTreeMap<String, String>,
    /// Names that are published.
    published: BTreeSet<String>,
    offered: BTreeSet<String>,
    alarm_words: Vec<&'static str>,
    alarm_devices: BTreeSet<u32>,
    /// When the last full walk began; nothing when the next one is due.
    walked: Option<Duration>,
    walks: u32,
    /// Whether the device is to be explored before it is believed again.
    is_lost: bool,
    /// Walks in a row in which objects of the status were missing.
    without_status: u32,
    /// Numbers of the status that were told as unknown.
    complained: Complaints,
}

impl Engine {
    pub(crate) fn new(mib: &'static Mib, options: Options) -> Self {
        Self {
            mib,
            options,
            explored: Explored::default(),
            raw: BTreeMap::new(),
            local: BTreeMap::new(),
            published: BTreeSet::new(),
            offered: BTreeSet::new(),
            alarm_words: Vec::new(),
            alarm_devices: BTreeSet::new(),
            walked: None,
            walks: 0,
            is_lost: false,
            without_status: 0,
            complained: Complaints::default(),
        }
    }

    /// Finds out what the device has, and reports it all.
    ///
    /// # Errors
    /// The device did not answer.
    pub(crate) fn explore(
        &mut self,
        agent: &mut dyn Agent,
        mut facts: Facts,
        now: Duration,
        report: &mut Report,
    ) -> Result<(), Error> {
        let (mib, quirks) = (self.mib, self.options.quirks);
        let (explored, system, words, alarms) = facts
            .settle(agent, |facts| {
                let explored = explore(mib, quirks, facts);
                let system = system(facts);
                let words = words::status(&explored.status, facts);
                let alarms = words::alarms(&explored.alarms, facts);
                (explored, system, words, alarms)
            })
            .map_err(told)?;
        if self.is_another(&explored) {
            return Err(self.unrecognised());
        }
        self.remember(&explored, &facts);
        let before = std::mem::take(&mut self.published);
        report.set(
            "driver.version.data",
            format!("{} MIB {}", mib.name, mib.version),
        );
        self.explored = explored;
        self.tell_variables(&system, report);
        self.tell_commands(report);
        for name in before.difference(&self.published) {
            report.remove(name);
        }
        self.tell_alarms(&alarms, report);
        self.tell_status(&words, report);
        self.walked = Some(now);
        self.is_lost = false;
        self.without_status = 0;
        debug!("{} requests until now", agent.requests());
        Ok(())
    }

    /// Keeps the values of objects that clients may set or command.
    fn remember(&mut self, explored: &Explored, facts: &Facts) {
        let variables = explored.variables.values().map(|variable| &variable.place);
        let commands = explored.commands.values();
        for oid in variables
            .chain(commands)
            .filter_map(|place| place.oid.as_ref())
        {
            if let Some(value) = facts.known(oid) {
                self.raw.insert(oid.clone(), value.clone());
            }
        }
    }

    /// Reads what is due.
    ///
    /// # Errors
    /// The device did not answer, or it does not tell its status any more.
    pub(crate) fn poll(
        &mut self,
        agent: &mut dyn Agent,
        now: Duration,
        report: &mut Report,
    ) -> Result<(), Error> {
        let is_full = self
            .walked
            .is_none_or(|last| now.saturating_sub(last) >= self.options.poll_freq);
        let result = if self.is_lost || (is_full && self.walks >= EXPLORE_EVERY) {
            self.walks = 0;
            self.explore(agent, Facts::default(), now, report)
        } else if is_full {
            self.walked = Some(now);
            self.walks = self.walks.saturating_add(1);
            self.full_walk(agent, report)
        } else {
            self.quick_walk(agent, report)
        };
        if result.is_err() {
            // what was not read is read as soon as the device answers
            self.walked = None;
        }
        // it may have been restarted, or another one may answer then
        self.is_lost |= matches!(result, Err(Error::Timeout(_)));
        result
    }

    fn full_walk(&mut self, agent: &mut dyn Agent, report: &mut Report) -> Result<(), Error> {
        let with_seldom = self.walks.is_multiple_of(self.options.seldom);
        let quirks = self.options.quirks;
        let explored = &self.explored;
        let due = |place: &Place| {
            let row = place.row;
            place.oid.is_some() && !row.is_fixed() && (with_seldom || !row.is_seldom())
        };
        let places: Vec<&Place> = explored
            .variables
            .values()
            .map(|variable| &variable.place)
            .filter(|place| due(place))
            .collect();
        let mut facts = Facts::default();
        let (values, words, alarms) = facts
            .settle(agent, |facts| {
                let values: Vec<Seen<String>> = places
                    .iter()
                    .map(|place| current(place, quirks, facts))
                    .collect();
                let words = words::status(&explored.status, facts);
                let alarms = words::alarms(&explored.alarms, facts);
                (values, words, alarms)
            })
            .map_err(told)?;
        let told: Vec<(&'static Row, String, Option<String>)> = places
            .iter()
            .zip(values)
            .map(|(place, value)| (place.row, place.name.clone(), value.known()))
            .collect();
        let is_blank = told.iter().all(|(_, _, value)| value.is_none());
        if explored.status.is_empty() && is_blank && !told.is_empty() {
            return Err(self.unrecognised());
        }
        self.judge(&words)?;
        for (row, name, value) in told {
            self.tell_value(row, name, value, report);
        }
        self.tell_alarms(&alarms, report);
        self.tell_status(&words, report);
        Ok(())
    }

    fn quick_walk(&mut self, agent: &mut dyn Agent, report: &mut Report) -> Result<(), Error> {
        let explored = &self.explored;
        if explored.status.is_empty() {
            // nothing tells of changes but the full walk; whether anybody is there is asked all the same
            return present(agent);
        }
        let with_alarms = explored.alarms.len() <= QUICK_ALARMS_MAX;
        let mut facts = Facts::default();
        let (words, alarms) = facts
            .settle(agent, |facts| {
                let words = words::status(&explored.status, facts);
                let alarms = with_alarms.then(|| words::alarms(&explored.alarms, facts));
                (words, alarms)
            })
            .map_err(told)?;
        self.judge(&words)?;
        if let Some(alarms) = alarms {
            self.tell_alarms(&alarms, report);
        }
        self.tell_status(&words, report);
        Ok(())
    }

    /// Whether the status can be believed. It is not known when an object that it was made of is missing, until the device is
    /// explored anew. To be asked before anything is told, as what is told together with an error reaches nobody.
    fn judge(&mut self, words: &Words) -> Result<(), Error> {
        if let (Some(object), true) = (words.gone.first(), self.without_status < PATIENCE) {
            self.without_status += 1;
            let patience = self.without_status;
            let error = Error::Garbled(format!(
                "the device does not tell {object} any more, which its status is made of"
            ));
            // explored anew only then, so that a restart of the network card does not change what is asked
            self.is_lost = patience >= PATIENCE;
            return Err(error);
        }
        self.without_status = 0;
        Ok(())
    }

    /// A device that was explored before and now has nothing of what the status was made of, or of its values, is not taken as it
    /// is: a network card that has lost its UPS says so, and it would be published as one of which nothing bad is known.
    fn is_another(&self, found: &Explored) -> bool {
        let has_values = |explored: &Explored| {
            let mut all = explored.variables.values();
            all.any(|variable| variable.place.oid.is_some())
        };
        let lost_status = found.status.is_empty() && !self.explored.status.is_empty();
        let lost_values = !has_values(found) && has_values(&self.explored);
        lost_status || lost_values
    }

    fn unrecognised(&mut self) -> Error {
        self.is_lost = true;
        Error::Garbled(format!(
            "the device tells nothing any more of what it had by the mapping {}; if another one is there now, restart the driver",
            self.mib.name
        ))
    }
}

/// What the standard's objects say of the device.
fn system(facts: &mut Facts) -> Vec<(&'static str, String)> {
    let mut told = Vec::new();
    for (name, object) in SYSTEM {
        let seen = plain(object).map(|oid| text(facts, &oid, &|number| Some(number.to_string())));
        if let Some(Seen::This(value)) = seen {
            told.push((name, value));
        }
    }
    told
}

/// Whether the device answers.
fn present(agent: &mut dyn Agent) -> Result<(), Error> {
    let up_time = plain("m.1.3.0");
    let Some(oid) = up_time else { return Ok(()) };
    agent.get(&[oid]).map(|_| ()).map_err(told)
}

/// What the framework makes of an agent's error.
pub(crate) fn told(error: snmp::Error) -> Error {
    let text = error.to_string();
    match error {
        snmp::Error::Silent { .. } => Error::Timeout(text),
        snmp::Error::Config(_) => Error::Config(text),
        snmp::Error::Io(_) => Error::Timeout(text),
        _ => Error::Garbled(text),
    }
}
