//! Settings and commands.

use std::time::Duration;

use driver::{Error, Report};
use proto::Outcome;
use snmp::Agent;
use tracing::{debug, warn};

use super::{Engine, told};
use crate::encode;
use crate::facts::Facts;
use crate::orders::{self, Delays, Refused};

impl Engine {
    /// Sets a variable.
    ///
    /// # Errors
    /// The device did not answer.
    pub(crate) fn set(
        &mut self,
        agent: &mut dyn Agent,
        name: &str,
        text: &str,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        let variable = self.explored.variables.get(name);
        let Some(variable) = variable.filter(|variable| variable.place.row.is_writable()) else {
            return Ok(Outcome::Unknown);
        };
        let row = variable.place.row;
        let Some(oid) = &variable.place.oid else {
            let Some(kept) = kept(name, text) else {
                return Ok(Outcome::Unconvertible);
            };
            report.set(name, &kept);
            self.local.insert(name.to_owned(), kept);
            return Ok(Outcome::Handled);
        };
        let old = self.raw.get(oid);
        let Some((value, told)) = encode::setting(row, self.options.quirks, text, old) else {
            return Ok(Outcome::Unconvertible);
        };
        match agent.set(oid, &value) {
            Ok(()) => {
                self.raw.insert(oid.clone(), value);
                report.set(name, told);
                Ok(Outcome::Handled)
            }
            Err(error) => refused(name, &error),
        }
    }

    /// Performs a command.
    ///
    /// # Errors
    /// The device did not answer.
    pub(crate) fn command(
        &mut self,
        agent: &mut dyn Agent,
        name: &str,
        given: Option<&str>,
    ) -> Result<Outcome, Error> {
        let given = given.filter(|text| !text.is_empty());
        match orders::steps(&self.explored, &self.raw, self.delays(), name, given) {
            Ok(steps) => match orders::take(agent, &steps) {
                Ok(()) => Ok(Outcome::Handled),
                Err(error) => refused(name, &error),
            },
            Err(Refused::Unknown) => Ok(Outcome::Unknown),
            Err(Refused::NoValue) => {
                warn!("{name} needs a value, for instance: upscmd ... {name} 60");
                Ok(Outcome::Invalid)
            }
            Err(Refused::NoNumber) => Ok(Outcome::Unconvertible),
        }
    }

    /// Cuts the power in the best of the ways that the device has.
    ///
    /// # Errors
    /// The device did not answer.
    pub(crate) fn shut_down(&mut self, agent: &mut dyn Agent) -> Result<Outcome, Error> {
        if self.explored.devices == 0 {
            let now = Duration::ZERO;
            self.explore(agent, Facts::default(), now, &mut Report::default())?;
        }
        let delays = self.delays();
        match orders::shut_down(agent, &self.explored, &self.raw, delays) {
            Ok(true) => Ok(Outcome::Handled),
            Ok(false) => Ok(Outcome::Failed),
            Err(error) => Err(told(error)),
        }
    }

    /// What ups.conf says, else what a client has set, else the usual.
    fn delays(&self) -> Delays {
        let usual = Delays::default();
        let kept = |name: &str| {
            let set = self.local.get(name).map(String::as_str);
            let told = || Some(self.explored.variables.get(name)?.value.as_str());
            set.or_else(told)?.parse().ok()
        };
        let own = |name: &str, option: Option<u32>, usual: u32| {
            let is_set = self.local.contains_key(name);
            option
                .filter(|_| !is_set)
                .or_else(|| kept(name))
                .unwrap_or(usual)
        };
        Delays {
            on: own("ups.delay.start", self.options.on_delay, usual.on),
            off: own("ups.delay.shutdown", self.options.off_delay, usual.off),
        }
    }

    /// Writes `ondelay` and `offdelay` to a device that keeps delays; one whose driver keeps them is told nothing.
    pub(crate) fn write_delays(&mut self, agent: &mut dyn Agent, report: &mut Report) {
        let delays = [
            ("ups.delay.start", self.options.on_delay),
            ("ups.delay.shutdown", self.options.off_delay),
        ];
        for (name, seconds) in delays {
            let Some(seconds) = seconds else { continue };
            match self.set(agent, name, &seconds.to_string(), report) {
                Ok(Outcome::Handled) => {}
                Ok(Outcome::Unknown) => debug!("{name} cannot be set on this device"),
                Ok(_) | Err(_) => warn!("{name} could not be set to {seconds}"),
            }
        }
    }
}

/// What the driver keeps of a setting; nothing when a delay is none.
fn kept(name: &str, text: &str) -> Option<String> {
    if !name.starts_with("ups.delay.") {
        return Some(text.to_owned());
    }
    let seconds: u32 = text.trim().parse().ok()?;
    Some(seconds.to_string())
}

/// A device that refuses has failed to do it; one that is silent is another matter.
fn refused(name: &str, error: &snmp::Error) -> Result<Outcome, Error> {
    match error {
        snmp::Error::Refused { .. } => {
            warn!("{name}: {error}");
            Ok(Outcome::Failed)
        }
        _ => Err(told(error.clone())),
    }
}
