use super::*;
use crate::status::Status;

const TEXT: &str = "locknut-recording 1
= 0.000 open
@ snmp v1
> get 1.3.1
< integer 1
> get 1.3.2
< missing
= 2.000 poll
> get 1.3.1
< integer 2
= 4.000 poll
> get 1.3.1
< !silent
= 6.000 poll
> get 1.3.3
< text late
> next 1.3
< 1.3.1 integer 3
> next 1.3.1
< end
= 8.000 command load.off
> set 1.3.9 integer 2
< !refused wrongType
";

fn oid(text: &str) -> Oid {
    text.parse().unwrap()
}

fn replay() -> Replay {
    Replay::new(&Recording::parse(TEXT).unwrap()).unwrap()
}

#[test]
fn a_question_gets_the_answer_of_its_time() {
    let replay = replay();
    let mut agent = replay.agent();
    let mut at = |step, asked: &str| {
        replay.turn_to(step);
        agent.get(&[oid(asked)]).map(|values| values[0].clone())
    };
    assert_eq!(at(0, "1.3.1"), Ok(Value::Integer(1)));
    assert_eq!(at(1, "1.3.1"), Ok(Value::Integer(2)));
    assert_eq!(at(1, "1.3.2"), Ok(Value::Missing), "the last one before");
    let late = Value::Text(b"late".to_vec());
    assert_eq!(at(1, "1.3.3"), Ok(late), "the first one after");
    assert_eq!(at(3, "1.3.1"), Ok(Value::Integer(2)), "not the failure");
    assert_eq!(replay.notes(), [""; 0]);
}

#[test]
fn a_device_that_was_silent_is_silent_to_any_question_once() {
    let replay = replay();
    let mut agent = replay.agent();
    replay.turn_to(2);
    let silent = agent.get(&[oid("1.3.2"), oid("1.3.1")]);
    assert!(matches!(silent, Err(Error::Silent { .. })));
    assert_eq!(agent.get(&[oid("1.3.1")]), Ok(vec![Value::Integer(2)]));
    assert_eq!(agent.requests(), 2);
}

#[test]
fn what_was_set_is_told_and_refused_as_it_was() {
    let replay = replay();
    let mut agent = replay.agent();
    replay.turn_to(4);
    let refused = agent.set(&oid("1.3.9"), &Value::Integer(2));
    let status = Status::WRONG_TYPE;
    let oid_9 = oid("1.3.9");
    assert_eq!(refused, Err(Error::Refused { oid: oid_9, status }));
    assert_eq!(agent.set(&oid("1.3.9"), &Value::Integer(3)), Ok(()));
    assert_eq!(
        replay.notes(),
        [
            "set 1.3.9 integer 2",
            "set 1.3.9 integer 3",
            "asked what is not in the recording: set 1.3.9 integer 3"
        ]
    );
}

#[test]
fn a_walk_is_played_and_what_is_unknown_is_told_once() {
    let replay = replay();
    let mut agent = replay.agent();
    let found = agent.walk(&oid("1.3"), 9);
    assert_eq!(found, Ok(vec![(oid("1.3.1"), Value::Integer(3))]));
    agent.get(&[oid("1.3.7")]).unwrap();
    agent.get(&[oid("1.3.7")]).unwrap();
    assert_eq!(
        replay.notes(),
        ["asked what is not in the recording: get 1.3.7"]
    );
    agent.get(&[oid("1.3.7")]).unwrap();
    assert_eq!(replay.notes(), [""; 0]);
}
