//! Claims of a device that its own readings contradict (spec users.md, pain 4).
//!
//! Some firmware says LB or RB for a moment when mains fails or comes back, with a full battery. On battery that would shut a host
//! down at once. So, for models known for it and for whom `implausible_hold_polls` says so, such a word has to be said in so many polls
//! in a row before it counts. It is shown meanwhile, as `experimental.ups.status.held`.
//!
//! | claim | is implausible |
//! |---|---|
//! | LB | while the charge is at least 50 % and 10 % above its limit, and the runtime, where known, at least 300 s and its limit |
//! | RB | always: nothing else tells of it |
//!
//! A UPS that announces its end otherwise, as "shutdown imminent", is always believed.

/// Charge below which LB is believed, in per cent.
const CHARGE: f64 = 50.0;
/// So far above `battery.charge.low` it must be at least.
const MARGIN: f64 = 10.0;
/// Runtime below which LB is believed, in seconds.
const RUNTIME: f64 = 300.0;

/// What the device says, and what its readings are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Claims {
    /// The battery is low.
    pub(crate) low: bool,
    /// It is about to switch off.
    pub(crate) ending: bool,
    /// The battery is to be replaced.
    pub(crate) replace: bool,
    pub(crate) charge: Option<f64>,
    pub(crate) charge_low: Option<f64>,
    pub(crate) runtime: Option<f64>,
    pub(crate) runtime_low: Option<f64>,
}

/// For how many polls in a row each was claimed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Doubt {
    low: u32,
    replace: u32,
}

/// What is not told yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) low: bool,
    pub(crate) replace: bool,
}

impl Held {
    /// The words of the status.
    pub(crate) fn words(self) -> Option<&'static str> {
        match (self.low, self.replace) {
            (true, true) => Some("LB RB"),
            (true, false) => Some("LB"),
            (false, true) => Some("RB"),
            (false, false) => None,
        }
    }
}

impl Doubt {
    /// Takes in what is claimed; `polled` says whether a poll is over, or only an event came.
    pub(crate) fn judge(&mut self, claims: &Claims, polls: u32, polled: bool) -> Held {
        let count = |before: u32, claimed: bool| match claimed {
            true => before.saturating_add(u32::from(polled)),
            false => 0,
        };
        self.low = count(self.low, claims.low);
        self.replace = count(self.replace, claims.replace);
        Held {
            low: claims.low && self.low <= polls && polls > 0 && claims.contradict_low(),
            replace: claims.replace && self.replace <= polls && polls > 0,
        }
    }
}

impl Claims {
    fn contradict_low(&self) -> bool {
        let least = |limit: Option<f64>, least: f64| limit.map_or(least, |limit| limit.max(least));
        let charged = self.charge.is_some_and(|charge| {
            charge >= least(self.charge_low.map(|limit| limit + MARGIN), CHARGE)
        });
        let lasting = self
            .runtime
            .is_none_or(|runtime| runtime >= least(self.runtime_low, RUNTIME));
        charged && lasting && !self.ending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: Claims = Claims {
        low: true,
        ending: false,
        replace: false,
        charge: Some(100.0),
        charge_low: Some(10.0),
        runtime: Some(1000.0),
        runtime_low: Some(120.0),
    };

    /// Whether LB is held at each of these polls.
    fn held(claims: &[Claims], polls: u32) -> Vec<bool> {
        let mut doubt = Doubt::default();
        claims
            .iter()
            .map(|claims| doubt.judge(claims, polls, true).low)
            .collect()
    }

    #[test]
    fn a_low_battery_that_is_full_is_believed_after_so_many_polls() {
        assert_eq!(held(&[FULL; 5], 3), [true, true, true, false, false]);
        assert_eq!(held(&[FULL; 2], 0), [false, false]);
    }

    #[test]
    fn a_glimpse_does_not_count_for_the_next() {
        let fine = Claims { low: false, ..FULL };
        let claims = [FULL, FULL, fine, FULL, FULL, FULL];
        assert_eq!(held(&claims, 2), [true, true, false, true, true, false]);
    }

    #[test]
    fn what_its_readings_confirm_is_believed_at_once() {
        for (why, claims) in [
            (
                "charge",
                Claims {
                    charge: Some(49.0),
                    ..FULL
                },
            ),
            (
                "limit of the charge",
                Claims {
                    charge: Some(80.0),
                    charge_low: Some(75.0),
                    ..FULL
                },
            ),
            (
                "no charge",
                Claims {
                    charge: None,
                    ..FULL
                },
            ),
            (
                "runtime",
                Claims {
                    runtime: Some(299.0),
                    ..FULL
                },
            ),
            (
                "limit of the runtime",
                Claims {
                    runtime_low: Some(1800.0),
                    ..FULL
                },
            ),
            (
                "it is about to end",
                Claims {
                    ending: true,
                    ..FULL
                },
            ),
        ] {
            assert_eq!(held(&[claims], 3), [false], "{why}");
        }
        let no_runtime = Claims {
            runtime: None,
            ..FULL
        };
        assert_eq!(held(&[no_runtime], 3), [true]);
    }

    #[test]
    fn events_between_polls_do_not_count() {
        let mut doubt = Doubt::default();
        for _ in 0..10 {
            assert!(doubt.judge(&FULL, 1, false).low);
        }
        assert!(doubt.judge(&FULL, 1, true).low);
        assert!(!doubt.judge(&FULL, 1, true).low);
    }

    #[test]
    fn a_battery_to_be_replaced_is_told_after_so_many_polls() {
        let replace = Claims {
            replace: true,
            low: false,
            ..FULL
        };
        let mut doubt = Doubt::default();
        let told = [(); 3].map(|()| doubt.judge(&replace, 2, true).words());
        assert_eq!(told, [Some("RB"), Some("RB"), None]);
    }
}
