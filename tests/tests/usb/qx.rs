//! nutdrv_qx with emulated adapters (`upsemu/qx.py`), each odd in its way.
//!
//! | device | is odd in that |
//! |---|---|
//! | `cypress` | nothing; most are so |
//! | `phoenix` | what nobody has read stands in front of the next answer |
//! | `ippon` | reports have their number the wrong way round; an empty answer is NUL CR |
//! | `sgs` | packets begin with a count; an answer has no end but silence |
//! | `krauler` | answers are strings without their first byte, and every third time it is not ready |
//! | `fabula` | it says the same to every command; a shutdown is the number of a string |
//! | `fuji` | requests go to the interrupt endpoint, and there is room for three bytes only |
//! | `armac` | requests go out three bytes at a time, zeros come in as NULs |

use testkit::{DeviceFile, Value, json};

use crate::lab::{Bench, Lab, QX};

/// The driver with one of the devices, attached; UPS `ups` has more options.
#[track_caller]
pub(crate) fn attached(name: &str, device: &str, options: &str) -> Option<Lab> {
    let bench = Bench::of(QX, name, &[DeviceFile::qx(device)])?;
    bench.configure(&[("ups", &format!("pollfreq = 1\n{options}"))]);
    let mut lab = bench.attach();
    lab.expect_status("OL");
    lab.expect_fresh();
    Some(lab)
}

/// What the device was asked since it has begun.
#[track_caller]
pub(crate) fn asked(lab: &Lab) -> Vec<String> {
    let answer = lab.device().command(json!({"asked": 0}));
    let asked = answer.get("asked").and_then(Value::as_array).cloned();
    let text = |asked: &Value| asked.as_str().map(str::to_owned);
    asked.unwrap_or_default().iter().filter_map(text).collect()
}

/// Whether a command is done and comes to the device as `request`.
#[track_caller]
pub(crate) fn expect_command(lab: &mut Lab, command: &str, request: &str) {
    let before = asked(lab).len();
    assert_eq!(lab.socket.ask(&format!("INSTCMD {command}")), "0");
    let sent = &asked(lab)[before..];
    assert!(
        sent.iter().any(|sent| sent == request),
        "{command}: {request} is not among {sent:?}"
    );
}

/// All that a device of the family is there for: values, commands, a power failure, and being pulled out.
#[track_caller]
fn works(name: &str, device: &str, commands: &[(&str, &str)]) {
    let Some(mut lab) = attached(name, device, "") else {
        return;
    };
    lab.expect_value("driver.version.data", "Megatec 0.10");
    lab.expect_value("input.voltage", "226.0");
    lab.expect_value("input.voltage.nominal", "230");
    lab.expect_value("ups.load", "14");
    for (command, request) in commands {
        expect_command(&mut lab, command, request);
    }
    lab.device().unplug();
    lab.expect_stale();
    lab.device().plug();
    lab.expect_fresh();
    lab.device().command(json!({"battery_low": true}));
    lab.expect_status("LB");
    lab.device().command(json!({"battery_low": false}));
    lab.expect_well();
}

#[test]
fn cypress_works() {
    works(
        "cypress_works",
        "cypress",
        &[
            ("test.battery.start.quick", "T"),
            ("beeper.toggle", "Q"),
            ("shutdown.stop", "C"),
        ],
    );
}

#[test]
fn phoenix_works_and_old_packets_are_no_answer() {
    let name = "phoenix_works_and_old_packets_are_no_answer";
    works(name, "phoenix", &[("beeper.toggle", "Q")]);
}

#[test]
fn ippon_works() {
    let commands = [("beeper.toggle", "Q"), ("shutdown.stop", "C")];
    works("ippon_works", "ippon", &commands);
}

#[test]
fn sgs_works() {
    works("sgs_works", "sgs", &[("beeper.toggle", "Q")]);
}

#[test]
fn krauler_works() {
    let commands = [("beeper.toggle", "Q"), ("test.battery.start.quick", "T")];
    works("krauler_works", "krauler", &commands);
}

#[test]
fn fabula_works_and_shutdowns_are_numbers_of_strings() {
    let commands = [
        ("beeper.toggle", "Q"),
        ("shutdown.stop", "C"),
        ("shutdown.return", "S.5R0001"),
        ("shutdown.stayoff", "S.5R0000"),
    ];
    let name = "fabula_works_and_shutdowns_are_numbers_of_strings";
    works(name, "fabula", &commands);
}

