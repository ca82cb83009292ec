use super::*;
use crate::dialects::bench::Bench;
use crate::known::Known;
use crate::transport::fake::Fake;

const QPIGS: &str = "(229.5 50.0 229.5 50.0 0446 0382 014 440 27.40 010 100 0030 0005 061.5 54.00 00012 00010001 00 00 00120 110";
const OFF: &str = "(229.5 50.0 229.5 50.0 0446 0382 014 440 27.40 010 100 0030 0005 061.5 54.00 00012 00000101 00 00 00120 110";
const BATTERY: &str = "(000.0 00.0 229.5 50.0 0446 0382 014 440 27.40 010 100 0030 0005 061.5 54.00 00012 00010001 00 00 00120 110";

const ANSWERS: &[(&str, &str)] = &[
    ("QPI", "(PI30"),
    ("QVFW", "(VERFW:00074.50"),
    ("QVFW2", "(VERFW2:00000.31"),
    ("QVFW3", "(NAK"),
    ("QID", "(SN123456789012"),
    ("QFLAG", "(EakxyDbjuvz"),
    (
        "QPIRI",
        "(230.0 21.7 230.0 50.0 21.7 5000 4500 48.0 46.0 42.0 56.4 54.0 1 30 060 0 0 2 9 01 0 1 54.0 0 1 000",
    ),
    ("QMD", "(#####INVERTEX5K ###5000 99 1/1 230 230 04 12.0"),
    (
        "QDI",
        "(230.0 50.0 0030 42.0 54.0 56.4 46.0 60 0 0 2 0 0 0 0 0 1 1 0 0 1 0 54.0 0 1 000",
    ),
    ("QPIGS", QPIGS),
    (
        "QPIGS2",
        "(0004 060.7 54.10 00240 00000000 0000 000 0003 059.9 54.20 00180 000 00",
    ),
    ("QPIWS", "(00000000000000000000000000000000"),
    ("QMOD", "(L"),
];

/// A request or answer with its checksum, as the fake device counts bytes.
fn signed(text: &str) -> Vec<u8> {
    crc::signed(&Known::default(), text).unwrap()
}

fn asked(request: &str) -> String {
    let bytes = signed(request);
    let text: String = bytes.into_iter().map(char::from).collect();
    text.trim_end_matches('\r').to_owned()
}

fn tell(device: &mut Fake, request: &str, answer: &str) {
    device.set_raw(&asked(request), signed(answer));
}

fn bench() -> Bench {
    let mut device = Fake::default();
    for (request, answer) in ANSWERS {
        tell(&mut device, request, answer);
    }
    Bench::beside(&DIALECT, device, &[]).unwrap()
}

#[test]
fn an_inverter_on_line() {
    let mut bench = bench();
    bench.polled();
    bench.expect(&[
        ("device.type", "scd"),
        ("device.firmware", "0X00074.50"),
        ("device.firmware.aux", "P30"),
        ("device.firmware.scc1", "0X00000.31"),
        ("device.serial", "SN123456789012"),
        ("device.model", "INVERTEX5K"),
        ("device.model.type", "Off-grid"),
        ("device.description", "Transformerless"),
        ("battery.charge", "100.0"),
        ("battery.charging.current.high", "60.0"),
        ("battery.current", "12.0"),
        ("battery.energysave", "no"),
        ("battery.number", "4"),
        ("battery.type", "Flooded"),
        ("battery.voltage", "27.4"),
        ("battery.voltage.bulk", "56.4"),
        ("battery.voltage.nominal", "48.0"),
        ("experimental.battery.type.default", "AGM"),
        ("experimental.battery.voltage.scc3", "54.2"),
        ("experimental.input.pv1.voltage", "62"),
        ("experimental.input.pv2.current", "4"),
        ("input.voltage", "229.5"),
        ("input.voltage.nominal", "230.0"),
        ("output.power", "446.0"),
        ("output.powerfactor.nominal", "99"),
        ("output.realpower.nominal", "4500.0"),
        ("output.voltage.default", "230.0"),
        ("ups.beeper.status", "enabled"),
        ("ups.load", "14"),
        ("ups.status", "OL"),
        ("ups.temperature", "30.0"),
    ]);
    bench.expect_none(&["ups.alarm", "device.firmware.scc2", "device.firmware.scc3"]);
}

