//! A line that is bad: the status is never made of noise, the data are stale when nothing is known, and fresh again when
//! something is. The driver's socket answers meanwhile.

use crate::bench::{Bench, FAILED, SOON};
use std::time::{Duration, Instant};

/// How long a fault is looked at when nothing is to come of it.
const WATCHED: Duration = Duration::from_secs(4);

/// Watches the driver until `over`; the status must not say what the unit does not.
#[track_caller]
fn watch(bench: &mut Bench, mut over: impl FnMut(&mut Bench, Instant) -> bool) {
    let begun = Instant::now();
    while !over(bench, begun) {
        bench.has("ups.status", Some("OL"));
        assert!(begun.elapsed() < SOON, "{}", bench.driver.printed());
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn stale(bench: &mut Bench, _: Instant) -> bool {
    bench.socket.is_fresh() == Some(false)
}

fn fresh(bench: &mut Bench, _: Instant) -> bool {
    bench.socket.is_fresh() == Some(true)
}

/// Faults of all answers after which nothing is known, and those that do no harm.
#[test]
fn noise_is_never_a_status() {
    let Some(mut bench) = Bench::start("noise_is_never_a_status", "smartups-3g") else {
        return;
    };
    let pinger = bench.ping();
    for fault in [
        "silence",
        "garbage=8",
        "garbage=47",
        "truncate=1",
        "truncate-nocr=1",
        "echo",
        "nak",
        "noise",
        "zero",
    ] {
        bench.tell(&format!("fault {fault}"));
        watch(&mut bench, stale);
        bench.tell("nofault");
        watch(&mut bench, fresh);
    }
    for harmless in ["double", "slow=5", "delay=200"] {
        bench.tell(&format!("fault {harmless}"));
        watch(&mut bench, |_, begun| begun.elapsed() > WATCHED);
        assert!(fresh(&mut bench, Instant::now()), "{harmless}");
        bench.tell("nofault");
    }
    pinger.expect_prompt();
}

#[test]
fn pieces_of_numbers_are_not_published() {
    let Some(mut bench) = Bench::start("pieces_of_numbers_are_not_published", "smartups-3g") else {
        return;
    };
    let pinger = bench.ping();
    // with these a piece of the charge would be a low battery
    for length in 1..5 {
        bench.tell(&format!("fault truncate={length} match=^f"));
        watch(&mut bench, stale);
        bench.has("battery.charge", Some("100.0"));
        bench.tell("nofault");
        watch(&mut bench, fresh);
    }
    pinger.expect_prompt();
}

#[test]
fn one_lost_answer_of_the_status_is_no_silence() {
    let test = "one_lost_answer_of_the_status_is_no_silence";
    let Some(mut bench) = Bench::start(test, "smartups-3g") else {
        return;
    };
    bench.tell("fault silence match=^Q count=1");
    watch(&mut bench, |bench, _| {
        bench.tell("faults").contains("count=0")
    });
    watch(&mut bench, |_, begun| begun.elapsed() > WATCHED);
    assert!(fresh(&mut bench, Instant::now()));
}

#[test]
fn a_unit_that_left_smart_mode_is_put_back_into_it() {
    let test = "a_unit_that_left_smart_mode_is_put_back_into_it";
    let Some(mut bench) = Bench::start(test, "smartups-3g") else {
        return;
    };
    bench.tell("set smart=no");
    watch(&mut bench, |bench, _| bench.unit.is_smart());
    watch(&mut bench, fresh);
}

#[test]
fn an_adapter_that_is_unplugged_and_plugged_in_again_is_used_again() {
    let test = "an_adapter_that_is_unplugged_and_plugged_in_again_is_used_again";
    let Some(mut bench) = Bench::start(test, "smartups-3g") else {
        return;
    };
    bench.unit.simulator.pull();
    bench.await_fresh(false);
    assert_eq!(bench.socket.ask("INSTCMD test.panel.start"), FAILED);
    // another unit on the same port: what only the first had is gone
    bench.unit.plug_in(test, "cs350");
    bench.await_fresh(true);
    bench.has("ups.model", Some("Back-UPS CS 350"));
    bench.has("input.voltage", None);
}
