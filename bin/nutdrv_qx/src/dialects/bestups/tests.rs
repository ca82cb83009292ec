use super::*;
use crate::dialects::bench::Bench;

const STATUS: (&str, &str) = ("Q1", "(119.5 095.0 119.5 014 60.0 27.4 30.0 00001001");
const BYPASS: &str = "(119.5 095.0 119.5 014 60.0 27.4 30.0 00101001";
const RUNTIME: (&str, &str) = ("RT", "030");
const PACKS: (&str, &str) = ("BP?", "02");
const PINS: (&str, &str) = ("SS?", "0");
const SET: (&str, &str) = ("M", "0");

fn id(code: &str) -> String {
    format!("{code},750,120,120,20.0,27.6")
}

fn bench(code: &str) -> Bench {
    Bench::new(
        &DIALECT,
        &[STATUS, ("ID", &id(code)), RUNTIME, PACKS, PINS, SET],
    )
}

fn placed(answer: &str) -> Result<Vec<u8>, Bad> {
    in_place(&Known::default(), "ID", answer.as_bytes().to_vec())
}

#[test]
fn a_fortress() {
    let mut bench = bench("FOR");
    bench.polled();
    bench.expect(&[
        ("device.mfr", "Best Power"),
        ("device.model", "Fortress"),
        ("ups.power.nominal", "750"),
        ("input.voltage.nominal", "120"),
        ("output.voltage.nominal", "120"),
        ("battery.voltage.low", "20.0"),
        ("battery.voltage.high", "27.6"),
        ("battery.runtime", "1800"),
        ("battery.charge", "97"),
        ("input.transfer.low", "96"),
        ("input.transfer.boost.low", "96"),
        ("input.transfer.boost.high", "109"),
        ("input.transfer.trim.low", "130"),
        ("input.transfer.trim.high", "146"),
        ("input.transfer.high", "146"),
        ("ups.status", "OL"),
    ]);
    bench.expect_none(&["battery.packs", "ups.beeper.status"]);
    bench.unknown_setting("battery.packs", "3");
}

#[test]
fn the_identity_is_put_in_place_whatever_its_length() {
    let good = [
        (
            "FOR,750,120,120,20.0,27.6\r",
            "FOR, 750,120,120,20.0, 27.6\r",
        ),
        (
            "FOR,1500,120,120,20.0,27.6\r",
            "FOR,1500,120,120,20.0, 27.6\r",
        ),
        (
            "FOR,3000,120,120,20.0,100.6\r",
            "FOR,3000,120,120,20.0,100.6\r",
        ),
        (
            "FOR, 750,120,120,20.0, 27.6\r",
            "FOR, 750,120,120,20.0, 27.6\r",
        ),
    ];
    for (sent, expected) in good {
        assert_eq!(placed(sent), Ok(expected.as_bytes().to_vec()), "{sent}");
    }
    for bad in [
        "ID\r",
        "FOR,750,120,120,20.0\r",
        "FOR,750,120,120,20.0,\r",
        "FOR,750,120,120,20.0,2\r",
        "FOR,750,120,120,20.0,27.\r",
        "FOR,75O,120,120,20.0,27.6\r",
        "FOR,750,120,120,20.0,27.6,1\r",
        "FORT,750,120,120,20.0,27.6\r",
        "\r",
    ] {
        assert!(placed(bad).is_err(), "{bad}");
    }
}

#[test]
fn models_differ_in_what_they_tell() {
    for (code, maker, name, has_runtime, has_packs) in [
        ("AX1", "Best Power", "Axxium Rackmount", true, true),
        ("FTC", "Best Power", "Fortress Telecom", true, false),
        ("PR2", "Best Power", "Patriot Pro II", true, false),
        ("PRO", "Best Power", "Patriot Pro", false, false),
        ("320", "Unknown", "Sola 320", false, false),
        ("325", "Sola Australia", "Sola 325", true, false),
        ("620", "Sola Australia", "Sola 620", true, true),
        ("XYZ", "Unknown", "Unknown (XYZ)", true, false),
    ] {
        let bench = bench(code);
        bench.expect(&[("device.mfr", maker), ("device.model", name)]);
        assert_eq!(
            bench.value("battery.runtime").is_some(),
            has_runtime,
            "{code}"
        );
        assert_eq!(bench.value("battery.packs").is_some(), has_packs, "{code}");
    }
}

