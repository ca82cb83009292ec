//! Time that a wait for silence can trust (spec upsmon.md, section 13.3).
//!
//! A UPS has been silent for as long as upsmon *could have heard it*. So time passes here only while upsmon is
//! awake: whatever the heartbeat missed beyond a few seconds, because the process was stopped, starved or on a frozen
//! virtual machine, never happened. The wall clock is not looked at.
//!
//! A true sleep of the system is something else, and nobody needs to guess: CLOCK_BOOTTIME goes on while it sleeps,
//! CLOCK_MONOTONIC does not, so the distance between them grows by just the sleep.

use std::time::Duration;

use model::Tick;
use nix::time::{ClockId, clock_gettime};

/// How much of a gap between two looks counts. The heartbeat looks each second.
const GAP_MAX: Duration = Duration::from_secs(5);
/// Clocks are read one after the other; less than this is no sleep.
const SLEEP_MIN: Duration = Duration::from_secs(1);
/// A comparison that took longer than this was interrupted and says nothing.
const COMPARISON_MAX: Duration = Duration::from_millis(100);
/// How often to compare again before the next heartbeat has to.
const COMPARISONS: usize = 3;

/// The system slept for so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slept(pub(crate) Duration);

/// Where the time comes from.
pub(crate) trait Source {
    /// Time since some point in the past that does not pass while the system sleeps.
    fn monotonic(&self) -> Duration;
    /// The same with sleeps.
    fn boottime(&self) -> Duration;
}

/// The clocks of the system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct System;

impl Source for System {
    fn monotonic(&self) -> Duration {
        read(ClockId::CLOCK_MONOTONIC)
    }

    fn boottime(&self) -> Duration {
        read(ClockId::CLOCK_BOOTTIME)
    }
}

/// These clocks cannot fail; one that does stands still.
fn read(clock: ClockId) -> Duration {
    clock_gettime(clock).map_or(Duration::ZERO, Duration::from)
}

/// The clock of the watching process.
#[derive(Debug)]
pub(crate) struct AwakeClock<S = System> {
    source: S,
    /// What `now` told last.
    awake: Duration,
    /// When, by the monotonic clock.
    looked: Duration,
    /// How far boot time was ahead of the monotonic clock when last compared.
    ahead: Option<Duration>,
}

impl AwakeClock {
    /// A clock that begins at zero.
    pub(crate) fn new() -> Self {
        Self::of(System)
    }
}

impl<S: Source> AwakeClock<S> {
    fn of(source: S) -> Self {
        let mut clock = Self {
            awake: Duration::ZERO,
            looked: source.monotonic(),
            ahead: None,
            source,
        };
        clock.ahead = clock.compare();
        clock
    }

    /// The time. It never goes back, and never on by more than [`GAP_MAX`] from one call to the next; so call it at
    /// least each second.
    pub(crate) fn now(&mut self) -> Tick {
        let monotonic = self.source.monotonic();
        let gap = monotonic.saturating_sub(self.looked);
        self.looked = self.looked.max(monotonic);
        self.awake += gap.min(GAP_MAX);
        Tick(self.awake)
    }

    /// Whether the system slept since the last call, and how long.
    pub(crate) fn slept(&mut self) -> Option<Slept> {
        let ahead = self.compare()?;
        let before = self.ahead.replace(ahead)?;
        let grown = ahead.saturating_sub(before);
        (grown > SLEEP_MIN).then_some(Slept(grown))
    }

