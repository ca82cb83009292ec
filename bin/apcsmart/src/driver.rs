//! What the framework asks of the driver.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use driver::{Attempt, Depth, Driver, Error, Heard, Lost, Report, Settings, Update};
use proto::Outcome;
use serial::{Line, Mode, Signal};
use tracing::{info, warn};

use crate::act::{Means, perform, state, switch_off};
use crate::commands::{Action, Command, delay, padded};
use crate::confirm::Confirm;
use crate::detect::detect;
use crate::letters::DUMB;
use crate::options::{OLD_NAME, Options};
use crate::questions::smart;
use crate::sift::Sieve;
use crate::talk::line_error;
use crate::unit::Unit;

/// Bits a second.
const BAUD: u32 = 2400;
/// How often smart mode is tried at the start, and when a lost unit is looked for.
const ATTEMPTS: u32 = 5;
const ATTEMPTS_AGAIN: u32 = 1;
/// How long a unit may take to say that it has left smart mode.
const FAREWELL: Duration = Duration::from_secs(1);
/// Letters whose answers say whose unit it is, for recordings: the serial number.
const PERSONAL: &[&[u8]] = &[b"n"];
/// So many polls without an answer, and the port is opened anew: some adapters need that.
const SILENCE_MAX: u32 = 20;

/// How the line to a unit is opened.
pub(crate) type Open = Arc<dyn Fn(&Settings) -> Result<Box<dyn Line>, Error> + Send + Sync>;

/// An open port with a unit behind it.
pub(crate) struct ApcSmart {
    unit: Unit,
    confirm: Confirm,
    memory: Memory,
    /// Polls without an answer, in a row.
    silence: u32,
}

/// What outlasts a unit's absence.
#[derive(Clone)]
struct Memory {
    open: Open,
    settings: Settings,
    options: Options,
    attempts: u32,
    /// What was published of the unit before.
    published: BTreeSet<String>,
    offered: BTreeSet<&'static str>,
}

impl ApcSmart {
    /// Opens the port that ups.conf names.
    pub(crate) fn find(open: &Open, settings: &Settings) -> Result<Self, Error> {
        let options = Options::of(settings)?;
        if options.old {
            info!(target: "notice", "{OLD_NAME} is an older driver; this is apcsmart, which takes its place. ups.conf may say driver = apcsmart");
        }
        if let Some(cable) = Options::unknown_cable(settings) {
            warn!(
                "cable: nothing is known about {cable:?}, so the line's outputs are left as they are"
            );
        }
        Memory {
            open: Arc::clone(open),
            settings: settings.clone(),
            options,
            attempts: ATTEMPTS,
            published: BTreeSet::new(),
            offered: BTreeSet::new(),
        }
        .find()
    }

    /// What the unit before had and this one has not is taken back.
    fn take_back(&mut self, told: &Report, report: &mut Report) {
        let found = &self.unit.found;
        let set = told.updates.iter().filter_map(|update| match update {
            Update::Set { var, .. } => Some(var.clone()),
            _ => None,
        });
        let names = found.variables.iter().flat_map(|each| each.names());
        let published: BTreeSet<String> = set.chain(names).collect();
        let offered = found.commands.iter().map(|each| each.name).collect();
        for name in self.memory.published.difference(&published) {
            report.remove(name);
        }
        for name in self.memory.offered.difference(&offered) {
            report.remove_command(name);
        }
        (self.memory.published, self.memory.offered) = (published, offered);
    }

    fn execute(&mut self, command: &Command, extra: Option<&str>) -> Result<Outcome, Error> {
        let digits = extra.and_then(delay).map(padded);
        let options = &self.memory.options;
        let means = Means {
            wake_up: digits.as_deref().unwrap_or(&options.wake_up),
            pause: options.forced_pause,
        };
        perform(&mut self.unit.talk, command, self.unit.register, means)
    }

    /// The command that is meant, or what to tell who gave it.
    fn meant(&self, name: &str, extra: Option<&str>) -> Result<&'static Command, Outcome> {
        let command = Command::named(name, extra, self.memory.options.old);
        let command = command.ok_or(Outcome::Unknown)?;
        let commands = &self.unit.found.commands;
        let there = commands.iter().any(|each| each.letter == command.letter);
        if there {
            Ok(command)
        } else {
            warn!("this UPS has no {name}");
            Err(Outcome::Invalid)
        }
    }
}

