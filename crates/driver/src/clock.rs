//! The clock of a driver, which a test can set.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Tells the time since some start. Clones tell the same. What a driver keeps for a while, or waits for in the middle of its
/// work, goes by this clock, so that a recording can be played in no time.
#[derive(Clone, Debug)]
pub struct Clock {
    start: Instant,
    /// Microseconds since the start; nothing when it is the real time.
    set: Option<Arc<AtomicU64>>,
}

impl Default for Clock {
    /// The real time; it starts now.
    fn default() -> Self {
        Self {
            start: Instant::now(),
            set: None,
        }
    }
}

impl Clock {
    /// A clock that stands still until it is set.
    #[must_use]
    pub fn standing() -> Self {
        Self {
            set: Some(Arc::default()),
            ..Self::default()
        }
    }

    /// Sets a clock that stands, but never back.
    pub fn set(&self, since_start: Duration) {
        if let Some(set) = &self.set {
            set.fetch_max(micros(since_start), Ordering::Relaxed);
        }
    }

    /// Time since the start.
    #[must_use]
    pub fn since_start(&self) -> Duration {
        match &self.set {
            Some(set) => Duration::from_micros(set.load(Ordering::Relaxed)),
            None => self.start.elapsed(),
        }
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.start + self.since_start()
    }

    /// Waits; a clock that stands is put forward instead.
    pub fn sleep(&self, span: Duration) {
        match &self.set {
            Some(set) => _ = set.fetch_add(micros(span), Ordering::Relaxed),
            None => thread::sleep(span),
        }
    }
}

fn micros(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_stands_goes_only_when_it_is_told_to_and_never_back() {
        let clock = Clock::standing();
        let begin = clock.clone().now();
        clock.set(Duration::from_secs(5));
        clock.sleep(Duration::from_millis(125));
        clock.set(Duration::from_secs(2));
        assert_eq!(clock.since_start(), Duration::from_millis(5125));
        assert_eq!(clock.now() - begin, Duration::from_millis(5125));
    }

    #[test]
    fn the_real_time_goes_by_itself() {
        let clock = Clock::default();
        clock.set(Duration::from_secs(9999));
        let begin = clock.now();
        clock.sleep(Duration::from_millis(1));
        assert!(clock.now() >= begin + Duration::from_millis(1));
        assert!(clock.since_start() < Duration::from_secs(9999));
    }
}
