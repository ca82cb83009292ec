//! Commands and shutdowns.

use super::*;
use proptest::prelude::*;

/// A command that has to be confirmed is given for the second time.
fn confirmed(lab: &mut Lab, name: &str, param: Option<&str>) -> Outcome {
    assert_eq!(lab.command(name, param), Outcome::Failed);
    lab.clock.sleep(Duration::from_secs(4));
    lab.command(name, param)
}

#[test]
fn what_takes_the_power_away_does_nothing_the_first_time_and_says_so() {
    let mut lab = Lab::new(Fake::smart_ups());
    for (name, param) in [
        ("load.off", None),
        ("shutdown.return", None),
        ("shutdown.return", Some("at:10")),
        ("shutdown.return", Some("cs")),
        ("shutdown.stayoff", None),
    ] {
        assert_eq!(lab.command(name, param), Outcome::Failed, "{name}");
    }
    assert_eq!(lab.fake.heard(), "");
}

#[test]
fn confirmed_commands_send_their_letters() {
    #[rustfmt::skip]
    let rows: &[(&str, Option<&str>, &str, Outcome)] = &[
        ("load.off",         None,            "ZZ",      Outcome::Handled),
        ("shutdown.stayoff", None,            "KK",      Outcome::Handled),
        ("shutdown.return",  None,            "S",       Outcome::Handled),
        ("shutdown.return",  Some(""),        "S",       Outcome::Handled),
        ("shutdown.return",  Some("cs"),      "US",      Outcome::Handled),
        ("shutdown.return",  Some("at:5"),    "@005",    Outcome::Handled),
        ("shutdown.return",  Some("AT:123"),  "@123",    Outcome::Handled),
        // two digits are tried as they are, and then as three
        ("shutdown.return",  Some("at:12"),   "@12Y@012", Outcome::Handled),
    ];
    for (name, param, sent, outcome) in rows {
        let mut lab = Lab::new(Fake::smart_ups());
        assert_eq!(
            confirmed(&mut lab, name, *param),
            *outcome,
            "{name} {param:?}"
        );
        assert_eq!(lab.fake.heard(), *sent, "{name} {param:?}");
    }
}

#[test]
fn a_unit_that_takes_two_digits_gets_two() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake.with(|state| state.digits = 2);
    assert_eq!(
        confirmed(&mut lab, "shutdown.return", Some("at:12")),
        Outcome::Handled
    );
    assert_eq!(lab.fake.heard(), "@12");
}

/// The pauses between the writes of a command, in milliseconds, while the unit alerts and sends line ends.
fn pauses(name: &str, param: Option<&str>, options: Given<'_>) -> Vec<u128> {
    let mut lab = Lab::with(Fake::smart_ups(), &settings("apcsmart", options));
    lab.command(name, param);
    lab.clock.sleep(Duration::from_secs(4));
    lab.fake.with(|state| {
        state.times.clear();
        state.alerts = b"\r\n!\r\n\r\n".to_vec();
    });
    assert_eq!(lab.command(name, param), Outcome::Handled, "{name}");
    let times = lab.fake.with(|state| state.times.clone());
    times
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).as_millis())
        .collect()
}

#[test]
fn letters_that_follow_each_other_are_not_hurried() {
    assert_eq!(pauses("load.off", None, &[]), [1500]);
    assert_eq!(pauses("shutdown.stayoff", None, &[]), [1500]);
    let slow = pauses("shutdown.return", Some("cs"), &[("cshdelay", "5.5")]);
    assert!(slow.len() == 1 && slow[0] >= 5500, "{slow:?}");
    assert_eq!(pauses("shutdown.return", Some("at:5"), &[]), [200, 50, 50]);
}

#[test]
fn what_is_refused_early_is_not_pressed_on() {
    for (name, sent) in [("load.off", "Z"), ("shutdown.stayoff", "K")] {
        let mut lab = Lab::new(Fake::smart_ups());
        lab.fake.trouble(At::Write(0), Trouble::Na);
        assert_eq!(confirmed(&mut lab, name, None), Outcome::Failed);
        assert_eq!(lab.fake.heard(), sent);
    }
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake.trouble(At::Write(0), Trouble::Na);
    assert_eq!(
        confirmed(&mut lab, "shutdown.return", Some("at:5")),
        Outcome::Failed
    );
    assert_eq!(lab.fake.heard(), "@");
}

