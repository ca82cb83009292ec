//! A device that is open: walks through its table, events, commands, settings (spec usbhid.md, sections 7 to 10).

mod acting;
mod events;
mod reading;
mod telling;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use driver::{Clock, Error, Report};
use hid::mapping::Mapping;
use hid::table::{Walk, When};
use tracing::{debug, info, warn};
use usb::{CONTROL, UsbDevice};
use usb::{Error as UsbError, Meaning};

use crate::bits::{Bits, Policy};
use crate::discharge::{Rule, Warned};
use crate::doubt::Doubt;
use crate::explore::Explorer;
use crate::known::Known;
use crate::reports::Reports;
use crate::told::Told;

use telling::{announce_combined, declare};

/// GET_STATUS, which every device understands (USB 2.0, section 9.4.5).
const GET_STATUS: usb::Setup = usb::Setup {
    request_type: 0x80,
    request: 0,
    value: 0,
    index: 0,
};

/// How a device is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    /// How often everything is read.
    pub(crate) full: Duration,
    /// Interrupt reports are not read.
    pub(crate) poll_only: bool,
    /// How many bytes of an interrupt report are read; 0 is as many as there are.
    pub(crate) event_size: usize,
    /// How often in a row no interrupt report may come.
    pub(crate) quiet_tolerance: Option<u32>,
    pub(crate) policy: Policy,
    pub(crate) discharge: Rule,
}

/// What is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    /// A walk through everything.
    Full,
    /// A walk through what changes often.
    Quick,
    /// An interrupt report.
    Event,
}

/// An open device.
pub(crate) struct HidUps {
    device: Box<dyn UsbDevice>,
    mapping: Mapping<Known>,
    reports: Reports,
    pub(crate) known: Known,
    bits: Bits,
    told: Told,
    doubt: Doubt,
    warned: Warned,
    habits: Habits,
    clock: Clock,
    /// For a device that nobody knows yet.
    explorer: Option<Explorer>,
    strings: BTreeMap<u8, String>,
    /// What was read before is old.
    since: Instant,
    last_full: Option<Instant>,
    /// Something was set or commanded since the last full walk.
    changed: bool,
    published_reason: bool,
    published_modes: bool,
    /// How often no interrupt report came, in a row.
    silence: u32,
    /// One came since the last round.
    heard: bool,
    /// Listening has failed since the last round.
    deaf: bool,
}

impl HidUps {
    pub(crate) fn new(
        device: Box<dyn UsbDevice>,
        mapping: Mapping<Known>,
        reports: Reports,
        known: Known,
        habits: Habits,
        clock: Clock,
    ) -> Self {
        Self {
            device,
            mapping,
            reports,
            known,
            bits: Bits::default(),
            told: Told::default(),
            doubt: Doubt::default(),
            warned: Warned::default(),
            habits,
            since: clock.now(),
            clock,
            explorer: None,
            strings: BTreeMap::new(),
            last_full: None,
            changed: false,
            published_reason: false,
            published_modes: false,
            silence: 0,
            heard: false,
            deaf: false,
        }
    }

    /// Time between two full walks.
    pub(crate) fn full_period(&self) -> Duration {
        self.habits.full
    }

    pub(crate) fn device(&mut self) -> &mut dyn UsbDevice {
        &mut *self.device
    }

    /// Tells what the device has, in this and in every later round.
    pub(crate) fn explore(&mut self) {
        let explorer = Explorer::new(hid::Names::STANDARD);
        let lines = explorer.title(self.device.identity(), self.mapping.descriptor());
        lines.iter().for_each(|line| info!("{line}"));
        self.explorer = Some(explorer);
    }

    fn tell_explored(&mut self) -> Result<(), Error> {
        let Some(explorer) = &mut self.explorer else {
            return Ok(());
        };
        let descriptor = self.mapping.descriptor();
        match explorer.look(&mut *self.device, &mut self.reports, descriptor) {
            Ok(lines) => {
                lines.iter().for_each(|line| info!("{line}"));
                Ok(())
            }
            Err(why) => self.judge(&why, "explore"),
        }
    }

