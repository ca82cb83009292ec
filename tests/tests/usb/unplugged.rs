//! Devices that are pulled out, and plugged in again.

use std::thread::sleep;
use std::time::{Duration, Instant};

use testkit::{DeviceFile, PATIENCE, Value, eventually, json};
use tests::Table;

use crate::lab::{Bench, Lab};

/// How often a device is pulled out in a row.
const ROUNDS: u32 = 100;

/// How soon the data are to be fresh when the device is back, in the median.
const BACK: Duration = Duration::from_secs(3);

/// The same in the worst round, on a machine that is busy with other things.
const BACK_AT_LAST: Duration = Duration::from_secs(10);

/// The place where a device is pulled out: while a request of that kind is answered for the `after`th time.
fn pulled_out(place: &str, key: impl Into<Value>, after: u32) -> Value {
    json!({"where": place, "key": key.into(), "what": "unplug", "after": after, "count": 1})
}

/// Moments while a driver finds a device and reads it for the first time.
fn moments() -> Vec<Value> {
    vec![
        pulled_out("string", 3, 0),
        pulled_out("descriptor", 0x22, 0),
        pulled_out("feature", Value::Null, 0),
        pulled_out("feature", Value::Null, 20),
    ]
}

#[test]
fn a_device_that_is_gone_while_the_driver_starts_is_told() {
    let name = "a_device_that_is_gone_while_the_driver_starts_is_told";
    for moment in moments() {
        let Some(bench) = Bench::new(name, &[DeviceFile::named("cps")]) else {
            return;
        };
        bench.device().fault(moment.clone());
        let said = bench.refused();
        assert!(said.contains("the device is gone"), "{moment}: {said}");
        bench.device().plug();
        bench.attach().expect_well();
    }
}

#[test]
fn a_device_that_is_gone_again_while_it_is_found_again_is_found_later() {
    let name = "a_device_that_is_gone_again_while_it_is_found_again_is_found_later";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    for moment in moments() {
        lab.device().unplug();
        lab.expect_stale();
        lab.device().clear_faults();
        lab.fault(moment.clone());
        lab.device().plug();
        let pulled = eventually(PATIENCE, || (!lab.device().is_plugged()).then_some(()));
        assert!(pulled.is_some(), "{moment} was never reached");
        assert_eq!(lab.socket.is_fresh(), Some(false));
        lab.device().plug();
        lab.expect_fresh();
    }
    lab.expect_well();
}

#[test]
fn a_device_that_is_gone_while_it_is_read_is_found_again() {
    let name = "a_device_that_is_gone_while_it_is_read_is_found_again";
    let Some(mut lab) = Lab::new(name, "cps", "pollfreq = 1") else {
        return;
    };
    for after in [0, 7, 30] {
        lab.device().clear_faults();
        lab.fault(pulled_out("feature", Value::Null, after));
        lab.expect_stale();
        lab.device().plug();
        lab.expect_fresh();
    }
    lab.expect_well();
}

#[test]
fn a_command_to_a_device_that_goes_fails_and_the_device_is_found_again() {
    let name = "a_command_to_a_device_that_goes_fails_and_the_device_is_found_again";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    lab.fault(pulled_out("set", Value::Null, 0));
    assert_eq!(lab.socket.ask("INSTCMD beeper.mute"), "3");
    lab.expect_stale();
    assert_eq!(
        lab.socket.ask("INSTCMD beeper.mute"),
        "3",
        "while it is away"
    );
    lab.device().plug();
    lab.expect_fresh();
    assert_eq!(lab.socket.ask("INSTCMD beeper.mute"), "0");
    lab.expect_well();
}

/// A device that is there, and refuses to be read, is not one that is plugged in.
#[test]
fn a_device_that_comes_back_broken_stays_stale_until_it_is_well() {
    let name = "a_device_that_comes_back_broken_stays_stale_until_it_is_well";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    lab.device().unplug();
    lab.expect_stale();
    lab.fault(json!({"where": "feature", "what": "stall"}));
    lab.device().plug();
    let fresh = |socket: &testkit::DriverSocket| socket.is_fresh() == Some(true);
    let early = lab.socket.wait(Duration::from_secs(3), fresh);
    assert!(early.is_err(), "{:#?}", lab.socket);
    lab.device().clear_faults();
    lab.expect_fresh();
    lab.expect_well();
}

#[test]
fn a_device_that_is_pulled_out_a_hundred_times_is_found_each_time() {
    let name = "a_device_that_is_pulled_out_a_hundred_times_is_found_each_time";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    let before = lab.belongings();
    let begin = Instant::now();
    let (mut gone, mut back) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        lab.device().unplug();
        gone.push(lab.expect_stale());
        // a moment of its own for each round
        sleep(Duration::from_millis(u64::from(round % 10) * 30));
        assert_eq!(lab.socket.is_fresh(), Some(false));
        lab.device().plug();
        back.push(lab.expect_fresh());
        assert_eq!(lab.driver.ended(), None);
    }
    let mut table = Table::new(["after", "median", "worst"]);
    let took = [
        ("pulled out: stale", &mut gone),
        ("plugged in: fresh", &mut back),
    ];
    for (what, times) in took {
        times.sort();
        let row =
            [times[times.len() / 2], times[times.len() - 1]].map(|time| format!("{time:.1?}"));
        table.row([what, &row[0], &row[1]]);
    }
    table.show(&format!("{ROUNDS} times in {:.1?}", begin.elapsed()));
    assert!(back[back.len() / 2] < BACK, "{back:?}");
    assert!(back[back.len() - 1] < BACK_AT_LAST, "{back:?}");
    let after = eventually(PATIENCE, || (lab.belongings() == before).then_some(()));
    assert!(
        after.is_some(),
        "files and threads: {before:?} before, {:?} after",
        lab.belongings()
    );
    lab.expect_well();
}
