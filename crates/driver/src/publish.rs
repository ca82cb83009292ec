//! The published state of a device: reports in, lines for upsd out (spec sock-protocol.md, sections 3, 14 to 16).
//!
//! Only real changes become lines. C's upsd sets three traps that the lines avoid: it takes a value that
//! differs in case only for unchanged, it cannot clear flags, and it cannot remove every allowed value. In
//! these cases the variable is deleted and told anew, in one piece.

use ipc::{ToServer, variable_lines};
use model::name::same;
use model::number::reading;
use model::status::{self, Readings, Rules, Status};
use model::{Flags, Range, StateTree, alarm};
use tracing::warn;

use crate::report::{Report, Update};

/// Copied once after the first poll, so that clients find the device under `device.*`.
const DEVICE_COPIES: [(&str, &str); 3] = [
    ("device.mfr", "ups.mfr"),
    ("device.model", "ups.model"),
    ("device.serial", "ups.serial"),
];

/// The state as upsd is told it, and the lines it has yet to be told.
#[derive(Debug, Default)]
pub(crate) struct Publisher {
    tree: StateTree,
    fresh: bool,
    /// Names that `override.` has fixed.
    frozen: Vec<String>,
    rules: Rules,
    status: Option<Status>,
    alarms: Vec<String>,
    /// `battery.charge` before the report that brought the status.
    charge_before: Option<i64>,
    /// Whether a poll was published.
    polled: bool,
    contradiction: bool,
    out: String,
}

impl Publisher {
    /// Nothing yet, and stale.
    pub(crate) fn new(rules: Rules) -> Self {
        Self {
            rules,
            ..Self::default()
        }
    }

    /// All that is published.
    pub(crate) fn tree(&self) -> &StateTree {
        &self.tree
    }

    /// Whether the data must not be used.
    pub(crate) fn is_stale(&self) -> bool {
        !self.fresh
    }

    /// The lines since the last call, for all who listen.
    pub(crate) fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// The data are good.
    pub(crate) fn data_ok(&mut self) {
        if !std::mem::replace(&mut self.fresh, true) {
            ToServer::DataOk.write(&mut self.out);
        }
    }

    /// The data are not good any more; whether that is new.
    pub(crate) fn data_stale(&mut self) -> bool {
        let was_fresh = std::mem::replace(&mut self.fresh, false);
        if was_fresh {
            ToServer::DataStale.write(&mut self.out);
        }
        was_fresh
    }

    /// Whether `override.` has fixed the variable.
    pub(crate) fn is_frozen(&self, var: &str) -> bool {
        self.frozen.iter().any(|known| same(known, var))
    }

    /// Fixes a variable for good (`override.var = value`).
    pub(crate) fn freeze(&mut self, var: &str, value: &str) {
        if self.is_frozen(var) {
            return;
        }
        self.set(var, value);
        self.set_flags(var, Flags::default());
        self.frozen.push(var.to_owned());
    }

    /// Publishes a value.
    pub(crate) fn set(&mut self, var: &str, value: &str) {
        if self.is_frozen(var) {
            return;
        }
        let case_only = self
            .tree
            .value(var)
            .is_some_and(|old| old != value && old.eq_ignore_ascii_case(value));
        if !self.tree.set(var, value) {
            return;
        }
        if case_only {
            self.tell_anew(var);
        } else {
            ToServer::SetInfo { var, value }.write(&mut self.out);
        }
    }

    /// Publishes a value with its flags.
    pub(crate) fn set_with(&mut self, var: &str, value: &str, flags: Flags) {
        self.set(var, value);
        self.set_flags(var, flags);
    }

    /// Takes a variable back.
    pub(crate) fn remove(&mut self, var: &str) {
        if !self.is_frozen(var) && self.tree.remove(var) {
            ToServer::DelInfo { var }.write(&mut self.out);
        }
    }

    /// Offers a command.
    pub(crate) fn add_command(&mut self, cmd: &str) {
        if self.tree.add_command(cmd) {
            ToServer::AddCmd { cmd }.write(&mut self.out);
        }
    }

    fn remove_command(&mut self, cmd: &str) {
        if self.tree.remove_command(cmd) {
            ToServer::DelCmd { cmd }.write(&mut self.out);
        }
    }

    /// Publishes what a driver reports. `polled` says that it is the result of a poll, not of a command.
    pub(crate) fn apply(&mut self, report: Report, polled: bool) {
        let charge_before = self.number("battery.charge").filter(|_| self.polled);
        for update in &report.updates {
            self.update(update);
        }
        if let Some(status) = report.status {
            self.status = Some(status);
            self.charge_before = charge_before;
        }
        if let Some(alarms) = report.alarms {
            self.alarms = alarms;
        }
        self.commit();
        // these two exist only now, and a driver may have told their attributes in its first report
        for update in report.updates.iter().filter(|update| is_composed(update)) {
            self.update(update);
        }
        if polled && !std::mem::replace(&mut self.polled, true) {
            self.copy_device();
        }
    }

