//! The whole driver on a unit that is simulated.

use super::*;
use crate::fake::{Fake, State, Trouble, Want};
use crate::variables::Variable;
use driver::testing::Published;

/// A driver on a unit, and what clients see of it.
struct Lab {
    driver: ApcSmart,
    seen: Published,
    fake: Fake,
}

fn settings(name: &str, options: &[(&str, &str)]) -> Settings {
    let option = |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
    Settings {
        driver: name.to_owned(),
        options: options.iter().map(option).collect(),
        ..Settings::default()
    }
}

fn driver(fake: &Fake, settings: &Settings) -> ApcSmart {
    let fake = fake.clone();
    let open: Open = Arc::new(move |_| Ok(Box::new(fake.line())));
    ApcSmart::find(&open, settings).unwrap()
}

impl Lab {
    fn new(fake: Fake) -> Self {
        Self::with(fake, &settings("apcsmart", &[]))
    }

    fn with(fake: Fake, settings: &Settings) -> Self {
        let mut lab = Self::identified(fake, settings);
        lab.poll().unwrap();
        lab.fake.heard();
        lab
    }

    fn identified(fake: Fake, settings: &Settings) -> Self {
        let mut lab = Self {
            driver: driver(&fake, settings),
            seen: Published::default(),
            fake,
        };
        let mut report = Report::default();
        lab.driver.identify(&mut report).unwrap();
        lab.seen.apply(report);
        lab
    }

    fn poll(&mut self) -> Result<(), Error> {
        let mut report = Report::default();
        self.driver.poll(Depth::Full, &mut report)?;
        self.seen.apply(report);
        Ok(())
    }

    fn listen(&mut self) -> Heard {
        let mut report = Report::default();
        let heard = self.driver.listen(Duration::ZERO, &mut report);
        self.seen.apply(report);
        heard
    }

    fn set(&mut self, var: &str, value: &str) -> Outcome {
        let mut report = Report::default();
        let outcome = self.driver.set(var, value, &mut report).unwrap();
        self.seen.apply(report);
        outcome
    }

    fn command(&mut self, name: &str, param: Option<&str>) -> Outcome {
        self.driver
            .command(name, param, &mut Report::default())
            .unwrap()
    }

    fn value(&self, var: &str) -> Option<&str> {
        self.seen.value(var)
    }

    fn status(&self) -> &str {
        self.value("ups.status").unwrap_or_default()
    }
}

/// A line on which nobody answers.
fn silent() -> Talk {
    Talk::new(Box::new(serial::Simulated::new(|_| Vec::new())))
}

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
    assert!(tree.get("ups.test.interval").unwrap().choices.is_empty());
    let commands: Vec<_> = tree.commands().collect();
    assert!(commands.contains(&"calibrate.start"), "{commands:?}");
    assert!(!commands.contains(&"bypass.start"));
}

#[test]
fn noise_at_the_start_hides_nothing() {
    let expected = Lab::identified(Fake::smart_ups(), &settings("apcsmart", &[]));
    let writes = expected.fake.with(|state| std::mem::take(&mut state.heard));
    for (at, letter) in writes.iter().enumerate() {
        for trouble in [Trouble::Noise, Trouble::Cut, Trouble::Lost] {
            // who is silent then is a very old unit, or one whose settings nobody knows
            if trouble == Trouble::Lost && matches!(letter.as_slice(), b"a" | b"\x1a") {
                continue;
            }
            let fake = Fake::smart_ups();
            fake.with(|state| state.trouble = Some((at, trouble)));
            let lab = Lab::identified(fake, &settings("apcsmart", &[]));
            assert_eq!(
                lab.seen.listing(),
                expected.seen.listing(),
                "{trouble:?} {at}"
            );
        }
    }
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
    let mut driver = driver(&Fake::new(State::default()), &settings("apcsmart", &[]));
    driver.unit.talk = silent();
    let why = driver
        .identify(&mut Report::default())
        .unwrap_err()
        .to_string();
    assert!(why.contains("check the cable"), "{why}");
}

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
    for piece in ["1", "10", "100", "00.0", "1000.0"] {
        lab.fake.set(b"f", piece);
        assert!(lab.poll().is_err(), "{piece}");
    }
    lab.fake.set(b"f", "087.0");
    lab.poll().unwrap();
    assert_eq!(lab.value("battery.charge"), Some("087.0"));
}

#[test]
fn trouble_with_any_answer_is_over_with_the_next_poll() {
    for at in 0..12 {
        for trouble in Trouble::ALL {
            let mut lab = Lab::new(Fake::smart_ups());
            lab.fake.with(|state| state.trouble = Some((at, trouble)));
            let first = lab.poll();
            lab.fake.heard();
            lab.fake.with(|state| state.trouble = None);
            let second = lab.poll();
            assert!(second.is_ok(), "{trouble:?} {at}: {first:?}, {second:?}");
            assert_eq!(lab.status(), "OL");
        }
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
    lab.driver.unit.talk = silent();
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
        fake.with(|state| state.status = status);
        let mut line = fake.line();
        line.say(alert);
        lab.driver.unit.talk = Talk::new(Box::new(line));
        assert_eq!(lab.listen(), Heard::Something);
        assert_eq!(lab.status(), expected);
    }
    for nothing in [&b""[..], b"|", b"&", b"*", b"\xff\x00", b"08\r\n"] {
        let mut line = fake.line();
        line.say(nothing);
        lab.driver.unit.talk = Talk::new(Box::new(line));
        assert_eq!(lab.listen(), Heard::Nothing, "{nothing:?}");
    }
}

