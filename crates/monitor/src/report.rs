//! What one successful poll said.

use std::collections::BTreeSet;

use crate::flags::{self, Flag, Flags};

/// Where the power comes from, as far as a status says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Line {
    /// Neither word was there.
    #[default]
    Unknown,
    /// `OL`
    OnLine,
    /// `OB`; it wins when a device says both.
    OnBattery,
}

/// An answer to a poll, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// `OL` or `OB`.
    pub line: Line,
    /// The states it names.
    pub flags: Flags,
    /// Whether `RB` was there: the battery needs to be replaced.
    pub replace_battery: bool,
    /// Words that upsmon does not know.
    pub other: BTreeSet<String>,
    /// `ups.alarm`, if it was asked for and known.
    pub alarm: Option<String>,
    /// What it said, for people.
    pub text: String,
}

/// Words that mean nothing to upsmon.
const IGNORED: &[&str] = &["HB", "CHRG", "DISCHRG"];
/// Modes of a buzzword list that save energy at the cost of protection.
const ECO_MODES: &[&str] = &[":ECO", ":ESS", ":HE", ":SMART"];

impl Report {
    /// Understands `ups.status`, and the vendor's mode words where there are any.
    ///
    /// `None` when it tells nothing: it is empty, or upsd has just connected to its driver (`WAIT`). A restart of
    /// a driver in the middle of an outage must not look like the end of the outage.
    #[must_use]
    pub fn of(status: &str, buzzwords: &str) -> Option<Self> {
        let mut report = Self {
            text: status.trim().to_owned(),
            ..Self::default()
        };
        let words = status.split_ascii_whitespace();
        let mut told = false;
        for word in words.filter(|word| *word != "WAIT") {
            told = true;
            report.take(word);
        }
        if ECO_MODES.iter().any(|mode| buzzwords.contains(mode)) {
            report.flags.insert(Flag::Eco);
        }
        told.then_some(report)
    }

    /// The same with the text of `ups.alarm`.
    #[must_use]
    pub fn with_alarm(mut self, alarm: Option<&str>) -> Self {
        self.alarm = alarm.map(str::to_owned);
        self
    }

    /// Whether `ups.alarm` is worth asking for.
    #[must_use]
    pub fn has_alarm(&self) -> bool {
        self.flags.has(Flag::Alarm)
    }

    fn take(&mut self, word: &str) {
        let is = |known: &str| word.eq_ignore_ascii_case(known);
        if is("OB") {
            self.line = Line::OnBattery;
        } else if is("OL") {
            if self.line == Line::Unknown {
                self.line = Line::OnLine;
            }
        } else if is("RB") {
            self.replace_battery = true;
        } else if let Some(flag) = flags::find(word) {
            self.flags.insert(flag);
        } else if !IGNORED.iter().any(|known| is(known)) {
            self.other.insert(word.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_whole_and_in_any_case() {
        let report = Report::of("ob lb OVERHEAT PRECAL  CHRG", "").unwrap();
        assert_eq!(report.line, Line::OnBattery);
        assert_eq!(report.flags.words(), "LB");
        let other: Vec<_> = report.other.iter().map(String::as_str).collect();
        assert_eq!(other, ["OVERHEAT", "PRECAL"]);
    }

    #[test]
    fn a_device_that_says_both_is_on_battery() {
        for status in ["OL OB", "OB OL"] {
            assert_eq!(Report::of(status, "").unwrap().line, Line::OnBattery);
        }
    }

    #[test]
    fn wait_alone_and_nothing_at_all_tell_nothing() {
        for status in ["", "  ", "WAIT", "WAIT WAIT"] {
            assert_eq!(Report::of(status, ""), None);
        }
        assert_eq!(Report::of("WAIT OL", "").unwrap().line, Line::OnLine);
    }

    #[test]
    fn only_an_energy_saving_mode_among_the_buzzwords_is_eco() {
        for (buzzwords, eco) in [
            ("", false),
            ("vendor:apc:ONLINE", false),
            ("vendor:default:HE", true),
            ("vendor:eaton:ESS", true),
            ("vendor:apc:ECO", true),
            ("vendor:x:SMART", true),
        ] {
            let report = Report::of("OL", buzzwords).unwrap();
            assert_eq!(report.flags.has(Flag::Eco), eco, "{buzzwords}");
        }
    }
}
