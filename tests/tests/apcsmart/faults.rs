//! A line that is bad: the status is never made of noise, the data are stale when nothing is known, and fresh again when
//! something is. The driver's socket answers meanwhile.

use crate::bench::{Bench, SOON};
use std::time::{Duration, Instant};
use testkit::eventually;

/// How long a fault is looked at when nothing is to come of it.
const WATCHED: Duration = Duration::from_secs(4);

/// Watches the driver until `over`; the status must not say what the unit does not.
#[track_caller]
fn watch(bench: &mut Bench, mut over: impl FnMut(&mut Bench, Instant) -> bool) {
    let begun = Instant::now();
    while !over(bench, begun) {
        bench.socket.ping();
        let status = bench.socket.value("ups.status");
        assert_eq!(status.as_deref(), Some("OL"), "{}", bench.driver.printed());
        assert!(begun.elapsed() < SOON, "{}", bench.driver.printed());
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn stale(bench: &mut Bench, _: Instant) -> bool {
    !bench.socket.is_fresh()
}

fn fresh(bench: &mut Bench, _: Instant) -> bool {
    bench.socket.is_fresh()
}

/// Faults of all answers after which nothing is known, and those that do no harm.
#[test]
fn noise_is_never_a_status() {
    let Some(mut bench) = Bench::start("noise_is_never_a_status", "smartups-3g") else {
        return;
    };
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
        assert!(bench.socket.is_fresh(), "{harmless}");
        bench.tell("nofault");
    }
}

#[test]
fn pieces_of_numbers_are_not_published() {
    let Some(mut bench) = Bench::start("pieces_of_numbers_are_not_published", "smartups-3g") else {
        return;
    };
    // with these a piece of the charge would be a low battery
    let charge = |bench: &mut Bench| bench.socket.value("battery.charge");
    for length in 1..5 {
        bench.tell(&format!("fault truncate={length} match=^f"));
        watch(&mut bench, stale);
        assert_eq!(charge(&mut bench).as_deref(), Some("100.0"));
        bench.tell("nofault");
        watch(&mut bench, fresh);
    }
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
    assert!(bench.socket.is_fresh());
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
    let Some(bench) = Bench::start(test, "smartups-3g") else {
        return;
    };
    let Bench {
        mut unit,
        driver,
        mut socket,
    } = bench;
    let pulled = std::mem::replace(&mut unit.simulator, {
        let elsewhere = crate::bench::Unit::new(test, "ancient").unwrap();
        elsewhere.simulator
    });
    pulled.pull();
    let gone = eventually(SOON, || (!socket.is_fresh()).then_some(()));
    assert!(gone.is_some(), "{}", driver.printed());
    assert_eq!(socket.ask("INSTCMD test.panel.start"), 3);
    // another unit on the same port: what only the first had is gone
    unit.plug_in(test, "cs350");
    let back = eventually(SOON, || socket.is_fresh().then_some(()));
    assert!(back.is_some(), "{}", driver.printed());
    assert_eq!(
        socket.value("ups.model").as_deref(),
        Some("Back-UPS CS 350")
    );
    assert_eq!(socket.value("input.voltage"), None);
}
