//! phoenix: as cypress, but the adapter keeps what nobody has read, so that is taken away before each request.
//!
//! The reference waits a second for silence; this is long enough for a device that is still sending.

use std::time::Duration;

use super::framing::{Answer, Framing, Plan, Read, SHORT, Site, Step, Take, reports};

pub(super) static FRAMING: Framing = Framing {
    name: "phoenix",
    speaks: false,
    silence_ends: false,
    plan,
    take,
};

const DRAIN: Step = Step::Drain {
    size: 8,
    most: 8,
    within: Duration::from_millis(200),
};

fn plan(_: &mut Site, request: &[u8]) -> Plan {
    let mut steps = vec![DRAIN];
    steps.extend(reports(0x0200, request, 8, SHORT));
    Plan::ask(steps, Read::Packets(8))
}

fn take(_: &Site, answer: &mut Answer<'_>, packet: &[u8]) -> Take {
    answer.take(packet)
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{setups, taken};
    use super::*;

    #[test]
    fn old_packets_are_taken_away_before_the_request() {
        let Plan::Talk(talk) = plan(&mut Site::default(), b"Q1\r") else {
            panic!("echoed");
        };
        assert_eq!(talk.steps[0], DRAIN);
        assert!(matches!(&talk.steps[1], Step::Write(_, data, SHORT) if data == b"Q1\r\0\0\0\0\0"));
        assert_eq!(setups(&FRAMING, "Q1"), ["21 09 0200 0000"]);
    }

    #[test]
    fn an_answer_is_read_as_cypress_has_it() {
        let packets: [&[u8]; 2] = [b"#220.0 0", b"03\r\0\0\0\0\0"];
        let expected = (Take::Done, b"#220.0 003\r".to_vec());
        assert_eq!(taken(&FRAMING, &Site::default(), "F", &packets), expected);
    }
}
