use recording::{Head, Paper};

use super::*;
use crate::ask;
use crate::simulated::Simulated;

/// What is written down of a conversation with a device that answers questions that begin with `Q`.
fn written(talk: impl FnOnce(&mut Recorder<Simulated>)) -> String {
    let paper = Paper::default();
    let tape = Tape::onto(paper.clone(), &Head::default(), || Duration::ZERO);
    tape.step(&["open"]);
    let device = Simulated::new(|request| match request {
        [b'Q', ..] => [b"(", request].concat(),
        _ => Vec::new(),
    });
    let mut line = Recorder::new(device, tape, "/dev/ttyS0", 2400);
    talk(&mut line);
    drop(line);
    let text = paper.text();
    text.split_once("= 0.000 open\n").unwrap().1.to_owned()
}

const CR: Until<'_> = Until::any_of(b"\r");

#[test]
fn questions_stand_with_their_answers_and_repetitions_are_left_out() {
    let text = written(|line| {
        line.set(Signal::Rts, false).unwrap();
        for request in [&b"Q1\r"[..], b"Q1\r", b"T\r"] {
            ask(line, request, CR, Duration::ZERO).unwrap();
        }
        line.write(b"S01\r", Duration::ZERO, Duration::ZERO)
            .unwrap();
    });
    let expected = "@ serial \"/dev/ttyS0\" 2400\n> rts off\n< ok\n> ask \"Q1\\r\"\n< \"(Q1\\r\"\n> ask \"T\\r\"\n< \"\"\n\
                    > write \"S01\\r\"\n< ok\n";
    assert_eq!(text, expected);
}

#[test]
fn what_a_device_says_by_itself_is_heard_and_its_silence_is_not() {
    let text = written(|line| {
        line.read(CR, Duration::ZERO).unwrap();
        line.line.say(b"!$");
        line.read(Until::length(1), Duration::ZERO).unwrap();
        line.line.pull();
        line.read(CR, Duration::ZERO).unwrap_err();
    });
    assert_eq!(
        text,
        "@ serial \"/dev/ttyS0\" 2400\n> hear\n< \"!\"\n> hear\n< !gone\n"
    );
}
