//! cypress: requests in output reports of eight bytes, answers in packets of eight bytes until one has a CR. Most adapters are so.

use super::framing::{Answer, Framing, LONG, Plan, Read, Site, Take, reports};

pub(super) static FRAMING: Framing = Framing {
    name: "cypress",
    speaks: false,
    silence_ends: false,
    plan,
    take,
};

fn plan(_: &mut Site, request: &[u8]) -> Plan {
    Plan::ask(reports(0x0200, request, 8, LONG), Read::Packets(8))
}

fn take(_: &Site, answer: &mut Answer<'_>, packet: &[u8]) -> Take {
    answer.take(packet)
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{setups, taken, written};
    use super::*;

    #[test]
    fn a_request_is_written_in_reports_of_eight_bytes() {
        let written = |request| written(&FRAMING, &mut Site::default(), request);
        assert_eq!(written("Q1"), [*b"Q1\r\0\0\0\0\0"]);
        assert_eq!(written("S.5R0003"), [*b"S.5R0003", *b"\r\0\0\0\0\0\0\0"]);
        assert_eq!(setups(&FRAMING, "Q1"), ["21 09 0200 0000"]);
    }

    #[test]
    fn an_answer_ends_with_its_cr_and_what_fills_the_packet_is_not_part_of_it() {
        let packets: [&[u8]; 2] = [b"(226.0 1", b"\r\0\0\0\0\0\0\0"];
        let expected = (Take::Done, b"(226.0 1\r".to_vec());
        assert_eq!(taken(&FRAMING, &Site::default(), "Q1", &packets), expected);
        let first = taken(&FRAMING, &Site::default(), "Q1", &packets[..1]);
        assert_eq!(first.0, Take::More);
    }
}
