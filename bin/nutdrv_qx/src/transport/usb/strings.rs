//! Devices that are asked by reading their string descriptors: each request is the number of a string, and reading it does what was
//! asked for.
//!
//! | request | krauler | fabula, hunnox | snr |
//! |---|---|---|---|
//! | `Q1` | 03 | 03 | 03 |
//! | `F` | 0d | 0d | 0d |
//! | `I` | 0c | 0c | 0c |
//! | `T`, `TL` | 04, 05 | | |
//! | `Q` | 07 | 07 | |
//! | `C` | 0b | 0a | |
//! | `CT` | 0b | | |
//! | `BL` | | f3 (hunnox) | |
//! | `S..` | | 10 to f8 | |

use usb::Setup;
use usb::string::request;

use super::framing::{Answer, CR, Read, Site, Take};

/// Longest string descriptor.
pub(super) const LONGEST: usize = 255;
/// Some firmware hangs when it is asked for more; the makers' own software asks for so many bytes.
pub(super) const CAREFUL: usize = 102;
/// What these devices say instead of an answer.
const NO_ACK: &[u8] = b"UPS No Ack";

/// The request for a string in the device's language.
pub(super) fn number(site: &Site, index: u8) -> Setup {
    request(index, site.language)
}

/// A string is read as the answer.
pub(super) fn read(site: &Site, index: u8, size: usize) -> Read {
    Read::Control(number(site, index), size)
}

/// What a descriptor says, if it is one. With `langid_fix` only its length is what it should be.
pub(super) fn text(site: &Site, descriptor: &[u8]) -> Option<Vec<u8>> {
    let [length, kind, rest @ ..] = descriptor else {
        return None;
    };
    let length = usize::from(*length);
    let is_one = if site.language_is_fixed {
        length == descriptor.len()
    } else {
        *kind == 3 && (2..=descriptor.len()).contains(&length)
    };
    let units = rest.get(..length.saturating_sub(2))?.chunks_exact(2);
    let character = |unit: &[u8]| match unit {
        [low, 0] => *low,
        _ => b'?',
    };
    is_one.then(|| units.map(character).collect())
}

/// Whether the device says that it does not answer.
pub(super) fn is_no_ack(text: &[u8]) -> bool {
    super::framing::text(text).eq_ignore_ascii_case(NO_ACK)
}

/// Takes an answer whose first byte is not the one that it should be.
pub(super) fn take_with_lead(
    site: &Site,
    answer: &mut Answer<'_>,
    descriptor: &[u8],
    lead: u8,
) -> Take {
    let Some(mut text) = text(site, descriptor).filter(|text| !is_no_ack(text)) else {
        return Take::Again;
    };
    match text.first_mut() {
        Some(first) => *first = lead,
        None => return Take::Nothing,
    }
    finish(answer, &text)
}

/// Takes an answer as it is.
pub(super) fn take(site: &Site, answer: &mut Answer<'_>, descriptor: &[u8]) -> Take {
    match text(site, descriptor) {
        None => Take::Spoiled,
        Some(text) if text.is_empty() || is_no_ack(&text) => Take::Nothing,
        Some(text) => finish(answer, &text),
    }
}

fn finish(answer: &mut Answer<'_>, text: &[u8]) -> Take {
    if answer.take(text) == Take::More {
        answer.bytes.push(CR);
    }
    Take::Done
}

#[cfg(test)]
mod tests {
    use super::super::framing::bench::string;
    use super::*;

    const FIXED: Site = Site {
        language: 0x0409,
        language_is_fixed: true,
        no_vendor: false,
        endpoint_in: 0,
        endpoint_out: 0,
        packet_in: 0,
        turn: 0,
        late: false,
    };

    #[test]
    fn a_descriptor_is_text_and_what_is_not_ascii_is_a_question_mark() {
        let site = Site::default();
        assert_eq!(text(&site, &string("(226 é–")).unwrap(), b"(226 \xe9?");
        for bytes in [
            &[][..],
            &[4],
            &[4, 2, b'a', 0],
            &[6, 3, b'a', 0],
            &[1, 3, b'a', 0],
        ] {
            assert_eq!(text(&site, bytes), None, "{bytes:?}");
        }
        assert_eq!(
            text(&site, &[4, 3, b'a', 0, b'b', 0]).unwrap(),
            b"a",
            "it is shorter than what came"
        );
    }

    #[test]
    fn with_a_fixed_language_only_the_length_must_be_right() {
        assert_eq!(text(&FIXED, &[4, 9, b'a', 0]).unwrap(), b"a");
        assert_eq!(text(&FIXED, &[4, 3, b'a', 0, b'b', 0]), None);
        assert_eq!(text(&FIXED, &[1]), None);
    }

    #[test]
    fn no_ack_is_known_with_and_without_its_end_and_in_any_case() {
        assert!(is_no_ack(b"UPS No Ack") && is_no_ack(b"ups no ack\rx"));
        assert!(!is_no_ack(b"UPS No Ack!"));
    }
}
