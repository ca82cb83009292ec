//! What a number means in the reference: a format, texts, or functions.

use std::collections::BTreeMap;

use hid::table::{Row, When};

use super::examples::{Said, Set, said, set};
use super::rows::shown;
use crate::known::Known;
use crate::subdrivers::Subdriver;
use testkit::CsvLine;

/// Numbers that every plain row is tried with, beside the keys of its texts.
const SAMPLES: &[f64] = &[
    0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 13.75, 16.0, 0.375, 25.0,
    230.04, 255.0, 256.0, 1e6, 12_345.678, -1.0,
];

/// A conversion of the reference.
#[derive(Clone, Debug, Default)]
pub(super) struct Lookup {
    texts: Vec<(i64, String)>,
    read: String,
    write: String,
}

/// All conversions, by subdriver and name.
pub(super) struct Lookups(BTreeMap<(String, String), Lookup>);

impl Lookups {
    pub(super) fn of(lines: &[CsvLine]) -> Self {
        let mut all: BTreeMap<_, Lookup> = BTreeMap::new();
        for line in lines {
            let key = (line.get("where").to_owned(), line.get("lookup").to_owned());
            let lookup = all.entry(key).or_default();
            // functions count in the first row only
            if lookup.read.is_empty() && lookup.write.is_empty() && lookup.texts.is_empty() {
                lookup.read = line.get("read_function").to_owned();
                lookup.write = line.get("write_function").to_owned();
            }
            if !line.get("text").is_empty() {
                lookup
                    .texts
                    .push((line.number("key"), line.get("text").to_owned()));
            }
        }
        Self(all)
    }

    fn get(&self, subdriver: &str, name: &str) -> &Lookup {
        let of = |place: &str| self.0.get(&(place.to_owned(), name.to_owned()));
        of(subdriver)
            .or_else(|| of("common"))
            .unwrap_or_else(|| panic!("no lookup {name}"))
    }
}

/// What the number of a row means.
pub(super) enum Meaning<'a> {
    Number { decimals: usize },
    Lookup(&'a Lookup),
}

impl<'a> Meaning<'a> {
    pub(super) fn of(subdriver: &str, line: &CsvLine, lookups: &'a Lookups) -> Self {
        if !line.get("conversion").is_empty() {
            return Self::Lookup(lookups.get(subdriver, line.get("conversion")));
        }
        let decimals = match line.get("format") {
            "%.1f" => 1,
            "%.2f" => 2,
            "%.3f" => 3,
            // a command's format is its default
            _ => 0,
        };
        Self::Number { decimals }
    }

    pub(super) fn differences(
        &self,
        subdriver: &Subdriver,
        row: &Row<Known>,
        lines: &[CsvLine],
        lookups: &Lookups,
    ) -> Vec<String> {
        let mut told = Vec::new();
        if !matches!(row.when, When::Absent | When::Command) {
            told.extend(self.reads(subdriver, row, lines, lookups));
        }
        if row.access.writable || row.when == When::Command {
            told.extend(self.writes(row));
        }
        told
    }

    fn reads(
        &self,
        subdriver: &Subdriver,
        row: &Row<Known>,
        lines: &[CsvLine],
        lookups: &Lookups,
    ) -> Vec<String> {
        match self {
            Self::Lookup(lookup) if !lookup.read.is_empty() => {
                function(subdriver, row, &lookup.read, lines, lookups)
            }
            Self::Lookup(lookup) => {
                let keys = lookup.texts.iter().map(|(key, _)| *key as f64);
                let values: Vec<f64> = keys.chain(SAMPLES.iter().copied()).collect();
                plain(row, &values, |value| lookup.text(value))
            }
            Self::Number { decimals } => plain(row, SAMPLES, |value| format!("{value:.decimals$}")),
        }
    }

    fn writes(&self, row: &Row<Known>) -> Vec<String> {
        let ours = |text: &str| row.parse(Some(text), &mut Known::default()).ok();
        let mut told = Vec::new();
        let mut check = |text: &str, theirs: Option<i64>| {
            if ours(text) != theirs {
                told.push(format!("set: {text:?} is {:?}, not {theirs:?}", ours(text)));
            }
        };
        match self {
            Self::Lookup(lookup) if !lookup.write.is_empty() => {
                return written(row, &lookup.write);
            }
            Self::Lookup(lookup) => {
                for (_, text) in &lookup.texts {
                    let first = lookup.texts.iter().find(|(_, known)| known == text);
                    check(text, first.map(|(key, _)| *key));
                }
                check("no such text", None);
            }
            Self::Number { .. } => {
                for (text, number) in [("0", 0), ("42", 42), ("-1", -1), ("65535", 65_535)] {
                    check(text, Some(number));
                }
                // the reference sends 0 for it, which can be an order
                check("soon", None);
            }
        }
        told
    }
}

impl Lookup {
    fn text(&self, value: f64) -> String {
        let found = self.texts.iter().find(|(key, _)| *key == hid::whole(value));
        found.map_or("<nothing>".to_owned(), |(_, text)| text.clone())
    }
}

fn plain(row: &Row<Known>, values: &[f64], theirs: impl Fn(f64) -> String) -> Vec<String> {
    let wrong = values.iter().filter_map(|value| {
        let ours = shown(row, *value, &mut Known::default());
        let theirs = theirs(*value);
        (ours != theirs).then(|| format!("read: {value} is {ours:?}, not {theirs:?}"))
    });
    wrong.collect()
}

/// Whether a row says what the examples of its function say.
fn function(
    subdriver: &Subdriver,
    row: &Row<Known>,
    name: &str,
    lines: &[CsvLine],
    lookups: &Lookups,
) -> Vec<String> {
    let examples: Vec<&Said> = said(name, row.var).collect();
    if examples.is_empty() {
        return vec![format!("read: there is no example of {name}")];
    }
    let wrong = examples.iter().filter_map(|example| {
        let mut known = Known::default();
        (example.given)(&mut known);
        for (before, value) in example.after {
            let row = of_function(subdriver, before, lines, lookups);
            let _ = shown(&row, *value, &mut known);
        }
        let ours = shown(row, example.value, &mut known);
        (ours != example.text).then(|| {
            format!(
                "read: {name} of {} is {ours:?}, not {:?}",
                example.value, example.text
            )
        })
    });
    wrong.collect()
}

/// The first row of a subdriver that has this function.
fn of_function(
    subdriver: &Subdriver,
    name: &str,
    lines: &[CsvLine],
    lookups: &Lookups,
) -> Row<Known> {
    let has = |line: &CsvLine| matches!(Meaning::of(subdriver.id, line, lookups), Meaning::Lookup(lookup) if lookup.read == name);
    let at = lines.iter().position(has);
    let row = at.and_then(|at| subdriver.rows.get(at));
    row.unwrap_or_else(|| panic!("{}: no row has {name}", subdriver.id))
}

fn written(row: &Row<Known>, name: &str) -> Vec<String> {
    let examples: Vec<&Set> = set(name).collect();
    if examples.is_empty() {
        return vec![format!("set: there is no example of {name}")];
    }
    let wrong = examples.iter().filter_map(|example| {
        let mut known = Known::default();
        (example.given)(&mut known);
        let ours = row.read.parse(example.text, &mut known).ok();
        (ours != example.number).then(|| {
            format!(
                "set: {name} of {:?} is {ours:?}, not {:?}",
                example.text, example.number
            )
        })
    });
    wrong.collect()
}
