//! Rounds, alerts, and what goes wrong with them.

use super::*;

#[test]
fn a_status_that_is_garbage_is_none() {
    let mut lab = Lab::new(Fake::smart_ups());
    for garbage in ["0", "5", "008", "NA", "OB LB", "50 ", "", "~50"] {
        lab.fake.set(b"Q", garbage);
        assert!(lab.poll().is_err(), "{garbage}");
        assert_eq!(lab.status(), "OL");
    }
    lab.fake.remove(b"Q");
    lab.poll().unwrap();
    assert_eq!(lab.status(), "OL");
}

#[test]
fn a_piece_of_a_number_is_not_published() {
    let mut lab = Lab::new(Fake::smart_ups());
    for piece in ["", "1", "10", "100", "100.", "f", "NO"] {
        lab.fake.set(b"f", piece);
        assert!(lab.poll().is_err(), "{piece}");
    }
    lab.fake.set(b"f", "087.0");
    lab.poll().unwrap();
    assert_eq!(lab.value("battery.charge"), Some("087.0"));
}

#[test]
fn a_unit_may_leave_out_zeros_in_front() {
    let mut lab = Lab::new(Fake::smart_ups());
    for (answer, asked) in [("99.9", "ff"), ("98.0", "f"), ("100.0", "ff")] {
        lab.fake.set(b"f", answer);
        lab.poll().unwrap();
        assert_eq!(lab.value("battery.charge"), Some(answer));
        assert_eq!(lab.fake.heard(), format!("QCPXL{asked}Bj"));
    }
}

#[test]
fn a_text_that_changes_is_asked_for_twice() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake.set(b"X", "OK");
    lab.poll().unwrap();
    assert_eq!(lab.fake.heard(), "QCPXXLfBj");
    assert_eq!(lab.value("ups.test.result"), Some("OK"));
}

#[test]
fn an_answer_too_many_spoils_the_round() {
    let fake = Fake::smart_ups();
    // what is left looks alike
    for letter in [b"X", b"L", b"B", b"j"] {
        fake.remove(letter);
    }
    let mut lab = Lab::new(fake);
    // from here on every answer is that to the question before
    lab.fake.trouble(At::Write(1), Trouble::Twice);
    lab.poll().unwrap();
    assert_eq!(lab.fake.heard(), "QCPfQCPf");
    for (var, value) in [
        ("ups.temperature", "036.9"),
        ("ups.load", "017.4"),
        ("battery.charge", "100.0"),
    ] {
        assert_eq!(lab.value(var), Some(value), "{var}");
    }
}

#[test]
fn a_variable_that_is_no_more_is_taken_back() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake.remove(b"f");
    lab.poll().unwrap();
    assert_eq!(lab.value("battery.charge"), None);
    assert_eq!(lab.value("battery.runtime"), Some("3360"));
    lab.poll().unwrap();
    assert!(!lab.fake.heard().ends_with('f'));
}

#[test]
fn a_unit_that_was_switched_off_and_on_is_put_into_smart_mode_in_the_same_poll() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake.with(|state| state.smart = false);
    lab.poll().unwrap();
    assert!(lab.fake.heard().starts_with("QYQ"));
}

#[test]
fn a_unit_that_stays_silent_is_opened_anew_after_a_while() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake.with(|state| state.silent = true);
    for number in 1..SILENCE_MAX {
        let why = lab.poll().unwrap_err();
        assert!(matches!(why, Error::Timeout(_)), "{number}: {why}");
    }
    assert!(matches!(lab.poll(), Err(Error::Unusable(_))));
    assert!(matches!(lab.poll(), Err(Error::Timeout(_))));
}

#[test]
fn an_alert_within_an_answer_is_told_with_the_status_at_once() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake
        .with(|state| (state.alerts, state.status) = (b"!".to_vec(), 0x10));
    lab.poll().unwrap();
    assert_eq!(lab.status(), "OB");
    assert_eq!(lab.fake.heard(), "QCQ");
    // the rest of the round follows
    while lab.listen() == Heard::Something {}
    assert_eq!(lab.fake.heard(), "PXLfBj");
}

#[test]
fn an_alert_between_polls_is_a_reason_to_ask() {
    let fake = Fake::smart_ups();
    let mut lab = Lab::new(fake.clone());
    for (alert, status, expected) in [
        (&b"!"[..], 0x10, "OB"),
        (b"%", 0x50, "OB LB"),
        (b"$+", 0x08, "OL"),
        (b"#", 0x88, "OL RB"),
        // noise that looks like a power failure with an empty battery
        (b"!%", 0x08, "OL"),
    ] {
        fake.with(|state| (state.status, state.says) = (status, alert.to_vec()));
        assert_eq!(lab.listen(), Heard::Something);
        assert_eq!(lab.status(), expected);
    }
    for nothing in [&b""[..], b"|", b"&", b"*", b"\xff\x00", b"08\r\n"] {
        fake.with(|state| state.says = nothing.to_vec());
        assert_eq!(lab.listen(), Heard::Nothing, "{nothing:?}");
    }
}

#[test]
fn a_port_that_is_pulled_is_gone() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake.with(|state| state.gone = true);
    assert!(matches!(lab.poll(), Err(Error::Gone(_))));
    let mut report = Report::default();
    let failed = lab.driver.set("ups.id", "X", &mut report);
    assert!(matches!(failed, Err(Error::Gone(_))));
    assert!(matches!(
        lab.driver.command("test.panel.start", None, &mut report),
        Err(Error::Gone(_))
    ));
    assert_eq!(lab.listen(), Heard::Deaf);
}

#[test]
fn a_round_that_was_spoilt_is_read_as_a_whole_again() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.clock.sleep(Duration::from_secs(3600));
    // what is read once an hour has changed, and noise comes behind it
    lab.fake.set(b"k", "L");
    lab.fake.trouble(At::Write(22), Trouble::Noise);
    lab.poll().unwrap();
    assert_eq!(lab.value("battery.alarm.threshold"), Some("L"));
    let all = r"QCPEXrpcLsluoxfeBjqk\x01b";
    // what has changed is asked for twice
    assert_eq!(lab.fake.heard(), all.replace('k', "kk") + all);
    lab.poll().unwrap();
    assert_eq!(lab.fake.heard(), "QCPXLfBj");
}

#[test]
fn the_unit_leaves_smart_mode_with_its_driver() {
    let lab = Lab::new(Fake::smart_ups());
    let fake = lab.fake.clone();
    drop(lab);
    assert_eq!(fake.heard(), "R");
    assert!(!fake.with(|state| state.smart));
}
