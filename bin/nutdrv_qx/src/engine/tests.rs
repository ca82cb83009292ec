//! With a dialect of two requests.

use driver::{Error, Report};
use proto::Outcome;

use crate::dialect::Read::{Bit, Number, Text};
use crate::dialect::{
    Allowed, Claim, Command, Dialect, Effect, Form, Plan, Query, Row, Send, Setting,
};
use crate::dialects::bench::Bench;

const S: Query = Query::new("S", 6, b'(');
const V: Query = Query::new("V", 4, b'#');

#[rustfmt::skip]
static ROWS: [Row; 8] = [
    Row::var("input.voltage",    S.at(1, 3), Number(0)),
    Row::status(                 S.at(4, 4), Bit("OL", "!OL")),
    Row::alarm(                  S.at(4, 4), Bit("", "no mains")),
    Row::log("eco_mode",         V.at(1, 1), Text).changed(),
    Row::apply("eco_mode"),
    Row::var("ups.firmware",     V.at(1, 2), Text).once(),
    Row::var("battery.packs",    V.at(1, 1), Number(0)).changed().rw(),
    Row::var("ups.temperature",  V.at(2, 2), Number(0)).gate("warm"),
];
#[rustfmt::skip]
static SETTINGS: [Setting; 4] = [
    Setting::device("battery.packs",   Send::Number("P{}", Form::digits(2)), Allowed::Ranges(&[(1, 9)])),
    Setting::conf("eco_mode",          Send::Number("E{}", Form::digits(1)), Allowed::Ranges(&[(0, 3)])),
    Setting::kept("ups.delay.start",    "180", &[(0, 600)], |delay| delay - delay % 60),
    Setting::kept("ups.delay.shutdown", "30",  &[(12, 600)], |delay| delay),
];
#[rustfmt::skip]
static COMMANDS: [Command; 5] = [
    Command::fixed("shutdown.stop",   "C"),
    Command::fixed("shutdown.return", "R"),
    Command::with("test.battery.start", Send::Plan(|_, _| Ok(Plan {
        requests: vec!["A".to_owned(), "B".to_owned()],
        then: vec![Effect::Open("warm"), Effect::Set("ups.test.result", "running".to_owned())],
    }))),
    Command::fixed("load.off.delay",  "D"),
    Command::fixed("bypass.start",    "Y").gate("warm"),
];
static LAB: Dialect = Dialect {
    name: "Lab",
    version: "1",
    claim: &[Claim::have("input.voltage")],
    rows: &[&ROWS],
    settings: &[&SETTINGS],
    commands: &[&COMMANDS],
    accepted: "ok",
    rejected: "no\r",
    ..Dialect::BASE
};

const ON_LINE: (&str, &str) = ("S", "(2300");
const ON_BATTERY: (&str, &str) = ("S", "(0001");

fn bench() -> Bench {
    Bench::on(&LAB, &[ON_LINE, ("V", "#21")], &[]).unwrap()
}

fn switch(bench: &mut Bench, (request, answer): (&str, &str)) {
    bench.device.set(request, answer);
}

#[test]
fn an_answer_serves_all_rows_that_stand_together() {
    let mut bench = bench();
    bench.polled();
    assert_eq!(bench.device.take_asked(), ["S"]);
    bench.expect(&[
        ("input.voltage", "230"),
        ("ups.status", "OL"),
        ("driver.version.data", "Lab 1"),
    ]);
}

#[test]
fn a_quick_walk_reads_the_status_and_a_full_one_the_rest() {
    let mut bench = bench();
    bench.polled();
    switch(&mut bench, ON_BATTERY);
    bench.glance().unwrap();
    bench.expect(&[("ups.status", "OB"), ("input.voltage", "230")]);
    bench.expect_none(&["ups.alarm"]);
    bench.polled();
    bench.expect(&[
        ("ups.status", "ALARM OB"),
        ("input.voltage", "0"),
        ("ups.alarm", "no mains"),
    ]);
}

