//! krauler: requests are numbers of string descriptors. The answers' first byte is something else than it should be, and the
//! device must sometimes be asked several times.

use super::framing::{Answer, CR, Framing, Plan, Site, Take, Talk, text};
use super::strings;

pub(super) static FRAMING: Framing = Framing {
    name: "krauler",
    speaks: true,
    silence_ends: false,
    plan,
    take,
};

/// Request, number of its string, first byte of its answer.
#[rustfmt::skip]
const STRINGS: &[(&[u8], u8, u8)] = &[
    (b"Q1", 0x03, b'('),
    (b"F",  0x0d, b'#'),
    (b"I",  0x0c, b'#'),
    (b"T",  0x04, CR),
    (b"TL", 0x05, CR),
    (b"Q",  0x07, CR),
    (b"C",  0x0b, CR),
    (b"CT", 0x0b, CR),
];

/// How often the device is asked again.
const REPEATS: u32 = 9;

fn plan(site: &mut Site, request: &[u8]) -> Plan {
    let asked = text(request);
    let Some((_, index, _)) = STRINGS.iter().find(|(known, ..)| *known == asked) else {
        return Plan::Echo;
    };
    Plan::Talk(Talk {
        steps: Vec::new(),
        read: strings::read(site, *index, strings::LONGEST),
        repeats: REPEATS,
    })
}

fn take(site: &Site, answer: &mut Answer<'_>, descriptor: &[u8]) -> Take {
    let known = STRINGS.iter().find(|(known, ..)| *known == answer.asked());
    let lead = known.map_or(CR, |(_, _, lead)| *lead);
    strings::take_with_lead(site, answer, descriptor, lead)
}

#[cfg(test)]
mod tests {
    use super::super::framing::Read;
    use super::super::framing::bench::{is_echoed, string, taken};
    use super::*;

    fn asked(request: &str) -> Talk {
        let mut site = Site {
            language: 0x0409,
            ..Site::default()
        };
        match plan(&mut site, format!("{request}\r").as_bytes()) {
            Plan::Talk(talk) => talk,
            Plan::Echo => panic!("{request} is echoed"),
        }
    }

    #[test]
    fn each_request_is_a_string() {
        for (request, setup) in [
            ("Q1", "80 06 0303 0409"),
            ("F", "80 06 030d 0409"),
            ("I", "80 06 030c 0409"),
            ("T", "80 06 0304 0409"),
            ("TL", "80 06 0305 0409"),
            ("Q", "80 06 0307 0409"),
            ("C", "80 06 030b 0409"),
            ("CT", "80 06 030b 0409"),
        ] {
            let Read::Control(got, 255) = asked(request).read else {
                panic!("{request}")
            };
            assert_eq!(got.to_string(), setup, "{request}");
        }
        assert_eq!(asked("Q1").repeats, 9);
    }

    #[test]
    fn what_has_no_string_comes_back() {
        for request in ["QS", "S01R0003", "T02", "D", "M", ""] {
            assert!(is_echoed(&FRAMING, request), "{request}");
        }
    }

    #[test]
    fn an_answer_gets_its_first_byte_and_its_end() {
        let answer =
            |request, said: &str| taken(&FRAMING, &Site::default(), request, &[&string(said)]);
        assert_eq!(
            answer("Q1", "x226.0 195.0\r"),
            (Take::Done, b"(226.0 195.0\r".to_vec())
        );
        assert_eq!(answer("F", "x220.0"), (Take::Done, b"#220.0\r".to_vec()));
        assert_eq!(answer("T", "x"), (Take::Done, b"\r".to_vec()));
    }

    #[test]
    fn no_ack_and_spoiled_descriptors_are_asked_for_again() {
        for packet in [&string("UPS No Ack")[..], &[9, 3, b'x', 0], &[]] {
            assert_eq!(
                taken(&FRAMING, &Site::default(), "Q1", &[packet]).0,
                Take::Again
            );
        }
    }
}
