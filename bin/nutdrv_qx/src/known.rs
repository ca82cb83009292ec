//! What is known about the device: values, notes, gates, status, and what ups.conf says.

use std::collections::{BTreeMap, BTreeSet};

use driver::Settings;

use crate::bits::Bits;
use crate::dialect::Effect;
use crate::number;

/// Everything that rows, commands and the battery's model may look at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    values: BTreeMap<String, String>,
    /// Variables that `override.` has fixed.
    frozen: BTreeSet<String>,
    notes: BTreeMap<&'static str, String>,
    open: BTreeSet<&'static str>,
    options: Vec<(String, Option<String>)>,
    /// Words of the status.
    pub(crate) bits: Bits,
}

impl Known {
    /// What the configuration says.
    pub(crate) fn new(settings: &Settings) -> Self {
        let all = settings.defaults.iter().chain(&settings.overrides);
        Self {
            values: all.cloned().collect(),
            frozen: settings
                .overrides
                .iter()
                .map(|(var, _)| var.clone())
                .collect(),
            options: settings.options.clone(),
            ..Self::default()
        }
    }

    /// The value of a variable.
    pub(crate) fn value(&self, var: &str) -> Option<&str> {
        self.values.get(var).map(String::as_str)
    }

    /// The number a variable's value begins with.
    pub(crate) fn number(&self, var: &str) -> Option<f64> {
        self.value(var).and_then(number::leading)
    }

    /// A fact that is not published.
    pub(crate) fn note(&self, name: &str) -> Option<&str> {
        self.notes.get(name).map(String::as_str)
    }

    /// Whether there is such a gate, and it is open; the gate without a name always is.
    pub(crate) fn is_open(&self, gate: &str) -> bool {
        gate.is_empty() || self.open.contains(gate)
    }

    /// The value of an option of ups.conf.
    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        let mut options = self.options.iter().rev();
        let found = options.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        found.1.as_deref()
    }

    /// Whether an option of ups.conf is there, with or without a value.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.options
            .iter()
            .any(|(key, _)| key.eq_ignore_ascii_case(name))
    }

    /// Takes in a value; what `override.` has fixed stays.
    pub(crate) fn set(&mut self, var: &str, value: &str) {
        if !self.frozen.contains(var) {
            self.values.insert(var.to_owned(), value.to_owned());
        }
    }

    /// Takes in what an effect changes here. Values and texts that are published are the caller's.
    pub(crate) fn take(&mut self, effect: &Effect) {
        match effect {
            Effect::Set(var, value) => self.set(var, value),
            Effect::Word(word) => self.bits.set(word),
            Effect::Note(name, value) => {
                self.notes.insert(name, value.clone());
            }
            Effect::Open(gate) => {
                self.open.insert(gate);
            }
            Effect::Close(gate) => {
                self.open.remove(gate);
            }
            Effect::Publish(_) | Effect::Alarm(_) | Effect::Mode(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(var: &str, value: &str) -> (String, String) {
        (var.to_owned(), value.to_owned())
    }

    #[test]
    fn a_default_gives_way_and_an_override_stays() {
        let settings = Settings {
            defaults: vec![pair("battery.packs", "2"), pair("ups.load", "1")],
            overrides: vec![pair("ups.load", "5")],
            options: vec![
                ("pollfreq".into(), Some("3".into())),
                ("stayoff".into(), None),
            ],
            ..Settings::default()
        };
        let mut known = Known::new(&settings);
        known.set("battery.packs", "4");
        known.set("ups.load", "99");
        assert_eq!(known.number("battery.packs"), Some(4.0));
        assert_eq!(known.value("ups.load"), Some("5"));
        assert_eq!(known.option("PollFreq"), Some("3"));
        assert!(known.flag("stayoff") && known.option("stayoff").is_none());
    }

    #[test]
    fn gates_open_and_close() {
        let mut known = Known::default();
        assert!(known.is_open("") && !known.is_open("eco"));
        known.take(&Effect::Open("eco"));
        assert!(known.is_open("eco"));
        known.take(&Effect::Close("eco"));
        assert!(!known.is_open("eco"));
    }
}
