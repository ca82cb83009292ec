//! omron: requests in output reports of sixteen bytes, the answer in one packet of 64. Known from one model, the BN150T.

use super::framing::{Answer, Framing, Plan, Read, SHORT, Site, Take, reports};

pub(super) static FRAMING: Framing = Framing {
    name: "omron",
    speaks: false,
    silence_ends: false,
    plan,
    take,
};

fn plan(_: &mut Site, request: &[u8]) -> Plan {
    Plan::ask(reports(0x0002, request, 16, SHORT), Read::Packets(64))
}

fn take(_: &Site, answer: &mut Answer<'_>, packet: &[u8]) -> Take {
    answer.take_all(packet)
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{setups, taken, written};
    use super::*;

    #[test]
    fn a_request_is_written_in_reports_of_sixteen_bytes() {
        let written = |request| written(&FRAMING, &mut Site::default(), request);
        assert_eq!(written("Q1"), [*b"Q1\r\0\0\0\0\0\0\0\0\0\0\0\0\0"]);
        assert_eq!(written("0123456789ABCDEF").len(), 2);
        assert_eq!(setups(&FRAMING, "Q1"), ["21 09 0002 0000"]);
    }

    #[test]
    fn an_answer_that_fills_the_packet_needs_no_end() {
        let full = [b'7'; 64];
        let (take, answer) = taken(&FRAMING, &Site::default(), "I", &[&full]);
        assert_eq!((take, answer.len()), (Take::Done, 65));
        let (_, answer) = taken(&FRAMING, &Site::default(), "I", &[b"OK\rold"]);
        assert_eq!(answer, b"OK\r");
    }
}
