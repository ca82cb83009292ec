//! sgs: packets of eight bytes both ways, the first of which tells how many of the other seven count.

use super::framing::{Answer, Framing, LONG, Plan, Read, Site, Step, Take, output};

pub(super) static FRAMING: Framing = Framing {
    name: "sgs",
    speaks: false,
    silence_ends: true,
    plan,
    take,
};

/// Bytes of a request or answer in one packet.
const ROOM: usize = 7;

fn plan(_: &mut Site, request: &[u8]) -> Plan {
    let packet = |part: &[u8]| {
        let mut data = vec![u8::try_from(part.len()).unwrap_or_default()];
        data.extend_from_slice(part);
        data.resize(ROOM + 1, 0);
        Step::Write(output(0x0200), data, LONG)
    };
    Plan::ask(request.chunks(ROOM).map(packet).collect(), Read::Packets(8))
}

/// Some firmware leaves the CR out; then silence ends the answer.
fn take(_: &Site, answer: &mut Answer<'_>, packet: &[u8]) -> Take {
    let Some((count, data)) = packet.split_first() else {
        return Take::More;
    };
    answer.take(data.get(..usize::from(*count)).unwrap_or(data))
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{setups, taken, written};
    use super::*;

    #[test]
    fn each_packet_tells_how_many_bytes_count() {
        let written = |request| written(&FRAMING, &mut Site::default(), request);
        assert_eq!(written("Q1"), [*b"\x03Q1\r\0\0\0\0"]);
        assert_eq!(
            written("S01R0003"),
            [*b"\x07S01R000", *b"\x023\r\0\0\0\0\0"]
        );
        assert_eq!(setups(&FRAMING, "Q1"), ["21 09 0200 0000"]);
    }

    #[test]
    fn only_bytes_that_count_are_taken_and_a_count_cannot_be_more_than_seven() {
        let packets: [&[u8]; 4] = [b"\x02(2xxxxx", b"\x00yyyyyyy", b"\xff30.0 1 ", b"\x012\r"];
        let (take, answer) = taken(&FRAMING, &Site::default(), "Q1", &packets);
        assert_eq!((take, answer), (Take::More, b"(230.0 1 2".to_vec()));
        let (take, _) = taken(&FRAMING, &Site::default(), "Q1", &[b"\x01\r"]);
        assert_eq!(take, Take::Done);
    }
}
