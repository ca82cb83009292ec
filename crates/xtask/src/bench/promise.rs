//! What we promise, and whether it holds.

use super::figures::{Figures, Side, Unit};
use super::table::{multiple, number};

/// A promise, what was seen, and whether it is kept; `None` when it cannot be told.
#[derive(Clone, Debug)]
pub(super) struct Target {
    what: String,
    seen: String,
    met: Option<bool>,
}

/// All promises as lines, and whether none is broken.
pub(super) fn judged(all: &[Target]) -> (String, bool) {
    let met = all.iter().all(|target| target.met != Some(false));
    (all.iter().map(Target::line).collect(), met)
}

impl Target {
    fn line(&self) -> String {
        let verdict = match self.met {
            Some(true) => "met    ",
            Some(false) => "NOT MET",
            None => "open   ",
        };
        format!("{verdict}  {}: {}\n", self.what, self.seen)
    }

    /// A promise about our value alone.
    pub(super) fn of(
        what: String,
        value: Option<f64>,
        unit: Unit,
        holds: impl Fn(f64) -> bool,
    ) -> Self {
        Self {
            what,
            seen: value.map_or("not measured".to_owned(), |value| number(value, unit)),
            met: value.map(holds),
        }
    }

    /// A promise about our value as a multiple of another.
    pub(super) fn of_ratio(what: String, ratio: Option<f64>, holds: impl Fn(f64) -> bool) -> Self {
        let seen = ratio.map_or("nothing to compare with".to_owned(), |ratio| {
            format!("{} times", multiple(ratio))
        });
        Self {
            what,
            seen,
            met: ratio.map(holds),
        }
    }
}

/// Our median as a multiple of C's.
pub(super) fn ratio(figures: &Figures, name: &str) -> Option<f64> {
    Some(figures.median(Side::Ours, name)? / figures.median(Side::C, name)?)
}
