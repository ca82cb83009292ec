//! Cutting the power.

use crate::bench::{Bench, FAILED, HANDLED, START, Unit};

fn is_off(unit: &mut Unit) -> bool {
    unit.simulator.tell("get").contains("\"output\": false")
}

#[test]
fn power_that_was_cut_is_a_success() {
    for (scene, lines) in [
        ("online", ""),
        ("onbattery", ""),
        ("online", "sdtype = 1"),
        ("onbattery", "sdtype = 2"),
        ("online", "sdtype = 3"),
        ("online", "sdtype = 4\ncshdelay = 0.1"),
        ("online", "sdtype = 5\nawd = 12"),
        ("online", "advorder = 03"),
        ("online", "sdcommands = no.such,shutdown.stayoff"),
    ] {
        let Some(mut unit) = Unit::new("power_that_was_cut_is_a_success", "smartups-3g") else {
            return;
        };
        unit.configure(lines);
        unit.simulator.tell(&format!("scene {scene}"));
        let finished = unit.kill_power();
        assert_eq!(finished.code, Some(0), "{lines}: {}", finished.stderr);
        assert!(is_off(&mut unit), "{scene} {lines}");
    }
}

#[test]
fn power_that_was_not_cut_is_a_failure() {
    for (lines, refusal) in [
        ("", "set shutdown_ack=NO"),
        ("sdtype = 3", "set shutdown_ack=NA"),
        ("advorder = 0", "set refuse=-"),
        ("", "fault silence"),
    ] {
        let Some(mut unit) = Unit::new("power_that_was_not_cut_is_a_failure", "smartups-3g") else {
            return;
        };
        unit.configure(lines);
        unit.simulator.tell(refusal);
        let finished = unit.kill_power();
        assert_eq!(
            finished.code,
            Some(1),
            "{lines} {refusal}: {}",
            finished.stderr
        );
    }
}

#[test]
fn a_running_driver_cuts_the_power_without_being_asked_twice() {
    let test = "a_running_driver_cuts_the_power_without_being_asked_twice";
    let Some(unit) = Unit::new(test, "smartups-3g") else {
        return;
    };
    unit.configure("sdcommands = shutdown.stayoff");
    let Bench {
        mut unit,
        mut driver,
        ..
    } = unit.serve();
    let finished = unit.kill_power();
    assert_eq!(finished.code, Some(0), "{}", finished.stderr);
    assert_eq!(driver.wait_for_end(START), Some(0));
    assert!(is_off(&mut unit));
}

#[test]
fn what_takes_the_power_away_has_to_be_asked_for_twice() {
    let test = "what_takes_the_power_away_has_to_be_asked_for_twice";
    let Some(mut bench) = Bench::start(test, "smartups-3g") else {
        return;
    };
    assert_eq!(bench.socket.ask("INSTCMD load.off"), FAILED);
    assert_eq!(bench.socket.ask("INSTCMD load.off"), FAILED);
    assert!(!is_off(&mut bench.unit));
    std::thread::sleep(std::time::Duration::from_millis(3100));
    assert_eq!(bench.socket.ask("INSTCMD load.off"), HANDLED);
    assert!(is_off(&mut bench.unit));
}
