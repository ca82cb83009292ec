//! String descriptors, read as the reference reads them, so that `ups.serial` is the same (spec usbhid.md, section 2, point 3):
//! the first language that the device has (0x0409 when that cannot be told), three tries, every UTF-16 unit with a high byte
//! a `?`, blanks kept.

use std::thread;
use std::time::{Duration, Instant};

use crate::device::Setup;
use crate::error::Error;

/// English (United States), which nearly every device has.
pub const LANGUAGE: u16 = 0x0409;
const TRIES: u32 = 3;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);
/// Longest descriptor: its length is one byte.
const LONGEST: usize = 255;
const STRING: u8 = 3;

/// Does one control request that reads.
pub type Transfer<'a> = dyn FnMut(Setup, &mut [u8], Duration) -> Result<usize, Error> + 'a;

/// The request for string number `index`; number 0 has the list of languages.
#[must_use]
pub fn request(index: u8, language: u16) -> Setup {
    Setup {
        request_type: 0x80,
        request: 6,
        value: u16::from_be_bytes([STRING, index]),
        index: language,
    }
}

/// Reads string number `index` with `transfer`, which does one control request. `language` is kept between calls.
///
/// # Errors
/// Those of the last try, and [`Error::NotFound`] for index 0.
pub fn read(
    index: u8,
    language: &mut Option<u16>,
    within: Duration,
    transfer: &mut Transfer<'_>,
) -> Result<String, Error> {
    if index == 0 {
        return Err(Error::NotFound("string 0: the device has none".to_owned()));
    }
    let end = Instant::now().checked_add(within);
    let left = || {
        end.map_or(within, |end| end.saturating_duration_since(Instant::now()))
            .max(Duration::from_millis(1))
    };
    let language = match *language {
        Some(language) => language,
        None => *language.insert(first_language(left(), transfer)?),
    };
    let mut tries = 0;
    loop {
        tries += 1;
        let mut buffer = [0; LONGEST];
        match transfer(request(index, language), &mut buffer, left()) {
            Ok(length) => return decode(buffer.get(..length).unwrap_or_default(), index),
            Err(error @ Error::Gone(_)) => return Err(error),
            Err(error) if tries >= TRIES || left() <= BETWEEN_TRIES => return Err(error),
            Err(_) => thread::sleep(BETWEEN_TRIES),
        }
    }
}

fn first_language(within: Duration, transfer: &mut Transfer<'_>) -> Result<u16, Error> {
    let mut buffer = [0; 4];
    match transfer(request(0, 0), &mut buffer, within) {
        Err(error @ Error::Gone(_)) => Err(error),
        Ok(4..) => match buffer {
            [length, STRING, low, high] if length >= 4 => Ok(u16::from_le_bytes([low, high])),
            _ => Ok(LANGUAGE),
        },
        _ => Ok(LANGUAGE),
    }
}

/// The text of a string descriptor. One that claims to be longer than it is ends where it ends.
///
/// # Errors
/// [`Error::Io`] when it is no string descriptor.
pub fn decode(descriptor: &[u8], index: u8) -> Result<String, Error> {
    let [length, STRING, ..] = *descriptor else {
        return Err(Error::Io(format!(
            "string {index}: no string descriptor, but {} bytes",
            descriptor.len()
        )));
    };
    let end = usize::from(length).min(descriptor.len());
    let units = descriptor.get(2..end).unwrap_or_default().chunks_exact(2);
    Ok(units.map(character).collect())
}

fn character(unit: &[u8]) -> char {
    match *unit {
        [low, 0] if low.is_ascii() => char::from(low),
        _ => '?',
    }
}

/// The descriptor of a text; the inverse of [`decode`] for ASCII, for simulated devices.
#[must_use]
pub fn encode(text: &str) -> Vec<u8> {
    let mut descriptor = vec![0, STRING];
    let units = text.encode_utf16().take((LONGEST - 2) / 2);
    descriptor.extend(units.flat_map(u16::to_le_bytes));
    let length = u8::try_from(descriptor.len()).unwrap_or(u8::MAX);
    if let Some(first) = descriptor.first_mut() {
        *first = length;
    }
    descriptor
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Answers in order; records the requests.
    fn play(answers: Vec<Result<Vec<u8>, Error>>) -> (Result<String, Error>, Vec<Setup>) {
        let mut answers = answers.into_iter();
        let mut asked = Vec::new();
        let got = read(3, &mut None, SECOND, &mut |setup, buffer, _| {
            asked.push(setup);
            let bytes = answers.next().unwrap()?;
            buffer[..bytes.len()].copy_from_slice(&bytes);
            Ok(bytes.len())
        });
        (got, asked)
    }

    fn stall() -> Error {
        Error::Stalled("x".into())
    }

    #[test]
    fn a_string_comes_in_the_devices_first_language_and_with_its_blanks() {
        let (got, asked) = play(vec![Ok(vec![4, 3, 0x07, 0x04]), Ok(encode("AB0427  "))]);
        assert_eq!(got.unwrap(), "AB0427  ");
        assert_eq!(asked, [request(0, 0), request(3, 0x0407)]);
    }

    #[test]
    fn without_a_usable_list_of_languages_it_is_english() {
        for languages in [
            Err(stall()),
            Ok(vec![2, 3]),
            Ok(vec![2, 3, 9, 9]),
            Ok(vec![4, 9, 7, 4]),
            Ok(vec![]),
        ] {
            let (got, asked) = play(vec![languages, Ok(encode("x"))]);
            assert_eq!(
                (got.unwrap().as_str(), asked[1]),
                ("x", request(3, LANGUAGE))
            );
        }
    }

    #[test]
    fn three_tries_are_made_and_none_when_the_device_is_gone() {
        let languages = || Ok(vec![4, 3, 9, 4]);
        assert_eq!(
            play(vec![
                languages(),
                Err(stall()),
                Err(stall()),
                Ok(encode("x"))
            ])
            .0
            .unwrap(),
            "x"
        );
        assert_eq!(
            play(vec![languages(), Err(stall()), Err(stall()), Err(stall())]).0,
            Err(stall())
        );
        let gone = || Error::Gone("x".into());
        assert_eq!(play(vec![languages(), Err(gone())]).0, Err(gone()));
        assert_eq!(play(vec![Err(gone())]).0, Err(gone()));
    }

    #[test]
    fn characters_beyond_ascii_are_question_marks() {
        assert_eq!(decode(&encode("µ–x"), 1).unwrap(), "??x");
    }

    #[test]
    fn descriptors_that_lie_about_their_length_are_cut() {
        assert_eq!(decode(&[200, 3, b'a', 0, b'b', 0, b'c'], 1).unwrap(), "ab");
        assert_eq!(decode(&[4, 3, b'a', 0, b'b', 0], 1).unwrap(), "a");
        assert_eq!(decode(&[0, 3, b'a', 0], 1).unwrap(), "");
        for bytes in [&[][..], &[4], &[4, 2, 9, 9]] {
            assert!(decode(bytes, 1).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn index_0_is_no_string() {
        assert!(read(0, &mut None, SECOND, &mut |_, _, _| unreachable!()).is_err());
    }

    proptest::proptest! {
        #[test]
        fn ascii_comes_back_and_no_bytes_make_decoding_panic(text in "[ -~]{0,126}", bytes: Vec<u8>) {
            proptest::prop_assert_eq!(decode(&encode(&text), 1).unwrap(), text);
            let _ = decode(&bytes, 1);
        }
    }
}
