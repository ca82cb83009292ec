//! Answers are those of the protocol's notes, and of a simulated P01.

use super::DIALECT;
use crate::dialects::bench::Bench;

const WARNINGS_NONE: &str = "(0000000000000000000000000000000000000000000000000000000000000000";

fn status(bits: &str) -> String {
    format!("(229.5 50.0 229.5 50.0 003.2 014 369.1 ---.- 027.4 ---.- 030.0 {bits}")
}

/// A P01 with all capabilities; what stands in `more` counts instead.
fn answers<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("QPI", "(PI01"),
        ("QRI", "(230.0 004 024.00 50.0"),
        ("QMD", "(#######OLHVT1K0 ###1000 80 1/1 230 230 02 12.0"),
        ("F", "#230.0 004 24.00 50.0"),
        ("QMF", "(#######ACME POWER"),
        ("QVFW", "(VERFW:00322.02"),
        ("QID", "(685653211455"),
        (
            "QGS",
            "(229.5 50.0 229.5 50.0 003.2 014 369.1 ---.- 027.4 ---.- 030.0 100000000001",
        ),
        ("QMOD", "(L"),
        ("QWS", WARNINGS_NONE),
        ("QBV", "(027.4 02 01 100 030"),
        ("QLDL", "(021 080"),
        ("QFLAG", "(EpashcjDbroegfl"),
        ("QSK1", "(1"),
        ("QSKT1", "(008"),
        ("QHE", "(242 218"),
        ("QFRE", "(53.0 47.0"),
        ("QBYV", "(264 170"),
        ("QBYF", "(53.0 47.0"),
        ("RE0", "#20"),
        ("QPD", "(000 240"),
        ("QPAR", "(001"),
    ];
    for (request, answer) in more {
        all.retain(|(known, _)| known != request);
        all.push((request, answer));
    }
    all
}

fn bench(more: &[(&str, &str)]) -> Bench {
    Bench::new(&DIALECT, &answers(more))
}

#[test]
fn a_p01_tells_who_it_is_and_what_it_does() {
    let mut bench = bench(&[]);
    bench.polled();
    bench.expect(&[
        ("battery.charge", "100"),
        ("battery.packs", "1"),
        ("battery.runtime", "1800"),
        ("battery.voltage", "027.4"),
        ("battery.voltage.low", "20.0"),
        ("battery.voltage.high", "26.00"),
        ("device.mfr", "ACME POWER"),
        ("device.model", "OLHVT1K0"),
        ("device.serial", "685653211455"),
        ("input.frequency.high", "53.0"),
        ("input.transfer.high", "242"),
        ("input.transfer.high.max", "254"),
        ("input.transfer.low.min", "206"),
        ("outlet.1.delay.shutdown", "480"),
        ("outlet.1.status", "on"),
        ("output.power.maximum.percent", "80"),
        ("output.powerfactor", "0.8"),
        ("ups.beeper.status", "enabled"),
        ("ups.firmware", "00322.02"),
        ("ups.firmware.aux", "P01"),
        ("ups.power.nominal", "1000"),
        ("ups.start.auto", "no"),
        ("ups.status", "OL"),
        ("ups.type", "online"),
    ]);
    bench.expect_none(&["outlet.2.status", "input.L1-N.voltage", "battery.type"]);
    let limits = &bench
        .published
        .tree()
        .get("input.transfer.high")
        .unwrap()
        .ranges;
    assert_eq!((limits[0].min, limits[0].max), (237, 254));
}

#[test]
fn phases_are_asked_for_by_protocol() {
    let volts = "(231.0 232.0 233.0 400.1 401.2 402.3";
    let three = [
        ("Q3PV", volts),
        ("Q3PC", "(011 012 013"),
        ("Q3OV", volts),
        ("Q3OC", "(005 006 007"),
    ];
    let more = [("Q3LD", "(041 042 043"), ("Q3YV", volts)];
    let with = |protocol| {
        let mut all = three.to_vec();
        all.extend(more);
        all.push(("QPI", protocol));
        bench(&all)
    };
    let p10 = with("(PI10");
    p10.expect(&[
        ("input.L3-N.voltage", "233.0"),
        ("input.L1-L3.voltage", "402.3"),
        ("output.L3.power.percent", "43"),
        ("output.bypass.L2-L3.voltage", "401.2"),
    ]);
    let p09 = with("(PI09");
    p09.expect(&[
        ("input.L2.current", "12"),
        ("output.L1-L2.voltage", "400.1"),
        ("output.bypass.L2-N.voltage", "232.0"),
    ]);
    p09.expect_none(&[
        "input.L3.current",
        "output.L3.current",
        "output.bypass.L3-N.voltage",
    ]);
    let p03 = with("(PI03");
    p03.expect(&[("input.L3.current", "13")]);
    p03.expect_none(&["output.L1.current"]);
    assert!(Bench::claim(&DIALECT, &answers(&[("QPI", "(PI30")])).is_err());
}

