//! Written, read and played back: the same. Anything else: an error that names both sides.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{any, prop_assert_eq, proptest};

use super::*;
use crate::class::{Kind, get_report, set_report};
use crate::device::{CONTROL, UsbDevice};
use crate::record::Recorder;
use crate::replay::Replay;
use crate::simulated::Simulated;

/// Says something of every kind; answers and errors as text.
fn talk(device: &mut dyn UsbDevice) -> Vec<String> {
    let mut buffer = [0; 8];
    let mut heard = vec![format!(
        "{:?}",
        get_report(device, Kind::Feature, 12, &mut buffer, CONTROL).map_err(|e| e.word())
    )];
    heard.push(format!("{buffer:?}"));
    heard.push(format!(
        "{:?}",
        get_report(device, Kind::Feature, 13, &mut buffer, CONTROL).map_err(|e| e.word())
    ));
    heard.push(format!(
        "{:?}",
        set_report(device, Kind::Feature, 12, &[12, 1], CONTROL).map_err(|e| e.word())
    ));
    heard.push(format!(
        "{:?}",
        device.interrupt(&mut buffer, CONTROL).map_err(|e| e.word())
    ));
    heard.push(format!(
        "{:?}",
        device.interrupt(&mut buffer, CONTROL).map_err(|e| e.word())
    ));
    heard.push(format!("{:?}", device.string(3, CONTROL)));
    heard.push(format!(
        "{:?}",
        device.string(4, CONTROL).map_err(|e| e.word())
    ));
    heard.push(format!(
        "{:?}",
        device
            .interrupt_out(&[0x80, 6], CONTROL)
            .map_err(|e| e.word())
    ));
    heard.push(format!("{:?}", device.reset()));
    heard
}

fn recorded() -> (String, Vec<String>) {
    let mut device = Simulated::new(Identity {
        vid: 0x051d,
        pid: 2,
        release: 0x106,
        vendor: Some("A \"quoted\" vendor\n".into()),
        serial: Some("AB0427  ".into()),
        bus: 1,
        address: 4,
        ports: vec![1, 2],
        ..Identity::default()
    });
    device.set_interface(Interface {
        endpoint_in: Some(0x81),
        endpoint_out: Some(2),
        packet_in: 8,
        ..Interface::default()
    });
    device.set_descriptor(&[5, 1], Some(2), Some(2));
    device.set_report(Kind::Feature, 12, &[12, 100]);
    device.interrupt_with(&[]);
    let mut text = Vec::new();
    let heard = talk(&mut Recorder::new(device, &mut text));
    (String::from_utf8(text).unwrap(), heard)
}

#[test]
fn the_text_is_readable() {
    let text = recorded().0;
    let expected = r#"locknut-usb 1
id 051d 0002 0106
at 1 4 1.2
vendor "A \"quoted\" vendor\n"
serial "AB0427  "
interface 0 in 81 out 02 descriptor 0
packet 8
extra 09 21 10 01 00 01 22 02 00

> get a1 01 030c 0000 8
< 0c 64
> get a1 01 030d 0000 8
< !stalled
> set 21 09 030c 0000 0c 01
< 2
> interrupt 8
<
> interrupt 8
< !timeout
> string 3
< "AB0427  "
> string 4
< !stalled
> send 80 06
< 2
> reset
< ok
"#;
    assert_eq!(text.replace("< \n", "<\n"), expected);
}

#[test]
fn a_replay_answers_as_the_device_did() {
    let (text, heard) = recorded();
    let recording = Recording::parse(&text).unwrap();
    assert_eq!(
        recording.identity.vendor.as_deref(),
        Some("A \"quoted\" vendor\n")
    );
    assert_eq!(recording.identity.ports, [1, 2]);
    assert_eq!(recording.interface.extra.len(), 9);
    let mut replay = Replay::new(recording);
    assert_eq!(talk(&mut replay), heard);
    replay.finish().unwrap();
}

#[test]
fn another_call_is_an_error_that_names_both_sides_and_stays() {
    let mut replay = Replay::new(Recording::parse(&recorded().0).unwrap());
    let error = set_report(&mut replay, Kind::Feature, 12, &[12, 2], CONTROL).unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"recording line 10: expected "get a1 01 030c 0000 8", but got "set 21 09 030c 0000 0c 02""#
    );
    let mut buffer = [0; 8];
    assert_eq!(
        get_report(&mut replay, Kind::Feature, 12, &mut buffer, CONTROL),
        Err(error.clone())
    );
    assert_eq!(replay.finish(), Err(error));
}

