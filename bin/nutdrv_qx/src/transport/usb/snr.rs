//! snr: three strings as krauler has them. The device says zeros unless its interrupt endpoint is read before.
//!
//! Its numbers and strings are those of hunnox devices, so this needs `subdriver = snr`.

use super::framing::{Answer, Framing, Plan, SHORT, Site, Step, Take, Talk, text};
use super::strings;

pub(super) static FRAMING: Framing = Framing {
    name: "snr",
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
];

/// What wakes the device.
const WAKE: Step = Step::Drain {
    size: strings::CAREFUL,
    most: 1,
    within: SHORT,
};

fn plan(site: &mut Site, request: &[u8]) -> Plan {
    let asked = text(request);
    let Some((_, index, _)) = STRINGS.iter().find(|(known, ..)| *known == asked) else {
        return Plan::Echo;
    };
    Plan::Talk(Talk {
        steps: vec![WAKE],
        read: strings::read(site, *index, strings::CAREFUL),
        repeats: 9,
    })
}

fn take(site: &Site, answer: &mut Answer<'_>, descriptor: &[u8]) -> Take {
    let known = STRINGS.iter().find(|(known, ..)| *known == answer.asked());
    let lead = known.map_or(b'#', |(_, _, lead)| *lead);
    strings::take_with_lead(site, answer, descriptor, lead)
}

#[cfg(test)]
mod tests {
    use super::super::framing::Read;
    use super::super::framing::bench::{is_echoed, string, taken};
    use super::*;

    #[test]
    fn the_interrupt_endpoint_is_read_before_each_string() {
        let mut site = Site {
            language: 0x4095,
            ..Site::default()
        };
        let Plan::Talk(talk) = plan(&mut site, b"I\r") else {
            panic!("echoed")
        };
        assert_eq!(talk.steps, [WAKE]);
        let Read::Control(setup, 102) = talk.read else {
            panic!("{talk:?}")
        };
        assert_eq!(setup.to_string(), "80 06 030c 4095");
    }

    #[test]
    fn three_requests_are_known_and_others_come_back() {
        for request in ["T", "Q", "S01R0003", "QS"] {
            assert!(is_echoed(&FRAMING, request), "{request}");
        }
        let answer = taken(&FRAMING, &Site::default(), "F", &[&string("x230.0 4")]);
        assert_eq!(answer, (Take::Done, b"#230.0 4\r".to_vec()));
    }
}