#[test]
fn commands_that_are_refused_fail() {
    let mut lab = Lab::new(Fake::smart_ups());
    for answer in ["NO", "NA", ""] {
        lab.fake.with(|state| {
            state
                .commands
                .values_mut()
                .for_each(|reply| *reply = answer);
        });
        for name in [
            "test.panel.start",
            "test.battery.start",
            "calibrate.start",
            "test.failure.start",
        ] {
            assert_eq!(
                lab.command(name, None),
                Outcome::Failed,
                "{name} {answer:?}"
            );
        }
        for name in ["shutdown.return", "shutdown.stayoff"] {
            assert_eq!(
                confirmed(&mut lab, name, None),
                Outcome::Failed,
                "{name} {answer:?}"
            );
        }
    }
}

#[test]
fn a_command_that_is_none_or_not_there_is_told_apart() {
    let mut lab = Lab::new(Fake::smart_ups());
    for (name, param, outcome) in [
        ("no.such", None, Outcome::Unknown),
        ("load.on", Some("1"), Outcome::Unknown),
        ("shutdown.return", Some("at:1234"), Outcome::Unknown),
        ("shutdown.return.grace", None, Outcome::Unknown),
        ("bypass.start", None, Outcome::Invalid),
    ] {
        assert_eq!(lab.command(name, param), outcome, "{name}");
    }
}

#[test]
fn a_calibration_is_started_and_stopped_once() {
    let mut lab = Lab::new(Fake::smart_ups());
    assert_eq!(lab.command("calibrate.stop", None), Outcome::Handled);
    assert_eq!(lab.fake.heard(), "Q");
    assert_eq!(lab.command("calibrate.start", None), Outcome::Handled);
    assert_eq!(lab.fake.heard(), "QD");
    lab.fake.with(|state| state.status = 0x09);
    assert_eq!(lab.command("calibrate.start", None), Outcome::Handled);
    assert_eq!(lab.fake.heard(), "Q");
    assert_eq!(lab.command("calibrate.stop", None), Outcome::Handled);
    assert_eq!(lab.fake.heard(), "QD");
    lab.fake.set(b"Q", "?");
    assert_eq!(lab.command("calibrate.stop", None), Outcome::Failed);
}

#[test]
fn bypass_is_what_was_asked_for() {
    let fake = Fake::smart_ups();
    fake.set(b"a", "3..^LPQRSYabf");
    fake.with(|state| state.commands.insert(b'^', "BYP"));
    let mut lab = Lab::new(fake);
    assert_eq!(lab.command("bypass.start", None), Outcome::Handled);
    assert_eq!(lab.fake.heard(), "^");
    // it says BYP whatever is done, so it cannot be taken off
    assert_eq!(lab.command("bypass.stop", None), Outcome::Failed);
    assert_eq!(lab.fake.heard(), "^^");
    for (answer, outcome) in [
        ("INV", Outcome::Handled),
        ("OK", Outcome::Handled),
        ("NO", Outcome::Failed),
    ] {
        lab.fake.with(|state| state.commands.insert(b'^', answer));
        assert_eq!(lab.command("bypass.stop", None), outcome, "{answer}");
    }
}

#[test]
fn nobody_confirms_what_sdcommands_name() {
    let mut lab = Lab::new(Fake::smart_ups());
    let mut command = |name: &str| {
        lab.driver
            .command_unattended(name, &mut Report::default())
            .unwrap()
    };
    assert_eq!(command("shutdown.stayoff"), Outcome::Handled);
    assert_eq!(command("no.such"), Outcome::Unknown);
    assert_eq!(command("bypass.stop"), Outcome::Invalid);
    assert_eq!(lab.fake.heard(), "KK");
}

/// Options of ups.conf.
type Given<'a> = &'a [(&'a str, &'a str)];

/// What is sent for a shutdown in a state, and what comes of it.
fn shut_down(options: Given<'_>, status: u8, prepare: impl Fn(&Fake)) -> (String, Outcome) {
    let mut lab = Lab::with(Fake::smart_ups(), &settings("apcsmart", options));
    lab.fake.with(|state| state.status = status);
    prepare(&lab.fake);
    let outcome = lab.driver.shut_down().unwrap();
    (lab.fake.heard(), outcome)
}