#[test]
fn ending_early_and_going_on_too_long_are_deviations() {
    let (text, _) = recorded();
    let mut replay = Replay::new(Recording::parse(&text).unwrap());
    assert!(
        replay
            .finish()
            .unwrap_err()
            .to_string()
            .contains(r#"but got "the end""#)
    );
    talk(&mut replay);
    assert_eq!(replay.left(), 0);
    assert!(
        replay
            .reset()
            .unwrap_err()
            .to_string()
            .contains(r#"expected "the end", but got "reset""#)
    );
}

#[test]
fn what_cannot_be_understood_is_told_with_its_line() {
    for (body, line) in [
        ("nonsense", 2),
        ("id 51d 2", 2),
        ("> get a1 01 030c 0000", 2),
        ("> reset\n> reset", 3),
        ("< ok", 2),
        ("> reset\n< 3", 3),
        ("> reset\nid 051d 0002 0000", 3),
        ("> interrupt 8\n< !lost", 3),
        ("> interrupt 8\n< 1 2", 3),
        ("> string 3\n< \"abc", 3),
        ("serial \"\\u{110000}\"", 2),
        ("at 1 2 1..2", 2),
    ] {
        let error = Recording::parse(&format!("{MAGIC}\n{body}\n"))
            .unwrap_err()
            .to_string();
        assert!(error.contains(&format!("line {line}:")), "{body}: {error}");
    }
    assert!(
        Recording::parse("upsemu")
            .unwrap_err()
            .to_string()
            .contains("line 1")
    );
}

#[test]
fn comments_and_empty_lines_do_not_count() {
    let recording =
        Recording::parse(&format!("{MAGIC}\n\n# hello\n> reset\n# between\n< ok\n")).unwrap();
    assert_eq!(recording.exchanges.len(), 1);
    assert_eq!(Recording::parse("").unwrap(), Recording::default());
}

/// Takes so many bytes.
struct Disk(usize);

impl std::io::Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or(std::io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_ends_the_recording_and_not_the_driver() {
    let device = Simulated::new(Identity::default());
    let mut recorder = Recorder::new(device, Disk(100));
    for _ in 0..20 {
        recorder.reset().unwrap();
    }
    assert!(
        recorder
            .problem()
            .unwrap()
            .starts_with("recording has ended: ")
    );
}

#[test]
fn a_simulated_device_can_be_made_of_a_recording() {
    let device = Simulated::from_recording(&Recording::parse(&recorded().0).unwrap());
    let mut buffer = [0; 8];
    let mut handle = device.clone();
    for _ in 0..2 {
        assert_eq!(
            get_report(&mut handle, Kind::Feature, 12, &mut buffer, CONTROL),
            Ok(2)
        );
    }
    assert_eq!(handle.string(3, CONTROL).unwrap(), "AB0427  ");
    assert_eq!(handle.identity().serial.as_deref(), Some("AB0427  "));
}

proptest! {
    #[test]
    fn no_text_makes_reading_fail_otherwise_than_with_an_error(text in "(?s).{0,200}", lines in "([<>a-z0-9!\"\\\\ ]{0,30}\n){0,8}") {
        let _ = Recording::parse(&text);
        let _ = Recording::parse(&format!("{MAGIC}\n{text}"));
        let _ = Recording::parse(&format!("{MAGIC}\n{lines}"));
    }

    #[test]
    fn every_exchange_is_read_as_it_was_written(
        vendor in option::of("(?s).{0,20}"),
        text in "(?s).{0,20}",
        data in vec(any::<u8>(), 0..20),
        numbers: (u8, u8, u16, u16),
        ports in vec(any::<u8>(), 0..6),
        pick in 0usize..7,
    ) {
        let (request_type, request, value, index) = numbers;
        let setup = Setup { request_type, request, value, index };
        let (call, answer) = match pick {
            0 => (Call::Get(setup, 64), Answer::Bytes(data)),
            1 => (Call::Set(setup, data), Answer::Taken(3)),
            2 => (Call::Interrupt(8), Answer::Bytes(data)),
            6 => (Call::Send(data), Answer::Taken(3)),
            3 => (Call::String(request), Answer::Text(text)),
            4 => (Call::Reset, Answer::Ok),
            _ => (Call::Reset, Answer::Failed("io".to_owned())),
        };
        let identity = Identity { vid: value, pid: index, vendor, bus: request, ports, ..Identity::default() };
        let interface = Interface { number: request, endpoint_out: Some(request_type), packet_in: value, ..Interface::default() };
        let written = format!("{}> {call}\n< {answer}\n", header(&identity, &interface));
        let read = Recording::parse(&written).unwrap();
        prop_assert_eq!((&read.identity, &read.interface), (&identity, &interface));
        prop_assert_eq!(&read.exchanges[0].call, &call);
        prop_assert_eq!(&read.exchanges[0].answer, &answer);
    }
}
