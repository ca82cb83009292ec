//! What is published: values as they are read, and status, alarms and modes at the end of a round (spec usbhid.md, section 9).

use driver::Report;
use hid::mapping::Entry;
use hid::table::Type;
use model::Flags;
use tracing::warn;

use super::{HidUps, Over};
use crate::doubt::Claims;
use crate::known::Known;

impl HidUps {
    pub(super) fn publish(&mut self, report: &mut Report, entry: &Entry<Known>, text: &str) {
        let var = entry.row.var;
        if entry.row.is_status() {
            self.told.note();
            self.bits.take(text);
            self.known.is_off = self.bits.has("off");
        } else if var == "ups.alarm" {
            report.alarm(text);
        } else {
            self.say(report, var, text);
        }
    }

    pub(super) fn say(&mut self, report: &mut Report, var: &str, text: &str) {
        self.known.note(var, text);
        report.set(var, text);
    }

    /// The end of a round: status, alarms, what functions have said beside their own rows.
    pub(super) fn finish(&mut self, report: &mut Report, over: Over) {
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
        let (policy, now) = (self.habits.policy, self.clock.now());
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
}

/// Tells clients what they may do with a variable.
pub(super) fn declare(report: &mut Report, entry: &Entry<Known>, known: &mut Known) {
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
pub(super) fn announce_combined(report: &mut Report, commands: &[&str]) {
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
