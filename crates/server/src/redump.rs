//! When a driver is asked for everything once more, because a line of it could not be understood.
//!
//! C drivers escape values in dumps, and only there. DUMPVALUE would ask for less, but drivers before 2.8.5 do not know
//! it. A dump is long, and one that has the same mistake in it would lead to the next, so the pause between two of them
//! doubles as long as they are needed.

use std::time::Duration;

use model::Tick;

/// Least time between two dumps that are asked for.
const PAUSE_MIN: Duration = Duration::from_secs(2);
/// Greatest time; without a mistake for twice as long, the pause is short again.
const PAUSE_MAX: Duration = Duration::from_secs(60);

/// What one connection to a driver has come to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Redump {
    wanted: bool,
    /// When the last one was asked for.
    asked: Option<Tick>,
    /// Time from then to the next.
    pause: Duration,
}

impl Redump {
    /// Something was not understood.
    pub(crate) fn want(&mut self) {
        self.wanted = true;
    }

    /// Whether it is time to ask; if so, that counts as asked.
    pub(crate) fn is_due(&mut self, now: Tick) -> bool {
        let ago = self.asked.map(|asked| now.since(asked));
        if !self.wanted || ago.is_some_and(|ago| ago < self.pause) {
            return false;
        }
        let calm = ago.is_none_or(|ago| ago >= 2 * PAUSE_MAX);
        self.pause = if calm {
            PAUSE_MIN
        } else {
            (2 * self.pause).min(PAUSE_MAX)
        };
        self.asked = Some(now);
        self.wanted = false;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seconds at which a dump is asked for when mistakes are made at these.
    fn asked(mistakes: impl Fn(u64) -> bool, seconds: u64) -> Vec<u64> {
        let mut redump = Redump::default();
        let due = |second: &u64| {
            if mistakes(*second) {
                redump.want();
            }
            redump.is_due(Tick::secs(*second))
        };
        (0..seconds).filter(due).collect()
    }

    #[test]
    fn one_mistake_is_cured_at_once_and_once() {
        assert_eq!(asked(|second| second == 7, 1000), [7]);
    }

    #[test]
    fn one_that_follows_is_cured_after_the_pause() {
        assert_eq!(asked(|second| second == 7 || second == 8, 1000), [7, 9]);
    }

    #[test]
    fn mistakes_without_end_lead_to_ever_fewer_dumps() {
        assert_eq!(asked(|_| true, 200), [0, 2, 6, 14, 30, 62, 122, 182]);
    }

    #[test]
    fn after_calm_the_pause_is_short_again() {
        let mistakes = |second| second < 10 || second == 300 || second == 301;
        assert_eq!(asked(mistakes, 1000), [0, 2, 6, 14, 300, 302]);
    }
}
