use super::*;
use crate::dialects::bench::Bench;

const A1000: (&str, &str) = (
    "WH",
    "(05 10.06 03.09 A 1000  + 1 Bat Pack           0 230 50.00 012 02.30 006.00 012.00 018 10 40 160 276 47.00 53.00",
);
const Q3: (&str, &str) = (
    "Q3",
    "(05 229.5 195.0 229.5 014 50.0 02.27 30.0 030.30 100 00000000 00000000",
);
const FLT: (&str, &str) = (
    "FLT,05",
    "(05,1 0380 0001:02:03:04 3 0055 0001:02:03:04 0 0000 0001:02:03:04 8 0000 0001:02:03:04 B 0000 0001:02:03:04",
);

fn answers() -> Vec<(&'static str, &'static str)> {
    vec![
        A1000,
        Q3,
        ("GS,05", "(05,05 1 1"),
        ("GBS,05", "(05,099 0017 0000 0708 0712 0994 115 02.28"),
        ("GSN,05", "(05,SSN=6A1212      2782"),
        ("DRC,05", "(05,0012:03:04:05"),
        ("MSO", "(220 230 240"),
        ("PNV", "(PNV=230"),
        FLT,
    ]
}

fn bench() -> Bench {
    Bench::new(&DIALECT, &answers())
}

fn model(text: &str) -> Result<Bench, driver::Error> {
    let wh = A1000
        .1
        .replace("A 1000  + 1 Bat Pack          ", &format!("{text:30}"));
    Bench::begin(&DIALECT, &[("WH", &wh), Q3, ("GS,05", "(05,05 1 1")], &[])
}

#[test]
fn an_a_1000_on_line() {
    let mut bench = bench();
    bench.polled();
    bench.expect(&[
        ("ambient.0.temperature", "30.0"),
        ("ambient.0.temperature.high", "40"),
        ("battery.charge", "100"),
        ("battery.packs", "1"),
        ("battery.runtime", "1830"),
        ("battery.type", "PbAc"),
        ("battery.voltage", "27.24"),
        ("battery.voltage.nominal", "27.60"),
        ("device.mfr", "Masterguard"),
        ("device.model", "A1000"),
        ("device.part", "6A1212"),
        ("device.serial", "2782"),
        ("device.uptime", "1047845"),
        ("input.frequency.high", "53.00"),
        ("input.frequency.nominal", "50.00"),
        ("input.voltage", "229.5"),
        ("input.voltage.low.critical", "160"),
        ("load.high", "140"),
        ("output.current", "0.62"),
        ("output.current.nominal", "4.36"),
        ("output.voltage.nominal", "230"),
        ("ups.beeper.status", "enabled"),
        ("ups.firmware", "10.06"),
        ("ups.firmware.aux", "03.09"),
        ("ups.id", "05"),
        ("ups.load", "14"),
        ("ups.power", "140"),
        ("ups.power.nominal", "1000"),
        ("ups.status", "OL"),
        ("ups.test.result", "no test in progress"),
        ("ups.type", "online"),
    ]);
    let note = |name| bench.engine.known.note(name);
    assert_eq!(note("fault_2"), Some("93784: too hot (0055)"));
    assert_eq!(note("runtime_half"), Some("360"));
}

#[test]
fn bits_are_words_alarms_and_results() {
    let mut bench = bench();
    for (bits, status, alarm) in [
        ("10000000 00000000", "OB", None),
        ("11000000 00000000", "OB LB", None),
        ("00100000 00000000", "OL BYPASS", None),
        ("00010000 00000000", "ALARM OL", Some("UPS Failed")),
        ("00000100 00000001", "OL CAL", None),
        (
            "00000010 00000000",
            "ALARM OL FSD",
            Some("Shutdown imminent!"),
        ),
        (
            "00000000 01000000",
            "ALARM OL",
            Some("problems in parallel operation mode"),
        ),
        ("00000000 00010000", "ALARM OL RB", Some("Replace battery!")),
        (
            "00000000 00001000",
            "ALARM OL",
            Some("no battery connected"),
        ),
    ] {
        bench
            .device
            .set("Q3", &Q3.1.replace("00000000 00000000", bits));
        bench.polled();
        bench.expect(&[("ups.status", status)]);
        assert_eq!(bench.value("ups.alarm"), alarm, "{bits}");
    }
    bench.device.set(
        "Q3",
        &Q3.1.replace("00000000 00000000", "00000000 00000011"),
    );
    bench.polled().expect(&[("ups.test.result", "failed")]);
}