#[test]
fn bit_40_is_the_other_way_round_in_some_and_means_nothing_on_battery() {
    let mut usual = bench("FOR");
    usual.device.set("Q1", BYPASS);
    usual.polled().expect(&[("ups.status", "OL BYPASS")]);
    let mut inverted = bench("PRO");
    inverted.polled().expect(&[("ups.status", "OL BYPASS")]);
    inverted.device.set("Q1", BYPASS);
    inverted.polled().expect(&[("ups.status", "OL")]);
    for (bits, status) in [("1000", "OB"), ("1110", "OB LB")] {
        let line = format!("(000.0 095.0 119.5 014 60.0 27.4 30.0 {bits}1001");
        for unit in [&mut usual, &mut inverted] {
            unit.device.set("Q1", &line);
            unit.polled().expect(&[("ups.status", status)]);
        }
    }
}

#[test]
fn voltages_of_large_devices_are_others() {
    let id = "FOR,750,230,230,20.0,27.6";
    let mut bench = Bench::new(&DIALECT, &[STATUS, ("ID", id), RUNTIME, ("M", "4")]);
    bench.polled();
    bench.expect(&[
        ("input.transfer.low", "188"),
        ("input.transfer.boost.high", "210"),
        ("input.transfer.trim.low", "244"),
        ("input.transfer.high", "270"),
        ("output.voltage.nominal", "230"),
    ]);
    bench.device.set("M", "A");
    bench.polled().expect(&[("input.transfer.low", "188")]);
}

#[test]
fn packs_can_be_set_where_there_are_any() {
    let mut bench = bench("AX1");
    bench.expect(&[("battery.packs", "2")]);
    bench.set("battery.packs", "3", &["BP3"]);
    bench.unknown_setting("battery.packs", "6");
}

#[test]
fn ups_conf_sets_what_the_pins_do() {
    let answers = [STATUS, ("ID", &*id("FOR")), RUNTIME, PINS, SET];
    let options = [("pins_shutdown_mode", "3")];
    assert_eq!(asked_at_start(&answers, &options), ["SS3"]);
    assert_eq!(
        asked_at_start(&answers, &[("pins_shutdown_mode", "0")]),
        [""; 0]
    );
    assert_eq!(
        asked_at_start(&answers, &[("pins_shutdown_mode", "7")]),
        [""; 0]
    );
    assert_eq!(asked_at_start(&answers[..3], &options), [""; 0]);
}

/// What was written while the driver started.
fn asked_at_start(answers: &[(&str, &str)], options: &[(&str, &str)]) -> Vec<String> {
    let bench = Bench::with(&DIALECT, answers, options);
    let asked = bench.device.begun.into_iter();
    asked
        .filter(|request| request.starts_with("SS") && request != "SS?")
        .collect()
}

#[test]
fn commands() {
    let mut bench = bench("FOR");
    bench.command("shutdown.return", None, &["S.5R0003"]);
    bench.command("shutdown.stayoff", None, &["S.5R0000"]);
    bench.command("shutdown.stop", None, &["C"]);
    bench.command("load.off", None, &["S00R0000"]);
    bench.command("load.on", None, &["C"]);
    bench.command("test.battery.start", Some("120"), &["T02"]);
    bench.command("test.battery.start.deep", None, &["TL"]);
    bench.command("test.battery.start.quick", None, &["T"]);
    bench.command("test.battery.stop", None, &["CT"]);
    bench.refuse("test.battery.start", Some("59"), &[]);
    bench.device.set("CT", "CT");
    bench.refuse("test.battery.stop", None, &["CT"]);
    bench.set("ups.delay.shutdown", "5940", &[]);
    bench.unknown_setting("ups.delay.shutdown", "5941");
    bench.unknown_setting("ups.delay.start", "59");
}
