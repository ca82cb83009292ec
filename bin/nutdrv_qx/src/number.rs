//! Numbers as devices write them and as NUT publishes them.

use crate::dialect::Bad;

/// A number made of digits and at most one point, with blanks around it. No sign: a device that sends one sends garbage.
pub(crate) fn parse(text: &str) -> Result<f64, Bad> {
    let trimmed = text.trim_matches(' ');
    let digits = trimmed.bytes().filter(u8::is_ascii_digit).count();
    let points = trimmed.bytes().filter(|&byte| byte == b'.').count();
    let clean = digits > 0 && points <= 1 && digits + points == trimmed.len();
    let number = trimmed.parse().ok().filter(|_| clean);
    number.ok_or_else(|| Bad(format!("{text:?} is no number")))
}

/// The number that stands at the beginning of a text, as C's atof finds it: values of `default.` may be anything.
pub(crate) fn leading(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let end = text
        .char_indices()
        .find(|&(at, char)| {
            !(char.is_ascii_digit() || char == '.' || (at == 0 && (char == '-' || char == '+')))
        })
        .map_or(text.len(), |(at, _)| at);
    text.get(..end)?.parse().ok()
}

/// The whole part of a number.
pub(crate) fn whole(text: &str) -> Option<i64> {
    parse(text).ok()?;
    let whole = text.trim_matches(' ').split('.').next()?;
    if whole.is_empty() {
        Some(0)
    } else {
        whole.parse().ok()
    }
}

/// With so many decimals, as C's printf does it: a tie goes to the even digit of the binary value.
pub(crate) fn fixed(number: f64, decimals: usize) -> String {
    format!("{number:.decimals$}")
}

/// Whether a number without its fraction lies in a range.
pub(crate) fn is_within(number: f64, min: i64, max: i64) -> bool {
    // both ends are small enough to be exact
    let (min, max) = (min as f64, max as f64);
    (min..=max).contains(&number.trunc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_not_half_a_number() {
        for (text, number) in [
            ("229.5", 229.5),
            ("014", 14.0),
            (" 4.0 ", 4.0),
            ("5.", 5.0),
            (".5", 0.5),
        ] {
            assert_eq!(parse(text), Ok(number));
        }
        for text in [
            "", " ", "---.-", "1.2.3", "12 34", "-5", "1e3", "nan", "inf", "٣", "0x1",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ties_are_rounded_as_printf_rounds_them() {
        // printed by C's printf
        for (number, decimals, text) in [
            (0.5, 0, "0"),
            (1.5, 0, "2"),
            (2.5, 0, "2"),
            (0.25, 1, "0.2"),
            (0.35, 1, "0.3"),
            (2.675, 2, "2.67"),
            (0.125, 2, "0.12"),
            (99.95, 1, "100.0"),
            (27.45, 1, "27.4"),
            (1e9, 0, "1000000000"),
        ] {
            assert_eq!(fixed(number, decimals), text, "{number} {decimals}");
        }
    }

    #[test]
    fn the_beginning_of_a_text_may_be_a_number() {
        assert_eq!(leading("24V"), Some(24.0));
        assert_eq!(leading(" -1.5x"), Some(-1.5));
        assert_eq!(leading("x"), None);
        assert_eq!(leading(""), None);
    }
}
