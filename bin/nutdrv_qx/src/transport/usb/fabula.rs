//! fabula: requests are numbers of string descriptors, shutdowns among them. The device says "UPS No Ack" to every command,
//! whether it obeys or not: that is no answer.

use super::framing::{Answer, Framing, Plan, Site, Take, text};
use super::strings;

pub(super) static FRAMING: Framing = Framing {
    name: "fabula",
    speaks: true,
    silence_ends: false,
    plan,
    take,
};

/// Request and number of its string.
#[rustfmt::skip]
const STRINGS: &[(&[u8], u8)] = &[
    (b"Q1", 0x03),
    (b"F",  0x0d),
    (b"I",  0x0c),
    (b"Q",  0x07),
    (b"C",  0x0a),
];

fn plan(site: &mut Site, request: &[u8]) -> Plan {
    index(text(request)).map_or(Plan::Echo, |index| {
        Plan::ask(Vec::new(), strings::read(site, index, strings::LONGEST))
    })
}

fn take(site: &Site, answer: &mut Answer<'_>, descriptor: &[u8]) -> Take {
    strings::take(site, answer, descriptor)
}

/// The string that a request is.
pub(super) fn index(request: &[u8]) -> Option<u8> {
    let known = STRINGS.iter().find(|(known, _)| *known == request);
    known.map(|(_, index)| *index).or_else(|| shutdown(request))
}

/// `Sn` and `SnRm`: sixteen for each step of n, from .5 to .9 and from 1 to 10 minutes, and eight more unless m is 0. When the
/// load gets power again cannot be said.
fn shutdown(request: &[u8]) -> Option<u8> {
    let request = std::str::from_utf8(request).ok()?.strip_prefix('S')?;
    let (delay, back) = match request.split_once('R') {
        Some((delay, back)) => (delay, back.parse::<u32>().ok()?),
        None => (request, 1),
    };
    let step = match delay.strip_prefix('.') {
        Some(tenths) => tenths.parse::<u8>().ok()?.clamp(5, 9).checked_sub(4)?,
        None => delay.parse::<u32>().ok().and_then(minutes)?,
    };
    let comes_back = if back == 0 { 0 } else { 8 };
    step.checked_mul(16)?.checked_add(comes_back)
}

fn minutes(minutes: u32) -> Option<u8> {
    match minutes {
        0 => Some(1),
        _ => u8::try_from(minutes.min(10)).ok()?.checked_add(5),
    }
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{is_echoed, string, taken};
    use super::*;

    #[test]
    fn each_request_is_a_string() {
        for (request, expected) in [
            ("Q1", 0x03),
            ("F", 0x0d),
            ("I", 0x0c),
            ("Q", 0x07),
            ("C", 0x0a),
            ("S.5R0003", 0x18),
            ("S.5R0000", 0x10),
            ("S.5", 0x18),
            ("S.6R0001", 0x28),
            ("S.9R0000", 0x50),
            ("S01R0000", 0x60),
            ("S01R0003", 0x68),
            ("S02R0003", 0x78),
            ("S10R0000", 0xf0),
            ("S10R9999", 0xf8),
            ("S99R0003", 0xf8),
            ("S.2R0003", 0x18),
            ("S00R0003", 0x18),
        ] {
            assert_eq!(index(request.as_bytes()), Some(expected), "{request}");
        }
    }

    #[test]
    fn what_has_no_string_comes_back() {
        for request in [
            "T", "QS", "S", "SR", "S1x", "S01Rx", "ST", "S.x", "S.555555",
        ] {
            assert!(is_echoed(&FRAMING, request), "{request}");
        }
    }

    #[test]
    fn no_ack_is_no_answer() {
        let take = |said: &str| taken(&FRAMING, &Site::default(), "Q", &[&string(said)]);
        assert_eq!(take("UPS No Ack").0, Take::Nothing);
        assert_eq!(take("(226.0 195.0").1, b"(226.0 195.0\r");
    }
}
