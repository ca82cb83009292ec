//! When a lost device is tried again, how often, and when to give up (spec sock-protocol.md, section 17).
//!
//! ```text
//! lost ---> absent: look every second
//!   ^       refused: after 1, 2, 4 ... 30 s
//!   |         |  opened, identified and read: back to normal, everything starts anew
//!   '---------|  lost again before it was read: as if refused
//!             |  reconnect_max_tries attempts failed (0: none is made): give up, the driver exits
//! ```
//! Looking costs little, and who plugs a UPS in waits for it. As far as users are told and `reconnect_max_tries` counts, all looks
//! within a poll interval are one attempt, as the reference makes one in each.

use std::time::Duration;

/// Between two looks for a device that is not there, and the first pause after a refusal.
pub(crate) const LOOK: Duration = Duration::from_secs(1);
/// The longest pause, unless the driver asks for more.
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

/// Why there is no device to poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// It was polled without success, or refuses to be opened.
    Refused,
    /// It is not there.
    Absent,
}

/// Attempts since the device was read last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Backoff {
    attempts: u32,
    refusals: u32,
    /// How long the present attempt has lasted.
    waited: Duration,
}

/// What to do about a lost device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Wait so long, then try.
    Try {
        /// How long to wait.
        after: Duration,
        /// The attempt's number, from 1, when one begins.
        begins: Option<u32>,
        /// Whether it is to be mentioned in the log.
        report: bool,
    },
    /// Enough.
    GiveUp,
}

impl Backoff {
    /// Decides about the next try; `rest` is the least that the driver wants to wait.
    pub(crate) fn next(&mut self, loss: Loss, rest: Duration, limits: Limits) -> Next {
        let begins = self.attempts == 0 || self.waited >= limits.poll_interval;
        if begins && limits.max_tries.is_some_and(|max| self.attempts >= max) {
            return Next::GiveUp;
        }
        let after = self.pause(loss).max(rest);
        if begins {
            self.attempts = self.attempts.saturating_add(1);
            self.waited = Duration::ZERO;
        }
        self.waited = self.waited.saturating_add(after);
        let regular = limits
            .report_freq
            .is_some_and(|freq| self.attempts.is_multiple_of(freq.max(1)));
        Next::Try {
            after,
            begins: begins.then_some(self.attempts),
            report: begins && (self.attempts == 1 || regular),
        }
    }

    /// Who was plugged in anew has new chances.
    pub(crate) const fn renew(&mut self) {
        self.refusals = 0;
    }

    fn pause(&mut self, loss: Loss) -> Duration {
        if loss == Loss::Absent {
            self.renew();
            return LOOK;
        }
        let factor = 1u32.checked_shl(self.refusals.min(16)).unwrap_or(u32::MAX);
        self.refusals = self.refusals.saturating_add(1);
        LOOK.saturating_mul(factor).min(PAUSE_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(loss: Loss, limits: Limits, steps: usize) -> Vec<Next> {
        let mut backoff = Backoff::default();
        (0..steps)
            .map(|_| backoff.next(loss, Duration::ZERO, limits))
            .collect()
    }

    fn limits(max_tries: Option<u32>, report_freq: Option<u32>) -> Limits {
        Limits {
            poll_interval: Duration::from_secs(2),
            max_tries,
            report_freq,
        }
    }

    fn pauses(steps: &[Next]) -> Vec<u64> {
        let after = steps.iter().filter_map(|step| match step {
            Next::Try { after, .. } => Some(after.as_secs()),
            Next::GiveUp => None,
        });
        after.collect()
    }

    #[test]
    fn a_device_that_refuses_is_tried_less_and_less_often() {
        let steps = walk(Loss::Refused, limits(None, None), 100);
        let pauses = pauses(&steps);
        assert_eq!(pauses.get(..7), Some(&[1, 2, 4, 8, 16, 30, 30][..]));
        assert_eq!(pauses.last(), Some(&30));
        assert_eq!(pauses.len(), 100);
    }

    #[test]
    fn a_device_that_is_absent_is_looked_for_every_second() {
        let steps = walk(Loss::Absent, limits(None, None), 100);
        assert_eq!(pauses(&steps), [1; 100]);
    }

    #[test]
    fn who_was_absent_and_refuses_begins_anew() {
        let mut backoff = Backoff::default();
        let limits = limits(None, None);
        let mut pause = |loss| match backoff.next(loss, Duration::ZERO, limits) {
            Next::Try { after, .. } => after.as_secs(),
            Next::GiveUp => 0,
        };
        let losses = [
            (Loss::Refused, 1),
            (Loss::Refused, 2),
            (Loss::Absent, 1),
            (Loss::Refused, 1),
            (Loss::Refused, 2),
        ];
        for (loss, expected) in losses {
            assert_eq!(pause(loss), expected);
        }
    }

    #[test]
    fn a_driver_may_want_to_wait_longer() {
        let mut backoff = Backoff::default();
        let rest = Duration::from_secs(45);
        let next = backoff.next(Loss::Absent, rest, limits(None, None));
        assert!(
            matches!(next, Next::Try { after, begins: Some(1), .. } if after == rest),
            "{next:?}"
        );
    }

    #[test]
    fn it_gives_up_when_so_many_attempts_were_in_vain() {
        for (loss, max, looks) in [
            (Loss::Absent, 0, 0),
            (Loss::Absent, 1, 2),
            (Loss::Absent, 7, 14),
            // pauses of 1 + 2, 4, 8 s
            (Loss::Refused, 3, 4),
        ] {
            let steps = walk(loss, limits(Some(max), None), 25);
            let tries = steps.iter().filter(|step| **step != Next::GiveUp).count();
            assert_eq!(tries, looks, "{loss:?} {max}");
            assert_eq!(steps.last(), Some(&Next::GiveUp));
        }
    }

    #[test]
    fn the_first_and_every_nth_attempt_are_mentioned() {
        let mentioned = |freq| {
            let steps = walk(Loss::Absent, limits(None, freq), 18);
            let attempts = steps.into_iter().filter_map(|step| match step {
                Next::Try { begins, report, .. } => begins.filter(|_| report),
                Next::GiveUp => None,
            });
            attempts.collect::<Vec<_>>()
        };
        assert_eq!(mentioned(None), [1]);
        assert_eq!(mentioned(Some(4)), [1, 4, 8]);
        assert_eq!(mentioned(Some(0)), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}
