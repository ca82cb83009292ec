//! hunnox: fabula, and the device wants to be asked in turns: before each request another string is read, whose text does not
//! matter, and before the first one those that tell of languages.

use std::time::Duration;

use super::framing::{Answer, Framing, Plan, Site, Step, Take, text};
use super::{fabula, strings};

pub(super) static FRAMING: Framing = Framing {
    name: "hunnox",
    speaks: true,
    silence_ends: false,
    plan,
    take,
};

/// What is read in turn. Strings are not read for nothing if they are asked for.
const TURNS: [u8; 3] = [0x0d, 0x03, 0x0c];
/// Maker and model, not to be asked for with `novendor`.
const VENDOR: u8 = 0x0c;
/// The state of the battery, which only this device has.
const BATTERY: (&[u8], u8) = (b"BL", 0xf3);
/// Bytes that are asked for of the first strings.
const MANY: usize = 1026;
/// What the device needs after them.
const BREATH: Duration = Duration::from_millis(10);

fn plan(site: &mut Site, request: &[u8]) -> Plan {
    let request = text(request);
    let index = if request == BATTERY.0 {
        Some(BATTERY.1)
    } else {
        fabula::index(request)
    };
    let Some(index) = index else {
        return Plan::Echo;
    };
    let steps = turn(site, index);
    Plan::ask(steps, strings::read(site, index, strings::CAREFUL))
}

/// What is read before string `index`; the next turn is another one's.
fn turn(site: &mut Site, index: u8) -> Vec<Step> {
    let touch = |index, size| Step::Touch(strings::number(site, index), size);
    let Some(other) = usize::from(site.turn)
        .checked_sub(1)
        .and_then(|turn| TURNS.get(turn))
        .copied()
    else {
        let mut steps = [0, 0, 1].map(|index| touch(index, MANY)).to_vec();
        steps.push(Step::Rest(BREATH));
        site.turn = 1;
        return steps;
    };
    let unwanted = other == index || (other == VENDOR && site.no_vendor);
    let steps = (!unwanted).then(|| touch(other, strings::CAREFUL));
    site.turn = site.turn % 3 + 1;
    steps.into_iter().collect()
}

fn take(site: &Site, answer: &mut Answer<'_>, descriptor: &[u8]) -> Take {
    strings::take(site, answer, descriptor)
}

#[cfg(test)]
mod tests {
    use super::super::framing::Read;
    use super::super::framing::bench::{is_echoed, string, taken};
    use super::*;

    /// The strings that are read for a request, its own last.
    fn read(site: &mut Site, request: &str) -> Vec<u8> {
        let Plan::Talk(talk) = plan(site, format!("{request}\r").as_bytes()) else {
            panic!("{request} is echoed")
        };
        let Read::Control(last, 102) = talk.read else {
            panic!("{talk:?}")
        };
        let touched = talk.steps.into_iter().filter_map(|step| match step {
            Step::Touch(setup, _) => Some(setup),
            _ => None,
        });
        let index = |setup: usb::Setup| u8::try_from(setup.value & 0xff).unwrap();
        touched.chain([last]).map(index).collect()
    }

    #[test]
    fn other_strings_are_read_in_turn_before_each_request() {
        let mut site = Site::default();
        let expected: [(&str, &[u8]); 8] = [
            ("Q1", &[0, 0, 1, 3]),
            ("Q1", &[0x0d, 3]),
            ("Q1", &[3]),
            ("Q1", &[0x0c, 3]),
            ("F", &[0x0d]),
            ("F", &[3, 0x0d]),
            ("I", &[0x0c]),
            ("BL", &[0x0d, 0xf3]),
        ];
        for (request, strings) in expected {
            assert_eq!(read(&mut site, request), strings, "{request}");
        }
        let mut site = Site {
            no_vendor: true,
            turn: 3,
            ..Site::default()
        };
        assert_eq!(read(&mut site, "Q1"), [3]);
    }

    #[test]
    fn shutdowns_are_strings_as_fabula_has_them_and_the_rest_comes_back() {
        assert_eq!(read(&mut Site::default(), "S01R0003"), [0, 0, 1, 0x68]);
        assert!(is_echoed(&FRAMING, "T") && is_echoed(&FRAMING, "QS"));
    }

    #[test]
    fn no_ack_is_no_answer_and_spoiled_descriptors_are_not_asked_for_again() {
        let fixed = Site {
            language_is_fixed: true,
            ..Site::default()
        };
        let take = |bytes: &[u8]| taken(&FRAMING, &fixed, "Q1", &[bytes]);
        assert_eq!(take(&string("UPS No Ack")).0, Take::Nothing);
        assert_eq!(take(&[9, 3, b'(', 0]).0, Take::Spoiled);
        assert_eq!(take(&string("(226.0")).1, b"(226.0\r");
    }
}
