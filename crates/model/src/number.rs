//! Numbers as NUT reads them from text: the digits in front count, what follows does not.

/// What C's `atoi` makes of `text`: blanks, a sign, digits; 0 where there are none.
///
/// Numbers out of range become the nearest that fits.
#[must_use]
pub fn leading_integer(text: &str) -> i64 {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let magnitude = digits
        .bytes()
        .take_while(u8::is_ascii_digit)
        .fold(0i64, |sum, digit| {
            sum.saturating_mul(10)
                .saturating_add(i64::from(digit - b'0'))
        });
    if negative { -magnitude } else { magnitude }
}

/// The integer in front of a reading, or nothing when the text does not begin with a number.
#[must_use]
pub fn reading(text: &str) -> Option<i64> {
    let text = text.trim_start();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit());
    numeric.then(|| leading_integer(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_atoi_reads() {
        for (text, number) in [
            ("12abc", 12),
            ("20.9", 20),
            ("  -7", -7),
            ("+3", 3),
            ("abc", 0),
            ("", 0),
            ("99999999999999999999", i64::MAX),
        ] {
            assert_eq!(leading_integer(text), number, "{text:?}");
        }
    }

    #[test]
    fn text_is_no_reading() {
        assert_eq!(reading("n/a"), None);
        assert_eq!(reading("-"), None);
        assert_eq!(reading("042.7"), Some(42));
    }
}