#[test]
fn each_type_sends_what_it_is_for() {
    #[rustfmt::skip]
    let rows: &[(Given<'_>, u8, &str)] = &[
        (&[],                                      0x08, "YQ@000"),
        (&[],                                      0x10, "YQS"),
        (&[("sdtype", "0"), ("awd", "7")],         0x08, "YQ@007"),
        (&[("sdtype", "1")],                       0x10, "YQS"),
        (&[("sdtype", "1")],                       0x08, "YQ@000"),
        (&[("sdtype", "2")],                       0x08, "YQZZ"),
        (&[("sdtype", "3")],                       0x10, "YQKK"),
        (&[("sdtype", "4")],                       0x08, "YQUS"),
        (&[("sdtype", "4")],                       0x10, "YQS"),
        (&[("sdtype", "5"), ("awd", "123")],       0x10, "YQ@123"),
        (&[("advorder", "no"), ("sdtype", "5")],   0x08, "YQ@000"),
        (&[("advorder", "20"), ("sdtype", "5")],   0x08, "YQKK"),
    ];
    for (options, status, sent) in rows {
        let (heard, outcome) = shut_down(options, *status, |_| ());
        assert_eq!(heard, *sent, "{options:?} {status:x}");
        assert_eq!(outcome, Outcome::Handled);
    }
}

#[test]
fn methods_follow_each_other_until_one_is_accepted() {
    let refuse = |fake: &Fake| {
        fake.with(|state| {
            state.commands.insert(b'S', "NO");
            state.commands.insert(b'@', "NO");
        })
    };
    let (heard, outcome) = shut_down(&[("advorder", "0123")], 0x08, refuse);
    assert_eq!((heard.as_str(), outcome), ("YQS@000KK", Outcome::Handled));
    let (heard, outcome) = shut_down(&[("sdtype", "1")], 0x10, refuse);
    assert_eq!((heard.as_str(), outcome), ("YQS@000", Outcome::Failed));
}

#[test]
fn a_unit_that_does_not_tell_its_state_is_switched_off_in_either_way() {
    let confuse = |fake: &Fake| fake.set(b"Q", "?!");
    let (heard, outcome) = shut_down(&[], 0x08, confuse);
    assert_eq!((heard.as_str(), outcome), ("YQQS", Outcome::Handled));
    let refuse = |fake: &Fake| {
        confuse(fake);
        fake.with(|state| state.commands.insert(b'S', "NO"));
    };
    let (heard, outcome) = shut_down(&[], 0x08, refuse);
    assert_eq!((heard.as_str(), outcome), ("YQQS@000", Outcome::Handled));
}

#[test]
fn a_unit_that_does_nothing_is_told_to_have_failed() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake.with(|state| state.silent = true);
    assert_eq!(lab.driver.shut_down().unwrap(), Outcome::Failed);
}

#[test]
fn the_cable_sets_the_outputs_and_no_other_does() {
    for (cable, expected) in [
        (
            "940-0095b",
            &[(Signal::Dtr, true), (Signal::Rts, false)][..],
        ),
        ("940-0024C", &[]),
    ] {
        let fake = Fake::smart_ups();
        driver(&fake, &settings("apcsmart", &[("cable", cable)]));
        assert_eq!(fake.with(|state| state.outputs.clone()), expected);
    }
}

#[test]
fn the_old_driver_has_its_own_names_too() {
    let lab = Lab::with(Fake::smart_ups(), &settings(OLD_NAME, &[]));
    assert_eq!(lab.value("ups.firmware.old"), Some("GWI"));
    assert_eq!(lab.value("ups.firmware"), Some("70.11.I"));
    assert!(
        lab.seen
            .tree()
            .commands()
            .any(|name| name == "shutdown.return.grace")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a unit answers to everything but the status, the status is what it says of itself.
    #[test]
    fn garbage_in_other_answers_does_not_change_the_status(answers: Vec<Vec<u8>>) {
        let open: Open = Arc::new(move |_| {
            let mut answers = answers.clone().into_iter().cycle();
            Ok(Box::new(serial::Simulated::new(move |letter| match letter {
                b"Y" => b"SM\r\n".to_vec(),
                b"Q" => b"08\r\n".to_vec(),
                _ => answers.next().unwrap_or_default(),
            })))
        });
        let mut driver = ApcSmart::find(&open, &settings("apcsmart", &[])).unwrap();
        let mut seen = Published::default();
        let mut report = Report::default();
        prop_assert!(driver.identify(&mut report).is_ok());
        seen.tell(report);
        for _ in 0..3 {
            let mut report = Report::default();
            if driver.poll(Depth::Full, &mut report).is_ok() {
                seen.apply(report);
                prop_assert_eq!(seen.value("ups.status"), Some("OL"));
            }
            let mut report = Report::default();
            driver.listen(Duration::ZERO, &mut report);
            seen.tell(report);
        }
    }
}
