//! fuji: a request is one packet of eight bytes to the interrupt endpoint, which tells how long the answer will be:
//!
//! ```text
//! 80 06 <length of the request + 1> 03 <request, at most three bytes, without its CR> <zeros> <length of the answer>
//! ```
//!
//! The answer comes in packets of eight bytes, filled up with zeros. So there is no room for the time after which the load gets
//! power again: it gets it as soon as mains are back.

use super::framing::{Answer, Framing, LONG, Plan, Read, Site, Step, Take, text};

pub(super) static FRAMING: Framing = Framing {
    name: "fuji",
    speaks: false,
    silence_ends: false,
    plan,
    take,
};

/// Longest request.
const ROOM: usize = 3;

/// Request and length of its answer.
#[rustfmt::skip]
const LENGTHS: &[(&[u8], u8)] = &[
    (b"Q1", 47),
    (b"F",  22),
    (b"I",  39),
];

fn plan(_: &mut Site, request: &[u8]) -> Plan {
    let request = without_return(text(request));
    if request.len() > ROOM {
        return Plan::Echo;
    }
    let known = LENGTHS.iter().find(|(known, _)| *known == request);
    let answer = known.map_or(0, |(_, length)| *length);
    let length = u8::try_from(request.len()).unwrap_or_default();
    let mut packet = vec![0x80, 6, length.saturating_add(1), 3];
    packet.extend_from_slice(request);
    packet.resize(7, 0);
    packet.push(answer);
    Plan::ask(vec![Step::Send(packet, LONG)], Read::Packets(8))
}

/// `SnRm` is `Sn` unless m is 0, for the load not to come back.
fn without_return(request: &[u8]) -> &[u8] {
    let is_return = |request: &str| {
        let (_, back) = request.strip_prefix('S')?.split_once('R')?;
        Some(back.parse::<u32>().ok()? != 0)
    };
    match std::str::from_utf8(request).ok().and_then(is_return) {
        Some(true) => request.get(..ROOM).unwrap_or(request),
        _ => request,
    }
}

fn take(_: &Site, answer: &mut Answer<'_>, packet: &[u8]) -> Take {
    answer.take(packet)
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{is_echoed, taken, written};
    use super::*;

    #[test]
    fn a_request_is_one_packet_that_tells_both_lengths() {
        for (request, packet) in [
            ("Q1", *b"\x80\x06\x03\x03Q1\0\x2f"),
            ("F", *b"\x80\x06\x02\x03F\0\0\x16"),
            ("I", *b"\x80\x06\x02\x03I\0\0\x27"),
            ("T", *b"\x80\x06\x02\x03T\0\0\0"),
            ("T02", *b"\x80\x06\x04\x03T02\0"),
            ("S.5R0003", *b"\x80\x06\x04\x03S.5\0"),
            ("S10R0001", *b"\x80\x06\x04\x03S10\0"),
        ] {
            let written = written(&FRAMING, &mut Site::default(), request);
            assert_eq!(written, [packet], "{request}");
        }
    }

    #[test]
    fn what_has_no_room_comes_back() {
        for request in ["S01R0000", "QPI1", "SxRy1"] {
            assert!(is_echoed(&FRAMING, request), "{request}");
        }
    }

    #[test]
    fn zeros_behind_the_end_are_not_part_of_an_answer() {
        let packets: [&[u8]; 2] = [b"#110.0 0", b"12\r\0\0\0\0\0"];
        let expected = (Take::Done, b"#110.0 012\r".to_vec());
        assert_eq!(taken(&FRAMING, &Site::default(), "F", &packets), expected);
    }
}
