//! Cutting the power, by a driver that is started for it and by one that runs: what the agent is told, and how it ends.

use crate::driven::{Device, Driven, FAILED, HANDLED, LOGINS, SOON, UNKNOWN};

/// Off in 60 seconds, on again 90 later, as RFC 1628 has it: the output, the start, the shutdown. The agent took them.
const DELAYS: &str = "offdelay = 60\nondelay = 90\n";
const ORDERS: [&str; 3] = [
    "1.3.6.1.2.1.33.1.8.5.0|2|1 ok",
    "1.3.6.1.2.1.33.1.8.3.0|2|150 ok",
    "1.3.6.1.2.1.33.1.8.2.0|2|60 ok",
];
/// So `reader`s are refused.
const READER: &str = "snmp_version = v2c\ncommunity = public\nsnmp_retries = 1\n";

fn device(test: &str, lines: &str) -> Option<Device> {
    Device::start(test, "ups.snmprec", lines)
}

#[test]
fn power_that_was_cut_is_a_success() {
    for login in LOGINS {
        let lines = format!("{login}{DELAYS}");
        let Some(mut device) = device("power_that_was_cut_is_a_success", &lines) else {
            return;
        };
        let done = device.kill_power();
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        assert_eq!(device.sets(), ORDERS.join("; "));
    }
}

#[test]
fn power_that_was_not_cut_is_a_failure() {
    let name = "power_that_was_not_cut_is_a_failure";
    let writer = format!("{}snmp_retries = 1\n", LOGINS[1]);
    for (lines, control) in [
        (READER, "nofault"),
        (&writer, "fault mute"),
        (&writer, "readonly 1.3.6.1.2.1.33.1.8"),
    ] {
        let Some(mut device) = device(name, lines) else {
            return;
        };
        device.agent.tell(control);
        let done = device.kill_power();
        assert_eq!(done.code, Some(1), "{control}: {}", done.stderr);
        let value = device.agent.tell("get 1.3.6.1.2.1.33.1.8.2.0");
        assert!(value.ends_with("|2|-1"), "{value}");
    }
}

#[test]
fn a_running_driver_cuts_the_power_when_it_is_told_to() {
    let name = "a_running_driver_cuts_the_power_when_it_is_told_to";
    let lines = format!("{}{DELAYS}allow_killpower = 1\n", LOGINS[2]);
    let Some(device) = device(name, &lines) else {
        return;
    };
    let mut driven = device.serve();
    driven.device.sets();
    let done = driven.device.kill_power();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(driven.device.sets(), ORDERS.join("; "));
    // its work is done
    assert_eq!(driven.driver.wait_for_end(SOON), Some(0));
}

#[test]
fn a_client_cuts_the_power_with_the_commands_that_the_device_has() {
    let name = "a_client_cuts_the_power_with_the_commands_that_the_device_has";
    let lines = format!("{}{DELAYS}", LOGINS[1]);
    let Some(device) = device(name, &lines) else {
        return;
    };
    let mut driven: Driven = device.serve();
    driven.device.sets();
    assert_eq!(driven.socket.ask("INSTCMD shutdown.default"), HANDLED);
    assert_eq!(driven.device.sets(), ORDERS.join("; "));
    assert_eq!(driven.socket.ask("INSTCMD load.off"), HANDLED);
    assert_eq!(driven.device.sets(), "1.3.6.1.2.1.33.1.8.2.0|2|0 ok");
    assert_eq!(driven.socket.ask("INSTCMD no.such"), UNKNOWN);
    driven.tell("readonly 1.3.6.1.2.1.33.1.8");
    assert_eq!(driven.socket.ask("INSTCMD load.off"), FAILED);
}
