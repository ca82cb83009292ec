//! What the kernel counts of a process.

use std::fs;
use std::time::Duration;

use crate::failure::{Failure, Result};

/// Sums over all threads of a process, from its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    /// How often a thread has gone to sleep of its own accord, and so was woken up.
    pub(crate) wakeups: u64,
    /// Time on a processor.
    pub(crate) processor: Duration,
}

impl Counted {
    pub(crate) fn of(pid: u32) -> Result<Self> {
        let dir = format!("/proc/{pid}/task");
        let threads = fs::read_dir(&dir).map_err(Failure::io(&dir))?;
        let mut sum = Self::default();
        for thread in threads.flatten() {
            let read = |name| fs::read_to_string(thread.path().join(name));
            // it may have ended meanwhile
            let (Ok(status), Ok(schedstat)) = (read("status"), read("schedstat")) else {
                continue;
            };
            let thread = parse(&status, &schedstat)
                .ok_or_else(|| Failure::told(format!("{dir} tells no switches or times")))?;
            sum.wakeups += thread.wakeups;
            sum.processor += thread.processor;
        }
        Ok(sum)
    }

    /// What has come since.
    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            wakeups: self.wakeups.saturating_sub(before.wakeups),
            processor: self.processor.saturating_sub(before.processor),
        }
    }
}

/// One thread's; `schedstat` begins with the nanoseconds on a processor, which are finer than the ticks of `stat`.
fn parse(status: &str, schedstat: &str) -> Option<Counted> {
    let wakeups = status
        .lines()
        .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
    let nanos = schedstat.split_whitespace().next()?.parse().ok()?;
    Some(Counted {
        wakeups: wakeups.trim().parse().ok()?,
        processor: Duration::from_nanos(nanos),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_and_times_are_read() {
        let status = "Name:\tx\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n";
        let counted = parse(status, "5000000 77 9\n").unwrap();
        assert_eq!((counted.wakeups, counted.processor.as_millis()), (12, 5));
        assert_eq!(parse("Name:\tx\n", "5 6 7"), None);
    }

    #[test]
    fn a_process_that_sleeps_wakes_up() {
        let me = std::process::id();
        // threads of other tests that end meanwhile take their counts with them
        let seen = (0..100).any(|_| {
            let before = Counted::of(me).unwrap();
            std::thread::sleep(Duration::from_millis(2));
            Counted::of(me).unwrap().since(before).wakeups >= 1
        });
        assert!(seen);
    }
}
