//! gtec: requests as ippon has them, answers in packets of up to 128 bytes until one has a CR. No device is known by its numbers:
//! this needs `subdriver = gtec`.

use super::framing::{Answer, Framing, LONG, Plan, Read, Site, Take, reports};

pub(super) static FRAMING: Framing = Framing {
    name: "gtec",
    speaks: false,
    silence_ends: false,
    plan,
    take,
};

fn plan(_: &mut Site, request: &[u8]) -> Plan {
    Plan::ask(reports(0x0002, request, 8, LONG), Read::Packets(128))
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
        let written = written(&FRAMING, &mut Site::default(), "Q4");
        assert_eq!(written, [*b"Q4\r\0\0\0\0\0"]);
        assert_eq!(setups(&FRAMING, "Q4"), ["21 09 0002 0000"]);
    }

    #[test]
    fn an_answer_may_come_in_packets_of_any_size() {
        let packets: [&[u8]; 2] = [b"(23", b"0.1\r"];
        let expected = (Take::Done, b"(230.1\r".to_vec());
        assert_eq!(taken(&FRAMING, &Site::default(), "Q4", &packets), expected);
    }
}
