//! armac: an older adapter takes a request three bytes at a time, a newer one, known by its endpoints, whole. The first byte of what
//! goes out is 0xa0 and the count; the low six bits of the first byte of what comes tell how much the device has.
//!
//! Devices are silent on what they do not know, which costs a second each; so some requests are answered here as others would.

use std::time::Duration;

use super::framing::{Answer, Framing, LONG, Plan, Read, Site, Step, Take, output, text};

pub(super) static FRAMING: Framing = Framing {
    name: "armac",
    speaks: false,
    silence_ends: false,
    plan,
    take,
};

/// Requests that no device of this kind knows.
const UNKNOWN: &[&[u8]] = &[b"QGS", b"QS", b"QPI", b"M", b"D"];
/// What goes out begins with it.
const LEAD: u8 = 0xa0;
/// Bytes of a request in one report of the older adapter.
const ROOM: usize = 3;
/// Packets of the older adapter; it sends six or seven bytes.
const SMALL: usize = 8;
/// Packets of the newer one.
const LARGE: usize = 64;
/// Where the status bits begin in the answer to `Q1`: some devices have NULs there for zeros.
const BITS: usize = 38;
/// For the device to get an answer ready.
const BREATH: Duration = Duration::from_millis(2);
/// The same when it had little to say.
const LONGER_BREATH: Duration = Duration::from_millis(10);

fn plan(site: &mut Site, request: &[u8]) -> Plan {
    if UNKNOWN.contains(&text(request)) {
        return Plan::Echo;
    }
    let (mut steps, size) = if is_newer(site) && request.len() < LARGE - 1 {
        (vec![Step::Send(counted(request), LONG)], LARGE)
    } else {
        (in_small_parts(request), SMALL)
    };
    steps.push(Step::Rest(BREATH));
    Plan::ask(steps, Read::Packets(size))
}

const fn is_newer(site: &Site) -> bool {
    site.endpoint_in == 0x82 && site.endpoint_out == 0x02 && site.packet_in as usize == LARGE
}

fn counted(part: &[u8]) -> Vec<u8> {
    let count = u8::try_from(part.len()).unwrap_or_default();
    let mut data = vec![LEAD.saturating_add(count)];
    data.extend_from_slice(part);
    data
}

fn in_small_parts(request: &[u8]) -> Vec<Step> {
    let drain = Step::Drain {
        size: SMALL,
        most: 10,
        within: Duration::from_millis(100),
    };
    let part = |part: &[u8]| {
        let mut data = counted(part);
        data.resize(ROOM + 1, 0);
        Step::Write(output(0x0200), data, LONG)
    };
    let parts = request.chunks(ROOM).map(part);
    std::iter::once(drain).chain(parts).collect()
}

fn take(_: &Site, answer: &mut Answer<'_>, packet: &[u8]) -> Take {
    let Some((lead, data)) = packet.split_first() else {
        return Take::More;
    };
    // newer devices count one more than they send
    let has = usize::from(lead & 0x3f);
    let data = data.get(..has).unwrap_or(data);
    if has == 0 {
        return end(answer);
    }
    for byte in data {
        match (*byte, answer.bytes.len()) {
            // the device is switched off
            (0, 0) => return Take::Nothing,
            (0, BITS..) => answer.bytes.push(b'0'),
            (0, _) => return end(answer),
            (byte, _) => {
                if answer.take(&[byte]) == Take::Done {
                    return Take::Done;
                }
            }
        }
    }
    if data.len() <= 2 {
        Take::Later(LONGER_BREATH)
    } else {
        Take::More
    }
}

/// The device has no more.
fn end(answer: &Answer<'_>) -> Take {
    if answer.bytes.is_empty() {
        Take::Nothing
    } else {
        Take::Done
    }
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{is_echoed, setups, taken, written};
    use super::*;

    fn newer() -> Site {
        Site {
            endpoint_in: 0x82,
            endpoint_out: 2,
            packet_in: 64,
            ..Site::default()
        }
    }

    fn answer(packets: &[&[u8]]) -> (Take, Vec<u8>) {
        taken(&FRAMING, &Site::default(), "Q1", packets)
    }

    #[test]
    fn an_older_adapter_takes_three_bytes_at_a_time() {
        let written = |request| written(&FRAMING, &mut Site::default(), request);
        assert_eq!(written("Q1"), [*b"\xa3Q1\r"]);
        assert_eq!(written("T02"), [*b"\xa3T02", *b"\xa1\r\0\0"]);
        assert_eq!(setups(&FRAMING, "Q1"), ["21 09 0200 0000"]);
    }

    #[test]
    fn a_newer_adapter_takes_a_request_whole() {
        assert_eq!(
            written(&FRAMING, &mut newer(), "S01R0003"),
            [b"\xa9S01R0003\r"]
        );
        let Plan::Talk(talk) = plan(&mut newer(), b"Q1\r") else {
            panic!("echoed")
        };
        assert_eq!(talk.read, Read::Packets(64));
        let other = Site {
            packet_in: 8,
            ..newer()
        };
        assert_eq!(written(&FRAMING, &mut other.clone(), "Q1"), [*b"\xa3Q1\r"]);
    }

    #[test]
    fn what_no_device_knows_comes_back_at_once() {
        for request in ["QGS", "QS", "QPI", "M", "D"] {
            assert!(is_echoed(&FRAMING, request), "{request}");
        }
        assert!(!is_echoed(&FRAMING, "Q1"));
    }

    #[test]
    fn the_count_tells_how_much_of_a_packet_is_answer_and_may_be_one_too_high() {
        let (take, text) = answer(&[b"\xc5(226.", b"\xc6 19.0", b"\x810xxxx"]);
        assert_eq!(
            (take, text),
            (Take::Later(LONGER_BREATH), b"(226. 19.00".to_vec())
        );
        let (take, text) = answer(&[b"\xc5(226.", b"\xc20\rxxx"]);
        assert_eq!((take, text), (Take::Done, b"(226.0\r".to_vec()));
        assert_eq!(
            answer(&[b"\xc5(226.", b"\x80xxxxx"]).0,
            Take::Done,
            "the end"
        );
    }

    #[test]
    fn nuls_are_zeros_among_the_status_bits_and_the_end_elsewhere() {
        let long = [
            b"\xbf",
            &b"(226.0 195.0 226.0 014 49.0 27.5 30.0 "[..],
            b"00\0\x0010\0\x00\r",
        ]
        .concat();
        let (take, text) = answer(&[&long]);
        assert_eq!(take, Take::Done);
        assert!(text.ends_with(b" 00001000\r"), "{text:?}");
        assert_eq!(answer(&[b"\xc3(2\0xx"]), (Take::Done, b"(2".to_vec()));
        assert_eq!(answer(&[b"\xc3\0\0\0xx"]).0, Take::Nothing);
    }
}
