//! When a driver looks after its socket's file.
//!
//! A look is cheap, waking up for it is not. So it looks whenever it is awake, but not oftener than every two seconds, and
//! wakes up for it only while something may be wrong: when it is young, as another instance may have been started at the same
//! moment, and after a look that found the file missing. Otherwise once a minute.

use std::time::Duration;

use tokio::time::Instant;

/// Between two looks, at least.
const PAUSE: Duration = Duration::from_secs(2);
/// Between two looks for which nothing else wakes it up.
const REST: Duration = Duration::from_secs(60);
/// Looks at the begin.
const FIRST: u32 = 3;

/// See the module.
#[derive(Debug)]
pub(crate) struct Looks {
    last: Instant,
    /// Looks that are to come soon.
    soon: u32,
}

impl Looks {
    /// The first look comes after the first pause.
    pub(crate) const fn new(now: Instant) -> Self {
        Self {
            last: now,
            soon: FIRST,
        }
    }

    /// Whether it is time for who is awake anyway.
    pub(crate) fn are_due(&self, now: Instant) -> bool {
        now >= self.last + PAUSE
    }

    /// When to wake up for it.
    pub(crate) fn next(&self) -> Instant {
        self.last + if self.soon > 0 { PAUSE } else { REST }
    }

    /// A look was taken, and all was well or not.
    pub(crate) const fn looked(&mut self, now: Instant, well: bool) {
        self.last = now;
        self.soon = if well { self.soon.saturating_sub(1) } else { 1 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_frequent_while_something_may_be_wrong() {
        let mut now = Instant::now();
        let mut looks = Looks::new(now);
        let mut pauses = Vec::new();
        for well in [true, true, true, true, false, false, true, true] {
            assert!(!looks.are_due(now));
            pauses.push((looks.next() - now).as_secs());
            now = looks.next();
            assert!(looks.are_due(now));
            looks.looked(now, well);
        }
        assert_eq!(pauses, [2, 2, 2, 60, 60, 2, 2, 60]);
    }

    #[test]
    fn who_is_awake_looks_every_two_seconds() {
        let mut now = Instant::now();
        let mut looks = Looks::new(now);
        let mut taken = 0;
        for _ in 0..60 {
            now += Duration::from_secs(1);
            if looks.are_due(now) {
                looks.looked(now, true);
                taken += 1;
            }
        }
        assert_eq!(taken, 30);
    }
}