#[test]
fn fuji_works_and_a_shutdown_has_no_time_to_come_back_at() {
    let name = "fuji_works_and_a_shutdown_has_no_time_to_come_back_at";
    let commands = [("shutdown.return", "S.5"), ("beeper.toggle", "Q")];
    works(name, "fuji", &commands);
}

#[test]
fn armac_works() {
    works("armac_works", "armac", &[("beeper.toggle", "Q")]);
}

#[test]
fn a_subdriver_that_is_named_serves_an_adapter_that_nobody_knows() {
    let name = "a_subdriver_that_is_named_serves_an_adapter_that_nobody_knows";
    let unknown = DeviceFile::qx("cypress").with("/device/idProduct", "5162");
    let Some(bench) = Bench::of(QX, name, &[unknown]) else {
        return;
    };
    let said = bench.refused();
    assert!(said.contains("5162"), "{said}");
    let ids = "vendorid = 0665\nproductid = 5162\n";
    bench.configure(&[("ups", &format!("{ids}subdriver = nonesuch"))]);
    assert!(bench.refused().contains("cypress, phoenixtec"));
    bench.configure(&[("ups", "subdriver = cypress")]);
    assert!(bench.refused().contains("needs vendorid and productid"));
    bench.configure(&[("ups", &format!("pollfreq = 1\n{ids}subdriver = cypress"))]);
    bench.attach().expect_well();
}

#[test]
fn of_two_alike_the_one_at_the_port_that_is_named_is_taken() {
    let name = "of_two_alike_the_one_at_the_port_that_is_named_is_taken";
    let other = DeviceFile::qx("cypress").with("/qx/answers/F", "#120.0 004 024.0 60.0");
    let devices = [DeviceFile::qx("cypress"), other];
    let Some(bench) = Bench::of(QX, name, &devices) else {
        return;
    };
    bench.configure(&[("ups", "busport = 002")]);
    let mut lab = bench.attach();
    lab.expect_value("input.voltage.nominal", "120");
}

#[test]
fn the_forced_shutdown_is_a_number_of_a_string_too() {
    let name = "the_forced_shutdown_is_a_number_of_a_string_too";
    let Some(bench) = Bench::of(QX, name, &[DeviceFile::qx("fabula")]) else {
        return;
    };
    bench.configure(&[("ups", "stayoff\noffdelay = 60")]);
    let done = bench.program("ups").arg("-k").run();
    assert_eq!(done.code, Some(0), "{done:?}");
    let answer = bench.device().command(json!({"asked": 0}));
    let told = answer.to_string();
    assert!(told.contains("S01R0000"), "{told}");
}

#[test]
fn what_an_adapter_cannot_carry_is_not_sent() {
    let name = "what_an_adapter_cannot_carry_is_not_sent";
    let cases: [(&str, &[&str], &[&str]); 3] = [
        // these would confuse it
        ("armac", &[], &["QGS", "QS", "QPI", "M", "D"]),
        // there is room for three bytes
        ("fuji", &["load.off"], &["S00R0000"]),
        // there is no string with that number
        (
            "krauler",
            &["shutdown.return", "load.off"],
            &["S.5R0003", "S00R0000"],
        ),
    ];
    for (device, commands, never) in cases {
        let Some(mut lab) = attached(name, device, "") else {
            return;
        };
        for command in commands {
            let done = lab.socket.ask(&format!("INSTCMD {command}"));
            assert_eq!(done, "3", "{device}: {command}");
        }
        let asked = asked(&lab);
        let sent = never
            .iter()
            .find(|never| asked.iter().any(|asked| asked == *never));
        assert_eq!(sent, None, "{device}: {asked:?}");
        lab.expect_well();
    }
}

#[test]
fn strings_are_read_in_the_language_that_the_user_says() {
    let name = "strings_are_read_in_the_language_that_the_user_says";
    // options, whether the device's languages are read, the language's bytes
    for (options, scans, language) in [
        ("", true, "0904"),
        ("langid_fix = 0x4095", true, "9540"),
        ("langid_fix = 0x4095\nnoscanlangid", false, "9540"),
    ] {
        let Some(lab) = attached(name, "krauler", options) else {
            return;
        };
        let log = lab.device().command(json!({"log": 0})).to_string();
        let status = format!("80060303{language}ff00");
        assert!(log.contains(&status), "{options}: {log}");
        assert_eq!(log.contains("800600030000"), scans, "{options}: {log}");
        lab.expect_well();
    }
}
