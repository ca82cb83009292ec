//! A device that is open: walks through its table, events, commands, settings (spec usbhid.md, sections 7 to 10).

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::{Duration, Instant};

use driver::{Error, Heard, Report};
use hid::mapping::{Entry, Event, Mapping};
use hid::table::{Shown, Type, Walk, When, index_text};
use model::Flags;
use proto::Outcome;
use tracing::{debug, info, warn};
use usb::{CONTROL, INTERRUPT, UsbDevice};
use usb::{Error as UsbError, Meaning};

use crate::bits::{Bits, Policy};
use crate::claim::Owner;
use crate::discharge::{Rule, Warned};
use crate::doubt::{Claims, Doubt};
use crate::known::Known;
use crate::reports::{Reports, is_within};
use crate::subdrivers::powercom;

/// Longest interrupt report that is read.
const EVENT_MAX: usize = 512;
/// Pause between the two halves of a shutdown command, so that the device has taken the first.
const BREATH: Duration = Duration::from_millis(125);

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
    doubt: Doubt,
    warned: Warned,
    habits: Habits,
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
    ) -> Self {
        Self {
            device,
            mapping,
            reports,
            known,
            bits: Bits::default(),
            doubt: Doubt::default(),
            warned: Warned::default(),
            habits,
            strings: BTreeMap::new(),
            since: Instant::now(),
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
        self.last_full = Some(Instant::now());
        self.finish(report, Over::Full);
        Ok(())
    }

    /// One round: a walk; an interrupt report before it, where one is expected. Each report is read once in a round.
    pub(crate) fn round(&mut self, report: &mut Report) -> Result<(), Error> {
        self.since = Instant::now();
        if self.expects_event() {
            self.expect_event(report)?;
        }
        (self.heard, self.deaf) = (false, false);
        let due = self
            .last_full
            .is_none_or(|last| last.elapsed() >= self.habits.full);
        let walk = if due || self.changed {
            let changed = std::mem::take(&mut self.changed);
            self.last_full = Some(Instant::now());
            Walk::Full {
                changed,
                polled: self.habits.poll_only,
            }
        } else {
            Walk::Quick
        };
        self.walk(report, walk)?;
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
        if tried && !answered {
            return Err(Error::Gone("no report is answered any more".to_owned()));
        }
        Ok(())
    }

    /// Whether a round has to wait for an interrupt report. Between rounds the device is listened to, so that silence needs
    /// no answer, unless nothing but those reports tells anything, somebody counts them, or they fail.
    const fn expects_event(&self) -> bool {
        let counts = self.reports.listen_only || self.habits.quiet_tolerance.is_some();
        !self.habits.poll_only && (self.deaf || (counts && !self.heard))
    }

    /// What ends [`listen`](Self::listen) from another thread.
    pub(crate) fn waker(&self) -> Option<Waker> {
        self.device.waker().filter(|_| !self.habits.poll_only)
    }

    /// Waits for one interrupt report between two rounds. Errors are the next round's.
    pub(crate) fn listen(&mut self, within: Duration, report: &mut Report) -> Heard {
        if self.habits.poll_only {
            return Heard::Deaf;
        }
        match self.event(within, report) {
            Ok(()) => {
                (self.silence, self.heard) = (0, true);
                self.finish(report, Over::Event);
                Heard::Something
            }
            Err(UsbError::Timeout(_)) => Heard::Nothing,
            Err(_) => {
                self.deaf = true;
                Heard::Deaf
            }
        }
    }

    /// The round's interrupt report.
    fn expect_event(&mut self, report: &mut Report) -> Result<(), Error> {
        match self.event(INTERRUPT, report) {
            Ok(()) => {
                self.silence = 0;
                Ok(())
            }
            Err(UsbError::Timeout(_)) => self.note_silence(),
            Err(why @ UsbError::Io(_)) => {
                info!("interrupt reports fail: {why}; pollonly may help");
                Err(Error::Gone(why.to_string()))
            }
            Err(why) => self.judge(&why, "interrupt report"),
        }
    }

    fn event(&mut self, within: Duration, report: &mut Report) -> Result<(), UsbError> {
        let mut buffer = [0; EVENT_MAX];
        let size = match self.habits.event_size {
            0 => EVENT_MAX,
            size => size.min(EVENT_MAX),
        };
        let buffer = buffer.get_mut(..size).unwrap_or_default();
        let length = self.device.interrupt(buffer, within)?;
        let bytes = buffer.get(..length).unwrap_or_default();
        let Some(id) = self.reports.hear(bytes) else {
            return Ok(());
        };
        let told = |event: &Event<Known>| is_within(&event.input, length);
        for event in self.mapping.events(id).into_iter().filter(told) {
            if let Shown::Text(text) = event.show(bytes, &mut self.known) {
                self.publish(report, &event.entry, &text);
            }
        }
        Ok(())
    }

    /// A device that ought to speak by itself and does not, for too long, is opened again.
    fn note_silence(&mut self) -> Result<(), Error> {
        self.silence = self.silence.saturating_add(1);
        match self.habits.quiet_tolerance {
            Some(most) if self.silence > most => {
                self.silence = 0;
                Err(Error::Gone(format!(
                    "no interrupt report {most} times in a row"
                )))
            }
            _ => Ok(()),
        }
    }

    /// What a row says; nothing when there is nothing to say.
    fn show(&mut self, entry: &Entry<Known>) -> Result<Option<String>, UsbError> {
        let bytes = self.read(entry)?;
        if entry.row.is_status() && !self.reports.holds(&entry.item) {
            return Ok(None);
        }
        let shown = match entry.show(&bytes, &mut self.known) {
            Shown::Nothing => self.asked_string(entry, &bytes)?,
            shown => shown,
        };
        match shown {
            Shown::Text(text) => Ok(Some(text)),
            Shown::Index(index) => self.string(index).map(|text| Some(index_text(&text))),
            Shown::Nothing => Ok(None),
        }
    }

    /// Shows a row again whose function wanted a string.
    fn asked_string(&mut self, entry: &Entry<Known>, bytes: &[u8]) -> Result<Shown, UsbError> {
        let Some(index) = self.known.wanted_string() else {
            return Ok(Shown::Nothing);
        };
        let text = index_text(&self.string(index)?);
        self.known.keep_string(index, &text);
        Ok(entry.show(bytes, &mut self.known))
    }

    /// A string, which never changes; one that cannot be read is empty.
    pub(crate) fn string(&mut self, index: u8) -> Result<String, UsbError> {
        if let Some(text) = self.strings.get(&index) {
            return Ok(text.clone());
        }
        let text = match self.device.string(index, CONTROL) {
            Ok(text) => text,
            Err(why) if why.meaning() == Meaning::Skip => String::new(),
            Err(why) => return Err(why),
        };
        self.strings.insert(index, text.clone());
        Ok(text)
    }

    /// The value of an item that no row has.
    pub(crate) fn number_at(
        &mut self,
        path: &str,
        owner: &Owner,
        age: Duration,
    ) -> Result<Option<f64>, Error> {
        let parsed = owner.subdriver.names().path(path);
        let descriptor = self.mapping.descriptor();
        let index = descriptor.find(&parsed.path, hid::Kind::Feature);
        let Some(item) = index.and_then(|index| descriptor.item(index)).copied() else {
            return Ok(None);
        };
        match self.reports.get(&mut *self.device, item.report, age) {
            Ok(bytes) => Ok(Some(item.value(bytes))),
            Err(why) => self.judge(&why, path).map(|()| None),
        }
    }

    /// The string whose number stands in an item that no row has.
    pub(crate) fn string_at(
        &mut self,
        path: &str,
        owner: &Owner,
        age: Duration,
    ) -> Result<Option<String>, Error> {
        let Some(number) = self.number_at(path, owner, age)? else {
            return Ok(None);
        };
        let index = u8::try_from(hid::whole(number)).unwrap_or(0);
        if index == 0 {
            return Ok(Some(String::new()));
        }
        match self.string(index) {
            Ok(text) => Ok(Some(text)),
            Err(why) => self.judge(&why, path).map(|()| None),
        }
    }

    fn read(&mut self, entry: &Entry<Known>) -> Result<Vec<u8>, UsbError> {
        let id = entry.item.report;
        if self.is_forbidden(id) {
            return Err(UsbError::Stalled(format!("report {id:02x} is never read")));
        }
        let age = self.since.elapsed();
        let bytes = self.reports.get(&mut *self.device, id, age)?.to_vec();
        self.known.keep_report(id, &bytes);
        if entry.row.var == "battery.voltage" && entry.row.path.ends_with("ACPresent") {
            self.read_voltage_text();
        }
        Ok(bytes)
    }

    /// One model does not survive this report.
    fn is_forbidden(&self, id: u8) -> bool {
        let identity = self.device.identity();
        (identity.vid, identity.pid, id) == (0x09ae, 0x1330, 0x54)
    }

    /// PowerCOM tells its battery's voltage as text in a report that stands in no descriptor.
    fn read_voltage_text(&mut self) {
        let mut buffer = [0; 8];
        let setup = usb::Setup {
            request_type: 0xa1,
            request: 1,
            value: 0x03a4,
            index: 0,
        };
        let read = self
            .device
            .control_in(setup, &mut buffer, Duration::from_secs(1));
        let bytes = read.ok().and_then(|length| buffer.get(..length));
        if let Some(text) = bytes.and_then(powercom::voltage_text) {
            self.known.powercom.battery_voltage = text;
        }
    }

    fn publish(&mut self, report: &mut Report, entry: &Entry<Known>, text: &str) {
        let var = entry.row.var;
        if entry.row.is_status() {
            self.bits.take(text);
            self.known.is_off = self.bits.has("off");
        } else if var == "ups.alarm" {
            report.alarm(text);
        } else {
            self.say(report, var, text);
        }
    }

    fn say(&mut self, report: &mut Report, var: &str, text: &str) {
        self.known.note(var, text);
        report.set(var, text);
    }

    /// The end of a round: status, alarms, what functions have said beside their own rows.
    fn finish(&mut self, report: &mut Report, over: Over) {
        self.say_status(report, over);
        for var in self.known.take_changed() {
            match self.known.value(&var) {
                Some(value) => {
                    report.set(&var, value);
                }
                None => {
                    report.remove(&var);
                }
            }
        }
        if over == Over::Full {
            report.no_alarms();
            for alarm in self.bits.alarms() {
                report.alarm(alarm);
            }
        }
        self.say_modes(report);
        match self.bits.transfer_reason() {
            Some(reason) => {
                self.say(report, "input.transfer.reason", reason);
                self.published_reason = true;
            }
            None if std::mem::take(&mut self.published_reason) => {
                report.remove("input.transfer.reason");
            }
            None => {}
        }
    }

    fn say_status(&mut self, report: &mut Report, over: Over) {
        const HELD: &str = "experimental.ups.status.held";
        let known = |var| self.known.number(var);
        let charge = known("battery.charge");
        let claims = Claims {
            low: self.bits.is_low(),
            ending: self.bits.is_ending(),
            replace: self.bits.wants_replacement(),
            charge,
            charge_low: known("battery.charge.low"),
            runtime: known("battery.runtime"),
            runtime_low: known("battery.runtime.low"),
        };
        let (policy, now) = (self.habits.policy, Instant::now());
        let held = self
            .doubt
            .judge(&claims, policy.hold_polls, over != Over::Event);
        let words = self.bits.status(charge, &policy, held, now);
        report.status(&words.join(" "));
        match held.words() {
            Some(words) => self.known.publish(HELD, words),
            None => self.known.remove(HELD),
        }
        let odd = words.contains(&"OL") && words.contains(&"DISCHRG");
        let odd = odd && !policy.discharging_is_calibrating;
        if self.warned.is_due(odd, charge, self.habits.discharge, now) {
            warn!(
                "the UPS says that it is on line and discharging; if it is in truth on battery or calibrating, see \
                 onlinedischarge_onbattery and onlinedischarge_calibration"
            );
        }
    }

    fn say_modes(&mut self, report: &mut Report) {
        const VAR: &str = "experimental.ups.mode.buzzwords";
        let mut modes = self.known.take_modes();
        for (bit, word) in [
            ("ecomode", "vendor:default:ECO"),
            ("essmode", "vendor:default:ESS"),
        ] {
            if self.bits.has(bit) {
                modes.push(word);
            }
        }
        if !modes.is_empty() {
            report.set(VAR, modes.join(" "));
            self.published_modes = true;
        } else if std::mem::take(&mut self.published_modes) {
            report.remove(VAR);
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
        std::thread::sleep(BREATH);
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

/// Tells clients what they may do with a variable.
fn declare(report: &mut Report, entry: &Entry<Known>, known: &mut Known) {
    let (var, access) = (entry.row.var, entry.row.access);
    if entry.row.is_status() || var == "ups.alarm" {
        return;
    }
    let flags = Flags {
        rw: access.writable,
        string: access.kind == Type::Text,
        number: access.kind == Type::Number,
    };
    report.flags(var, flags);
    if access.kind == Type::Text && access.max_len > 0 {
        report.max_len(var, access.max_len.into());
    }
    if access.choices && access.writable {
        let choices = entry.row.read.choices(known);
        let choices: Vec<_> = choices.iter().map(String::as_str).collect();
        report.choices(var, &choices);
    }
}

/// Commands that can be put together from others.
fn announce_combined(report: &mut Report, commands: &[&str]) {
    let has = |name: &str| commands.contains(&name);
    let (on, off) = (has("load.on.delay"), has("load.off.delay"));
    for (name, possible) in [
        ("load.on", on),
        ("load.off", off),
        ("shutdown.return", on && off),
        ("shutdown.stayoff", on && off),
    ] {
        if possible && !has(name) {
            report.add_command(name);
        }
    }
}

#[cfg(test)]
mod tests;
