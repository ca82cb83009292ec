//! Where the directives of a file stand, for what is found out about their values later.

use std::collections::BTreeMap;
use text::Place;

/// The place of each directive that is in force; of one that is repeated, the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<&'static str, Place>);

impl Places {
    pub(crate) fn note(&mut self, directive: &'static str, place: Place) {
        self.0.insert(directive, place);
    }

    pub(crate) fn of(&self, directive: &str) -> Option<Place> {
        self.0.get(directive).copied()
    }

    /// These, and those of `old` that are not here.
    pub(crate) fn over(mut self, old: &Self) -> Self {
        for (directive, place) in &old.0 {
            self.0.entry(directive).or_insert(*place);
        }
        self
    }
}

/// What directives are read into.
pub trait Target {
    /// Where it keeps their places, if it does.
    fn places(&mut self) -> Option<&mut Places> {
        None
    }
}