#[test]
fn after_a_command_everything_that_may_have_changed_is_read() {
    let mut bench = bench();
    bench.polled();
    bench.command("shutdown.stop", None, &["C"]);
    bench.device.take_asked();
    bench.glance().unwrap();
    assert_eq!(bench.device.take_asked(), ["S", "V"]);
    bench.glance().unwrap();
    assert_eq!(bench.device.take_asked(), ["S"]);
}

#[test]
fn the_fifth_failure_in_a_row_makes_the_data_stale_and_the_first_answer_fresh() {
    for fault in ["", "garbage", "(23", "(230x", "S"] {
        let mut bench = bench();
        bench.polled();
        switch(&mut bench, ("S", fault));
        for failure in 1..=4 {
            assert!(bench.poll().is_ok(), "{fault:?} {failure}");
            bench.expect(&[("ups.status", "OL"), ("input.voltage", "230")]);
        }
        for _ in 0..3 {
            assert!(matches!(bench.poll(), Err(Error::Timeout(_))), "{fault:?}");
        }
        switch(&mut bench, ON_BATTERY);
        bench.polled();
        bench.expect(&[("ups.status", "ALARM OB")]);
        switch(&mut bench, ("S", fault));
        assert!(bench.poll().is_ok(), "the count begins anew");
    }
}

#[test]
fn a_dead_line_is_asked_twice_and_not_for_everything() {
    let mut bench = bench();
    bench.polled();
    bench.device.take_asked();
    switch(&mut bench, ("S", ""));
    bench.poll().unwrap();
    assert_eq!(bench.device.take_asked(), ["S", "S"]);
}

#[test]
fn one_lost_answer_changes_nothing() {
    let mut bench = bench();
    bench.polled();
    bench.device.lose(1);
    bench.polled();
    bench.expect(&[("ups.status", "OL")]);
}

#[test]
fn data_that_were_never_read_are_not_fresh() {
    let mut bench = bench();
    switch(&mut bench, ("S", ""));
    assert!(bench.poll().is_err());
}

#[test]
fn a_port_that_is_gone_is_told_at_once() {
    let mut bench = bench();
    bench.polled();
    bench.device.gone = true;
    assert!(matches!(bench.poll(), Err(Error::Gone(_))));
}

#[test]
fn rows_that_are_not_answered_are_left_out_from_then_on() {
    let mut bench = Bench::on(&LAB, &[ON_LINE], &[]).unwrap();
    bench.expect_none(&["ups.firmware", "battery.packs"]);
    switch(&mut bench, ("V", "#21"));
    bench.command("shutdown.stop", None, &["C"]);
    bench.polled();
    bench.expect_none(&["battery.packs"]);
}

#[test]
fn a_row_that_the_status_depends_on_must_be_answered_at_the_start() {
    let refused = Bench::on(&LAB, &[("S", "(230x")], &[]).err().unwrap();
    assert!(
        matches!(&refused, Error::Timeout(why) if why.contains("ups.status")),
        "{refused}"
    );
}

#[test]
fn what_the_configuration_fixes_is_not_asked_for() {
    let options = [
        ("override.battery.packs", "4"),
        ("default.ups.firmware", "x"),
    ];
    let mut bench = Bench::on(&LAB, &[ON_LINE, ("V", "#21")], &options).unwrap();
    bench.polled();
    bench.expect(&[("battery.packs", "4"), ("ups.firmware", "x")]);
    bench.command("shutdown.stop", None, &["C"]);
    bench.polled();
    assert_eq!(bench.engine.known.value("battery.packs"), Some("4"));
}

