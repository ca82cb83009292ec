//! What a unit is found to have.

use super::*;

#[test]
fn a_unit_that_tells_its_letters_has_what_it_tells() {
    let lab = Lab::new(Fake::smart_ups());
    for (var, value) in [
        ("ups.mfr", "APC"),
        ("ups.model", "SMART-UPS 1400"),
        ("ups.firmware", "70.11.I"),
        ("ups.status", "OL"),
        ("battery.charge", "100.0"),
        ("battery.runtime", "3360"),
        ("battery.runtime.low", "120"),
        ("ups.test.interval", "1209600"),
    ] {
        assert_eq!(lab.value(var), Some(value), "{var}");
    }
    assert_eq!(lab.value("input.frequency"), None);
    let tree = lab.seen.tree();
    let low = tree.get("battery.runtime.low").unwrap();
    assert_eq!(low.choices, ["120", "300", "480"]);
    let interval = tree.get("ups.test.interval").unwrap();
    assert_eq!(interval.choices, ["1209600", "604800", "0"]);
    let high = tree.get("input.transfer.high").unwrap();
    assert_eq!(high.choices, ["253", "257", "261", "265"]);
    let commands: Vec<_> = tree.commands().collect();
    assert!(commands.contains(&"calibrate.start"), "{commands:?}");
    assert!(!commands.contains(&"bypass.start"));
}

#[test]
fn a_firmware_of_the_table_stands_for_letters() {
    let fake = Fake::new(State {
        status: 0x10,
        values: [(&b"V"[..], "6QD"), (b"L", "115.0"), (b"c", "OLD")]
            .map(|(letter, answer)| (letter.to_vec(), answer.to_owned()))
            .into(),
        commands: [(b'S', "OK"), (b'U', "OK")].into(),
        ..State::default()
    });
    let lab = Lab::new(fake);
    assert_eq!(lab.value("ups.model"), Some("Smart-UPS"));
    assert_eq!(
        (lab.value("input.voltage"), lab.status()),
        (Some("115.0"), "OB")
    );
    assert_eq!(lab.value("output.voltage"), None);
    assert_eq!(lab.seen.tree().get("ups.id").unwrap().max_len, 8);
    assert!(
        lab.seen
            .tree()
            .commands()
            .any(|name| name == "test.panel.start")
    );
}

#[test]
fn a_unit_that_says_nothing_of_itself_is_read_all_the_same() {
    let fake = Fake::new(State {
        status: 0x08,
        values: [
            (b"L".to_vec(), "229.3".to_owned()),
            (b"/".to_vec(), "01.20".to_owned()),
        ]
        .into(),
        ..State::default()
    });
    let lab = Lab::new(fake);
    assert_eq!(lab.value("ups.model"), Some("Matrix-UPS"));
    assert_eq!(lab.value("input.voltage"), Some("229.3"));
    assert_eq!(lab.seen.tree().commands().count(), 0);
}

#[test]
fn no_unit_is_an_error_that_says_what_to_check() {
    let fake = Fake::new(State {
        silent: true,
        ..State::default()
    });
    let mut driver = driver(&fake, &settings("apcsmart", &[]));
    let why = driver
        .identify(&mut Report::default())
        .unwrap_err()
        .to_string();
    assert!(why.contains("check the cable"), "{why}");
    assert_eq!(fake.heard(), r"Y\x1b".repeat(5));
}

#[test]
fn another_unit_on_the_same_port_has_nothing_of_the_one_before() {
    let Lab {
        driver,
        mut seen,
        fake,
        ..
    } = Lab::new(Fake::smart_ups());
    let lost = Box::new(driver).lose().unwrap();
    // it was told to leave smart mode, and another one is there instead
    assert_eq!(fake.heard(), "R");
    fake.with(|state| {
        *state = State {
            values: [(b"L".to_vec(), "229.3".to_owned())].into(),
            ..State::default()
        };
    });
    let mut found = lost.find().map_err(|(_, why)| why).unwrap();
    let mut report = Report::default();
    found.identify(&mut report).unwrap();
    seen.apply(report);
    assert_eq!(seen.value("battery.charge"), None);
    assert_eq!(seen.value("input.voltage"), Some("229.3"));
    assert_eq!(seen.value("ups.model"), Some("Smart-UPS"));
    assert_eq!(seen.tree().commands().count(), 0);
}
