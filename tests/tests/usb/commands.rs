//! The bytes of commands and settings, as the device gets them: C NUT 2.8.5 sends the same.

use testkit::{DeviceFile, PATIENCE, Signal, json};

use crate::lab::{Bench, Lab};

/// A line for the driver's socket, and the reports that the device is to be written.
type Sent<'a> = (&'a str, &'a [&'a str]);

fn sends(name: &str, device: &str, commands: &[Sent<'_>]) {
    let Some(mut lab) = Lab::new(name, device, "") else {
        return;
    };
    let mut before = lab.device().written().len();
    for (line, expected) in commands {
        assert_eq!(lab.socket.ask(line), "0", "{line}");
        let written = lab.device().written();
        assert_eq!(&written[before..], *expected, "{line}");
        before = written.len();
    }
    assert_eq!(lab.driver.ended(), None);
}

#[test]
fn apc_is_sent_its_commands() {
    sends(
        "apc_is_sent_its_commands",
        "apc",
        &[
            ("INSTCMD beeper.mute", &["2c0300"]),
            ("INSTCMD test.battery.start.deep", &["030200"]),
            ("INSTCMD load.off", &["2a00000000"]),
            ("INSTCMD load.off.delay 45", &["2a2d000000"]),
            ("INSTCMD shutdown.return", &["1f01000000"]),
            ("INSTCMD shutdown.stayoff", &["29ffffffff", "2a14000000"]),
            ("INSTCMD shutdown.stop", &["2affffffff"]),
        ],
    );
}

#[test]
fn cyberpower_is_sent_its_commands() {
    sends(
        "cyberpower_is_sent_its_commands",
        "cps",
        &[
            ("INSTCMD beeper.disable", &["210100"]),
            ("INSTCMD test.battery.start.quick", &["080100"]),
            ("INSTCMD load.off.delay", &["0e3c000000"]),
            ("INSTCMD shutdown.return", &["0d78000000", "0e3c000000"]),
            ("INSTCMD shutdown.stop", &["0effffffff"]),
            ("SET ups.delay.shutdown \"42\"", &[]),
            ("INSTCMD shutdown.return", &["0d78000000", "0e2a000000"]),
        ],
    );
}

#[test]
fn eaton_is_sent_its_commands_in_their_order() {
    sends(
        "eaton_is_sent_its_commands_in_their_order",
        "mge",
        &[
            ("INSTCMD outlet.1.load.off", &["7a00000000"]),
            (
                "INSTCMD shutdown.return",
                &["110100", "b21e000000", "b314000000"],
            ),
            (
                "INSTCMD shutdown.stayoff",
                &["110000", "b2ffffffff", "b314000000"],
            ),
            ("SET outlet.1.delay.shutdown \"42\"", &["732a000000"]),
            ("SET ups.shutdown \"disabled\"", &["b90000"]),
        ],
    );
}

#[test]
fn tripp_lite_is_sent_its_commands() {
    sends(
        "tripp_lite_is_sent_its_commands",
        "tripplite",
        &[
            ("INSTCMD reset.watchdog", &["193c00"]),
            ("INSTCMD shutdown.return", &["131e000000", "1514000000"]),
            ("SET battery.charge.low \"42\"", &["1f2a"]),
        ],
    );
}

#[test]
fn a_command_that_the_device_refuses_has_failed() {
    let name = "a_command_that_the_device_refuses_has_failed";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    for what in ["stall", "proto", "overflow"] {
        lab.device().fault(json!({"where": "set", "what": what}));
        assert_eq!(lab.socket.ask("INSTCMD beeper.mute"), "3", "{what}");
        assert_eq!(
            lab.socket.ask("SET battery.charge.low \"42\""),
            "3",
            "{what}"
        );
    }
    lab.device().clear_faults();
    assert_eq!(lab.socket.ask("INSTCMD beeper.mute"), "0");
    lab.expect_well();
}

/// What a device is to be sent when all is over, and by which driver.
const LAST_COMMANDS: &[Sent<'_>] = &[
    ("apc", &["1f01000000"]),
    ("cps", &["0d78000000", "0e3c000000"]),
    ("mge", &["110100", "b21e000000", "b314000000"]),
];

#[test]
fn the_power_is_cut_by_a_driver_that_is_started_for_it() {
    let name = "the_power_is_cut_by_a_driver_that_is_started_for_it";
    for (device, expected) in LAST_COMMANDS {
        let Some(bench) = Bench::new(name, &[DeviceFile::named(device)]) else {
            return;
        };
        let done = bench.program("ups").arg("-k").run();
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        assert_eq!(bench.device().written(), *expected, "{device}");
    }
}

#[test]
fn the_power_is_cut_by_the_driver_that_runs() {
    let name = "the_power_is_cut_by_the_driver_that_runs";
    for (device, expected) in LAST_COMMANDS {
        let Some(mut lab) = Lab::new(name, device, "") else {
            return;
        };
        let done = lab.bench.program("ups").arg("-k").run();
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        assert_eq!(lab.device().written(), *expected, "{device}");
        assert!(
            done.stderr.contains("asking the running instance"),
            "{}",
            done.stderr
        );
        assert_eq!(lab.driver.ended(), None);
    }
}

/// A driver that hangs in a request, or was killed, does not keep the power on.
#[test]
fn the_power_is_cut_though_a_driver_was_killed() {
    let name = "the_power_is_cut_though_a_driver_was_killed";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    lab.driver.signal(Signal::SIGKILL);
    lab.driver.wait_for_end(PATIENCE);
    let done = lab.bench.program("ups").arg("-k").run();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(lab.device().written(), ["0d78000000", "0e3c000000"]);
}

#[test]
fn a_client_that_may_not_does_not_cut_the_power() {
    let name = "a_client_that_may_not_does_not_cut_the_power";
    let Some(mut lab) = Lab::new(name, "cps", "") else {
        return;
    };
    assert_ne!(lab.socket.ask("INSTCMD driver.killpower"), "0");
    assert_eq!(lab.device().written(), [""; 0]);
    assert_eq!(lab.socket.ask("SET driver.flag.allow_killpower \"1\""), "0");
    assert_eq!(lab.socket.ask("INSTCMD driver.killpower"), "0");
    assert_eq!(lab.device().written(), ["0d78000000", "0e3c000000"]);
}
