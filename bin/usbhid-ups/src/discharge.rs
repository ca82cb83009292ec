//! When to log that a UPS says both "on line" and "discharging" (spec usbhid.md, section 9).

use std::time::{Duration, Instant};

/// How often it is logged when neither an option nor the charge tells.
const USUAL: Duration = Duration::from_secs(30);

/// What ups.conf says of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rule {
    /// `onlinedischarge_log_throttle_sec`.
    pub(crate) every: Every,
    /// `onlinedischarge_log_throttle_hovercharge`: with so much charge, in per cent, a UPS that lets its battery rest is in order.
    pub(crate) hover: f64,
}

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Every {
    /// As the charge changes.
    #[default]
    Change,
    Time(Duration),
    /// Once, until the state ends.
    Once,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            every: Every::Change,
            hover: 100.0,
        }
    }
}

/// What was logged last.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Warned(Option<(Instant, Option<f64>)>);

impl Warned {
    /// Whether it is to be logged now.
    pub(crate) fn is_due(
        &mut self,
        present: bool,
        charge: Option<f64>,
        rule: Rule,
        now: Instant,
    ) -> bool {
        if !present {
            self.0 = None;
            return false;
        }
        let due = match (rule.every, self.0) {
            (Every::Change, _) if charge.is_some_and(|charge| charge >= rule.hover) => false,
            (_, None) => true,
            (Every::Once, Some(_)) => false,
            (Every::Time(pause), Some((then, _))) => now.duration_since(then) >= pause,
            (Every::Change, Some((then, None))) => now.duration_since(then) >= USUAL,
            (Every::Change, Some((_, before))) => before != charge,
        };
        if due {
            self.0 = Some((now, charge));
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At which of these seconds it is logged that the state with this charge is there.
    fn logged(every: Every, states: &[(u64, Option<f64>)]) -> Vec<u64> {
        let rule = Rule { every, hover: 95.0 };
        let begin = Instant::now();
        let mut warned = Warned::default();
        let due = states.iter().filter(|(second, charge)| {
            let now = begin + Duration::from_secs(*second);
            warned.is_due(true, *charge, rule, now)
        });
        due.map(|(second, _)| *second).collect()
    }

    #[test]
    fn a_charge_that_sinks_is_logged_at_each_change() {
        let states = [
            (0, Some(97.0)),
            (2, Some(94.0)),
            (4, Some(94.0)),
            (6, Some(93.0)),
        ];
        assert_eq!(logged(Every::Change, &states), [2, 6]);
    }

    #[test]
    fn without_a_charge_it_is_logged_twice_a_minute() {
        let states = [(0, None), (10, None), (30, None), (59, None), (60, None)];
        assert_eq!(logged(Every::Change, &states), [0, 30, 60]);
    }

    #[test]
    fn an_option_says_how_often() {
        let states = [(0, Some(97.0)), (5, Some(50.0)), (10, None), (14, None)];
        let ten = Every::Time(Duration::from_secs(10));
        assert_eq!(logged(ten, &states), [0, 10]);
        assert_eq!(logged(Every::Once, &states), [0]);
    }

    #[test]
    fn the_next_time_is_a_new_one() {
        let mut warned = Warned::default();
        let rule = Rule {
            every: Every::Once,
            ..Rule::default()
        };
        let now = Instant::now();
        let due = [true, true, false, true].map(|there| warned.is_due(there, None, rule, now));
        assert_eq!(due, [true, false, false, true]);
    }
}
