//! A device that answers wrongly, or not at all, while the driver reads it.

use std::time::Duration;

use testkit::json;

use crate::lab::Lab;

/// A few polls.
const WHILE: Duration = Duration::from_millis(2500);

/// The report of device `cps` that has ACPresent, Discharging and the like.
const STATUS: u8 = 0x24;

/// The device does something to all its reports, and then not any more.
fn data_go_stale_and_become_fresh_again(name: &str, what: &str) {
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    lab.fault(json!({"where": "feature", "what": what}));
    lab.expect_stale();
    lab.device().clear_faults();
    lab.expect_fresh();
    lab.expect_well();
}

/// Two of our devices' reports come wrongly, and nobody minds.
fn is_overlooked(name: &str, faults: &[testkit::Value]) {
    let Some(mut lab) = Lab::new(name, "cps", "pollfreq = 2") else {
        return;
    };
    for fault in faults {
        lab.fault(fault.clone());
    }
    lab.expect_calm(WHILE);
    lab.device().clear_faults();
    lab.expect_well();
}

#[test]
fn all_reports_stall_and_recover() {
    data_go_stale_and_become_fresh_again("all_reports_stall_and_recover", "stall");
}

#[test]
fn all_reports_babble_and_recover() {
    data_go_stale_and_become_fresh_again("all_reports_babble_and_recover", "overflow");
}

#[test]
fn all_reports_fail_on_the_wire_and_recover() {
    data_go_stale_and_become_fresh_again("all_reports_fail_on_the_wire_and_recover", "proto");
}

/// Two unanswered requests of five seconds each are enough.
#[test]
fn all_reports_are_unanswered_and_the_data_are_stale_before_all_were_waited_for() {
    data_go_stale_and_become_fresh_again(
        "all_reports_are_unanswered_and_the_data_are_stale_before_all_were_waited_for",
        "timeout",
    );
}

#[test]
fn all_reports_come_empty_and_are_not_taken_for_zeros() {
    let name = "all_reports_come_empty_and_are_not_taken_for_zeros";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    lab.fault(json!({"where": "feature", "what": "short", "length": 1}));
    lab.expect_stale();
    assert!(!lab.socket.status_has("OB"), "{:#?}", lab.socket);
    lab.device().clear_faults();
    lab.expect_well();
}

#[test]
fn a_report_that_stalls_is_overlooked() {
    is_overlooked(
        "a_report_that_stalls_is_overlooked",
        &[json!({"where": "feature", "key": 7, "what": "stall"})],
    );
}

#[test]
fn a_report_that_babbles_is_overlooked() {
    is_overlooked(
        "a_report_that_babbles_is_overlooked",
        &[json!({"where": "feature", "key": 7, "what": "overflow"})],
    );
}

#[test]
fn short_reports_leave_what_was_known() {
    let name = "short_reports_leave_what_was_known";
    let Some(mut lab) = Lab::new(name, "cps", "pollfreq = 1") else {
        return;
    };
    // its low byte only
    let (runtime, report) = ("battery.runtime", 0x1c);
    lab.expect_value(runtime, "1674");
    lab.fault(json!({"where": "feature", "key": report, "what": "short", "length": 2}));
    lab.expect_calm(WHILE);
    lab.device().set(json!({"RunTimeToEmpty": 0x0601}));
    lab.expect_value(runtime, &0x0601.to_string());
    lab.expect_well();
}

#[test]
fn a_status_report_of_another_number_is_no_power_failure() {
    is_overlooked(
        "a_status_report_of_another_number_is_no_power_failure",
        &[json!({"where": "feature", "key": STATUS, "what": "raw", "raw": "00 00", "count": 2})],
    );
}

#[test]
fn a_device_that_refuses_its_status_only_is_stale_until_it_tells_it() {
    let name = "a_device_that_refuses_its_status_only_is_stale_until_it_tells_it";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    lab.fault(json!({"where": "feature", "key": STATUS, "what": "stall"}));
    lab.expect_stale();
    lab.device().clear_faults();
    lab.expect_fresh();
    lab.expect_well();
}

#[test]
fn interrupt_reports_of_nonsense_say_nothing() {
    let name = "interrupt_reports_of_nonsense_say_nothing";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    let long = "ff".repeat(64);
    for raw in ["ff 00 00", "00", "", "24", long.as_str(), "07"] {
        let input = json!({"input": {"id": 0, "raw": raw}});
        lab.device().command(input);
    }
    lab.expect_calm(WHILE);
    lab.expect_well();
}

/// A failing endpoint does not keep the driver from reading, and it listens again afterwards.
fn interrupts_fail(name: &str, what: &str) {
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    lab.fault(json!({"where": "interrupt", "what": what}));
    lab.device().set(json!({"ACPresent": 0, "Discharging": 1}));
    lab.expect_status("OB");
    lab.device().set(json!({"ACPresent": 1, "Discharging": 0}));
    lab.expect_status("OL");
    lab.device().clear_faults();
    lab.expect_well();
}

#[test]
fn an_interrupt_endpoint_that_stalls_leaves_polling() {
    interrupts_fail("an_interrupt_endpoint_that_stalls_leaves_polling", "stall");
}

#[test]
fn an_interrupt_endpoint_that_babbles_leaves_polling() {
    interrupts_fail(
        "an_interrupt_endpoint_that_babbles_leaves_polling",
        "overflow",
    );
}

#[test]
fn an_interrupt_endpoint_that_fails_on_the_wire_leaves_polling() {
    interrupts_fail(
        "an_interrupt_endpoint_that_fails_on_the_wire_leaves_polling",
        "proto",
    );
}

/// However broken it is, a device is not asked all the time.
#[test]
fn a_broken_device_is_asked_at_the_usual_pace() {
    let name = "a_broken_device_is_asked_at_the_usual_pace";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    for place in ["feature", "interrupt", "string"] {
        lab.fault(json!({"where": place, "what": "stall"}));
    }
    lab.expect_stale();
    let before = lab.device().transfers();
    std::thread::sleep(WHILE);
    let asked = lab.device().transfers() - before;
    // a first walk through it is some 60 requests, and it is tried once a second at most
    assert!(asked < 400, "{asked} requests in {WHILE:?}");
    lab.device().clear_faults();
    lab.expect_well();
}
