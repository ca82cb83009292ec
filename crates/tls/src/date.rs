//! Times of certificates: DER text to seconds since 1970, and those to a date for messages.

use crate::der::{Element, tag};

/// Seconds since 1970, UTC; `None` if the text is no time.
pub(crate) fn seconds(element: Element<'_>) -> Option<i64> {
    let text = element.content;
    let (year, rest) = match element.tag {
        tag::UTC_TIME => {
            let year = number(text.get(..2)?)?;
            // RFC 5280, 4.1.2.5.1
            let century = if year >= 50 { 1900 } else { 2000 };
            (century + year, text.get(2..)?)
        }
        tag::TIME => (number(text.get(..4)?)?, text.get(4..)?),
        _ => return None,
    };
    let [digits @ .., b'Z'] = rest else {
        return None;
    };
    if digits.len() != 10 {
        return None;
    }
    let mut parts = digits.chunks(2).map(number);
    let mut within =
        |range: std::ops::RangeInclusive<i64>| parts.next()?.filter(|value| range.contains(value));
    let (month, day) = (within(1..=12)?, within(1..=31)?);
    let (hour, minute, second) = (within(0..=23)?, within(0..=59)?, within(0..=60)?);
    Some(days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| {
        digit
            .is_ascii_digit()
            .then(|| sum * 10 + i64::from(digit - b'0'))
    })
}

/// Days from 1970-01-01 to a date of the Gregorian calendar. Years are taken to begin in March, so that the
/// day that some of them lack is their last one.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + leap_days + day_of_year - 719_468
}

/// A time of a certificate for messages: `2026-11-21 09:30 UTC`.
#[must_use]
pub fn text(seconds: i64) -> String {
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // the estimate is at most a year off
    let mut year = 1970 + day.div_euclid(366);
    while days(year + 1, 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12)
        .rev()
        .find(|&month| days(year, month, 1) <= day)
        .unwrap_or(1);
    let date = day - days(year, month, 1) + 1;
    let (hour, minute) = (second / 3600, second / 60 % 60);
    format!("{year:04}-{month:02}-{date:02} {hour:02}:{minute:02} UTC")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::der::Reader;

    fn read(tag: u8, text: &str) -> Option<i64> {
        let mut der = vec![tag, u8::try_from(text.len()).unwrap()];
        der.extend_from_slice(text.as_bytes());
        seconds(Reader(&der).next().unwrap())
    }

    #[test]
    fn both_forms_of_time_are_read() {
        for (tag, text, seconds) in [
            (tag::UTC_TIME, "700101000000Z", 0),
            (tag::UTC_TIME, "500101000000Z", -631_152_000),
            (tag::UTC_TIME, "491231235959Z", 2_524_607_999),
            (tag::UTC_TIME, "240229120000Z", 1_709_208_000),
            (tag::TIME, "20240301000000Z", 1_709_251_200),
            (tag::TIME, "99991231235959Z", 253_402_300_799),
        ] {
            assert_eq!(read(tag, text), Some(seconds), "{text}");
        }
        for text in [
            "",
            "7001010000",
            "700101000000",
            "701301000000Z",
            "7001010000x0Z",
        ] {
            assert_eq!(read(tag::UTC_TIME, text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_written_as_it_was_read() {
        for (seconds, written) in [
            (0, "1970-01-01 00:00 UTC"),
            (1_709_208_060, "2024-02-29 12:01 UTC"),
            (253_402_300_799, "9999-12-31 23:59 UTC"),
            (-1, "1969-12-31 23:59 UTC"),
            (-631_152_000, "1950-01-01 00:00 UTC"),
        ] {
            assert_eq!(text(seconds), written);
        }
    }
}