#[test]
fn modes() {
    let mut bench = bench();
    for (mode, gs, status, alarm) in [
        ("(B", BATTERY, "OB", None),
        ("(H", QPIGS, "OL", None),
        ("(H", BATTERY, "OB", None),
        ("(S", OFF, "OB CHRG OFF", None),
        ("(F", QPIGS, "ALARM OB", Some("Fault reported by device.")),
        ("(P", QPIGS, "ALARM OB", Some("Device is going ON.")),
        ("(L", QPIGS, "OL", None),
    ] {
        tell(&mut bench.device, "QMOD", mode);
        tell(&mut bench.device, "QPIGS", gs);
        bench.polled().expect(&[("ups.status", status)]);
        assert_eq!(bench.value("ups.alarm"), alarm, "{mode}");
    }
    tell(&mut bench.device, "QMOD", "(X");
    bench.polled().expect(&[("ups.status", "OL")]);
}

#[test]
fn warnings_are_told_and_taken_back() {
    let mut bench = bench();
    let mut warn = |set: &[usize]| {
        let bit = |bit| if set.contains(&bit) { '1' } else { '0' };
        let text: String = (0..32).map(bit).collect();
        tell(&mut bench.device, "QPIWS", &format!("({text}"));
        bench.polled();
        let value = |var| bench.value(var).map(str::to_owned);
        (value("ups.status").unwrap(), value("ups.alarm"))
    };
    let alarm = |text: &str| Some(format!("Device warnings: {text}"));
    assert_eq!(
        warn(&[15]),
        ("ALARM OL LB".to_owned(), alarm("Low battery."))
    );
    assert_eq!(
        warn(&[18]),
        ("ALARM OL OVER".to_owned(), alarm("Overload."))
    );
    assert_eq!(warn(&[20]).1, alarm("Unknown warnings [bit: #21]"));
    assert_eq!(
        warn(&[3, 20]).1,
        alarm("Input PV is found lost. Unknown warnings [bit: #21]")
    );
    assert_eq!(
        warn(&[7, 8, 9, 10, 11, 31]).1,
        alarm(
            "Known (see log or manual) [bit: #08, #09, #10, #11, #12]; Unknown warnings [bit: #32]"
        )
    );
    assert_eq!(warn(&[]), ("OL".to_owned(), None));
}

#[test]
fn a_quick_walk_brings_the_status() {
    let mut bench = bench();
    tell(&mut bench.device, "QMOD", "(B");
    tell(
        &mut bench.device,
        "QPIWS",
        "(00000000000000010000000000000000",
    );
    bench.glance().unwrap();
    bench.expect(&[("ups.status", "OB LB")]);
    tell(&mut bench.device, "QMOD", "(L");
    tell(
        &mut bench.device,
        "QPIWS",
        "(00000000000000000000000000000000",
    );
    bench.glance().unwrap();
    bench.expect(&[("ups.status", "OL")]);
}

#[test]
fn other_protocols_and_wrong_checksums_are_not_claimed() {
    let claim = |answer: Vec<u8>| {
        let mut device = Fake::default();
        device.set_raw(&asked("QPI"), answer);
        Bench::beside(&DIALECT, device, &[]).is_ok()
    };
    assert!(!claim(signed("(PI17")));
    assert!(!claim(signed("(NAK")));
    assert!(!claim(b"(PI30\r".to_vec()));
    assert!(!claim(b"(PI30xx\r".to_vec()));
}

#[test]
fn there_are_no_commands_so_a_forced_shutdown_fails() {
    let mut bench = bench();
    let outcome = bench.engine.shut_down(&mut bench.device);
    assert_ne!(outcome.ok(), Some(proto::Outcome::Handled));
}
