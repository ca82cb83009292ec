//! The EEPROM.

use crate::bench::{Bench, FAILED, HANDLED};

#[test]
fn values_are_set_and_published() {
    let Some(mut bench) = Bench::start("values_are_set_and_published", "smartups-3g") else {
        return;
    };
    for (var, value) in [
        ("ups.id", "RACK 1"),
        ("battery.runtime.low", "480"),
        ("ups.test.interval", "604800"),
        ("input.sensitivity", "L"),
        ("battery.charge.restart", "90"),
    ] {
        let result = bench.socket.ask(&format!("SET {var} \"{value}\""));
        assert_eq!(result, HANDLED, "{var}");
        bench.has(var, Some(value));
    }
    bench.tell("clearlog");
    for (var, value) in [("battery.runtime.low", "481"), ("ups.id", "TOOLONGVALUE")] {
        assert_eq!(bench.socket.ask(&format!("SET {var} \"{value}\"")), FAILED);
    }
    assert!(
        !bench.unit.asked().contains("\"-"),
        "{}",
        bench.unit.asked()
    );
}

/// Each answer of an edit is spoilt in turn.
#[test]
fn an_edit_that_is_interrupted_leaves_the_unit_in_smart_mode_and_the_driver_serving() {
    let test = "an_edit_that_is_interrupted_leaves_the_unit_in_smart_mode_and_the_driver_serving";
    let Some(mut bench) = Bench::start(test, "smartups-3g") else {
        return;
    };
    let values = ["ONE", "TWO"].into_iter().cycle();
    let edits = [("ups.id", "c", 3), ("battery.runtime.low", "q", 6)];
    for (var, letter, answers) in edits {
        for (skip, id) in (0..answers).zip(values.clone()) {
            for fault in ["garbage", "nak", "silence"] {
                // silence takes its time, so it is tried at one of them
                if fault == "silence" && skip != 1 {
                    continue;
                }
                bench.tell(&format!(
                    "fault {fault} match=^[-{letter}] count=1 skip={skip}"
                ));
                let value = if letter == "c" { id } else { "480" };
                let result = bench.socket.ask(&format!("SET {var} \"{value}\""));
                bench.tell("nofault");
                bench.await_fresh(true);
                assert!(bench.unit.is_smart(), "{var} {skip} {fault}");
                let has = bench.socket.value(var);
                assert!(result == FAILED || has == Some(value), "{var} {has:?}");
                // and back, with a line that is good
                let back = if letter == "c" { "BACK" } else { "120" };
                assert_eq!(bench.socket.ask(&format!("SET {var} \"{back}\"")), HANDLED);
                bench.has(var, Some(back));
            }
        }
    }
}
