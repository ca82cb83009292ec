//! The syntax table of the specification, row by row, and what no file may do.

use super::*;
use crate::instruction::assign;
use proptest::prelude::*;
use std::time::Duration;

fn steps(source: &str) -> Vec<Instruction> {
    parse(source.as_bytes())
        .steps
        .into_iter()
        .map(|step| step.what)
        .collect()
}

fn faults(source: &[u8]) -> Vec<String> {
    let told = |fault: Fault| format!("{}: {:?}: {}", fault.line, fault.text, fault.why);
    parse(source).faults.into_iter().map(told).collect()
}

/// The name and value that a line sets; nothing when it deletes.
fn set(source: &str) -> (String, Option<String>) {
    match steps(source).as_slice() {
        [Instruction::Set { var, value }] => (var.clone(), Some(value.clone())),
        [Instruction::Delete { var }] => (var.clone(), None),
        other => panic!("{source:?} gave {other:?}"),
    }
}

#[test]
fn values_are_read_as_the_table_says() {
    for (line, name, value) in [
        ("lab.a: one   two\tthree # x", "lab.a", "one two three"),
        ("lab.a 17", "lab.a", "17"),
        ("lab.a : 5", "lab.a", ": 5"),
        ("\"lab.a\": 5", "lab.a", ": 5"),
        ("lab.a:5", "lab.a", "5"), // C: the value of the line before
        ("lab.a:b: 6", "lab.a", "6"),
        ("lab.a=b", "lab.a", "= b"),
        ("lab.a: k=v", "lab.a", "k = v"),
        ("lab.t: 12:34:56", "lab.t", "12:34:56"),
        ("lab.a: \"two  blanks\"", "lab.a", "two  blanks"),
        ("lab.a: \"say \\\"hi\\\" \\#1\"", "lab.a", "say \"hi\" #1"),
        (
            "lab.a: \"open\nlab.b: 1\nlab.c: \" x",
            "lab.a",
            "openlab.b: 1lab.c:  x",
        ),
        ("lab.a: caffè", "lab.a", "caffè"), // C: caff
        ("lab.a: 9", "lab.a", "9"),
        ("lab.a: 9\r\n", "lab.a", "9"),
        ("timer: 3", "timer", "3"),
        ("alarm: x", "alarm", "x"),
        ("TIMERISH 0", "TIMERISH", "0"),       // C: a pause
        ("ALARMING loud", "ALARMING", "loud"), // C: an alarm
        ("ups.statusX: BYPASS", "ups.statusX", "BYPASS"), // C: the status
        ("ups.status.foo: OB", "ups.status.foo", "OB"), // C: the status
        ("server.info: z", "server.info", "z"),
        ("@include: x", "@include", "x"),
        ("INSTCMD y", "INSTCMD", "y"),
        ("DELINFO z", "DELINFO", "z"),
        ("Battery.Charge: 50", "Battery.Charge", "50"),
    ] {
        assert_eq!(
            set(line),
            (name.to_owned(), Some(value.to_owned())),
            "{line:?}"
        );
    }
}

#[test]
fn a_name_without_value_deletes() {
    for line in ["lab.a:", "lab.a", "lab.a: \"\"", "lab.b: 17\nlab.a:"] {
        let last = steps(line).pop();
        assert_eq!(last, Some(assign("lab.a", String::new())), "{line:?}");
    }
}

#[test]
fn keywords_are_read_as_the_table_says() {
    let timer = |seconds| Instruction::Timer(Duration::from_secs(seconds));
    let text = |text: &str| text.to_owned();
    for (line, instruction) in [
        ("TIMER 4", timer(4)),
        ("TIMER: 4", timer(4)),
        ("TIMER 0", timer(0)),
        ("TIMER soon", timer(0)),
        (
            "ALARM \"[Replace battery]\"",
            Instruction::Alarm(text("[Replace battery]")),
        ),
        ("ALARM second text", Instruction::Alarm(text("second text"))),
        ("ALARM", Instruction::OnlyAlarm(text(""))),
        ("ALARM \"\"", Instruction::OnlyAlarm(text(""))),
        (
            "ups.alarm: Replace battery!",
            Instruction::OnlyAlarm(text("Replace battery!")),
        ),
        ("ups.alarm:", Instruction::OnlyAlarm(text(""))),
        ("ups.status: OB LB", Instruction::Status(text("OB LB"))),
        (
            "ups.status: \"OB  LB\" RB",
            Instruction::Status(text("OB  LB RB")),
        ),
        ("ups.status:", Instruction::Status(text(""))),
        ("Ups.Status: OB", Instruction::Status(text("OB"))), // C: a variable, for a moment
    ] {
        assert_eq!(steps(line), [instruction], "{line:?}");
    }
}

