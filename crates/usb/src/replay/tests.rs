use recording::{MAGIC, Recording, Stage};

use super::*;
use crate::class::{Kind, get_report, set_report};
use crate::device::CONTROL;

/// A UPS that changes, leaves and comes back at another address.
const RECORDED: &str = r#"
= 0.001 open
@ usb 051d 0002 0106
@ at 1 4 1
@ serial "XXXX"
@ interface 2 in 81 out - descriptor 0
> get 81 06 2200 0002 40
< 05 84
> string 2
< "UPS"
= 0.010 poll
> get a1 01 0301 0002 8
< 01 64
> get a1 01 0302 0002 8
< 02 01
= 2.010 poll
> get a1 01 0302 0002 8
< 02 02
> get a1 01 0302 0002 8
< 02 03
= 2.100 listen
> interrupt 8
< 03 01
= 3.000 command beeper.mute
> set 21 09 0378 0002 78 01
< 2
> set 21 09 0378 0002 78 02
< !stalled
> get a1 01 0304 0002 8
< 04 09
= 4.010 poll
> get a1 01 0301 0002 8
< !gone
= 9.000 open
@ usb 051d 0002 0106
@ at 1 5 1
@ serial "XXXX"
@ interface 2 in 81 out - descriptor 0
> get a1 01 0302 0002 8
< 02 01
"#;

struct Lab {
    replay: Replay,
    device: Box<dyn UsbDevice>,
}

impl Lab {
    fn new() -> Self {
        let recording = Recording::parse(&format!("{MAGIC}\n{RECORDED}")).unwrap();
        let replay = Replay::new(&recording).unwrap();
        let device = open(&replay).unwrap();
        Self { replay, device }
    }

    fn get(&mut self, id: u8) -> Result<Vec<u8>, &'static str> {
        let mut buffer = [0; 4];
        let read = get_report(&mut self.device, Kind::Feature, id, &mut buffer, CONTROL);
        read.map(|length| buffer[..length].to_vec())
            .map_err(|why| why.word())
    }

    fn set(&mut self, data: &[u8]) -> Result<(), &'static str> {
        let set = set_report(&mut self.device, Kind::Feature, 0x78, data, CONTROL);
        set.map_err(|why| why.word())
    }
}

fn open(replay: &Replay) -> Option<Box<dyn UsbDevice>> {
    let mut bus = replay.clone();
    let listed = bus.list().unwrap();
    assert!(listed.len() < 2, "{listed:?}");
    let described = bus.describe(listed.first()?).unwrap();
    bus.open(&described, &Place::default()).ok()
}

#[test]
fn a_device_answers_as_it_did_at_that_time() {
    let mut lab = Lab::new();
    assert_eq!(lab.device.interface().number, 2);
    assert_eq!(lab.device.string(2, CONTROL).unwrap(), "UPS");
    lab.replay.turn_to(1);
    assert_eq!((lab.get(1), lab.get(2)), (Ok(vec![1, 100]), Ok(vec![2, 1])));
    lab.replay.turn_to(2);
    assert_eq!((lab.get(2), lab.get(2)), (Ok(vec![2, 2]), Ok(vec![2, 3])));
}

#[test]
fn who_asks_more_than_was_asked_then_gets_what_is_known() {
    let mut lab = Lab::new();
    lab.replay.turn_to(2);
    assert_eq!(lab.get(1), Ok(vec![1, 100]), "as before");
    assert_eq!(
        (lab.get(2), lab.get(2), lab.get(2)),
        (Ok(vec![2, 2]), Ok(vec![2, 3]), Ok(vec![2, 3]))
    );
    assert_eq!(lab.get(4), Ok(vec![4, 9]), "as after");
    assert_eq!(lab.replay.notes(), ["asked 5"]);
    assert_eq!(lab.get(5), Err("stalled"));
    let unknown = "asked what is not in the recording: get a1 01 0305 0002 4";
    assert_eq!(lab.replay.notes(), ["asked 1", unknown]);
}

#[test]
fn an_interrupt_report_comes_in_its_step_and_otherwise_there_is_silence() {
    let mut lab = Lab::new();
    let mut buffer = [0; 8];
    let mut hear = |lab: &mut Lab| {
        lab.device
            .interrupt(&mut buffer, CONTROL)
            .map_err(|why| why.word())
    };
    assert_eq!(hear(&mut lab), Err("timeout"));
    assert!(!lab.replay.speaks());
    lab.replay.turn_to(3);
    assert!(lab.replay.speaks());
    assert_eq!((hear(&mut lab), hear(&mut lab)), (Ok(2), Err("timeout")));
    assert!(!lab.replay.speaks());
}

