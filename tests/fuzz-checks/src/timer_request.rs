//! What upssched's daemon may be asked over its socket, line by line.

use crate::lines::read;
use model::Tick;
use schedule::{Bad, Request, Schedule};

/// Any lines: timers are bounded, none is due before its time or lost, and what ran is over.
pub fn check_timer_request(bytes: &[u8]) {
    let mut schedule = Schedule::new(Tick::secs(0));
    let mut now = Tick::secs(0);
    for (number, line) in read(bytes).iter().enumerate() {
        now = Tick::secs(number as u64);
        let before = schedule.timers().len();
        match Request::parse(&line.words()) {
            Ok(request) => drop(schedule.take(request, now)),
            Err(Bad::Unknown | Bad::Negative) => assert_eq!(schedule.timers().len(), before),
        }
        assert!(schedule.timers().len() <= before + 1);
    }
    let timers = schedule.timers().len();
    let overdue = schedule
        .timers()
        .iter()
        .filter(|timer| timer.due <= now)
        .count();
    assert_eq!(schedule.due(now).len(), overdue);
    assert_eq!(schedule.timers().len(), timers - overdue);
    // a year and a day later nothing is left
    let end = now + std::time::Duration::from_secs(367 * 24 * 3600);
    assert_eq!(schedule.due(end).len(), timers - overdue);
    assert!(schedule.timers().is_empty());
}