#[test]
fn bits_and_modes_make_the_status() {
    for (bits, mode, expected) in [
        ("100000000001", "L", "OL"),
        ("101000000001", "B", "OB"),
        ("101100000001", "B", "OB LB"),
        ("100010000001", "Y", "OL BYPASS"),
        ("100000001001", "D", "ALARM OL FSD"),
        ("100000010001", "T", "OL CAL"),
        ("100000000001", "S", "OL OFF"),
    ] {
        let status = status(bits);
        let mode = format!("({mode}");
        let mut bench = bench(&[("QGS", &status), ("QMOD", &mode)]);
        bench.polled();
        bench.expect(&[("ups.status", expected)]);
    }
}

#[test]
fn a_fault_is_told_with_its_code_and_ends() {
    let mut bench = bench(&[("QFS", "(43")]);
    bench.device.set("QGS", &status("100001000001"));
    bench.device.set("QMOD", "(F");
    bench.polled();
    bench.expect(&[
        (
            "ups.alarm",
            "UPS Fault! Fault reported by UPS. Overload fault.",
        ),
        ("ups.status", "ALARM OL OVER"),
    ]);
    bench.device.set("QGS", &status("100000000001"));
    bench.device.set("QMOD", "(L");
    bench.polled();
    bench.expect(&[("ups.status", "OL")]);
    bench.expect_none(&["ups.alarm"]);
}

#[test]
fn modes_have_names() {
    let mut bench = bench(&[("QMOD", "(E")]);
    bench.polled();
    bench.expect(&[(
        "experimental.ups.mode.buzzwords",
        "vendor:voltronic:ECO-inverter-on",
    )]);
    bench.device.set("QMOD", "(L");
    bench.polled();
    bench.expect_none(&["experimental.ups.mode.buzzwords"]);
}

fn warnings(bits: &[usize]) -> String {
    let digits = (0..64).map(|bit| if bits.contains(&bit) { '1' } else { '0' });
    std::iter::once('(').chain(digits).collect()
}

#[test]
fn warnings_are_listed_and_many_of_them_by_number() {
    for (bits, text, status) in [
        (
            &[0, 10][..],
            "UPS warnings: Battery disconnected. EPO enabled.",
            "ALARM OL",
        ),
        (
            &[7, 8],
            "UPS warnings: Low battery. Overload alarm.",
            "ALARM OL LB OVER",
        ),
        (
            &[55],
            "UPS warnings: Warning for Battery replace. Replace battery!",
            "ALARM OL RB",
        ),
        (
            &[60],
            "UPS warnings: Unknown warnings [bit: #61]",
            "ALARM OL",
        ),
        (
            &[0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 60],
            "UPS warnings: Known (see log or manual) [bit: #01, #02, #03, #04, #05, #06, #07, #10, #11, #12, #13, #14, \
             #15]; Unknown warnings [bit: #61]",
            "ALARM OL",
        ),
    ] {
        let answer = warnings(bits);
        let mut bench = bench(&[("QWS", &answer)]);
        bench.polled();
        bench.expect(&[("ups.alarm", text), ("ups.status", status)]);
        bench.device.set("QWS", WARNINGS_NONE);
        bench.polled();
        bench.expect_none(&["ups.alarm"]);
    }
}

#[test]
fn capabilities_are_switched_and_what_they_bring_exists() {
    let mut bench = bench(&[
        ("PER", "(ACK"),
        ("PDA", "(ACK"),
        ("PEE", "(ACK"),
        ("BZOFF", "(ACK"),
        ("SKOFF1", "(ACK"),
    ]);
    bench.set("ups.start.auto", "yes", &["PER"]);
    bench.unknown_setting("ups.start.auto", "maybe");
    bench.command("beeper.toggle", None, &["BZOFF"]);
    bench.command("beeper.off", None, &["PDA"]);
    bench.command("bypass.start", None, &["PEE"]);
    bench.command("outlet.1.load.off", None, &["SKOFF1"]);
    bench.refuse("load.off", None, &["SOFF"]);
    let mut plain = Bench::new(&DIALECT, &answers(&[("QFLAG", "(EpDb")]));
    plain.unknown_setting("ups.start.auto", "yes");
    plain.unknown_setting("input.transfer.high", "240");
    plain.expect_none(&["outlet.1.status", "input.transfer.high"]);
}

