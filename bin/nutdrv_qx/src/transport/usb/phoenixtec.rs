//! phoenixtec: a request is one vendor's control request, the answer comes in packets until one has a CR. Commands are not
//! answered at all.

use usb::Setup;

use super::framing::{Answer, Framing, Plan, Read, SHORT, Site, Step, Take, text};

pub(super) static FRAMING: Framing = Framing {
    name: "phoenixtec",
    speaks: false,
    silence_ends: false,
    plan,
    take,
};

const SETUP: Setup = Setup {
    request_type: 0x42,
    request: 0x0d,
    value: 0,
    index: 0,
};

/// Commands, which may have a number behind them.
const UNANSWERED: &[&[u8]] = &[
    b"T", b"TL", b"S", b"C", b"CT", b"M", b"N", b"O", b"SRC", b"FCLR", b"SS", b"TUD", b"SSN",
];

fn plan(_: &mut Site, request: &[u8]) -> Plan {
    let steps = vec![Step::Write(SETUP, request.to_vec(), SHORT)];
    let read = if is_command(text(request)) {
        Read::Nothing
    } else {
        Read::Packets(256)
    };
    Plan::ask(steps, read)
}

fn is_command(request: &[u8]) -> bool {
    let is = |command: &&&[u8]| {
        let rest = request.strip_prefix(**command);
        rest.is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_uppercase))
    };
    UNANSWERED.iter().any(|command| is(&command))
}

fn take(_: &Site, answer: &mut Answer<'_>, packet: &[u8]) -> Take {
    answer.take(packet)
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::{setups, taken, written};
    use super::*;

    #[test]
    fn a_request_is_written_whole() {
        let written = written(&FRAMING, &mut Site::default(), "S01R0003");
        assert_eq!(written, [b"S01R0003\r"]);
        assert_eq!(setups(&FRAMING, "WH"), ["42 0d 0000 0000"]);
    }

    #[test]
    fn commands_are_not_answered_and_what_only_begins_like_one_is() {
        let waits = |request: &str| {
            let plan = plan(&mut Site::default(), format!("{request}\r").as_bytes());
            !matches!(plan, Plan::Talk(talk) if talk.read == Read::Nothing)
        };
        for command in [
            "T", "T10", "TL", "S01R0003", "S.5", "C", "CT", "SSN123", "M",
        ] {
            assert!(!waits(command), "{command}");
        }
        for query in ["WH", "MSO", "Q1", "TUDX", "SRCX", "G", "PTID"] {
            assert!(waits(query), "{query}");
        }
    }

    #[test]
    fn an_answer_ends_with_its_cr() {
        let packets: [&[u8]; 2] = [b"(A  700", b"-19\rold"];
        let expected = (Take::Done, b"(A  700-19\r".to_vec());
        assert_eq!(taken(&FRAMING, &Site::default(), "WH", &packets), expected);
    }
}
