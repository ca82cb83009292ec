//! What we promise of drivers.

use super::figure;
use super::place::{Kind, LISTENING, POLL, POLLED, RESTING, STARTED};
use crate::bench::figures::{Figures, Side, Unit};
use crate::bench::promise::{Target, judged, ratio};

/// The window begins at any moment between two polls, so that one of its thirty may be in one more or less.
const MORE_POLLS: f64 = 31.0 / 30.0;
/// Most milliseconds until a device that speaks by itself is heard.
const HEARD_MAX: f64 = 300.0;
/// What a poll itself may take.
const POLL_TAKES: f64 = 100.0;

/// All promises as lines, and whether none is broken.
pub(super) fn judge(figures: &Figures) -> (String, bool) {
    let mut all: Vec<Target> = STARTED.map(|kind| not_later(figures, kind)).into();
    all.extend(RESTING.map(|kind| not_larger(figures, kind)));
    all.extend(RESTING.map(|kind| as_quiet(figures, kind)));
    all.push(heard(figures, LISTENING, HEARD_MAX));
    let interval = POLL.as_secs_f64() * 1e3;
    all.push(heard(figures, POLLED, interval + POLL_TAKES));
    judged(&all)
}

fn not_later(figures: &Figures, kind: Kind) -> Target {
    let name = figure::start(kind);
    let what = format!("{name}: not later than C's");
    Target::of_ratio(what, ratio(figures, &name), |ratio| ratio <= 1.0)
}

fn not_larger(figures: &Figures, kind: Kind) -> Target {
    let name = figure::resident(kind);
    let what = format!("{name}: at most C's");
    Target::of_ratio(what, ratio(figures, &name), |ratio| ratio <= 1.0)
}

fn as_quiet(figures: &Figures, kind: Kind) -> Target {
    let name = figure::wakeups(kind);
    let what = format!("{name}: no more than C's, but for a poll");
    Target::of_ratio(what, ratio(figures, &name), |ratio| ratio <= MORE_POLLS)
}

/// The latest of all failures counts.
fn heard(figures: &Figures, kind: Kind, max: f64) -> Target {
    let name = figure::mains(kind);
    let latest = figures.spread(Side::Ours, &name).map(|spread| spread.max);
    let what = format!("{name}: never after more than {max} ms");
    Target::of(what, latest, Unit::Millis, |latest| latest <= max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged_with(name: &str, unit: Unit, ours: &[f64], c: &[f64]) -> String {
        let mut figures = Figures::default();
        for (side, values) in [(Side::Ours, ours), (Side::C, c)] {
            for &value in values {
                figures.add(side, name, unit, value);
            }
        }
        let (text, _) = judge(&figures);
        let told = text.lines().filter(|line| !line.starts_with("open"));
        told.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_median_start_and_size_are_compared_with_cs() {
        let start = figure::start(STARTED[0]);
        let told = judged_with(&start, Unit::Millis, &[1.0, 2.0, 99.0], &[3.0]);
        assert!(told.starts_with("met"), "{told}");
        let resident = figure::resident(POLLED);
        let told = judged_with(&resident, Unit::Kilobytes, &[3001.0], &[3000.0]);
        assert!(told.starts_with("NOT MET"), "{told}");
    }

    #[test]
    fn a_poll_more_is_no_restlessness() {
        let wakeups = figure::wakeups(POLLED);
        for (ours, verdict) in [(102.0, "met"), (107.0, "NOT MET")] {
            let told = judged_with(&wakeups, Unit::PerMinute, &[ours], &[100.0]);
            assert!(told.starts_with(verdict), "{told}");
        }
    }

    #[test]
    fn the_latest_failure_counts() {
        let mains = figure::mains(LISTENING);
        let told = judged_with(&mains, Unit::Millis, &[2.0, 3.0, 301.0], &[]);
        assert!(told.starts_with("NOT MET"), "{told}");
    }

    #[test]
    fn nothing_measured_breaks_no_promise() {
        let (text, met) = judge(&Figures::default());
        assert!(met);
        assert!(text.lines().all(|line| line.starts_with("open")), "{text}");
    }
}
