//! The engine: walks through a dialect's rows, keeps what is known, performs commands and settings. It knows no dialect by
//! name and no transport; time is what the caller says.
//!
//! ```text
//! begin: first walk, battery, delays ---> poll: a quick walk, or a full one when it is due or something was changed
//!                                            |  the status cannot be read five times in a row: stale
//! ```
//!
//! A walk is all or nothing: what it has read is published when it has come to its end.

mod acting;
mod asking;
pub(crate) mod reading;
mod walking;

use std::collections::BTreeSet;
use std::time::Duration;

use driver::{Error, Report};
use tracing::debug;

use crate::battery::Battery;
use crate::bits::Bits;
use crate::dialect::{Dialect, Effect, To};
use crate::known::Known;
use crate::transport::Transport;
pub(crate) use acting::Act;
use asking::Stop;
pub(crate) use walking::Mode;
use walking::Round;

/// Walks in a row that may fail before the data are stale.
const TOLERATED: u32 = 4;
/// Time between two full walks.
const POLLFREQ: u64 = 30;
/// A full walk is due only when more than `pollfreq` has gone by; this much is what a clock of whole seconds makes of "more".
const MORE: Duration = Duration::from_millis(500);
/// Where modes are published.
const MODES: &str = "experimental.ups.mode.buzzwords";

/// A device of a dialect.
pub(crate) struct Engine {
    dialect: &'static Dialect,
    pub(crate) known: Known,
    /// Rows, by number, that the device does not answer.
    dropped: BTreeSet<usize>,
    /// Rows whose variable was declared writable.
    declared: BTreeSet<usize>,
    /// Variables that rows have given a value.
    told: BTreeSet<&'static str>,
    /// Commands that were announced.
    announced: BTreeSet<&'static str>,
    /// What is kept here, as ups.conf wants it.
    configured: Vec<(&'static str, String)>,
    battery: Battery,
    pollfreq: Duration,
    /// When the last full walk was.
    last_full: Duration,
    /// Something was set or commanded since.
    changed: bool,
    /// Walks in a row that have failed.
    failures: u32,
    /// Whether a walk has ever succeeded.
    fresh: bool,
    has_modes: bool,
}

impl Engine {
    /// A device that was claimed; `known` holds what that brought.
    pub(crate) fn new(dialect: &'static Dialect, known: Known) -> Result<Self, Error> {
        let pollfreq = match known.option("pollfreq") {
            None => POLLFREQ,
            Some(text) => text.parse().map_err(|_| {
                Error::Config(format!("pollfreq: {text:?} is no number of seconds"))
            })?,
        };
        Ok(Self {
            dialect,
            known,
            dropped: BTreeSet::new(),
            declared: BTreeSet::new(),
            told: BTreeSet::new(),
            announced: BTreeSet::new(),
            configured: Vec::new(),
            battery: Battery::default(),
            pollfreq: Duration::from_secs(pollfreq),
            last_full: Duration::ZERO,
            changed: false,
            failures: 0,
            fresh: false,
            has_modes: false,
        })
    }

    /// A row that the device has refused while it was claimed.
    pub(crate) fn drop_row(&mut self, row: usize) {
        self.dropped.insert(row);
    }

    /// The first walk and what follows from it.
    pub(crate) fn begin(
        &mut self,
        bus: &mut dyn Transport,
        now: Duration,
        report: &mut Report,
    ) -> Result<(), Error> {
        report.set("driver.version.data", self.dialect.title());
        self.walk(bus, Mode::First, report)
            .map_err(|stop| match stop {
                Stop::Gone(why) => Error::Gone(why),
                Stop::Failed(why) => Error::Timeout(format!("the device cannot be read: {why}")),
            })?;
        self.keep(report);
        let (battery, effects) = Battery::begin(&self.known, now).map_err(Error::Config)?;
        self.battery = battery;
        self.publish(&effects, report);
        self.delays(bus, report)?;
        self.configured = self.kept();
        self.announce(report);
        let pollfreq = self.pollfreq.as_secs().to_string();
        report.set("driver.parameter.pollfreq", pollfreq);
        Ok(())
    }

    /// The first walk came to its end at that time.
    pub(crate) fn begun(&mut self, now: Duration) {
        self.last_full = now;
    }

    /// First values of what is kept here.
    fn keep(&mut self, report: &mut Report) {
        for setting in self.dialect.settings() {
            let To::Kept(first, _) = setting.to else {
                continue;
            };
            if self.known.value(setting.name).is_none() {
                self.publish(&[Effect::Set(setting.name, first.to_owned())], report);
                self.declare(setting.name, report);
            }
        }
    }

    /// What is kept here, now.
    fn kept(&self) -> Vec<(&'static str, String)> {
        let settings = self.dialect.settings();
        let kept = settings.filter(|setting| matches!(setting.to, To::Kept(..)));
        kept.filter_map(|setting| Some((setting.name, self.known.value(setting.name)?.to_owned())))
            .collect()
    }

