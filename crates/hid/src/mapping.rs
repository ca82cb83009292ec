//! Which rows of a table a device serves, and by which of its items.
//!
//! Made once after the descriptor was read. A *live* row is one whose path the descriptor has. During the first walk the
//! driver switches off the rows whose variable an earlier row has published ([`Row::gives_way`]); what is left is read in
//! later walks, found by events, and used by commands and SET.

use crate::descriptor::Descriptor;
use crate::item::{Item, Kind};
use crate::table::{Refused, Row, Shown, Walk};
use crate::usage::Names;

/// A live row.
#[derive(Debug)]
pub struct Entry<C: 'static> {
    /// Its place in the mapping, for [`Mapping::switch_off`].
    pub at: usize,
    /// The row.
    pub row: Row<C>,
    /// Place of its item in the descriptor.
    pub index: usize,
    /// The item.
    pub item: Item,
}

// derive would ask for `C: Copy`
impl<C> Clone for Entry<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Entry<C> {}

impl<C> Entry<C> {
    /// What a report says about the row.
    #[must_use]
    pub fn show(&self, report: &[u8], context: &mut C) -> Shown {
        self.row.read.show(self.item.value(report), context)
    }

    /// The number to [write](Item::write) into the report for a client's text, or for the row's default.
    ///
    /// # Errors
    ///
    /// There is no number for the text.
    pub fn logical(&self, text: Option<&str>, context: &mut C) -> Result<i64, Refused> {
        let value = self.row.parse(text, context)?;
        Ok(self.item.logical_of(value as f64))
    }
}

/// A row that an input report says something about.
#[derive(Debug)]
pub struct Event<C: 'static> {
    /// The row.
    pub entry: Entry<C>,
    /// Where the input report has the value.
    pub input: Item,
}

impl<C> Event<C> {
    /// What the report says about the row.
    #[must_use]
    pub fn show(&self, report: &[u8], context: &mut C) -> Shown {
        let value = self.input.value(report);
        self.entry.row.read.show(value, context)
    }
}

/// The live rows of a device, in the table's order.
#[derive(Clone, Debug)]
pub struct Mapping<C: 'static> {
    descriptor: Descriptor,
    kind: Kind,
    live: Vec<Option<Entry<C>>>,
    dropped: Vec<String>,
}

impl<C> Mapping<C> {
    /// Finds the rows of a table in a descriptor. `kind` is Feature, or Input for devices that only talk by themselves.
    #[must_use]
    pub fn new(
        rows: impl IntoIterator<Item = Row<C>>,
        names: Names,
        descriptor: Descriptor,
        kind: Kind,
    ) -> Self {
        let mut dropped = Vec::new();
        let mut live = Vec::new();
        for row in rows {
            let parsed = names.path(row.path);
            dropped.extend(parsed.dropped.into_iter().map(str::to_owned));
            let index = descriptor.find(&parsed.path, kind);
            let found = index.and_then(|index| Some((index, *descriptor.item(index)?)));
            if let Some((index, item)) = found {
                let at = live.len();
                live.push(Some(Entry {
                    at,
                    row,
                    index,
                    item,
                }));
            }
        }
        live.shrink_to_fit();
        Self {
            descriptor,
            kind,
            live,
            dropped,
        }
    }

    /// The descriptor.
    #[must_use]
    pub fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    /// Words of paths that no table of names knows. A test of each table sees to it that there are none.
    #[must_use]
    pub fn dropped(&self) -> &[String] {
        &self.dropped
    }

    /// All live rows.
    pub fn entries(&self) -> impl Iterator<Item = Entry<C>> {
        self.live.iter().flatten().copied()
    }

    /// The live row at a place, if it was not switched off.
    #[must_use]
    pub fn entry(&self, at: usize) -> Option<Entry<C>> {
        self.live.get(at).copied().flatten()
    }

    /// The live rows that a walk reads.
    pub fn due(&self, walk: Walk) -> impl Iterator<Item = Entry<C>> {
        self.entries()
            .filter(move |entry| entry.row.when.is_due(walk))
    }

    /// Takes a row out: an earlier one has published its variable.
    pub fn switch_off(&mut self, at: usize) {
        if let Some(entry) = self.live.get_mut(at) {
            *entry = None;
        }
    }

    /// The row of a command.
    #[must_use]
    pub fn command(&self, name: &str) -> Option<Entry<C>> {
        self.entries()
            .find(|entry| entry.row.is_command() && entry.row.var == name)
    }

    /// The row that sets a variable.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<Entry<C>> {
        self.entries()
            .find(|entry| is_variable(&entry.row) && entry.row.var == name)
    }

    /// What an input report says. Each of its fields counts as the Feature item of the same path, where there is one, and
    /// goes to the first row that has this item; other rows of that item have to wait for a walk. Unlike in the
    /// reference, a command never takes a value away from a variable.
    #[must_use]
    pub fn events(&self, report: u8) -> Vec<Event<C>> {
        let inputs = self.descriptor.inputs(report);
        inputs.filter_map(|input| self.event(input)).collect()
    }

    fn event(&self, input: &Item) -> Option<Event<C>> {
        let find = |kind| self.descriptor.find(&input.path, kind);
        let index = find(self.kind).or_else(|| find(Kind::Input))?;
        let mut read = self
            .entries()
            .filter(|entry| entry.row.when.is_due(Walk::First));
        let entry = read.find(|entry| entry.index == index)?;
        let input = *input;
        Some(Event { entry, input })
    }
}

