//! ippon: requests in output reports of eight bytes, the answer in one packet of 64.

use super::framing::{Answer, Framing, Plan, Read, SHORT, Site, Take, reports};

pub(super) static FRAMING: Framing = Framing {
    name: "ippon",
    speaks: false,
    silence_ends: false,
    plan,
    take,
};

fn plan(_: &mut Site, request: &[u8]) -> Plan {
    Plan::ask(reports(0x0002, request, 8, SHORT), Read::Packets(64))
}

/// An empty answer is NUL CR.
fn take(_: &Site, answer: &mut Answer<'_>, packet: &[u8]) -> Take {
    answer.take_all(packet)
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{setups, taken, written};
    use super::*;

    fn one(packet: &[u8]) -> (Take, Vec<u8>) {
        taken(&FRAMING, &Site::default(), "Q1", &[packet])
    }

    #[test]
    fn the_reports_have_their_number_the_wrong_way_round() {
        assert_eq!(setups(&FRAMING, "Q1"), ["21 09 0002 0000"]);
        assert_eq!(
            written(&FRAMING, &mut Site::default(), "S01R0003"),
            [*b"S01R0003", *b"\r\0\0\0\0\0\0\0"]
        );
    }

    #[test]
    fn an_answer_ends_with_its_cr_or_else_at_a_nul_and_gets_its_cr() {
        let mut packet = b"(226.0\r".to_vec();
        packet.resize(64, 0);
        assert_eq!(one(&packet), (Take::Done, b"(226.0\r".to_vec()));
        packet[6] = 0;
        assert_eq!(one(&packet), (Take::Done, b"(226.0\r".to_vec()));
        assert_eq!(one(b"(226.0"), (Take::Done, b"(226.0\r".to_vec()));
    }

    #[test]
    fn nul_cr_is_no_answer() {
        assert_eq!(one(b"\0\r").0, Take::Nothing);
        assert_eq!(one(&[0; 64]).0, Take::Nothing);
    }
}
