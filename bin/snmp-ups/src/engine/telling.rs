//! What is reported of a device.

use std::collections::BTreeSet;

use driver::Report;
use model::{Flags, alarm};
use tracing::{info, warn};

use super::Engine;
use crate::orders;
use crate::row::Row;
use crate::words::{self, Alarms, Words};

impl Engine {
    pub(super) fn tell_variables(&mut self, system: &[(&str, String)], report: &mut Report) {
        let told = self.explored.told.iter();
        let told = told.map(|(name, value)| (name.as_str(), value.as_str()));
        let system = system.iter().map(|(name, value)| (*name, value.as_str()));
        for (name, value) in system.chain(told) {
            if !self.explored.variables.contains_key(name) {
                report.set(name, value);
                self.published.insert(name.to_owned());
            }
        }
        // a chain has its maker as a whole, too
        let maker = self.mib.row("ups.mfr").filter(|row| row.is_local());
        if let Some(row) = maker.filter(|_| self.explored.devices > 1) {
            tell(row, row.name, row.default(), report);
            self.published.insert(row.name.to_owned());
        }
        for (name, variable) in &self.explored.variables {
            let value = self.local.get(name).unwrap_or(&variable.value);
            tell(variable.place.row, name, value, report);
            self.published.insert(name.clone());
        }
    }

    pub(super) fn tell_commands(&mut self, report: &mut Report) {
        let offered: BTreeSet<String> = orders::offered(&self.explored).into_iter().collect();
        for name in offered.difference(&self.offered) {
            report.add_command(name);
        }
        for name in self.offered.difference(&offered) {
            report.remove_command(name);
        }
        self.offered = offered;
    }

    /// A variable that is gone is taken back, not kept as it was.
    pub(super) fn tell_value(
        &mut self,
        row: &'static Row,
        name: String,
        value: Option<String>,
        report: &mut Report,
    ) {
        match value {
            Some(value) if self.published.contains(&name) => {
                report.set(&name, value);
            }
            Some(value) => {
                tell(row, &name, &value, report);
                self.published.insert(name);
            }
            None => {
                if self.published.remove(&name) {
                    info!("{name}: the device does not tell it any more");
                    report.remove(&name);
                }
            }
        }
    }

    pub(super) fn tell_status(&mut self, words: &Words, report: &mut Report) {
        for (object, number) in &words.unknown {
            if self.complained.is_due(object, *number) {
                warn!(
                    "{object}: nobody knows what the status {number} means; please report it with what the device's own pages say now"
                );
            }
        }
        let is_expected = self.mib.rows().any(Row::is_status);
        let all = words.status.iter().chain(&self.alarm_words).copied();
        report.status = Some(words::composed(all, is_expected));
    }

    pub(super) fn tell_alarms(&mut self, alarms: &Alarms, report: &mut Report) {
        self.alarm_words.clone_from(&alarms.status);
        report.no_alarms();
        if self.explored.devices <= 1 {
            let texts = alarms.texts.values().flatten();
            texts.for_each(|text| _ = report.alarm(text));
            return;
        }
        let devices: BTreeSet<u32> = alarms.texts.keys().copied().collect();
        for (device, texts) in &alarms.texts {
            if let Some(text) = alarm::text(texts.iter().map(String::as_str)) {
                report.set(&format!("device.{device}.ups.alarm"), text);
            }
        }
        for device in self.alarm_devices.difference(&devices) {
            report.remove(&format!("device.{device}.ups.alarm"));
        }
        self.alarm_devices = devices;
    }
}

/// Reports a variable with all that clients may know of it.
fn tell(row: &Row, name: &str, value: &str, report: &mut Report) {
    let flags = Flags {
        rw: row.is_writable(),
        string: row.is_text(),
        number: false,
    };
    report.set(name, value).flags(name, flags);
    if row.len > 0 {
        report.max_len(name, u64::from(row.len));
    }
    if row.is_writable() && !row.texts().is_empty() {
        let mut choices: Vec<&str> = Vec::new();
        for (_, text) in row.texts() {
            if !choices.contains(text) {
                choices.push(text);
            }
        }
        report.choices(name, &choices);
    }
}