fn is_variable<C>(row: &Row<C>) -> bool {
    !row.is_command() && !row.is_status()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Read, texts};

    #[rustfmt::skip]
    const ROWS: &[Row] = &[
        Row::var("battery.charge",    "UPS.PowerSummary.RemainingCapacity",  Read::number(0)).quick(),
        Row::var("battery.runtime",   "UPS.PowerSummary.RunTimeToEmpty",     Read::number(0)),
        Row::var("battery.charge",    "UPS.PowerSummary",                    Read::number(0)),
        Row::command("load.off",      "UPS.PowerSummary.AudibleAlarmControl", "1", Read::number(0)),
        Row::var("ups.beeper.status", "UPS.PowerSummary.AudibleAlarmControl", Read::Map(texts::BEEPER)).text(10),
        Row::status("UPS.PowerSummary.Charging", Read::Map(texts::CHARGING)).quick(),
        Row::local("ups.delay.start", "UPS.PowerSummary.AudibleAlarmControl", "30").text(8),
    ];

    /// Feature: report 1 RemainingCapacity and AudibleAlarmControl, 2 Charging; Input: report 3 Charging, RemainingCapacity,
    /// AudibleAlarmControl, and Discharging, which no row wants.
    #[rustfmt::skip]
    const DESCRIPTOR: &[u8] = &[
        0x05, 0x84, 0x09, 0x04, 0xa1, 1, 0x09, 0x24, 0xa1, 0, 0x15, 0, 0x25, 100, 0x75, 8, 0x95, 1,
        0x85, 1, 0x0b, 0x66, 0, 0x85, 0, 0xb1, 2, 0x09, 0x5a, 0xb1, 2,
        0x85, 2, 0x0b, 0x44, 0, 0x85, 0, 0xb1, 2,
        0x85, 3, 0x0b, 0x44, 0, 0x85, 0, 0x81, 2, 0x0b, 0x66, 0, 0x85, 0, 0x81, 2, 0x09, 0x5a, 0x81, 2,
        0x0b, 0x45, 0, 0x85, 0, 0x81, 2,
        0xc0, 0xc0,
    ];

    fn mapping(kind: Kind) -> Mapping<()> {
        let descriptor = Descriptor::parse(DESCRIPTOR);
        assert_eq!(descriptor.problems(), []);
        Mapping::new(ROWS.iter().copied(), Names::STANDARD, descriptor, kind)
    }

    fn names(entries: impl Iterator<Item = Entry<()>>) -> Vec<&'static str> {
        entries.map(|entry| entry.row.var).collect()
    }

    #[test]
    fn rows_whose_path_exists_are_live_and_a_shorter_path_is_enough() {
        let mapping = mapping(Kind::Feature);
        #[rustfmt::skip]
        assert_eq!(names(mapping.entries()), [
            "battery.charge", "battery.charge", "load.off", "ups.beeper.status", "BOOL", "ups.delay.start",
        ]);
        let items: Vec<_> = mapping.entries().map(|entry| entry.index).collect();
        assert_eq!(items, [0, 0, 1, 1, 2, 1]);
    }

    #[test]
    fn a_row_that_is_switched_off_is_not_read() {
        let mut mapping = mapping(Kind::Feature);
        mapping.switch_off(1);
        mapping.switch_off(99);
        assert!(mapping.entry(1).is_none());
        let full = Walk::Full {
            changed: false,
            polled: false,
        };
        let due = ["battery.charge", "ups.beeper.status", "BOOL"];
        assert_eq!(names(mapping.due(full)), due);
        assert_eq!(names(mapping.due(Walk::Quick)), ["battery.charge", "BOOL"]);
    }

    #[test]
    fn commands_and_variables_are_found_by_name() {
        let mapping = mapping(Kind::Feature);
        assert_eq!(mapping.command("load.off").unwrap().at, 2);
        assert_eq!(mapping.variable("ups.beeper.status").unwrap().at, 3);
        assert!(mapping.command("ups.beeper.status").is_none());
        assert!(mapping.variable("load.off").is_none());
        assert!(mapping.variable("BOOL").is_none());
        assert!(mapping.variable("battery.runtime").is_none());
    }

    #[test]
    fn a_text_becomes_bytes_and_the_bytes_the_text() {
        let entry = mapping(Kind::Feature)
            .variable("ups.beeper.status")
            .unwrap();
        let mut report = [1, 77, 2];
        let logical = entry.logical(Some("muted"), &mut ()).unwrap();
        entry.item.write(&mut report, logical).unwrap();
        assert_eq!(report, [1, 77, 3]);
        assert_eq!(entry.show(&report, &mut ()), Shown::Text("muted".into()));
        assert!(entry.logical(Some("loud"), &mut ()).is_err());
    }

    #[test]
    fn an_event_goes_to_the_first_row_that_is_read_of_its_feature() {
        let events = mapping(Kind::Feature).events(3);
        let told: Vec<_> = events.iter().map(|event| event.entry.row.var).collect();
        assert_eq!(told, ["BOOL", "battery.charge", "ups.beeper.status"]);
        let report = [3, 1, 42, 2, 0];
        let shown = events.iter().map(|event| event.show(&report, &mut ()));
        let texts = ["chrg", "42", "enabled"].map(|text| Shown::Text(text.into()));
        assert_eq!(shown.collect::<Vec<_>>(), texts);
        assert!(mapping(Kind::Feature).events(9).is_empty());
    }

    #[test]
    fn a_device_that_only_talks_by_itself_is_mapped_to_input_items() {
        let mapping = mapping(Kind::Input);
        assert_eq!(mapping.entry(0).unwrap().item.report, 3);
        assert_eq!(mapping.events(3).len(), 3);
    }
}
