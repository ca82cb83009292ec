//! What is known of a device while it is read: the functions of the tables see no more than this.

use std::collections::{BTreeMap, BTreeSet};

use hid::whole;

use crate::subdrivers::{belkin, cps, mge, openups, powercom, tripplite};

/// The device, as far as conversions need it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// `idProduct`.
    pub(crate) product_id: u16,
    /// Whether the status has OFF.
    pub(crate) is_off: bool,
    pub(crate) belkin: belkin::Exponents,
    pub(crate) cps: cps::Scales,
    pub(crate) mge: mge::Memory,
    pub(crate) openups: openups::Scales,
    pub(crate) powercom: powercom::Memory,
    pub(crate) tripplite: tripplite::Scales,
    values: BTreeMap<String, String>,
    /// Variables that a function has changed beside its own.
    changed: BTreeSet<String>,
    /// Words for `experimental.ups.mode.buzzwords`.
    modes: Vec<&'static str>,
    /// Variables that a command sets before it is sent itself.
    orders: Vec<(&'static str, &'static str)>,
    reports: BTreeMap<u8, Vec<u8>>,
    strings: BTreeMap<u8, String>,
    wanted_string: Option<u8>,
}

impl Known {
    /// The value of a variable, if it is published.
    pub(crate) fn value(&self, var: &str) -> Option<&str> {
        self.values.get(var).map(String::as_str)
    }

    /// The same as a number.
    pub(crate) fn number(&self, var: &str) -> Option<f64> {
        self.value(var)?.trim().parse().ok()
    }

    /// The whole number at its beginning.
    pub(crate) fn whole(&self, var: &str) -> Option<i64> {
        self.number(var).map(whole)
    }

    /// Notes a value that is published.
    pub(crate) fn note(&mut self, var: &str, value: &str) {
        self.values.insert(var.to_owned(), value.to_owned());
    }

    /// A function publishes another variable than its own.
    pub(crate) fn publish(&mut self, var: &str, value: &str) {
        self.note(var, value);
        self.changed.insert(var.to_owned());
    }

    /// A function takes a variable back.
    pub(crate) fn remove(&mut self, var: &str) {
        if self.values.remove(var).is_some() {
            self.changed.insert(var.to_owned());
        }
    }

    /// What functions have published or taken back since this was asked last.
    pub(crate) fn take_changed(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.changed)
    }

    /// Adds a word to the modes of this walk.
    pub(crate) fn mode(&mut self, word: &'static str) {
        if !self.modes.contains(&word) {
            self.modes.push(word);
        }
    }

    /// The modes of a walk, which ends with this.
    pub(crate) fn take_modes(&mut self) -> Vec<&'static str> {
        std::mem::take(&mut self.modes)
    }

    /// A function wants a variable set before its own value is sent.
    pub(crate) fn order(&mut self, var: &'static str, text: &'static str) {
        self.orders.push((var, text));
    }

    /// What functions want set.
    pub(crate) fn take_orders(&mut self) -> Vec<(&'static str, &'static str)> {
        std::mem::take(&mut self.orders)
    }

    /// The last bytes of a report, with its id.
    pub(crate) fn report(&self, id: u8) -> Option<&[u8]> {
        self.reports.get(&id).map(Vec::as_slice)
    }

    /// Keeps the bytes of a report.
    pub(crate) fn keep_report(&mut self, id: u8, bytes: &[u8]) {
        self.reports.insert(id, bytes.to_vec());
    }

    /// The string of this number; `None` for now when it has to be asked for ([`wanted_string`](Self::wanted_string)).
    pub(crate) fn string(&mut self, number: f64) -> Option<String> {
        let index = u8::try_from(whole(number)).ok()?;
        if index == 0 {
            return Some(String::new());
        }
        let known = self.strings.get(&index).cloned();
        if known.is_none() {
            self.wanted_string = Some(index);
        }
        known
    }

    /// The string that a function would have liked to have.
    pub(crate) fn wanted_string(&mut self) -> Option<u8> {
        self.wanted_string.take()
    }

    /// Keeps a string of the device.
    pub(crate) fn keep_string(&mut self, index: u8, text: &str) {
        self.strings.insert(index, text.to_owned());
    }
}
