//! Lists in, updates out.

use super::*;
use driver::Update;

fn pairs(vars: &[(&str, &str)]) -> Vec<(String, String)> {
    vars.iter()
        .map(|&(var, value)| (var.to_owned(), value.to_owned()))
        .collect()
}

fn updated(mirror: &mut Mirror, vars: &[(&str, &str)], abilities: &Abilities) -> Report {
    let mut report = Report::default();
    mirror.update(&pairs(vars), abilities, &mut report);
    report
}

fn words(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

fn commands(names: &str) -> Abilities {
    Abilities {
        commands: words(names),
        ..Abilities::default()
    }
}

fn set(var: &str, value: &str) -> Update {
    Update::Set {
        var: var.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn all_but_the_drivers_own_variables_is_mirrored() {
    let vars = [
        ("lab.note", "hello"),
        ("driver.version", "9"),
        ("Driver.Name", "x"),
        ("device.type", "pdu"),
        ("ups.status", "OB LB"),
    ];
    let report = updated(&mut Mirror::default(), &vars, &Abilities::default());
    assert_eq!(
        report.updates,
        [set("lab.note", "hello"), set("device.type", "pdu")]
    );
    assert_eq!(report.status, Some(Status::of("OB LB")));
}

#[test]
fn status_words_are_passed_on_as_received() {
    for text in ["OL", "FSD OB LB", "WAIT", "ALARM OL", "", "OL TICK"] {
        let report = updated(
            &mut Mirror::default(),
            &[("ups.status", text)],
            &Abilities::default(),
        );
        assert_eq!(report.status, Some(Status::of(text)), "{text}");
    }
}

#[test]
fn what_vanishes_upstream_is_taken_back() {
    let mut mirror = Mirror::default();
    let before = [
        ("battery.charge", "91"),
        ("Lab.Note", "x"),
        ("ups.alarm", "smoke"),
        ("ups.status", "ALARM OL"),
    ];
    let report = updated(&mut mirror, &before, &Abilities::default());
    assert_eq!(report.alarms, Some(vec!["smoke".to_owned()]));
    let report = updated(&mut mirror, &[("lab.note", "y")], &Abilities::default());
    let removed = Update::Remove {
        var: "battery.charge".into(),
    };
    assert_eq!(report.updates, [set("lab.note", "y"), removed]);
    assert_eq!(report.alarms, Some(vec![]));
    assert_eq!(report.status, Some(Status::default()));
    let report = updated(&mut mirror, &[("lab.note", "y")], &Abilities::default());
    assert_eq!(report.updates, [set("lab.note", "y")]);
}

#[test]
fn types_are_read_as_upsd_composes_them() {
    let text = |max_len| Writable {
        flags: Flags::RW_STRING,
        max_len,
        ..Writable::default()
    };
    let number = Writable {
        flags: Flags::RW_NUMBER,
        ..Writable::default()
    };
    for (type_words, expected) in [
        ("RW STRING:5", text(5)),
        ("RW ENUM STRING:10", text(10)),
        ("RW STRING:x", text(0)),
        ("RW RANGE NUMBER", number),
    ] {
        assert_eq!(
            Writable::new("", &words(type_words)),
            expected,
            "{type_words}"
        );
    }
}

#[test]
fn a_writable_variable_is_declared_in_full_and_undeclared_when_it_ends() {
    let mut mirror = Mirror::default();
    let vars = [("ups.id", "rack"), ("lab.a", "1")];
    let id = Writable {
        choices: words("rack desk"),
        ranges: vec![Range { min: 1, max: 2 }],
        ..Writable::new("ups.id", &words("RW STRING:8"))
    };
    let gone = Writable::new("no.such", &words("RW NUMBER"));
    let abilities = Abilities {
        writable: vec![id.clone(), gone],
        commands: vec![],
    };
    let report = updated(&mut mirror, &vars, &abilities);
    let var = || "ups.id".to_owned();
    let declared = [
        Update::Flags {
            var: var(),
            flags: Flags::RW_STRING,
        },
        Update::MaxLen {
            var: var(),
            max_len: 8,
        },
        Update::Choices {
            var: var(),
            choices: id.choices,
        },
        Update::Ranges {
            var: var(),
            ranges: id.ranges,
        },
    ];
    assert_eq!(report.updates[2..], declared);
    let report = updated(&mut mirror, &vars, &Abilities::default());
    let undeclared = [
        Update::Flags {
            var: var(),
            flags: Flags::default(),
        },
        Update::MaxLen {
            var: var(),
            max_len: 0,
        },
        Update::Choices {
            var: var(),
            choices: vec![],
        },
        Update::Ranges {
            var: var(),
            ranges: vec![],
        },
    ];
    assert_eq!(report.updates[2..], undeclared);
    assert_eq!(
        updated(&mut mirror, &vars, &Abilities::default())
            .updates
            .len(),
        2
    );
}

#[test]
fn commands_are_mirrored_except_those_that_every_driver_has() {
    let mut mirror = Mirror::default();
    let add = |name: &str| Update::AddCommand {
        name: name.to_owned(),
    };
    let list = commands("load.off driver.reload Driver.Killpower shutdown.default beeper.mute");
    let report = updated(&mut mirror, &[], &list);
    assert_eq!(report.updates, [add("load.off"), add("beeper.mute")]);
    let report = updated(&mut mirror, &[], &commands("Load.Off"));
    let removed = Update::RemoveCommand {
        name: "beeper.mute".into(),
    };
    assert_eq!(report.updates, [add("Load.Off"), removed]);
}

#[test]
fn names_that_would_break_a_listing_are_left_out() {
    let long = "n".repeat(200);
    let vars = [("a b", "1"), (long.as_str(), "1"), ("", "1")];
    let report = updated(&mut Mirror::default(), &vars, &commands("x\"y"));
    assert_eq!(report.updates, []);
}