#[test]
fn a_mute_device_is_muted_and_a_disabled_one_disabled() {
    let mute = status("100000000101");
    let mut bench = bench(&[("QGS", &mute)]);
    bench.polled();
    bench.expect(&[("ups.beeper.status", "muted")]);
    let mut off = Bench::new(&DIALECT, &answers(&[("QFLAG", "(EpDab")]));
    off.polled();
    off.expect(&[("ups.beeper.status", "disabled")]);
    off.refuse("beeper.toggle", None, &[]);
}

#[test]
fn settings_have_the_protocols_limits() {
    let accepted = [
        ("HEH245", "(ACK"),
        ("FREL40.0", "(ACK"),
        ("W0E22", "(ACK"),
        ("PSK1011", "(ACK"),
        ("BATGN50", "(ACK"),
    ];
    let mut bench = bench(&accepted);
    bench.set("input.transfer.high", "245", &["HEH245"]);
    bench.unknown_setting("input.transfer.high", "255");
    bench.set("input.frequency.low", "40", &["FREL40.0"]);
    bench.unknown_setting("input.frequency.low", "48");
    bench.set("battery.voltage.low", "22", &["W0E22"]);
    bench.unknown_setting("battery.voltage.low", "25");
    bench.set("outlet.1.delay.shutdown", "719", &["PSK1011"]);
    bench.set("battery.packs", "50", &["BATGN50"]);
}

#[test]
fn ups_conf_sets_what_is_not_so_yet() {
    let options = [
        ("bypass_alarm", "disabled"),
        ("battery_alarm", "disabled"), // it is
        ("max_bypass_volt", "250"),
        ("min_bypass_freq", "47"), // it is
        ("output_phase_angle", "120"),
        ("battery_number", "3"),
        ("reset_to_default", ""), // only while it is off
    ];
    let accepted = [
        ("PDP", "(ACK"),
        ("PHV250", "(ACK"),
        ("PPD120", "(ACK"),
        ("BATN3", "(ACK"),
    ];
    let bench = Bench::with(&DIALECT, &answers(&accepted), &options);
    let questions =
        |asked: &&String| !asked.starts_with('Q') && !["F", "RE0"].contains(&asked.as_str());
    let written: Vec<&String> = bench.device.begun.iter().filter(questions).collect();
    assert_eq!(written, ["PDP", "PHV250", "BATN3", "PPD120"]);
    let off = answers(&[("QMOD", "(S"), ("PF", "(ACK")]);
    let bench = Bench::with(&DIALECT, &off, &[("reset_to_default", "")]);
    assert!(bench.device.begun.contains(&"PF".to_owned()));
}

#[test]
fn tests_and_shutdowns_have_their_times() {
    let accepted = [
        ("T.5", "(ACK"),
        ("T10", "(ACK"),
        ("CS", "(ACK"),
        ("S.5R0003", "(ACK"),
        ("S01R0000", "(ACK"),
    ];
    let mut bench = bench(&accepted);
    bench.command("test.battery.start", Some("30"), &["T.5"]);
    bench.command("test.battery.start", None, &["T10"]);
    bench.refuse("test.battery.start", Some("11"), &[]);
    bench.command("shutdown.return", None, &["S.5R0003"]);
    bench.set("ups.delay.shutdown", "119", &[]);
    bench.command("shutdown.stayoff", None, &["S01R0000"]);
}

#[test]
fn a_p31_has_a_battery_type_and_a_p00_no_limits() {
    let mut p31 = bench(&[
        ("QPI", "(PI31"),
        ("QBT", "(01"),
        ("QGR", "(00"),
        ("PBT02", "(ACK"),
    ]);
    p31.expect(&[("battery.type", "Flooded")]);
    p31.set("battery.type", "AGM", &["PBT02"]);
    p31.unknown_setting("battery.type", "bogus");
    let p00 = bench(&[("QPI", "(PI00")]);
    assert!(!p00.device.begun.contains(&"QBYV".to_owned()));
    p00.expect_none(&["battery.type"]);
}