    /// The first walk: variables and commands that the device has.
    pub(crate) fn begin(&mut self, report: &mut Report) -> Result<(), Error> {
        let mut commands = Vec::new();
        for entry in self.mapping.entries().collect::<Vec<_>>() {
            let row = entry.row;
            if row.gives_way() && self.known.value(row.var).is_some() {
                self.mapping.switch_off(entry.at);
                continue;
            }
            match row.when {
                When::Absent => {
                    if self.known.value(row.var).is_none() {
                        self.say(report, row.var, row.default);
                    }
                    declare(report, &entry, &mut self.known);
                }
                When::Command => match self.read(&entry) {
                    Ok(_) => {
                        report.add_command(row.var);
                        commands.push(row.var);
                    }
                    Err(why) => self.judge(&why, row.path)?,
                },
                _ => match self.show(&entry) {
                    Ok(Some(text)) => {
                        self.publish(report, &entry, &text);
                        declare(report, &entry, &mut self.known);
                    }
                    Ok(None) => {}
                    Err(why) => self.judge(&why, row.path)?,
                },
            }
        }
        announce_combined(report, &commands);
        self.tell_explored()?;
        self.last_full = Some(self.clock.now());
        self.finish(report, Over::Full);
        let says_where_power_comes_from = ["online", "offline", "dischrg"];
        if !says_where_power_comes_from
            .iter()
            .any(|bit| self.bits.has(bit))
        {
            warn!("the device does not say whether it is on line or on battery");
        }
        Ok(())
    }

    /// One round: a walk; an interrupt report before it, where one is expected. Each report is read once in a round.
    pub(crate) fn round(&mut self, report: &mut Report) -> Result<(), Error> {
        self.since = self.clock.now();
        if self.expects_event() {
            self.expect_event(report)?;
        }
        (self.heard, self.deaf) = (false, false);
        let now = self.clock.now();
        let due = self
            .last_full
            .is_none_or(|last| now.duration_since(last) >= self.habits.full);
        let walk = if due || self.changed {
            let changed = std::mem::take(&mut self.changed);
            self.last_full = Some(now);
            Walk::Full {
                changed,
                polled: self.habits.poll_only,
            }
        } else {
            Walk::Quick
        };
        self.walk(report, walk)?;
        self.tell_explored()?;
        self.finish(
            report,
            if walk == Walk::Quick {
                Over::Quick
            } else {
                Over::Full
            },
        );
        Ok(())
    }

    fn walk(&mut self, report: &mut Report, walk: Walk) -> Result<(), Error> {
        let due: Vec<_> = self.mapping.due(walk).collect();
        let (mut tried, mut answered) = (false, false);
        let status_due = due.iter().any(|entry| entry.row.is_status());
        for entry in due {
            tried = true;
            match self.show(&entry) {
                Ok(text) => {
                    answered = true;
                    if let Some(text) = text {
                        self.publish(report, &entry, &text);
                    }
                }
                Err(why) => self.judge(&why, entry.row.path)?,
            }
        }
        if !tried {
            // who explores reads everything anyway
            return match self.explorer {
                Some(_) => Ok(()),
                None => self.look_for_it(),
            };
        }
        if !answered {
            return Err(Error::Gone("no report is answered any more".to_owned()));
        }
        if status_due && self.told.is_missed() {
            return Err(Error::Garbled(
                "the device answers, but does not tell its status any more".to_owned(),
            ));
        }
        Ok(())
    }

    /// A device that no row is read from is asked whether it is there.
    fn look_for_it(&mut self) -> Result<(), Error> {
        let mut status = [0; 2];
        match self.device.control_in(GET_STATUS, &mut status, CONTROL) {
            Ok(_) => Ok(()),
            Err(why) => self.judge(&why, "status of the device"),
        }
    }

    /// What an error means: this report is not served now, or the device is gone.
    fn judge(&self, why: &UsbError, what: &str) -> Result<(), Error> {
        match why.meaning() {
            Meaning::Skip if self.reports.is_dead() => Err(Error::Gone(
                "the device does not answer any more".to_owned(),
            )),
            Meaning::Skip => {
                debug!("{what}: {why}");
                Ok(())
            }
            Meaning::Reopen => Err(Error::Gone(why.to_string())),
            Meaning::Fatal => Err(Error::Config(why.to_string())),
        }
    }
}

#[cfg(test)]
mod tests;
