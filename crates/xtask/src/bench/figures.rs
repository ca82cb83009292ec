//! What was measured: for each figure the values of all rounds, ours and C's.

use std::time::Duration;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    PerSecond,
    Micros,
    Millis,
    Kilobytes,
    Clients,
    PerMinute,
    Requests,
}

/// Whose value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Ours,
    C,
}

/// One figure.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) unit: Unit,
    ours: Vec<f64>,
    c: Vec<f64>,
}

/// The smallest, the middle and the largest value of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) min: f64,
    pub(crate) median: f64,
    pub(crate) max: f64,
}

/// All figures, in the order in which they were first measured.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    all: Vec<Figure>,
}

impl Figures {
    /// Adds the value of a round.
    pub(crate) fn add(&mut self, side: Side, name: &str, unit: Unit, value: f64) {
        let known = self.all.iter().position(|figure| figure.name == name);
        let at = known.unwrap_or_else(|| {
            self.all.push(Figure {
                name: name.to_owned(),
                unit,
                ours: Vec::new(),
                c: Vec::new(),
            });
            self.all.len() - 1
        });
        if let Some(figure) = self.all.get_mut(at) {
            match side {
                Side::Ours => figure.ours.push(value),
                Side::C => figure.c.push(value),
            }
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Figure> {
        self.all.iter()
    }

    /// The values of a figure, if that side was measured.
    pub(crate) fn spread(&self, side: Side, name: &str) -> Option<Spread> {
        let figure = self.all.iter().find(|figure| figure.name == name)?;
        figure.spread(side)
    }

    /// The median of a figure, if that side was measured.
    pub(crate) fn median(&self, side: Side, name: &str) -> Option<f64> {
        self.spread(side, name).map(|spread| spread.median)
    }
}

impl Figure {
    pub(crate) fn spread(&self, side: Side) -> Option<Spread> {
        let mut values = match side {
            Side::Ours => self.ours.clone(),
            Side::C => self.c.clone(),
        };
        values.sort_by(f64::total_cmp);
        Some(Spread {
            min: *values.first()?,
            median: middle(&values)?,
            max: *values.last()?,
        })
    }

    /// Our median as a multiple of C's.
    pub(crate) fn ratio(&self) -> Option<f64> {
        Some(self.spread(Side::Ours)?.median / self.spread(Side::C)?.median)
    }
}

/// The middle of sorted values.
fn middle(values: &[f64]) -> Option<f64> {
    let upper = *values.get(values.len() / 2)?;
    let lower = *values.get(values.len().checked_sub(1)? / 2)?;
    Some(f64::midpoint(lower, upper))
}

/// The time that half of the answers did not exceed, in microseconds.
pub(crate) fn p50_micros(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    let half = times.len().saturating_sub(1) / 2;
    times.get(half).map_or(0.0, |time| time.as_secs_f64() * 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_not_moved_by_one_bad_round() {
        let mut figures = Figures::default();
        for value in [10.0, 1.0, 12.0] {
            figures.add(Side::Ours, "a", Unit::PerSecond, value);
        }
        let spread = figures.iter().next().unwrap().spread(Side::Ours).unwrap();
        assert_eq!((spread.min, spread.median, spread.max), (1.0, 10.0, 12.0));
        assert_eq!(figures.median(Side::C, "a"), None);
        assert_eq!(figures.median(Side::Ours, "b"), None);
    }

    #[test]
    fn the_ratio_is_of_medians() {
        let mut figures = Figures::default();
        figures.add(Side::Ours, "a", Unit::PerSecond, 30.0);
        assert_eq!(figures.iter().next().unwrap().ratio(), None);
        figures.add(Side::C, "a", Unit::PerSecond, 5.0);
        figures.add(Side::C, "a", Unit::PerSecond, 15.0);
        assert_eq!(figures.iter().next().unwrap().ratio(), Some(3.0));
    }

    #[test]
    fn half_of_the_answers_are_not_slower_than_p50() {
        let times = [9, 1, 5, 7].map(Duration::from_micros).to_vec();
        assert!((p50_micros(times) - 5.0).abs() < 1e-6);
        assert_eq!(p50_micros(Vec::new()), 0.0);
    }
}