#[test]
fn a_value_is_rotated_to() {
    let mut lab = Lab::new(Fake::smart_ups());
    assert_eq!(lab.set("battery.runtime.low", "480"), Outcome::Handled);
    assert_eq!(lab.fake.heard(), "q-q-qq");
    assert_eq!(lab.value("battery.runtime.low"), Some("480"));
    assert_eq!(lab.set("battery.runtime.low", "480"), Outcome::Handled);
    assert_eq!(lab.fake.heard(), "q");
}

#[test]
fn a_value_that_is_not_listed_is_not_looked_for() {
    let mut lab = Lab::new(Fake::smart_ups());
    assert_eq!(lab.set("battery.runtime.low", "600"), Outcome::Failed);
    assert_eq!(lab.set("battery.charge", "50"), Outcome::Unknown);
    assert_eq!(lab.set("no.such", "50"), Outcome::Unknown);
    assert_eq!(lab.fake.heard(), "");
}

#[test]
fn no_ring_is_gone_round_twice() {
    let mut lab = Lab::new(Fake::smart_ups());
    // listed, but not in the ring
    lab.fake
        .with(|state| state.rings.insert(b'k', vec!["0", "T"]));
    assert_eq!(lab.set("battery.alarm.threshold", "N"), Outcome::Failed);
    assert_eq!(lab.fake.heard(), "k-k-kk");
    // a ring that never comes back to where it was, and has no end
    lab.fake
        .with(|state| state.rings.insert(b'k', vec!["5", "6"]));
    lab.fake.set(b"k", "0");
    assert_eq!(lab.set("battery.alarm.threshold", "N"), Outcome::Failed);
    assert_eq!(lab.fake.heard(), "k-k-k-k-kk");
    assert_eq!(lab.value("battery.alarm.threshold"), Some("6"));
}

#[test]
fn a_text_is_written_with_its_padding() {
    let mut lab = Lab::new(Fake::smart_ups());
    assert_eq!(lab.set("ups.id", "ABC"), Outcome::Handled);
    assert_eq!(lab.fake.heard(), r"c-ABC\r\r\r\r\rc");
    assert_eq!(lab.value("ups.id"), Some("ABC"));
    assert_eq!(lab.set("ups.id", ""), Outcome::Handled);
    assert_eq!(lab.value("ups.id"), Some(""));
    assert_eq!(lab.set("ups.id", "12345678"), Outcome::Handled);
    lab.fake.heard();
    for wrong in ["123456789", "A#B", "A*B", "A\rB", "\u{e4}"] {
        assert_eq!(lab.set("ups.id", wrong), Outcome::Failed, "{wrong:?}");
    }
    assert_eq!(lab.fake.heard(), "");
}

#[test]
fn the_rest_of_a_text_that_is_refused_is_not_sent() {
    let mut lab = Lab::new(Fake::smart_ups());
    // it does not let this one be changed, so the text would be commands
    lab.fake
        .with(|state| state.trouble = Some((1, Trouble::Na)));
    assert_eq!(lab.set("ups.id", "KKZZSSUU"), Outcome::Failed);
    assert_eq!(lab.fake.heard(), "c-");
}

/// Edits that are interrupted at each of their writes, in each way: the unit is in smart mode afterwards and waits for
/// nothing, what is published is what it has, and success is told only when it has what was wanted.
#[test]
fn an_edit_that_is_interrupted_leaves_everything_in_order() {
    let edits = [
        ("ups.id", "ABC", b'c', "ABC"),
        ("ups.id", "12345678", b'c', "12345678"),
        ("battery.runtime.low", "480", b'q', "08"),
        ("battery.alarm.threshold", "N", b'k', "N"),
    ];
    for (var, value, letter, wanted) in edits {
        for trouble in Trouble::ALL {
            for at in 0..14 {
                let mut lab = Lab::new(Fake::smart_ups());
                lab.fake.with(|state| state.trouble = Some((at, trouble)));
                let outcome = lab.set(var, value);
                lab.fake.with(|state| state.trouble = None);
                let what = format!("{var} {trouble:?} {at}: {outcome:?}, {}", lab.fake.heard());
                lab.poll().unwrap_or_else(|why| panic!("{what}: {why}"));
                lab.fake.with(|state| {
                    assert!(state.smart && state.want == Want::Letter, "{what}");
                    let has = state.values.get(&vec![letter]);
                    let done = has.map(String::as_str) == Some(wanted);
                    assert!(outcome != Outcome::Handled || done, "{what}: {has:?}");
                });
                // a failure was told together with what there is, or is by the next full round
                lab.driver.unit.give_up();
                lab.poll().unwrap();
                let has = lab
                    .fake
                    .with(|state| state.values.get(&vec![letter]).cloned());
                let row = Variable::of(&[letter]).next().unwrap();
                let shown = has.map(|has| row.form.value(&has));
                assert_eq!(lab.value(var).map(str::to_owned), shown, "{what}");
            }
        }
    }
}

#[test]
fn a_port_that_is_pulled_is_gone() {
    let mut lab = Lab::new(Fake::smart_ups());
    let mut line = lab.fake.line();
    line.pull();
    lab.driver.unit.talk = Talk::new(Box::new(line));
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
fn another_unit_on_the_same_port_has_nothing_of_the_one_before() {
    let Lab {
        driver,
        mut seen,
        fake,
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

#[test]
fn a_round_that_was_spoilt_is_read_as_a_whole_again() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.driver.unit.give_up();
    // what is read once an hour has changed, and noise comes behind it
    lab.fake.set(b"k", "L");
    lab.fake
        .with(|state| state.trouble = Some((13, Trouble::Noise)));
    lab.poll().unwrap();
    assert_eq!(lab.value("battery.alarm.threshold"), Some("L"));
    let all = r"QCPEXcLfBjqk\x01b";
    assert_eq!(lab.fake.heard(), all.repeat(2));
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

mod acting;
