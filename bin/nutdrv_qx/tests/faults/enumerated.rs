//! Each fault at each request of each device, while the device stays as it is and while it changes.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::bench::Bench;
use crate::device::Device;
use crate::line::{Fault, HARMLESS, SPOILING};
use crate::truth::{Truth, truths};

/// Walks in a row that fail until the data are stale.
const STALE_AFTER: usize = 5;
/// So long each fault lasts: long enough to be stale, and everything is read three times.
const POLLS: usize = 6;
/// Longest poll of a dead line.
const DEAD_MAX: Duration = Duration::from_secs(3);
/// How long a line that is well may be busy with what it said when it was not.
const PATIENCE: Duration = Duration::from_secs(1200);

fn shown(bytes: Option<&[u8]>) -> String {
    bytes.map_or("everything".to_owned(), |bytes| {
        bytes.escape_ascii().to_string()
    })
}

#[test]
fn no_fault_makes_a_status_that_the_device_does_not_have() {
    let mut wrong = BTreeMap::new();
    for device in Device::all() {
        let truths = truths(&device);
        let vital = Bench::new(&device, &device.moments[0]).vital();
        assert!(!vital.is_empty(), "{}", device.name);
        for (at, from) in truths.iter().enumerate() {
            // to the next one, and back to the first
            let to = &truths[(at + 1) % truths.len()];
            let mut bench = Bench::new(&device, from.moment);
            let requests = device.requests.iter().map(Some);
            for request in requests.chain([None]) {
                // what tells nothing of the status spoils it in one way or not at all
                if at > 0 && request.is_some_and(|request| !vital.contains(request)) {
                    continue;
                }
                let request = request.map(Vec::as_slice);
                for fault in SPOILING.iter().chain(HARMLESS) {
                    if let Err(why) = tried(&mut bench, from, to, request, *fault) {
                        let what = format!("{} {} {fault:?}", device.name, shown(request));
                        wrong.entry(what).or_insert(why);
                        bench = Bench::new(&device, from.moment);
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

/// The device goes from one state to another, and the line gets bad at the same time. Until the data are stale nothing but the two
/// states may be seen, and only the new one when they should be stale; afterwards all is as it is.
fn tried(
    bench: &mut Bench,
    from: &Truth<'_>,
    to: &Truth<'_>,
    request: Option<&[u8]>,
    fault: Fault,
) -> Result<(), String> {
    bench.turn_to(to.moment);
    bench.spoil(request, fault);
    let end = bench.now() + PATIENCE;
    for poll in 1..=POLLS {
        bench.poll();
        let told = bench.critical();
        let may_be_old = poll < STALE_AFTER && !HARMLESS.contains(&fault);
        let is_true = told == to.critical || may_be_old && told == from.critical;
        if !is_true && !bench.is_stale() {
            let (from, to) = (&from.critical, &to.critical);
            return Err(format!("poll {poll}: {told:?}, from {from:?} to {to:?}"));
        }
    }
    bench.mend();
    // what is slow may have much to say still
    while bench.settle().is_stale() && bench.now() < end {}
    if bench.is_stale() || bench.critical() != to.critical {
        return Err(format!("not fresh again: {:?}", bench.critical()));
    }
    bench.turn_to(from.moment);
    bench.settle();
    if bench.critical() != from.critical {
        return Err(format!("not as before: {:?}", bench.critical()));
    }
    Ok(())
}

#[test]
fn a_dead_line_makes_data_stale_at_the_fifth_poll_and_they_are_fresh_at_the_first_answer() {
    for device in Device::all() {
        let mut bench = Bench::new(&device, &device.moments[0]);
        for _ in 0..2 {
            bench.spoil(None, Fault::Silence);
            for poll in 1..=POLLS {
                assert_eq!(bench.poll(), poll < STALE_AFTER, "{} {poll}", device.name);
                let took = bench.took();
                assert!(took <= DEAD_MAX, "{}: {took:?}", device.name);
            }
            bench.mend();
            assert!(bench.poll(), "{}", device.name);
        }
    }
}

#[test]
fn what_is_slow_or_comes_twice_is_read() {
    for device in Device::all() {
        for fault in HARMLESS {
            let mut bench = Bench::new(&device, &device.moments[0]);
            let before = bench.settle().values();
            bench.spoil(None, *fault);
            for _ in 0..POLLS {
                assert!(bench.poll(), "{} {fault:?}", device.name);
                assert_eq!(bench.values(), before, "{} {fault:?}", device.name);
            }
        }
    }
}