#[test]
fn lines_about_a_driver_comments_and_empty_lines_are_ignored() {
    let source = "# c\n\n  \t\ndriver.version: 9.9\nDRIVER.bar: 1\ndriver.a: caff\u{e8}\n";
    assert_eq!(steps(source), []);
    assert_eq!(faults(source.as_bytes()), Vec::<String>::new());
}

#[test]
fn a_broken_line_is_skipped_and_told_with_its_place() {
    let source = "a: 1\nlab.a: \"a # b\" tail\nb: 2\nTIMER\n: 3\n";
    assert_eq!(
        steps(source),
        [assign("a", "1".into()), assign("b", "2".into())]
    );
    let told = faults(source.as_bytes());
    let hash =
        r##"2: "lab.a: \"a # b\" tail": a "#" stands in quotes; the line is skipped, write "\#""##;
    assert_eq!(told[0], hash);
    assert!(told[1].starts_with("4: \"TIMER\": TIMER: the number of seconds is missing"));
    assert!(told[2].starts_with("5: \": 3\": the name of a variable is missing"));
    assert_eq!(told.len(), 3);
}

#[test]
fn a_quote_that_is_never_closed_takes_the_rest_of_the_file_with_it() {
    let source = "a: 1\nlab.a: \"open\nb: 2\n";
    assert_eq!(steps(source), [assign("a", "1".into())]);
    assert!(faults(source.as_bytes())[0].starts_with("2: \"lab.a: \\\"open\": the quote"));
}

#[test]
fn what_is_left_out_of_a_line_is_told() {
    let many = format!("lab.a:{}", " w".repeat(40));
    assert_eq!(set(&many).1, Some(["w"; 31].join(" ")));
    assert!(faults(many.as_bytes())[0].contains("beyond the 32nd"));
    let long = format!("lab.a: {}", "x".repeat(300));
    assert_eq!(set(&long).1, Some("x".repeat(255)));
    assert!(faults(long.as_bytes())[0].contains("has 300 bytes"));
    let longest = format!("lab.a: {}", "x".repeat(600));
    assert_eq!(faults(longest.as_bytes()).len(), 2);
    assert!(faults(b"lab.a: caff\xe8\n")[0].contains("no UTF-8"));
    assert!(faults(b"lab.a: x\x01\n")[0].contains("no UTF-8"));
    assert!(faults(b"lab.a:b: 6\n")[0].contains("\"b:\" behind the colon"));
    let name = "n".repeat(129);
    assert_eq!(steps(&format!("{name}: 1")), []);
}

#[test]
fn a_file_full_of_faults_is_told_in_part() {
    let script = parse("TIMER\n".repeat(100).as_bytes());
    assert_eq!((script.faults.len(), script.more_faults), (20, 80));
}

#[test]
fn a_step_knows_its_line() {
    let script = parse(b"# c\nlab.a: 1\\\n2\n\nlab.b: 3");
    let lines: Vec<_> = script.steps.iter().map(|step| step.line).collect();
    assert_eq!(lines, [2, 5]);
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn any_lines_of_the_language_are_survived(
        lines in prop::collection::vec("(TIMER|ALARM|ups\\.status|lab\\.a|\")[: =#\"\\\\\n\r]{0,3}[ -~é\u{1}]{0,9}", 0..20)
    ) {
        let script = parse(lines.join("\n").as_bytes());
        for step in script.steps {
            if let Instruction::Set { value, .. } = step.what {
                prop_assert!(!value.is_empty() && value.len() <= instruction::VALUE_MAX);
            }
        }
    }

    #[test]
    fn quoted_values_come_back(value in "[ -~é]{1,80}") {
        let mut line = "lab.a: ".to_owned();
        text::quote(&value, &mut line);
        prop_assert_eq!(set(&line).1, Some(value));
    }
}

/// Dumps of real devices, which are not part of the project: `LOCKNUT_DUMPS` or beside the workspace.
fn dumps() -> Vec<std::path::PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/devices/dumps");
    let folder = std::env::var("LOCKNUT_DUMPS").unwrap_or_else(|_| beside.to_owned());
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no dumps in {folder}; set LOCKNUT_DUMPS to their folder");
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// What a dump holds, read in the plainest way: name, colon, value, up to a comment.
fn plain(source: &str) -> Vec<Instruction> {
    let mut found = Vec::new();
    for line in source.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        if !name.starts_with("driver.") {
            let value: Vec<&str> = value.split_whitespace().collect();
            found.push(assign(name, value.join(" ")));
        }
    }
    found
}

#[test]
fn dumps_of_real_devices_are_read_without_a_fault() {
    for path in dumps() {
        let source = std::fs::read_to_string(&path).unwrap();
        assert_eq!(steps(&source), plain(&source), "{}", path.display());
        assert_eq!(
            faults(source.as_bytes()),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
    }
}
