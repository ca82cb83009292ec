use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

use super::*;
use crate::{Paper, Tape};

/// The text that `act` makes.
fn taped(head: &Head, at: Duration, act: impl FnOnce(&Tape)) -> String {
    let paper = Paper::default();
    act(&Tape::onto(paper.clone(), head, move || at));
    paper.text()
}

fn head() -> Head {
    Head {
        driver: "lab-ups".into(),
        version: "0.1.0".into(),
        poll_interval: Duration::from_millis(2500),
        options: vec![("mode".into(), Some("a b".into())), ("quick".into(), None)],
    }
}

fn sample() -> String {
    taped(&head(), Duration::from_millis(4), |tape| {
        tape.step(&["open"]);
        tape.device(&["lab 1".into(), "name \"A B\"".into()], &[]);
        tape.say("get 1", "01 64");
        tape.say("get 2", "");
        tape.step(&["command", "beeper.mute", ""]);
        tape.say("set 3", "!stalled");
    })
}

#[test]
fn the_text_is_readable() {
    let expected = r#"locknut-recording 1
driver lab-ups 0.1.0
pollinterval 2.5
option mode "a b"
option quick

= 0.004 open
@ lab 1
@ name "A B"
> get 1
< 01 64
> get 2
<
= 0.004 command beeper.mute ""
> set 3
< !stalled
"#;
    assert_eq!(sample(), expected);
}

#[test]
fn it_is_read_as_it_was_written() {
    let recording = Recording::parse(&sample()).unwrap();
    assert_eq!(recording.head, head());
    let [open, command] = recording.steps.as_slice() else {
        panic!("{:?}", recording.steps)
    };
    assert_eq!((open.line, open.at), (7, Duration::from_millis(4)));
    assert_eq!(open.events.len(), 4);
    let exchange = Event::Exchange {
        line: 12,
        call: "get 2".into(),
        answer: String::new(),
    };
    assert_eq!(open.events[3], exchange);
    assert_eq!(command.words, ["command", "beeper.mute", ""]);
}

#[test]
fn a_file_that_was_cut_off_is_read_as_far_as_it_goes() {
    let whole = sample();
    let events = |text: &str| {
        let steps = Recording::parse(text).map(|recording| recording.steps);
        steps.map(|steps| {
            steps
                .iter()
                .map(|step| step.events.len() + 1)
                .sum::<usize>()
        })
    };
    let mut before = 0;
    for end in MAGIC.len() + 1..=whole.len() {
        let events = events(&whole[..end]).unwrap();
        assert!(events >= before, "{end}");
        before = events;
    }
    assert_eq!(before, 7);
}

#[test]
fn what_cannot_be_understood_is_told_with_its_line() {
    for (body, line) in [
        ("nonsense", 2),
        ("driver x", 2),
        ("pollinterval -1", 2),
        ("option \"x", 2),
        ("= soon poll", 2),
        ("= 1.0 poll \"", 2),
        ("= 1.0", 2),
        ("> get 1\n< 1", 2),
        ("@ usb", 2),
        ("= 1 poll\n> get 1\n> get 2", 4),
        ("= 1 poll\n< 1", 3),
        ("= 1 poll\noption late", 3),
    ] {
        let problem = Recording::parse(&format!("{MAGIC}\n{body}\n")).unwrap_err();
        assert_eq!(problem.line, line, "{body}: {problem}");
    }
    let problem = Recording::parse("upsemu\n").unwrap_err().to_string();
    assert_eq!(
        problem,
        "line 1: a recording begins with \"locknut-recording 1\": \"upsemu\""
    );
}

#[test]
fn comments_empty_lines_and_the_ends_of_lines_do_not_count() {
    let text = format!("{MAGIC}\r\n\r\n# hello\r\n  = 1 poll\r\n> x\r\n# between\r\n< y\r\n");
    assert_eq!(Recording::parse(&text).unwrap().steps[0].events.len(), 1);
    assert_eq!(Recording::parse("").unwrap(), Recording::default());
}

proptest! {
    #[test]
    fn no_text_makes_reading_fail_otherwise_than_with_a_problem(text in "(?s).{0,200}", lines in "([<>=@a-z0-9.\"\\\\ ]{0,30}\n){0,8}") {
        let _ = Recording::parse(&text);
        let _ = Recording::parse(&format!("{MAGIC}\n{text}\n"));
        let _ = Recording::parse(&format!("{MAGIC}\n{lines}"));
    }

    #[test]
    fn every_head_and_step_is_read_as_it_was_written(
        names in (".{0,9}", ".{0,9}"),
        options in vec((".{0,9}", option::of("(?s).{0,9}")), 0..4),
        words in vec("(?s).{0,9}", 1..4),
        at in 0u64..9_999_999,
    ) {
        let head = Head { driver: names.0, version: names.1, options, ..Head::default() };
        let at = Duration::from_millis(at);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let text = taped(&head, at, |tape| tape.step(&words));
        let read = Recording::parse(&text).unwrap();
        prop_assert_eq!(&read.head, &head);
        prop_assert_eq!(&read.steps[0].words, &words);
        prop_assert!(read.steps[0].at.abs_diff(at) < Duration::from_millis(1));
    }
}
