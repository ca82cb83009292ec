//! Commands and settings (spec usbhid.md, section 10).

use std::time::Duration;

use driver::{Error, Report};
use hid::mapping::Entry;
use hid::table::When;
use proto::Outcome;
use tracing::warn;

use super::HidUps;
use crate::known::Known;

/// Pause between the two halves of a shutdown command, so that the device has taken the first.
const BREATH: Duration = Duration::from_millis(125);

impl HidUps {
    /// An instant command: a row of the table, or what it can be put together from.
    pub(crate) fn command(&mut self, name: &str, param: Option<&str>) -> Result<Outcome, Error> {
        let name = match name {
            "beeper.off" => "beeper.disable",
            "beeper.on" => "beeper.enable",
            name => name,
        };
        if let Some(entry) = self.mapping.command(name) {
            return self.send(&entry, param);
        }
        match name {
            "load.on" => self.command_row("load.on.delay", Some("0")),
            "load.off" => self.command_row("load.off.delay", Some("0")),
            "shutdown.return" => {
                self.set_start_auto("yes")?;
                let start = self.known.value("ups.delay.start").map(str::to_owned);
                self.in_two_steps(start.as_deref())
            }
            "shutdown.stayoff" => {
                self.set_start_auto("no")?;
                self.in_two_steps(Some("-1"))
            }
            _ => Ok(Outcome::Unknown),
        }
    }

    fn command_row(&mut self, name: &str, param: Option<&str>) -> Result<Outcome, Error> {
        match self.mapping.command(name) {
            Some(entry) => self.send(&entry, param),
            None => Ok(Outcome::Unknown),
        }
    }

    fn set_start_auto(&mut self, value: &str) -> Result<(), Error> {
        if self.known.value("ups.start.auto").is_some()
            && let Some(entry) = self.mapping.variable("ups.start.auto")
        {
            self.send(&entry, Some(value))?;
        }
        Ok(())
    }

    /// When to come back, then when to go.
    fn in_two_steps(&mut self, on: Option<&str>) -> Result<Outcome, Error> {
        let first = self.command_row("load.on.delay", on)?;
        if first != Outcome::Handled {
            return Ok(first);
        }
        self.clock.sleep(BREATH);
        let off = self.known.value("ups.delay.shutdown").map(str::to_owned);
        self.command_row("load.off.delay", off.as_deref())
    }

    fn send(&mut self, entry: &Entry<Known>, text: Option<&str>) -> Result<Outcome, Error> {
        let value = match entry.logical(text, &mut self.known) {
            Ok(value) => value,
            Err(why) => {
                warn!("{}: {why}", entry.row.var);
                return Ok(Outcome::Invalid);
            }
        };
        for (var, text) in self.known.take_orders() {
            let before = match self.mapping.variable(var) {
                Some(entry) => self.send(&entry, Some(text))?,
                None => Outcome::Unknown,
            };
            if before != Outcome::Handled {
                return Ok(before);
            }
        }
        match self.reports.set(&mut *self.device, &entry.item, value) {
            Ok(()) => {
                self.changed = true;
                Ok(Outcome::Handled)
            }
            Err(why) => {
                warn!("{}: {why}", entry.row.var);
                self.judge(&why, entry.row.path)?;
                Ok(Outcome::Failed)
            }
        }
    }

    /// Sets a variable, on the device or, for those of the driver, here.
    pub(crate) fn set(
        &mut self,
        var: &str,
        value: &str,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        let writable = self.mapping.entries().find(|entry| {
            let row = entry.row;
            row.var == var && row.access.writable && !row.is_command()
        });
        let Some(entry) = writable else {
            return Ok(Outcome::Unknown);
        };
        if entry.row.when == When::Absent {
            self.say(report, var, value);
            return Ok(Outcome::Handled);
        }
        Ok(match self.send(&entry, Some(value))? {
            Outcome::Invalid => Outcome::Unconvertible,
            outcome => outcome,
        })
    }
}
