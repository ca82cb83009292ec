//! nutdrv_qx: adapters that fail, or are pulled out, while they are asked.

use std::time::Duration;

use testkit::{PATIENCE, json};

use crate::lab::Lab;
use crate::qx::{asked, attached};

/// Adapters, and what carries requests to them.
const WAYS: [(&str, &str); 4] = [
    ("cypress", "set"),
    ("sgs", "set"),
    ("armac", "set"),
    ("fuji", "send"),
];

/// Stale, as long as what is wrong is not over; finding out what a device speaks takes a while, and one that refuses is tried
/// less and less often.
#[track_caller]
fn suffers(lab: &mut Lab, what: &str) {
    let within = PATIENCE * 3;
    let fresh = |is| move |socket: &testkit::DriverSocket| socket.is_fresh() == Some(is);
    lab.socket
        .expect(&format!("stale after {what}"), within, fresh(false));
    lab.device().clear_faults();
    lab.socket
        .expect(&format!("fresh after {what}"), within, fresh(true));
}

#[test]
fn an_endpoint_that_stalls_is_cleared_and_read_again() {
    let name = "an_endpoint_that_stalls_is_cleared_and_read_again";
    for what in ["stall", "overflow"] {
        let Some(lab) = attached(name, "cypress", "") else {
            return;
        };
        lab.fault(json!({"where": "interrupt", "what": what, "count": 1}));
        lab.expect_well();
    }
}

#[test]
fn a_device_that_does_nothing_but_fail_is_stale_and_well_again_when_it_is_well() {
    let name = "a_device_that_does_nothing_but_fail_is_stale_and_well_again_when_it_is_well";
    for what in ["stall", "overflow", "proto", "timeout"] {
        let Some(mut lab) = attached(name, "cypress", "") else {
            return;
        };
        lab.fault(json!({"where": "interrupt", "what": what}));
        suffers(&mut lab, what);
        lab.expect_well();
    }
}

#[test]
fn a_request_that_is_not_taken_once_does_no_harm() {
    let name = "a_request_that_is_not_taken_once_does_no_harm";
    let stalls = WAYS.map(|(device, place)| (device, place, "stall"));
    for (device, place, what) in stalls.into_iter().chain([("cypress", "set", "timeout")]) {
        let Some(mut lab) = attached(name, device, "") else {
            return;
        };
        lab.fault(json!({"where": place, "what": what, "count": 1}));
        lab.expect_calm(Duration::from_secs(2));
        lab.expect_well();
    }
}

#[test]
fn a_device_that_takes_no_requests_is_stale_and_well_again_when_it_takes_them() {
    let name = "a_device_that_takes_no_requests_is_stale_and_well_again_when_it_takes_them";
    for (device, place) in WAYS {
        let Some(mut lab) = attached(name, device, "") else {
            return;
        };
        lab.fault(json!({"where": place, "what": "stall"}));
        assert_eq!(lab.socket.ask("INSTCMD beeper.toggle"), "3", "{device}");
        suffers(&mut lab, device);
        assert!(!asked(&lab).contains(&"Q".to_owned()), "{device}");
        lab.expect_well();
    }
}

/// A command whose second piece finds no device any more has failed. What is behind the adapter may keep the first piece, and make
/// one request of it and of the next one: it must not be the command.
#[test]
fn a_device_that_is_pulled_out_in_the_middle_of_a_request_has_not_got_it() {
    let name = "a_device_that_is_pulled_out_in_the_middle_of_a_request_has_not_got_it";
    for device in ["cypress", "armac"] {
        let Some(mut lab) = attached(name, device, "pollinterval = 4") else {
            return;
        };
        let begun = asked(&lab).len();
        lab.fault(json!({"where": "set", "what": "unplug", "after": 1, "count": 1}));
        assert_eq!(lab.socket.ask("INSTCMD shutdown.return"), "3", "{device}");
        lab.expect_stale();
        lab.device().plug();
        lab.expect_fresh();
        let sent = asked(&lab).split_off(begun);
        assert!(!sent.contains(&"S.5R0003".to_owned()), "{device}: {sent:?}");
        lab.expect_well();
    }
}

#[test]
fn a_device_that_is_pulled_out_at_any_moment_of_a_poll_is_found_again() {
    let name = "a_device_that_is_pulled_out_at_any_moment_of_a_poll_is_found_again";
    for (device, place) in [
        ("cypress", "interrupt"),
        ("cypress", "set"),
        ("krauler", "string"),
        ("fuji", "send"),
    ] {
        let Some(mut lab) = attached(name, device, "") else {
            return;
        };
        for after in 0..4 {
            lab.fault(json!({"where": place, "what": "unplug", "after": after, "count": 1}));
            lab.expect_stale();
            lab.device().plug();
            lab.expect_fresh();
            lab.expect_status("OL");
        }
        lab.expect_well();
    }
}
