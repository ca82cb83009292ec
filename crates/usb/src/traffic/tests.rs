//! Written, read and played back: the same.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{any, prop_assert_eq, proptest};
use recording::{Head, Paper, Recording, Tape};

use super::*;
use crate::class::{Kind, get_report, set_report};
use crate::device::{CONTROL, UsbDevice};
use crate::error::Error;
use crate::find::Bus;
use crate::options::Place;
use crate::record::{RecordedBus, Recorder, Reports};
use crate::simulated::{Fault, Simulated, Where};

/// What `act` makes of a recording, without its head.
fn taped(act: impl FnOnce(Tape)) -> String {
    let paper = Paper::default();
    let tape = Tape::onto(paper.clone(), &Head::default(), || CONTROL);
    tape.step(&["open"]);
    act(tape);
    let text = paper.text();
    text.split_once("= 5.000 open\n").unwrap().1.to_owned()
}

fn device() -> Simulated {
    let mut device = Simulated::new(Identity {
        vid: 0x051d,
        pid: 2,
        release: 0x106,
        vendor: Some("A \"quoted\" vendor\n".into()),
        serial: Some("AB-0427  ".into()),
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
    device
}

#[test]
fn the_text_is_readable_and_the_serial_number_hidden() {
    let text = taped(|tape| {
        let device = device();
        device.interrupt_with(&[]);
        device.interrupt_with(&[7, 1]);
        let mut recorder = Recorder::new(device.clone(), tape, Reports::Spoken);
        let _ = recorder.interrupt_out(&[0x80, 6], CONTROL);
        let mut buffer = [0; 8];
        for _ in 0..2 {
            let _ = get_report(&mut recorder, Kind::Feature, 12, &mut buffer, CONTROL);
            let _ = get_report(&mut recorder, Kind::Feature, 13, &mut buffer, CONTROL);
        }
        let _ = set_report(&mut recorder, Kind::Feature, 12, &[12, 1], CONTROL);
        for _ in 0..3 {
            let _ = recorder.interrupt(&mut buffer, CONTROL);
        }
        let _ = recorder.string(3, CONTROL);
        let _ = recorder.string(1, CONTROL);
        let _ = recorder.reset();
        device.plant(
            Where::Interrupt,
            None,
            Fault::Error(Error::Io("x".into())),
            None,
        );
        let _ = recorder.interrupt(&mut buffer, CONTROL);
    });
    let expected = r#"@ usb 051d 0002 0106
@ vendor "A \"quoted\" vendor\n"
@ serial "XX-XXXX  "
@ interface 0 in 81 out 02 descriptor 0
@ packet 8
@ extra 09 21 10 01 00 01 22 02 00
@ at 1 4 1.2
> send 80 06
< 2
> get a1 01 030c 0000 8
< 0c 64
> get a1 01 030d 0000 8
< !stalled
> set 21 09 030c 0000 0c 01
< 2
> interrupt 8
<
> interrupt 8
< 07 01
> string 3
< "XX-XXXX  "
> string 1
< "A \"quoted\" vendor\n"
> reset
< ok
> interrupt 8
< !io
"#;
    assert_eq!(text, expected);
}

#[test]
fn of_reports_that_are_answers_all_are_written_down_and_silence_too() {
    let text = taped(|tape| {
        let device = device();
        let mut recorder = Recorder::new(device.clone(), tape, Reports::Answers);
        for _ in 0..2 {
            device.interrupt_with(&[7, 1]);
            let _ = recorder.interrupt_out(&[0x80, 6], CONTROL);
            let _ = recorder.interrupt(&mut [0; 8], CONTROL);
            let _ = recorder.interrupt(&mut [0; 8], CONTROL);
        }
    });
    let asked = "> send 80 06\n< 2\n> interrupt 8\n< 07 01\n> interrupt 8\n< !timeout\n";
    assert!(text.contains("\n@ answers\n"), "{text}");
    assert!(text.ends_with(&asked.repeat(2)), "{text}");
    assert!(sessions(text.trim_end()).unwrap()[0].answers);
}

#[test]
fn what_is_opened_on_a_recorded_bus_is_recorded_under_its_true_name() {
    let text = taped(|tape| {
        let mut bus = RecordedBus::new(device(), tape, Reports::Spoken);
        let listed = bus.list().unwrap().remove(0);
        for _ in 0..2 {
            let mut opened = bus.open(&listed, &Place::default()).unwrap();
            assert_eq!(opened.identity().serial.as_deref(), Some("AB-0427  "));
            opened.reset().unwrap();
        }
    });
    assert_eq!(text.matches("@ usb 051d").count(), 2);
    assert_eq!(text.matches("> reset").count(), 2);
}

fn sessions(body: &str) -> Result<Vec<Session>, recording::Problem> {
    let text = format!("{}= 1 open\n{body}\n", Head::default());
    Session::all(&Recording::parse(&text).unwrap())
}

#[test]
fn what_cannot_be_understood_is_told_with_its_line() {
    const FIRST: usize = 6;
    for (body, line) in [
        ("@ at 1 2 1", 0),
        ("@ usb 51d 2 0000", 0),
        ("@ usb 051d 0002", 0),
        ("@ usb 051d 0002 0000\n@ at 1 2 1..2", 1),
        ("@ usb 051d 0002 0000\n@ serial", 1),
        ("@ usb 051d 0002 0000\n@ colour red", 1),
        ("> reset\n< ok", 0),
        ("@ usb 051d 0002 0000\n> reset\n< 3", 1),
        ("@ usb 051d 0002 0000\n> interrupt 8\n< !lost", 1),
        ("@ usb 051d 0002 0000\n> interrupt 8\n< 1 2", 1),
        ("@ usb 051d 0002 0000\n> string 3\n< a b", 1),
        ("@ usb 051d 0002 0000\n> get a1 01 030c 0000\n< 00", 1),
    ] {
        assert_eq!(sessions(body).unwrap_err().line, FIRST + line, "{body}");
    }
}

#[test]
fn a_serial_number_keeps_its_length_and_its_odd_characters() {
    assert_eq!(blank("3B1519X-ä \u{0}7"), "XXXXXXX-X \u{0}X");
    assert_eq!(blank(""), "");
}

proptest! {
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
            3 => (Call::String(request), Answer::Text(text)),
            4 => (Call::Reset, Answer::Ok),
            5 => (Call::Send(data), Answer::Taken(3)),
            _ => (Call::Reset, Answer::Failed("io".to_owned())),
        };
        let identity = Identity { vid: value, pid: index, vendor, bus: request, ports, ..Identity::default() };
        let interface = Interface { number: request, endpoint_out: Some(request_type), packet_in: value, ..Interface::default() };
        let mut lines = who(&identity, &interface);
        lines.push(place(&identity));
        let lines = lines.join("\n@ ");
        let read = sessions(&format!("@ {lines}\n> {call}\n< {answer}")).unwrap();
        prop_assert_eq!((&read[0].identity, &read[0].interface), (&identity, &interface));
        prop_assert_eq!(&read[0].exchanges[0].call, &call);
        prop_assert_eq!(&read[0].exchanges[0].answer, &answer);
    }
}
