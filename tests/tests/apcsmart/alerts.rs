//! A unit tells of a power failure by itself, and clients hear of it at once.

use crate::bench::Unit;
use std::time::{Duration, Instant};
use testkit::{PATIENCE, Program, Wire, eventually, free_port};

/// How often the driver polls here: nothing of this could be its doing.
const RARELY: &str = "pollinterval = 120";

/// The driver with a server before it.
fn hear(test: &str, more: &str) {
    let Some(unit) = Unit::new(test, "smartups-3g") else {
        return;
    };
    unit.configure(&format!("{RARELY}\n{more}"));
    let port = free_port().unwrap();
    let listen = format!("LISTEN 127.0.0.1 {port}\nMAXAGE 300\n");
    unit.sandbox
        .write("upsd.conf", &listen)
        .write("upsd.users", "");
    let mut bench = unit.serve();
    let upsd = Program::locknut("upsd", &bench.unit.sandbox)
        .arg("-F")
        .as_myself()
        .start();
    upsd.wait_for_line("listening on", PATIENCE);
    let mut wire = Wire::connect(port);
    let mut await_status = |wanted: &str| {
        let begun = Instant::now();
        // a charge that falls meanwhile adds DISCHRG
        let expected = format!("VAR ups ups.status \"{wanted}");
        while !wire.ask("GET VAR ups ups.status").starts_with(&expected) {
            assert!(begun.elapsed() < PATIENCE, "{wanted} did not come");
            std::thread::sleep(Duration::from_millis(1));
        }
        begun.elapsed()
    };
    await_status("OL");
    for (scene, status) in [
        ("onbattery", "OB"),
        ("lowbattery", "OB LB"),
        ("online", "OL"),
    ] {
        bench.tell(&format!("scene {scene}"));
        println!("{scene}: {:?}", await_status(status));
    }
}

#[test]
fn a_power_failure_is_served_when_the_unit_tells_it() {
    hear("a_power_failure_is_served_when_the_unit_tells_it", "");
}

#[test]
fn a_power_failure_is_served_in_the_raw_mode_too() {
    hear(
        "a_power_failure_is_served_in_the_raw_mode_too",
        "ttymode = raw",
    );
}

#[test]
fn an_alert_that_is_noise_changes_nothing() {
    let test = "an_alert_that_is_noise_changes_nothing";
    let Some(unit) = Unit::new(test, "smartups-3g") else {
        return;
    };
    unit.configure(RARELY);
    let mut bench = unit.serve();
    bench.tell("clearlog");
    bench.tell("send !%");
    // it is a reason to ask for the status, which is as before
    let asked = eventually(PATIENCE, || {
        bench.unit.asked().contains("\"Q\"").then_some(())
    });
    assert!(asked.is_some(), "{}", bench.unit.asked());
    bench.has("ups.status", Some("OL"));
}
