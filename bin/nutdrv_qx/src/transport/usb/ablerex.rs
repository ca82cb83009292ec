//! ablerex: request and answer are feature report 5, half a second apart. An answer of another length than it should have is asked
//! for again.
//!
//! ```text
//! 05 00 <length with the CR> <request> <zeros, 47 bytes in all>
//! ```

use std::time::Duration;

use usb::class::{Kind, get_report_request, set_report_request};

use super::framing::{Answer, CR, Framing, Plan, Read, SHORT, Site, Step, Take, Talk, text};

pub(super) static FRAMING: Framing = Framing {
    name: "ablerex",
    speaks: false,
    silence_ends: false,
    plan,
    take,
};

const REPORT: u8 = 5;
const SIZE: usize = 47;
const PAUSE: Duration = Duration::from_millis(500);

/// Request and length of its answer with the CR.
#[rustfmt::skip]
const LENGTHS: &[(&[u8], usize)] = &[
    (b"Q1", 47),
    (b"I",  39),
    (b"F",  22),
];

/// Not every model has it; one that has not is taken to have said nothing special.
const FAULTS: &[u8] = b"Q5";
const FAULTS_LENGTH: usize = 22;

fn plan(_: &mut Site, request: &[u8]) -> Plan {
    let length = u8::try_from(request.len()).unwrap_or(u8::MAX);
    let mut data = vec![REPORT, 0, length];
    data.extend_from_slice(request);
    data.resize(SIZE, 0);
    let set = set_report_request(Kind::Feature, REPORT, 0);
    Plan::Talk(Talk {
        steps: vec![Step::Offer(set, data, SHORT), Step::Rest(PAUSE)],
        read: Read::Control(get_report_request(Kind::Feature, REPORT, 0), SIZE),
        repeats: 2,
    })
}

fn take(_: &Site, answer: &mut Answer<'_>, report: &[u8]) -> Take {
    let said = text(report);
    let is_whole = said.len() < report.len();
    let length = if is_whole { said.len() + 1 } else { 0 };
    let asked = answer.asked();
    let expected = LENGTHS.iter().find(|(known, _)| *known == asked);
    if asked == FAULTS && length != FAULTS_LENGTH {
        answer.bytes = vec![0; FAULTS_LENGTH - 1];
        answer.bytes.push(CR);
        if let Some(first) = answer.bytes.first_mut() {
            *first = b'(';
        }
        return Take::Done;
    }
    if expected.is_some_and(|(_, expected)| length != *expected) {
        return Take::Again;
    }
    if said.is_empty() || !is_whole {
        return Take::Nothing;
    }
    answer.take(report)
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{setups, taken, written};
    use super::*;

    fn take_one(request: &str, report: &[u8]) -> (Take, Vec<u8>) {
        taken(&FRAMING, &Site::default(), request, &[report])
    }

    #[test]
    fn a_request_is_report_5_with_its_length() {
        let written = written(&FRAMING, &mut Site::default(), "Q1");
        assert_eq!(written[0].len(), 47);
        assert_eq!(&written[0][..7], b"\x05\x00\x03Q1\r\0");
        assert_eq!(setups(&FRAMING, "Q1"), ["21 09 0305 0000"]);
        let Plan::Talk(talk) = plan(&mut Site::default(), b"Q1\r") else {
            panic!("echoed")
        };
        let Read::Control(setup, 47) = talk.read else {
            panic!("{talk:?}")
        };
        assert_eq!(setup.to_string(), "a1 01 0305 0000");
        assert_eq!((talk.steps.len(), talk.repeats), (2, 2));
    }

    #[test]
    fn an_answer_of_another_length_is_asked_for_again() {
        let whole = b"#230.0 004 024.0 50.0\r\0\0";
        assert_eq!(take_one("F", whole), (Take::Done, whole[..22].to_vec()));
        assert_eq!(take_one("F", b"#230.0 004\r").0, Take::Again);
        assert_eq!(take_one("Q1", whole).0, Take::Again);
        assert_eq!(take_one("I", &[0; 47]).0, Take::Again);
    }

    #[test]
    fn an_answer_without_its_end_is_none() {
        assert_eq!(take_one("C", b"(x").0, Take::Nothing);
        assert_eq!(take_one("C", b"\r").0, Take::Nothing);
        assert_eq!(take_one("C", b"ACK\r"), (Take::Done, b"ACK\r".to_vec()));
    }

    #[test]
    fn a_device_without_a_list_of_faults_has_an_empty_one() {
        let (take, answer) = take_one("Q5", b"Q5\r");
        assert_eq!((take, answer.len(), answer[0]), (Take::Done, 22, b'('));
        assert!(answer[1..21].iter().all(|byte| *byte == 0));
    }
}