#[test]
fn models_have_their_packs_and_power() {
    for (text, name, power, packs, others) in [
        (
            "A  700  + 0 Bat Pack",
            "A700",
            "700",
            &["0"][..],
            &["2"][..],
        ),
        ("A 2000  + 0 Bat Pack", "A2000", "2000", &["0", "2"], &["3"]),
        (
            "A 3000  + 0 Bat Pack-19",
            "A3000-19",
            "3000",
            &["2", "5"],
            &["0", "6"],
        ),
        ("E 60", "E60", "6000", &[], &["0", "2"]),
        ("E200", "E200", "20000", &[], &["0", "2"]),
    ] {
        let mut bench = model(text).unwrap();
        bench.expect(&[("device.model", name), ("ups.power.nominal", power)]);
        for count in packs {
            bench.set("battery.packs", count, &[&format!("SS--{count}-,05")]);
        }
        for count in others {
            bench.unknown_setting("battery.packs", count);
        }
    }
    assert!(model("X 1000").is_err());
}

#[test]
fn settings_carry_the_address_and_a_new_one_is_good_at_once() {
    let mut bench = bench();
    bench.set("output.voltage.nominal", "240", &["PNV=240"]);
    bench.unknown_setting("output.voltage.nominal", "235");
    bench.set("device.uptime", "1047846", &["SRC0012:03:04:06,05"]);
    bench.set("device.uptime", "0001:23:59:59", &["SRC0001:23:59:59,05"]);
    for wrong in ["soon", "-5", "1:2:3", "0000:24:00:00", "1.5", ""] {
        bench.unknown_setting("device.uptime", wrong);
    }
    bench.unknown_setting("ups.id", "100");
    bench.set("ups.id", "7", &["SS07--,05"]);
    bench.command("beeper.disable", None, &["SS---0,07"]);
    bench.set("ups.delay.shutdown", "5940", &[]);
    bench.unknown_setting("ups.delay.shutdown", "5941");
}

#[test]
fn commands() {
    let mut bench = bench();
    for (name, param, sent) in [
        ("shutdown.return", None, "S.5R0003"),
        ("shutdown.stayoff", None, "S.5R0000"),
        ("shutdown.stop", None, "C"),
        ("test.battery.start", Some("10"), "T"),
        ("test.battery.start", Some("120"), "T02"),
        ("test.battery.start.quick", None, "T"),
        ("test.battery.start.low", None, "TL"),
        ("test.battery.start.deep", None, "TUD,05"),
        ("test.battery.stop", None, "CT"),
        ("clear.fault.record", None, "FCLR,05"),
        ("bypass.start", None, "FOFF"),
        ("bypass.stop", None, "FON"),
        ("beeper.enable", None, "SS---1,05"),
    ] {
        bench.command(name, param, &[sent]);
    }
    for param in [None, Some("11"), Some("59"), Some("5941"), Some("x")] {
        bench.refuse("test.battery.start", param, &[]);
    }
    bench.set("ups.delay.start", "0", &[]);
    bench.command("shutdown.return", None, &["S.5R0001"]);
    bench.device.set("C", "NAK");
    bench.refuse("shutdown.stop", None, &["C"]);
}

#[test]
fn another_address_than_the_wanted_is_another_device() {
    let with = |address| Bench::begin(&DIALECT, &answers(), &[("slave_address", address)]);
    assert!(with("5").is_ok());
    assert!(with("05").is_ok());
    for other in ["6", "", "x", "500"] {
        assert!(with(other).is_err(), "{other}");
    }
}