#[test]
fn settings_are_checked_sent_and_read_back() {
    let mut bench = bench();
    bench.device.set("P05", "ok");
    bench.device.set("P06", "no");
    bench.device.set("P07", "what?");
    bench.set("battery.packs", "5", &["P05"]);
    bench.set("battery.packs", "2", &[]); // it is so already
    for wrong in ["0", "10", "x", ""] {
        bench.unknown_setting("battery.packs", wrong);
    }
    for (value, outcome) in [("6", Outcome::Invalid), ("7", Outcome::Invalid)] {
        let done = bench.engine.set(
            &mut bench.device,
            "battery.packs",
            value,
            &mut Report::default(),
        );
        assert_eq!(done.unwrap(), outcome);
    }
    bench.unknown_setting("input.voltage", "1");
    bench.unknown_setting("eco_mode", "1");
}

#[test]
fn delays_are_kept_here_and_tidied() {
    let mut bench = Bench::on(&LAB, &[ON_LINE], &[("ondelay", "250")]).unwrap();
    bench.expect(&[("ups.delay.start", "240"), ("ups.delay.shutdown", "30")]);
    bench.set("ups.delay.start", "359", &[]);
    bench.expect(&[("ups.delay.start", "300")]);
    let wrong = Bench::on(&LAB, &[ON_LINE], &[("offdelay", "601")])
        .err()
        .unwrap();
    assert!(
        matches!(&wrong, Error::Config(why) if why.contains("offdelay")),
        "{wrong}"
    );
}

#[test]
fn what_ups_conf_wants_is_written_once_and_only_if_it_is_not_so() {
    for (value, asked) in [
        ("3", &["S", "S", "V", "E3", "V"][..]),
        ("2", &["S", "S", "V"]),      // it is so already
        ("7", &["S", "S", "V", "V"]), // it may not be so
    ] {
        let answers = [ON_LINE, ("V", "#21"), ("E3", "ok")];
        let mut bench = Bench::on(&LAB, &answers, &[("eco_mode", value)]).unwrap();
        assert_eq!(bench.device.begun, asked, "{value}");
        bench.polled();
        assert!(!bench.device.asked.contains(&"E3".to_owned()));
    }
}

#[test]
fn all_requests_of_a_plan_must_be_accepted() {
    let mut bench = bench();
    bench.device.set("A", "no");
    bench.refuse("test.battery.start", None, &["A"]);
    bench.expect_none(&["ups.test.result"]);
    bench.device.set("A", "ok");
    bench.command("test.battery.start", None, &["A", "B"]);
    bench.expect(&[("ups.test.result", "running")]);
    bench.polled();
    bench.expect(&[("ups.temperature", "1")]);
    bench.command("bypass.start", None, &["Y"]);
}

#[test]
fn an_echo_or_another_word_is_no_consent_and_silence_is() {
    let mut bench = bench();
    for (answer, fine) in [("C", false), ("no", false), ("OK", true), ("", true)] {
        bench.device.set("C", answer);
        if fine {
            bench.command("shutdown.stop", None, &["C"]);
        } else {
            bench.refuse("shutdown.stop", None, &["C"]);
        }
    }
}

#[test]
fn commands_behind_a_closed_gate_are_unknown_and_some_have_stand_ins() {
    let mut bench = bench();
    let mut invalid = |name| {
        let done = bench
            .engine
            .command(&mut bench.device, name, None, &mut Report::default());
        assert_eq!(done.unwrap(), Outcome::Invalid, "{name}");
    };
    invalid("bypass.start");
    invalid("beeper.off");
    invalid("load.on");
    bench.command("load.off", None, &["D"]);
}

#[test]
fn a_shutdown_ends_what_is_pending_and_is_tried_three_times() {
    let mut bench = bench();
    bench.device.take_asked();
    assert_eq!(
        bench.engine.shut_down(&mut bench.device).unwrap(),
        Outcome::Handled
    );
    assert_eq!(bench.device.take_asked(), ["C", "R"]);
    bench.device.set("C", "no");
    bench.device.set("R", "no");
    assert_eq!(
        bench.engine.shut_down(&mut bench.device).unwrap(),
        Outcome::Failed
    );
    assert_eq!(bench.device.take_asked(), ["C", "C", "C", "R", "R", "R"]);
}