    /// How far boot time is ahead, if nothing came between the readings.
    fn compare(&self) -> Option<Duration> {
        (0..COMPARISONS).find_map(|_| {
            let before = self.source.monotonic();
            let boottime = self.source.boottime();
            let took = self.source.monotonic().saturating_sub(before);
            (took <= COMPARISON_MAX).then(|| boottime.saturating_sub(before))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;

    /// Clocks that are set by hand, in milliseconds.
    #[derive(Debug, Default)]
    struct Lab {
        monotonic: Cell<u64>,
        asleep: Cell<u64>,
        /// How long each reading is delayed.
        starved: Cell<u64>,
    }

    impl Lab {
        fn awake(&self, millis: u64) {
            self.monotonic.set(self.monotonic.get() + millis);
        }

        fn sleep(&self, millis: u64) {
            self.asleep.set(self.asleep.get() + millis);
        }
    }

    impl Source for Rc<Lab> {
        fn monotonic(&self) -> Duration {
            self.awake(self.starved.get());
            Duration::from_millis(self.monotonic.get())
        }

        fn boottime(&self) -> Duration {
            self.awake(self.starved.get());
            Duration::from_millis(self.monotonic.get() + self.asleep.get())
        }
    }

    fn lab() -> (Rc<Lab>, AwakeClock<Rc<Lab>>) {
        let lab = Rc::new(Lab::default());
        lab.awake(1_000_000);
        lab.sleep(777_000);
        let clock = AwakeClock::of(Rc::clone(&lab));
        (lab, clock)
    }

    fn tick(millis: u64) -> Tick {
        Tick(Duration::from_millis(millis))
    }

    #[test]
    fn it_begins_at_zero_and_passes_as_time_does() {
        let (lab, mut clock) = lab();
        assert_eq!(clock.now(), tick(0));
        let mut passed = 0;
        for step in [1, 999, 1000, 0, 4999, 5000] {
            lab.awake(step);
            passed += step;
            assert_eq!(clock.now(), tick(passed));
        }
    }

    #[test]
    fn a_stall_counts_as_five_seconds_however_long_it_was() {
        for stall in [5001, 60_000, 100_000_000] {
            let (lab, mut clock) = lab();
            lab.awake(stall);
            assert_eq!((clock.now(), clock.slept()), (tick(5000), None));
            lab.awake(1000);
            assert_eq!(clock.now(), tick(6000));
        }
    }

    #[test]
    fn a_clock_that_goes_back_stands_still_until_it_has_caught_up() {
        let (lab, mut clock) = lab();
        lab.awake(1000);
        assert_eq!(clock.now(), tick(1000));
        lab.monotonic.set(lab.monotonic.get() - 500);
        assert_eq!(clock.now(), tick(1000));
        lab.awake(700);
        assert_eq!(clock.now(), tick(1200));
    }

    #[test]
    fn a_sleep_is_told_once_and_is_no_time() {
        let (lab, mut clock) = lab();
        lab.sleep(3_600_000);
        assert_eq!(clock.now(), tick(0));
        let hour = Duration::from_secs(3600);
        assert_eq!(clock.slept(), Some(Slept(hour)));
        assert_eq!(clock.slept(), None);
        lab.sleep(1000);
        assert_eq!(clock.slept(), None);
        lab.sleep(1001);
        assert!(clock.slept().is_some());
    }

    #[test]
    fn each_mixture_of_stalls_and_sleeps_is_told_apart() {
        const SPANS: [u64; 5] = [0, 900, 4000, 30_000, 4_000_000];
        for awake in SPANS {
            for asleep in SPANS {
                for again in SPANS {
                    let (lab, mut clock) = lab();
                    lab.awake(awake);
                    lab.sleep(asleep);
                    let slept = (asleep > 1000).then(|| Slept(Duration::from_millis(asleep)));
                    assert_eq!((clock.now(), clock.slept()), (tick(awake.min(5000)), slept));
                    lab.awake(again);
                    let total = awake.min(5000) + again.min(5000);
                    assert_eq!((clock.now(), clock.slept()), (tick(total), None));
                }
            }
        }
    }

    #[test]
    fn being_starved_between_two_readings_is_no_sleep() {
        let (lab, mut clock) = lab();
        for starved in [2000, 0, 3000, 0] {
            lab.starved.set(starved);
            assert_eq!(clock.slept(), None, "{starved}");
        }
        lab.starved.set(2000);
        lab.sleep(10_000);
        assert_eq!(clock.slept(), None);
        lab.starved.set(0);
        assert_eq!(clock.slept(), Some(Slept(Duration::from_secs(10))));
    }

    #[test]
    fn the_clocks_of_the_system_run() {
        let mut clock = AwakeClock::new();
        let first = clock.now();
        std::thread::sleep(Duration::from_millis(20));
        assert!(clock.now() > first);
        assert_eq!(clock.slept(), None);
    }
}