    fn update(&mut self, update: &Update) {
        match update {
            Update::Set { var, value } => self.set(var, value),
            Update::Remove { var } => self.remove(var),
            Update::AddCommand { name } => self.add_command(name),
            Update::RemoveCommand { name } => self.remove_command(name),
            Update::Flags { var, .. }
            | Update::MaxLen { var, .. }
            | Update::Choices { var, .. }
            | Update::Ranges { var, .. }
                if self.is_frozen(var) => {}
            Update::Flags { var, flags } => self.set_flags(var, *flags),
            Update::MaxLen { var, max_len } => self.set_max_len(var, *max_len),
            Update::Choices { var, choices } => self.set_choices(var, choices),
            Update::Ranges { var, ranges } => self.set_ranges(var, ranges),
        }
    }

    /// A SETFLAGS line without flags is none, so flags are cleared by telling the variable anew.
    fn set_flags(&mut self, var: &str, flags: Flags) {
        if self.is_frozen(var) || self.tree.set_flags(var, flags) != Ok(true) {
            return;
        }
        if flags.is_empty() {
            self.tell_anew(var);
        } else {
            ToServer::SetFlags { var, flags }.write(&mut self.out);
        }
    }

    fn set_max_len(&mut self, var: &str, max_len: u64) {
        if self.tree.set_max_len(var, max_len) == Ok(true) {
            ToServer::SetAux { var, max_len }.write(&mut self.out);
        }
    }

    fn set_choices(&mut self, var: &str, choices: &[String]) {
        let Some(old) = self.tree.get(var).map(|variable| variable.choices.clone()) else {
            return;
        };
        let added = choices.strip_prefix(old.as_slice());
        if added.is_none() {
            for choice in &old {
                self.tree.remove_choice(var, choice);
            }
        }
        for value in added.unwrap_or(choices) {
            if self.tree.add_choice(var, value) == Ok(true) && added.is_some() {
                ToServer::AddEnum { var, value }.write(&mut self.out);
            }
        }
        if added.is_none() {
            self.tell_anew(var);
        }
    }

    fn set_ranges(&mut self, var: &str, ranges: &[Range]) {
        let Some(old) = self.tree.get(var).map(|variable| variable.ranges.clone()) else {
            return;
        };
        let added = ranges.strip_prefix(old.as_slice());
        if added.is_none() {
            for range in &old {
                self.tree.remove_range(var, *range);
            }
        }
        for &range in added.unwrap_or(ranges) {
            if self.tree.add_range(var, range) == Ok(true) && added.is_some() {
                ToServer::AddRange { var, range }.write(&mut self.out);
            }
        }
        if added.is_none() {
            self.tell_anew(var);
        }
    }

    fn tell_anew(&mut self, var: &str) {
        if let Some(variable) = self.tree.get(var) {
            ToServer::DelInfo { var }.write(&mut self.out);
            variable_lines(var, variable, &mut self.out);
        }
    }

    /// Composes `ups.alarm` and then `ups.status`, in this order, from what the driver has said last.
    fn commit(&mut self) {
        match alarm::text(self.alarms.iter().map(String::as_str)) {
            Some(text) => self.set("ups.alarm", &text),
            None => self.remove("ups.alarm"),
        }
        let Some(words) = self.status.take() else {
            return;
        };
        let composed = status::compose(&words, &self.readings(), self.rules);
        self.status = Some(words);
        if composed.contradiction && !self.contradiction {
            warn!(
                "the battery charge moves against the status {:?}",
                composed.text
            );
        }
        self.contradiction = composed.contradiction;
        self.set("ups.status", &composed.text);
    }

    fn readings(&self) -> Readings {
        Readings {
            charge_before: self.charge_before,
            charge: self.number("battery.charge"),
            charge_low: self.number("battery.charge.low"),
            runtime: self.number("battery.runtime"),
            runtime_low: self.number("battery.runtime.low"),
            alarm: self.has_alarm(),
        }
    }

    /// An alarm of the device, or of one that hangs on it (`device.2.ups.alarm`).
    fn has_alarm(&self) -> bool {
        let of_part = |name: &str| name.starts_with("device.") && name.ends_with(".ups.alarm");
        self.tree
            .iter()
            .any(|(name, _)| name == "ups.alarm" || of_part(name))
    }

    fn number(&self, var: &str) -> Option<i64> {
        self.tree.value(var).and_then(reading)
    }

    fn copy_device(&mut self) {
        for (to, from) in DEVICE_COPIES {
            let Some(value) = self.tree.value(from).map(str::to_owned) else {
                continue;
            };
            // one that differs in case only stays as the driver spells it, as with C
            let old = self.tree.value(to);
            if !old.is_some_and(|old| old.eq_ignore_ascii_case(&value)) {
                self.set(to, &value);
            }
        }
    }

    /// Whether `ignorelb` has what it compares: charge or runtime, each with its low limit.
    pub(crate) fn can_tell_low_battery(&self) -> bool {
        let now = self.readings();
        let charge = now.charge.is_some() && now.charge_low.is_some();
        charge || (now.runtime.is_some() && now.runtime_low.is_some())
    }
}

/// Whether an update is about the attributes of a variable that is composed at the end of a report.
fn is_composed(update: &Update) -> bool {
    match update {
        Update::Flags { var, .. }
        | Update::MaxLen { var, .. }
        | Update::Choices { var, .. }
        | Update::Ranges { var, .. } => same(var, "ups.status") || same(var, "ups.alarm"),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
