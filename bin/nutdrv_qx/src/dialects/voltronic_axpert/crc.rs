//! The checksum behind requests and answers: CRC-16 with polynomial 0x1021, begun at 0. Bytes of it that would disturb a line are
//! one more.

use crate::dialect::{Bad, CR};
use crate::known::Known;

const POLYNOMIAL: u16 = 0x1021;
const TOP: u16 = 0x8000;

/// The checksum of some text.
pub(super) fn of(text: &[u8]) -> [u8; 2] {
    let crc = text.iter().fold(0_u16, |crc, &byte| {
        let crc = crc ^ u16::from(byte) << 8;
        (0..8).fold(crc, |crc, _| match crc & TOP {
            0 => crc << 1,
            _ => crc << 1 ^ POLYNOMIAL,
        })
    });
    crc.to_be_bytes().map(|byte| match byte {
        b'\n' | CR | b'(' => byte + 1,
        byte => byte,
    })
}

/// The request with checksum and end.
pub(super) fn signed(_: &Known, request: &str) -> Result<Vec<u8>, Bad> {
    let crc = of(request.as_bytes());
    Ok([request.as_bytes(), &crc, &[CR]].concat())
}

/// The answer without its checksum, if that is right.
pub(super) fn checked(_: &Known, _: &str, answer: Vec<u8>) -> Result<Vec<u8>, Bad> {
    let end = answer.iter().position(|&byte| byte == CR);
    let parts = answer
        .get(..end.unwrap_or(answer.len()))
        .and_then(<[u8]>::split_last_chunk);
    let (text, crc): (&[u8], &[u8; 2]) = parts.ok_or_else(|| Bad::new("no checksum"))?;
    if of(text) != *crc {
        return Err(Bad::new("the checksum is wrong"));
    }
    Ok([text, &[CR]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_that_devices_make() {
        assert_eq!(of(b"QPI"), [0xBE, 0xAC]);
        assert_eq!(of(b"QVFW"), *b"b\x99");
        assert_eq!(of(b"QMD"), *b"\x1A.");
        assert_eq!(of(b"QPIGS"), [0xB7, 0xA9]);
        // 0x28, 0x0A and 0x0D are one more
        let sums: Vec<u8> = (0..=255).flat_map(|byte| of(&[byte, b'x'])).collect();
        assert!(!sums.iter().any(|byte| [b'\n', CR, b'('].contains(byte)));
    }

    #[test]
    fn an_answer_with_another_checksum_is_none() {
        let known = Known::default();
        let good = signed(&known, "(PI30").unwrap();
        assert_eq!(checked(&known, "", good.clone()), Ok(b"(PI30\r".to_vec()));
        for at in 0..good.len() - 1 {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert!(checked(&known, "", bad).is_err(), "{at}");
        }
        for end in 0..good.len() - 1 {
            assert!(checked(&known, "", good[..end].to_vec()).is_err(), "{end}");
        }
    }
}
