//! How long an answer is waited for, and when a question is repeated.
//!
//! Net-SNMP waits `snmp_timeout` each of `snmp_retries` + 1 times. The whole is as long here, but the pauses grow: what got lost on
//! the way is asked for again soon, and an agent that is busy is left alone ever longer.

use std::time::Duration;

/// Each pause is this much longer than the one before.
const GROWTH: f64 = 1.5;
/// Repetitions that are made at most, whatever is set: the pauses would become too small.
const RETRIES_MAX: u32 = 20;

/// How patient a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Patience {
    timeout: Duration,
    retries: u32,
}

impl Patience {
    pub(crate) fn new(timeout: Duration, retries: u32) -> Self {
        Self {
            timeout: timeout.clamp(Duration::from_millis(10), Duration::from_secs(600)),
            retries,
        }
    }

    /// When it ends.
    pub(crate) fn whole(self) -> Duration {
        self.timeout.saturating_mul(self.retries.saturating_add(1))
    }

    /// What is left of it for a question that only is to show whether anybody is there.
    pub(crate) fn short(self) -> Self {
        Self {
            retries: self.retries.min(1),
            ..self
        }
    }

    /// The pauses behind each time that the question is sent. An agent that took `usual` to answer is given twice that, but not
    /// more than the timeout, before it is asked again.
    pub(crate) fn pauses(self, usual: Duration) -> Vec<Duration> {
        let count = self.retries.min(RETRIES_MAX) + 1;
        let weights = (0..count).scan(1.0, |weight, _| {
            let this = *weight;
            *weight *= GROWTH;
            Some(this)
        });
        let weights: Vec<f64> = weights.collect();
        let sum: f64 = weights.iter().sum();
        let least = usual.saturating_mul(2).min(self.timeout);
        let pause = |weight: f64| self.whole().mul_f64(weight / sum).max(least);
        weights.into_iter().map(pause).collect()
    }
}

/// How long the agent takes to answer: the longest, slowly forgotten.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usual(Duration);

impl Usual {
    pub(crate) const fn time(self) -> Duration {
        self.0
    }

    pub(crate) fn learn(&mut self, took: Duration) {
        self.0 = took.max(self.0.mul_f64(0.9));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn pauses_grow_and_the_whole_is_as_long_as_net_snmps() {
        let pauses = Patience::new(SECOND, 5).pauses(Duration::ZERO);
        assert_eq!(pauses.len(), 6);
        assert!(pauses.is_sorted());
        assert!(pauses[0] < SECOND / 3, "{pauses:?}");
        let sum: Duration = pauses.iter().sum();
        assert!(sum.abs_diff(6 * SECOND) < SECOND / 1000, "{sum:?}");
        assert_eq!(Patience::new(SECOND, 0).pauses(Duration::ZERO), [SECOND]);
    }

    #[test]
    fn a_slow_agent_is_not_asked_again_before_it_usually_answers() {
        let mut usual = Usual::default();
        usual.learn(SECOND / 4);
        usual.learn(SECOND / 1000);
        assert!(usual.time() > SECOND / 5);
        let pauses = Patience::new(SECOND, 5).pauses(usual.time());
        assert!(pauses[0] > 2 * SECOND / 5);
        let pauses = Patience::new(SECOND, 5).pauses(9 * SECOND);
        assert_eq!(pauses[0], SECOND);
    }

    #[test]
    fn no_setting_makes_it_endless() {
        let pauses = Patience::new(Duration::MAX, u32::MAX).pauses(Duration::MAX);
        assert_eq!(pauses.len(), 21);
        assert_eq!(
            Patience::new(Duration::ZERO, 0)
                .pauses(Duration::ZERO)
                .len(),
            1
        );
    }
}
