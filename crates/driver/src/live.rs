//! Settings that may change while the device thread runs.
//!
//! The thread reads them when it needs them, so a reload neither waits for a slow poll nor can it be lost in
//! a full queue.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use crate::backoff::Limits;

/// [`Limits`] that two threads share; -1 stands for "none".
#[derive(Debug)]
pub(crate) struct Live {
    poll_millis: AtomicU64,
    max_tries: AtomicI64,
    report_freq: AtomicI64,
}

impl Live {
    pub(crate) fn new(limits: Limits) -> Self {
        let live = Self {
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
            assert_eq!(Live::new(limits).get(), limits);
        }
    }
}
