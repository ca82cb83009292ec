//! What is published of a device when nothing is wrong.

use std::collections::BTreeSet;

use crate::bench::Bench;
use crate::device::{Answers, Device};

/// A moment of a device.
pub(crate) struct Truth<'a> {
    pub(crate) moment: &'a Answers,
    /// Words of the status that somebody may act upon.
    pub(crate) critical: BTreeSet<String>,
}

/// The moments of a device that differ in what somebody may act upon.
pub(crate) fn truths(device: &Device) -> Vec<Truth<'_>> {
    let mut truths: Vec<Truth<'_>> = Vec::new();
    let mut bench = Bench::new(device, &device.moments[0]);
    for moment in &device.moments {
        bench.turn_to(moment);
        let critical = bench.settle().critical();
        if truths.iter().all(|truth| truth.critical != critical) {
            truths.push(Truth { moment, critical });
        }
    }
    let name = &device.name;
    assert!(truths.len() >= 3, "{name}: on line, on battery, low");
    truths
}

/// All values that there are in these moments, whichever comes after which.
pub(crate) fn values<'a>(
    device: &Device,
    moments: impl Iterator<Item = &'a Answers> + Clone,
) -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for begin in moments.clone() {
        let mut bench = Bench::new(device, begin);
        all.extend(bench.values());
        for moment in moments.clone() {
            bench.turn_to(moment);
            all.extend(bench.settle().values());
        }
    }
    all
}
