//! A unit tells of a power failure by itself, and clients hear of it at once.

use crate::bench::Unit;
use std::time::{Duration, Instant};
use testkit::{PATIENCE, Program, Wire, eventually, free_port};

/// How often the driver polls here: nothing of this could be its doing.
const RARELY: &str = "pollinterval = 120";
/// How soon a client of upsd is to have an alert.
const PROMPT: Duration = Duration::from_millis(200);
/// How many changes are measured.
const CHANGES: usize = 9;

/// The driver with a server before it: how soon the server's clients have a change of which the unit tells.
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
    await_status(&mut wire, "OL");
    let scenes = [
        ("onbattery", "OB"),
        ("lowbattery", "OB LB"),
        ("online", "OL"),
    ];
    let mut change = |(scene, status)| {
        let begun = Instant::now();
        bench.tell(&format!("scene {scene}"));
        await_status(&mut wire, status);
        begun.elapsed()
    };
    let scenes = scenes.into_iter().cycle().take(CHANGES);
    let mut took: Vec<_> = scenes.map(&mut change).collect();
    took.sort_unstable();
    println!("{test}: {took:?}");
    // the slowest may have met another program on this machine
    assert!(took[CHANGES * 3 / 4] < PROMPT, "{took:?}");
}

/// Asks until the status is there.
fn await_status(wire: &mut Wire, wanted: &str) {
    let begun = Instant::now();
    // a charge that falls meanwhile adds DISCHRG
    let plain = format!("VAR ups ups.status \"{wanted}\"");
    let more = format!("VAR ups ups.status \"{wanted} DISCHRG\"");
    while ![&plain, &more].contains(&&wire.ask("GET VAR ups ups.status")) {
        assert!(begun.elapsed() < PATIENCE, "{wanted} did not come");
        std::thread::sleep(Duration::from_millis(1));
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
