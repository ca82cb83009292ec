//! What both threads see at any time, without waking each other.
//!
//! * Settings that may change: the device thread reads them when it needs them, so a reload neither waits for a slow
//!   poll nor can it be lost in a full queue.
//! * Whether a poll goes on: the main thread tells that to who asks while one lasts.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::backoff::Limits;

/// From when on a poll is worth being mentioned in `driver.state`.
const LONG: Duration = Duration::from_millis(100);

/// [`Limits`] that two threads share; -1 stands for "none".
#[derive(Debug)]
pub(crate) struct Live {
    /// How often the settings were set.
    epoch: AtomicU64,
    begin: Instant,
    /// When the present poll began, in milliseconds after `begin` and one more; 0 between polls.
    polling: AtomicU64,
    poll_millis: AtomicU64,
    max_tries: AtomicI64,
    report_freq: AtomicI64,
}

impl Live {
    pub(crate) fn new(limits: Limits) -> Self {
        let live = Self {
            epoch: AtomicU64::new(0),
            begin: Instant::now(),
            polling: AtomicU64::new(0),
            poll_millis: AtomicU64::new(0),
            max_tries: AtomicI64::new(-1),
            report_freq: AtomicI64::new(-1),
        };
        live.set(limits);
        live
    }

    pub(crate) fn set(&self, limits: Limits) {
        let number = |limit: Option<u32>| limit.map_or(-1, i64::from);
        let millis = u64::try_from(limits.poll_interval.as_millis()).unwrap_or(u64::MAX);
        self.poll_millis.store(millis, Ordering::Relaxed);
        self.max_tries
            .store(number(limits.max_tries), Ordering::Relaxed);
        self.report_freq
            .store(number(limits.report_freq), Ordering::Relaxed);
        self.epoch.fetch_add(1, Ordering::Release);
    }

    /// Another number whenever settings were set.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// A poll begins.
    pub(crate) fn begin_poll(&self) {
        let now = self.begin.elapsed().as_millis();
        let now = u64::try_from(now).unwrap_or(u64::MAX).saturating_add(1);
        self.polling.store(now, Ordering::Release);
    }

    /// A poll is over; whether it has lasted so long that somebody may have been told of it.
    pub(crate) fn end_poll(&self) -> bool {
        self.is_long(self.polling.swap(0, Ordering::AcqRel))
    }

    /// Whether a poll lasts long.
    pub(crate) fn polls_long(&self) -> bool {
        self.is_long(self.polling.load(Ordering::Acquire))
    }

    fn is_long(&self, polling: u64) -> bool {
        let since = polling.checked_sub(1).map(Duration::from_millis);
        since.is_some_and(|since| self.begin.elapsed().saturating_sub(since) >= LONG)
    }

    pub(crate) fn get(&self) -> Limits {
        let limit = |number: &AtomicI64| u32::try_from(number.load(Ordering::Relaxed)).ok();
        Limits {
            poll_interval: Duration::from_millis(self.poll_millis.load(Ordering::Relaxed)),
            max_tries: limit(&self.max_tries),
            report_freq: limit(&self.report_freq),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_got() {
        for (max_tries, report_freq) in [(None, Some(4)), (Some(0), None)] {
            let limits = Limits {
                poll_interval: Duration::from_millis(2500),
                max_tries,
                report_freq,
            };
            let live = Live::new(limits);
            assert_eq!(live.get(), limits);
            let epoch = live.epoch();
            live.set(limits);
            assert_ne!(live.epoch(), epoch);
        }
    }

    #[test]
    fn only_a_long_poll_is_mentioned_and_whoever_saw_one_sees_its_end() {
        let live = Live::new(Limits::default());
        assert!(!live.polls_long() && !live.end_poll());
        live.begin_poll();
        assert!(live.begin.elapsed() > LONG || !live.polls_long());
        std::thread::sleep(LONG + Duration::from_millis(5));
        assert!(live.polls_long());
        assert!(live.end_poll());
        assert!(!live.polls_long() && !live.end_poll());
    }
}
