use std::time::Duration;

use recording::{Head, Paper};

use super::*;
use crate::simulated::Simulated;
use crate::status::Status;

const TABLE: &str =
    "1.3.6.1.2.1.1.6.0|4|Rack 7, Köln\n1.3.6.1.2.1.33.1|2|5\n1.3.6.1.2.1.33.2|4|SN-123\n";

fn oid(text: &str) -> Oid {
    text.parse().unwrap()
}

/// What is written down of a conversation.
fn written(talk: impl FnOnce(&Simulated, &mut Recorder<Simulated>)) -> String {
    let paper = Paper::default();
    let tape = Tape::onto(paper.clone(), &Head::default(), || Duration::ZERO);
    tape.step(&["open"]);
    let agent = Simulated::new(TABLE).unwrap();
    let mut recorder = Recorder::new(agent.clone(), tape, "v2c").masking([oid("1.3.6.1.2.1.33.2")]);
    talk(&agent, &mut recorder);
    let text = paper.text();
    text.split_once("= 0.000 open\n").unwrap().1.to_owned()
}

#[test]
fn each_object_stands_for_itself_and_repetitions_are_left_out() {
    let one = oid("1.3.6.1.2.1.33.1");
    let text = written(|agent, recorder| {
        let asked = [one.clone(), oid("1.3.6.1.9")];
        recorder.get(&asked).unwrap();
        recorder.get(&asked).unwrap();
        agent.put(&one, Value::Integer(6));
        recorder.get(&asked).unwrap();
        recorder.next(&oid("1.3.6.1.9")).unwrap();
        recorder.set(&one, &Value::Integer(7)).unwrap();
    });
    let expected = "@ snmp v2c\n> get 1.3.6.1.2.1.33.1\n< integer 5\n> get 1.3.6.1.9\n< missing\n\
        > get 1.3.6.1.2.1.33.1\n< integer 6\n> next 1.3.6.1.9\n< end\n> set 1.3.6.1.2.1.33.1 integer 7\n< ok\n";
    assert_eq!(text, expected);
}

#[test]
fn whose_device_it_is_is_not_written_down() {
    let text = written(|_, recorder| {
        let asked = [oid("1.3.6.1.2.1.1.6.0"), oid("1.3.6.1.2.1.33.2")];
        let values = recorder.get(&asked).unwrap();
        assert_eq!(values[1], Value::Text(b"SN-123".to_vec()));
        recorder.next(&oid("1.3.6.1.2.1.33.1")).unwrap();
    });
    let expected = "@ snmp v2c\n> get 1.3.6.1.2.1.1.6.0\n< text \"XXXX X, XXXXX\"\n\
        > get 1.3.6.1.2.1.33.2\n< text XX-XXX\n> next 1.3.6.1.2.1.33.1\n< 1.3.6.1.2.1.33.2 text XX-XXX\n";
    assert_eq!(text, expected);
}

#[test]
fn what_fails_is_told_once_for_the_device_and_by_object_when_refused() {
    let one = oid("1.3.6.1.2.1.33.1");
    let text = written(|agent, recorder| {
        agent.refuse(&one, Status::NOT_WRITABLE);
        recorder.set(&one, &Value::Integer(1)).unwrap_err();
        agent.silence();
        recorder.get(&[one.clone(), oid("1.3.6.1.9")]).unwrap_err();
    });
    let expected = "@ snmp v2c\n> set 1.3.6.1.2.1.33.1 integer 1\n< !refused notWritable\n\
        > get 1.3.6.1.2.1.33.1\n< !silent\n";
    assert_eq!(text, expected);
}
