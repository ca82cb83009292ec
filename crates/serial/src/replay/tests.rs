use super::*;
use crate::ask;

const TEXT: &str = r#"locknut-recording 1
= 0.000 open
@ serial "/dev/ttyS0" 2400
> dtr on
< !unsupported
= 0.100 identify
> ask "Q1\r"
< "(1\r"
> ask "F\r"
< "\#4\r"
= 2.000 poll
> ask "Q1\r"
< "(2\r"
> ask "Q1\r"
< "(3\r"
= 3.000 listen
> hear
< "!"
= 4.000 poll
> ask "Q1\r"
< !gone
= 9.000 poll
> ask "Q1\r"
< "(5\r"
"#;

fn replay() -> Replay {
    let text = TEXT.replace("\\#", "#");
    Replay::new(&Recording::parse(&text).unwrap()).unwrap()
}

fn question(line: &mut dyn Line, request: &[u8]) -> Result<String, Error> {
    let reply = ask(line, request, Until::any_of(b"\r"), Duration::ZERO)?;
    Ok(String::from_utf8_lossy(&reply.bytes).trim_end().to_owned())
}

#[test]
fn a_question_gets_the_answer_of_its_time() {
    let replay = replay();
    let mut line = replay.line();
    let mut at = |step, request: &[u8]| {
        replay.turn_to(step);
        question(&mut *line, request)
    };
    assert_eq!(at(1, b"Q1\r").as_deref(), Ok("(1"));
    assert_eq!(at(2, b"Q1\r").as_deref(), Ok("(2"));
    assert_eq!(at(2, b"Q1\r").as_deref(), Ok("(3"));
    assert_eq!(at(2, b"Q1\r").as_deref(), Ok("(3"), "the last one before");
    assert_eq!(at(2, b"F\r").as_deref(), Ok("#4"));
    assert!(matches!(at(4, b"Q1\r"), Err(Error::Gone(_))));
    assert_eq!(at(5, b"Q1\r").as_deref(), Ok("(5"));
}

#[test]
fn what_is_not_recorded_is_silence_and_is_told() {
    let replay = replay();
    let mut line = replay.line();
    assert_eq!(question(&mut *line, b"Q9\r").as_deref(), Ok(""));
    line.write(b"T\r", Duration::ZERO, Duration::ZERO).unwrap();
    drop(line);
    let notes = replay.notes();
    assert_eq!(
        notes,
        [
            "ask \"Q9\\r\"",
            "write \"T\\r\"",
            "asked what is not in the recording: ask \"Q9\\r\""
        ]
    );
    assert!(replay.notes().is_empty());
}

#[test]
fn an_alert_waits_until_it_is_heard() {
    let replay = replay();
    let mut line = replay.line();
    assert!(!replay.speaks());
    replay.turn_to(3);
    assert!(replay.speaks());
    assert_eq!(
        line.read(Until::length(1), Duration::ZERO).unwrap().bytes,
        b"!"
    );
    assert!(!replay.speaks());
    assert!(
        line.read(Until::length(1), Duration::ZERO)
            .unwrap()
            .bytes
            .is_empty()
    );
}

#[test]
fn an_output_that_was_not_there_is_not_there() {
    let mut line = replay().line();
    assert!(matches!(
        line.set(Signal::Dtr, true),
        Err(Error::Unsupported(_))
    ));
    assert_eq!(line.set(Signal::Rts, true), Ok(()));
}