impl Memory {
    fn find(self) -> Result<ApcSmart, Error> {
        let mut line = (self.open)(&self.settings)?;
        if self.options.dual_cable {
            line.set(Signal::Dtr, true).map_err(line_error)?;
            line.set(Signal::Rts, false).map_err(line_error)?;
        }
        Ok(ApcSmart {
            unit: Unit::new(line, &self.settings.clock),
            confirm: Confirm::default(),
            memory: self,
            silence: 0,
        })
    }
}

/// The port itself.
pub(crate) fn port(settings: &Settings) -> Result<Box<dyn Line>, Error> {
    let mode = Mode {
        locked: !settings.no_lock,
        ..Mode::new(BAUD)
    };
    serial::open(&settings.port, mode, settings.tape.clone(), PERSONAL).map_err(line_error)
}

impl Lost for Memory {
    fn find(self: Box<Self>) -> Attempt {
        match Self::find((*self).clone()) {
            Ok(found) => Ok(Box::new(found)),
            Err(why) => Err((self, why)),
        }
    }
}

impl Driver for ApcSmart {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        if !smart(&mut self.unit.talk, self.memory.attempts)? {
            let port = &self.memory.settings.port;
            return Err(Error::Timeout(format!(
                "no APC UPS with the smart protocol answers on {port}; check the cable (940-0024C, or cable = 940-0095B), the port, and that it is no model \
                 with USB or Modbus only"
            )));
        }
        let mut told = Report::default();
        self.unit.found = detect(&mut self.unit.talk, self.memory.options.old, &mut told)?;
        self.take_back(&told, report);
        report.updates.append(&mut told.updates);
        Ok(())
    }

    fn poll(&mut self, _depth: Depth, report: &mut Report) -> Result<(), Error> {
        let result = self.unit.poll(report);
        self.silence = match &result {
            Err(Error::Timeout(_)) => self.silence.saturating_add(1),
            _ => 0,
        };
        if self.silence < SILENCE_MAX {
            return result;
        }
        self.silence = 0;
        result.map_err(|why| {
            Error::Unusable(format!(
                "{why}, {SILENCE_MAX} times; the port is opened anew"
            ))
        })
    }

    fn listen(&mut self, within: Duration, report: &mut Report) -> Heard {
        self.unit.listen(within, report)
    }

    fn command(
        &mut self,
        name: &str,
        param: Option<&str>,
        _report: &mut Report,
    ) -> Result<Outcome, Error> {
        let command = match self.meant(name, param) {
            Ok(command) => command,
            Err(outcome) => return Ok(outcome),
        };
        let now = self.memory.settings.clock.now();
        let off = matches!(command.action, Action::Off(_));
        if off && !self.confirm.press(command, param, now) {
            warn!(
                "{name} takes the power away: nothing is done unless it is given again in 3 to 15 seconds"
            );
            return Ok(Outcome::Failed);
        }
        self.execute(command, param)
    }

    fn command_unattended(&mut self, name: &str, _report: &mut Report) -> Result<Outcome, Error> {
        match self.meant(name, None) {
            Ok(command) => self.execute(command, None),
            Err(outcome) => Ok(outcome),
        }
    }

    fn set(&mut self, var: &str, value: &str, report: &mut Report) -> Result<Outcome, Error> {
        self.unit.set(var, value, report)
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        let options = &self.memory.options;
        let talk = &mut self.unit.talk;
        if !smart(talk, 1)? {
            warn!("the UPS does not go into smart mode; trying to switch it off all the same");
        }
        let register = state(talk)?;
        let means = Means {
            wake_up: &options.wake_up,
            pause: options.forced_pause,
        };
        for method in options.plan.methods(register) {
            match switch_off(talk, method, register, means) {
                Ok(true) => {
                    info!("the UPS will: {}", method.does());
                    return Ok(Outcome::Handled);
                }
                Ok(false) => warn!("the UPS will not: {}", method.does()),
                Err(fault) => warn!("{}: {}", method.does(), Error::from(fault)),
            }
        }
        Ok(Outcome::Failed)
    }

    fn lose(mut self: Box<Self>) -> Option<Box<dyn Lost>> {
        self.memory.attempts = ATTEMPTS_AGAIN;
        let lost = self.memory.clone();
        // closed before it is opened again
        drop(self);
        Some(Box::new(lost))
    }
}

/// The unit leaves smart mode with its driver.
impl Drop for ApcSmart {
    fn drop(&mut self) {
        let talk = &mut self.unit.talk;
        // if it does not, there is nothing to be done about it
        let _ = talk.ask(&[DUMB], Sieve::Answer, FAREWELL);
    }
}

#[cfg(test)]
mod tests;