    /// `ondelay` and `offdelay`.
    fn delays(&mut self, bus: &mut dyn Transport, report: &mut Report) -> Result<(), Error> {
        for (option, var) in [
            ("ondelay", "ups.delay.start"),
            ("offdelay", "ups.delay.shutdown"),
        ] {
            let Some(value) = self.known.option(option).map(str::to_owned) else {
                continue;
            };
            if self.known.value(var).is_some() {
                let done = self.set(bus, var, &value, report)?;
                if done != proto::Outcome::Handled {
                    return Err(Error::Config(format!(
                        "{option}: {value:?} is out of range"
                    )));
                }
            }
        }
        Ok(())
    }

    /// Reads the device. `now` is the time since some start.
    pub(crate) fn poll(
        &mut self,
        bus: &mut dyn Transport,
        now: Duration,
        report: &mut Report,
    ) -> Result<(), Error> {
        let since = now.saturating_sub(self.last_full);
        let mode = if self.changed || since > self.pollfreq.saturating_add(MORE) {
            Mode::Full
        } else {
            Mode::Quick
        };
        let bits = self.known.bits;
        let mut mode = mode;
        let mut done = self.attempt(bus, mode, report);
        if mode == Mode::Quick && done.is_ok() && has_shape(self.known.bits) != has_shape(bits) {
            mode = Mode::Full;
            done = self.attempt(bus, mode, report);
        }
        match done {
            Ok(round) => {
                self.failures = 0;
                self.fresh = true;
                self.compose(&round, mode, now, report);
                Ok(())
            }
            Err(stop) => {
                self.known.bits = bits;
                *report = Report::default();
                self.failed(stop)
            }
        }
    }

    /// A walk; a full one finds out all words of the status anew.
    fn attempt(
        &mut self,
        bus: &mut dyn Transport,
        mode: Mode,
        report: &mut Report,
    ) -> Result<Round, Stop> {
        if mode == Mode::Full {
            self.known.bits = Bits::default();
        }
        self.walk(bus, mode, report)
    }

    /// A walk that failed changes nothing until there were too many.
    fn failed(&mut self, stop: Stop) -> Result<(), Error> {
        let why = match stop {
            Stop::Gone(why) => return Err(Error::Gone(why)),
            Stop::Failed(why) => why,
        };
        self.failures = self.failures.saturating_add(1);
        if self.fresh && self.failures <= TOLERATED {
            debug!(
                "the status cannot be read ({} times now): {why}",
                self.failures
            );
            return Ok(());
        }
        // from now on until it answers again
        self.fresh = false;
        Err(Error::Timeout(format!("the status cannot be read: {why}")))
    }

    /// Status, alarms, modes and the battery, from what a walk has brought.
    fn compose(&mut self, round: &Round, mode: Mode, now: Duration, report: &mut Report) {
        let bits = self.known.bits;
        if mode == Mode::Full {
            self.last_full = now;
            self.changed = false;
            report.no_alarms();
            for alarm in &round.alarms {
                report.alarm(alarm);
            }
            let of_bits = [("RB", "Replace battery!"), ("FSD", "Shutdown imminent!")];
            for (_, alarm) in of_bits.iter().filter(|(word, _)| bits.has(word)) {
                report.alarm(alarm);
            }
            self.modes(&round.modes, report);
            let given = |var| self.told.contains(var);
            let given = (given("battery.charge"), given("battery.runtime"));
            let effects = self.battery.step(&self.known, given, bits.has("OL"), now);
            self.publish(&effects, report);
            self.announce(report);
        }
        for word in bits.text().split(' ') {
            report.status(word);
        }
    }

    fn modes(&mut self, modes: &[&'static str], report: &mut Report) {
        if !modes.is_empty() {
            report.set(MODES, modes.join(" "));
        } else if self.has_modes {
            report.remove(MODES);
        }
        self.has_modes = !modes.is_empty();
    }

    /// Takes in effects that are no row's.
    fn publish(&mut self, effects: &[Effect], report: &mut Report) {
        for effect in effects {
            self.known.take(effect);
            if let Effect::Set(var, value) = effect {
                report.set(var, value.clone());
            }
        }
    }

    /// Offers commands whose gate has opened, and those that others stand in for.
    fn announce(&mut self, report: &mut Report) {
        let open: Vec<_> = self
            .dialect
            .commands()
            .filter(|command| self.known.is_open(command.gate))
            .map(|command| command.name)
            .collect();
        for name in &open {
            if self.announced.insert(name) {
                report.add_command(name);
            }
        }
        for (name, stand_in) in acting::STAND_INS {
            if open.contains(stand_in) && self.announced.insert(name) {
                report.add_command(name);
            }
        }
        debug!("{} commands", self.announced.len());
    }

    /// Acts as if something had been set: the next walk is a full one, with all that may have changed.
    #[cfg(test)]
    pub(crate) fn touch(&mut self) {
        self.changed = true;
    }

    /// The dialect.
    pub(crate) fn dialect(&self) -> &'static Dialect {
        self.dialect
    }

    /// What the dialect is called.
    pub(crate) fn title(&self) -> String {
        self.dialect.title()
    }
}

/// Whether it says bypass, boost or trim. Only voltages tell which of them it is, and a quick walk does not read those; nor does
/// it find out alarms that come and go with them.
fn has_shape(bits: Bits) -> bool {
    ["TRIM", "BOOST", "BYPASS"]
        .iter()
        .any(|word| bits.has(word))
}

#[cfg(test)]
mod tests;