#[test]
fn an_interrupt_report_waits_until_it_is_heard() {
    let mut lab = Lab::new();
    lab.replay.turn_to(4);
    assert!(lab.replay.speaks());
    assert_eq!(lab.device.interrupt(&mut [0; 8], CONTROL), Ok(2));
    assert!(!lab.replay.speaks());
}

/// A UPS that says nothing unless it is asked.
const ASKED: &str = r#"
= 0.001 open
@ usb 0665 5161 0002
@ answers
@ interface 0 in 81 out - descriptor 0
@ at 1 4 1
> interrupt 8
< 6f 6c 64
> set 21 09 0200 0000 51 31 0d
< 3
> interrupt 8
< 28 32
> interrupt 8
< !timeout
> set 21 09 0200 0000 46 0d
< 2
> interrupt 8
< 23
> set 21 09 0200 0000 51 31 0d
< 3
> interrupt 8
< 28 33
"#;

#[test]
fn reports_that_are_answers_come_after_what_they_answer() {
    let recording = Recording::parse(&format!("{MAGIC}\n{ASKED}")).unwrap();
    let replay = Replay::new(&recording).unwrap();
    let mut device = open(&replay).unwrap();
    let mut hear = |write: &[u8]| {
        if !write.is_empty() {
            let setup = Setup {
                request_type: 0x21,
                request: 9,
                value: 0x0200,
                index: 0,
            };
            assert_eq!(device.control_out(setup, write, CONTROL), Ok(write.len()));
        }
        let mut buffer = [0; 8];
        let heard = device.interrupt(&mut buffer, CONTROL);
        heard
            .map(|length| buffer[..length].to_vec())
            .map_err(|why| why.word())
    };
    assert!(!replay.speaks());
    assert_eq!(hear(&[]), Ok(b"old".to_vec()));
    assert_eq!(hear(&[]), Err("timeout"));
    // another order than it was
    assert_eq!(hear(b"F\r"), Ok(b"#".to_vec()));
    assert_eq!(hear(&[]), Err("timeout"));
    for answer in ["(2", "(3", "(3"] {
        assert_eq!(hear(b"Q1\r"), Ok(answer.as_bytes().to_vec()));
    }
    assert_eq!(hear(b"I\r"), Err("timeout"));
}

#[test]
fn what_is_sent_is_noted_and_answered_as_it_was() {
    let mut lab = Lab::new();
    lab.replay.turn_to(4);
    assert_eq!(
        (
            lab.set(&[0x78, 2]),
            lab.set(&[0x78, 7]),
            lab.set(&[0x78, 7])
        ),
        (Err("stalled"), Ok(()), Ok(()))
    );
    assert_eq!(
        lab.replay.notes(),
        [
            "sent set 21 09 0378 0002 78 02",
            "sent set 21 09 0378 0002 78 07",
            "sent set 21 09 0378 0002 78 07"
        ]
    );
    assert_eq!(lab.replay.notes(), [""; 0]);
}

#[test]
fn a_device_that_left_is_gone_until_it_is_opened_again() {
    let mut lab = Lab::new();
    lab.replay.turn_to(5);
    assert!(open(&lab.replay).is_some(), "nobody knows yet");
    assert_eq!(
        lab.get(2),
        Err("gone"),
        "it is not known how far the driver came"
    );
    assert_eq!((lab.get(1), lab.set(&[0x78])), (Err("gone"), Err("gone")));
    assert!(open(&lab.replay).is_none());
    lab.replay.turn_to(6);
    assert_eq!(lab.get(1), Err("gone"), "the old handle");
    lab.device = open(&lab.replay).unwrap();
    assert_eq!(lab.device.identity().address, 5);
    assert_eq!(lab.get(2), Ok(vec![2, 1]));
    assert_eq!(
        lab.get(1),
        Ok(vec![1, 100]),
        "as when it was opened the first time"
    );
    lab.device.close();
    assert_eq!(lab.get(2), Err("gone"));
}

#[test]
fn a_device_is_there_from_its_opening_on() {
    let later = RECORDED.replace("= 0.001 open\n", "= 0.001 open\n= 0.002 open\n");
    let recording = Recording::parse(&format!("{MAGIC}\n{later}")).unwrap();
    let replay = Replay::new(&recording).unwrap();
    assert!(open(&replay).is_none());
    replay.turn_to(1);
    assert!(open(&replay).is_some());
}
