//! When a lost device is tried again, how often, and when to give up (spec sock-protocol.md, section 17).
//!
//! ```text
//! lost ----> trying: after 1, 2, 4 ... poll intervals, at least every 30 s
//!              |  opened, identified and read: back to normal, the count starts anew
//!              |  reconnect_max_tries attempts failed (0: none is made): give up, the driver exits
//! ```

use std::time::Duration;

/// Longest pause between two attempts, unless the poll interval is longer.
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// Limits from ups.conf; they may change while attempts go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    /// `pollinterval`.
    pub(crate) poll_interval: Duration,
    /// `reconnect_max_tries`; `None` is for ever.
    pub(crate) max_tries: Option<u32>,
    /// `reconnect_report_freq`; `None` is never.
    pub(crate) report_freq: Option<u32>,
}

/// Attempts since the device was lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Backoff {
    tries: u32,
}

/// What to do about a lost device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Wait so long, then make attempt number `attempt`.
    Try {
        /// Counted from 1.
        attempt: u32,
        /// How long to wait before it.
        after: Duration,
        /// Whether it is to be mentioned in the log.
        report: bool,
    },
    /// Enough.
    GiveUp,
}

impl Backoff {
    /// Decides about the next attempt and counts it.
    pub(crate) fn next(&mut self, limits: Limits) -> Next {
        if limits.max_tries.is_some_and(|max| self.tries >= max) {
            return Next::GiveUp;
        }
        let after = pause(self.tries, limits.poll_interval);
        self.tries = self.tries.saturating_add(1);
        let regular = limits
            .report_freq
            .is_some_and(|freq| self.tries.is_multiple_of(freq.max(1)));
        Next::Try {
            attempt: self.tries,
            after,
            report: self.tries == 1 || regular,
        }
    }
}

fn pause(tries: u32, poll_interval: Duration) -> Duration {
    let factor = 1u32.checked_shl(tries.min(16)).unwrap_or(u32::MAX);
    poll_interval
        .saturating_mul(factor)
        .min(PAUSE_MAX.max(poll_interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(limits: Limits, steps: usize) -> Vec<Next> {
        let mut backoff = Backoff::default();
        (0..steps).map(|_| backoff.next(limits)).collect()
    }

    fn limits(max_tries: Option<u32>, report_freq: Option<u32>) -> Limits {
        Limits {
            poll_interval: Duration::from_secs(2),
            max_tries,
            report_freq,
        }
    }

    #[test]
    fn pauses_grow_to_half_a_minute_and_never_shrink() {
        let mut last = Duration::ZERO;
        for step in walk(limits(None, None), 100) {
            let Next::Try { after, .. } = step else {
                panic!("gave up without a limit")
            };
            assert!(after >= last && after <= PAUSE_MAX);
            last = after;
        }
        assert_eq!(last, PAUSE_MAX);
        assert_eq!(pause(5, Duration::from_secs(60)), Duration::from_secs(60));
        assert_eq!(pause(u32::MAX, Duration::MAX), Duration::MAX);
    }

    #[test]
    fn it_gives_up_after_exactly_so_many_attempts() {
        for max in 0..20 {
            let steps = walk(limits(Some(max), None), 25);
            let tries = steps.iter().filter(|step| **step != Next::GiveUp).count();
            assert_eq!(tries, usize::try_from(max).unwrap());
            assert_eq!(steps.last(), Some(&Next::GiveUp));
        }
    }

    #[test]
    fn the_first_and_every_nth_attempt_are_mentioned() {
        let mentioned = |freq| {
            let steps = walk(limits(None, freq), 9);
            let attempts = steps.into_iter().filter_map(|step| match step {
                Next::Try {
                    attempt, report, ..
                } => report.then_some(attempt),
                Next::GiveUp => None,
            });
            attempts.collect::<Vec<_>>()
        };
        assert_eq!(mentioned(None), [1]);
        assert_eq!(mentioned(Some(4)), [1, 4, 8]);
        assert_eq!(mentioned(Some(0)), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}
