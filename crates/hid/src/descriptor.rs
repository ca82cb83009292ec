//! A report descriptor that was read: its items, and the ways to find one.

use crate::item::{Item, Kind};
use crate::limits::{EVENTS_MAX, REPORT_MAX};
use crate::parser;
use crate::path::Path;
use crate::problem::Problem;
use std::collections::BTreeMap;

/// What a device's reports contain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Descriptor {
    items: Vec<Item>,
    lengths: BTreeMap<u8, usize>,
    problems: Vec<Problem>,
}

impl Descriptor {
    /// Reads a report descriptor. Whatever the bytes are, there is an outcome; look at [`problems`](Self::problems) for what
    /// is missing, and refuse a device without items.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        let parts = parser::parse(bytes);
        let length = |bits: u32| usize::try_from(bits.div_ceil(8)).map_or(REPORT_MAX, |n| n + 1);
        let reports = parts.bits.into_iter();
        let lengths = reports.map(|(report, bits)| (report, length(bits)));
        Self {
            items: parts.items,
            lengths: lengths.collect(),
            problems: parts.problems,
        }
    }

    /// All items, in the descriptor's order.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The item at a place in [`items`](Self::items).
    #[must_use]
    pub fn item(&self, index: usize) -> Option<&Item> {
        self.items.get(index)
    }

    /// What was wrong with the bytes.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether reports begin with an identifier. Where they do not, the transport puts a 0 in front: this crate's reports
    /// always have that byte.
    #[must_use]
    pub fn uses_ids(&self) -> bool {
        self.items.iter().any(|item| item.report != 0)
    }

    /// Bytes of a report with its identifier, or `None` when there is none. As in the reference, all kinds of report with
    /// one identifier share a length, and filler behind bit 256 does not count; devices have only ever seen that.
    #[must_use]
    pub fn report_length(&self, report: u8) -> Option<usize> {
        self.lengths.get(&report).copied()
    }

    /// The identifiers of all reports, and their lengths.
    pub fn reports(&self) -> impl Iterator<Item = (u8, usize)> {
        self.lengths
            .iter()
            .map(|(report, length)| (*report, *length))
    }

    /// Place of the first item of a kind whose path begins with `path`. That a *prefix* is enough is the reference's way,
    /// and some vendors' rows are shorter than their devices' paths.
    #[must_use]
    pub fn find(&self, path: &Path, kind: Kind) -> Option<usize> {
        let wanted = |item: &Item| item.kind == kind && item.path.begins_with(path);
        self.items.iter().position(wanted)
    }

    /// The first item of any kind in a report that has this usage, for a subdriver that knows what its devices' descriptors
    /// get wrong. A [`Mapping`](crate::mapping::Mapping) is made afterwards.
    pub fn fix(&mut self, report: u8, usage: u32) -> Option<&mut Item> {
        let wanted = |item: &&mut Item| item.report == report && item.path.last() == Some(usage);
        self.items.iter_mut().find(wanted)
    }

    /// The items of an input report, at most [`EVENTS_MAX`].
    pub fn inputs(&self, report: u8) -> impl Iterator<Item = &Item> {
        let wanted = move |item: &&Item| item.kind == Kind::Input && item.report == report;
        self.items.iter().filter(wanted).take(EVENTS_MAX)
    }
}
