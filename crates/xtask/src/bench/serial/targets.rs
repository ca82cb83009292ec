//! What we promise of drivers on serial lines.

use super::case::Case;
use crate::bench::figures::{Figures, Side, Unit};
use crate::bench::promise::{Target, judged};

/// Most milliseconds until a line that says nothing is given up.
const SILENT_MAX: f64 = 10_000.0;

/// All promises as lines, and whether none is broken.
pub(super) fn judge(figures: &Figures, cases: &[Case]) -> (String, bool) {
    let all: Vec<Target> = cases.iter().map(|case| target(figures, *case)).collect();
    judged(&all)
}

fn target(figures: &Figures, case: Case) -> Target {
    let name = case.name();
    if case.is_silent() {
        let slowest = figures.spread(Side::Ours, &name).map(|spread| spread.max);
        let what = format!("{name}: given up within {SILENT_MAX} ms");
        return Target::of(what, slowest, Unit::Millis, |slowest| slowest <= SILENT_MAX);
    }
    // the quickest of each: what the machine does besides is no driver's fault
    let quickest = |side| figures.spread(side, &name).map(|spread| spread.min);
    let ratio = quickest(Side::Ours).zip(quickest(Side::C));
    let ratio = ratio.map(|(ours, c)| ours / c);
    let what = format!("{name}: not later than C's");
    Target::of_ratio(what, ratio, |ratio| ratio <= 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_compared_with_cs_and_a_silent_line_with_the_clock() {
        let cases = Case::all();
        let mut figures = Figures::default();
        for case in &cases {
            for (side, millis) in [(Side::Ours, 9000.0), (Side::C, 8999.0)] {
                figures.add(side, &case.name(), Unit::Millis, millis);
            }
        }
        let (text, met) = judge(&figures, &cases);
        assert!(!met);
        for (line, case) in text.lines().zip(&cases) {
            assert_eq!(line.starts_with("met"), case.is_silent(), "{line}");
        }
    }
}
