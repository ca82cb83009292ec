//! How an answer looks, and what becomes of it: text is published as it comes, with all its zeros, except for times.

/// Kind of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A number. A unit always answers with as many digits.
    Number,
    /// Minutes, published as seconds.
    Minutes,
    /// Hours or a word that means never, published as seconds.
    Hours,
    /// A number of hours that grows.
    Uptime,
    /// Hexadecimal digits, always as many.
    Hex,
    /// A letter for the reason of a transfer.
    Reason,
    /// Any text.
    Text,
    /// Values of several sensors, with commas between; its variable has the sensor's number for `0`.
    Packed,
}

/// What the letters of `G` mean.
#[rustfmt::skip]
const REASONS: &[(u8, &str)] = &[
    (b'R', "unacceptable utility voltage rate of change"),
    (b'H', "high utility voltage"),
    (b'L', "low utility voltage"),
    (b'T', "line voltage notch or spike"),
    (b'O', "no transfers yet since turnon"),
    (b'S', "simulated power failure or UPS test"),
];

/// How many sensors an answer is read for.
const SENSORS_MAX: usize = 4;

impl Form {
    /// The value that is published.
    pub(crate) fn value(self, answer: &str) -> String {
        match self {
            Self::Minutes => seconds(answer, 60),
            Self::Hours | Self::Uptime => seconds(answer, 3600),
            Self::Reason => reason(answer).to_owned(),
            Self::Number | Self::Hex | Self::Text | Self::Packed => answer.to_owned(),
        }
    }

    /// Whether answers may look as they like.
    pub(crate) const fn is_free(self) -> bool {
        matches!(self, Self::Text | Self::Reason)
    }

    /// Whether an answer has all that one of this kind has: `036.9`, and not `036.` or noise.
    pub(crate) fn is_whole(self, answer: &str) -> bool {
        let plain = answer.trim();
        match self {
            Self::Number | Self::Uptime => is_number(plain),
            Self::Minutes => is_digits(plain.strip_suffix(':').unwrap_or(plain)),
            Self::Hours => is_digits(plain) || matches!(plain, "ON" | "OFF"),
            Self::Hex => !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_hexdigit()),
            Self::Packed => answer
                .split(',')
                .all(|one| one.is_empty() || is_number(one.trim())),
            Self::Reason | Self::Text => true,
        }
    }

    /// Whether an answer looks as the one before did: numbers have as many digits, texts stay as they are. Another one may be
    /// a piece of an answer, or belong to another question.
    pub(crate) fn agree(self, before: &str, now: &str) -> bool {
        let field = |(one, other): (&str, &str)| {
            one.is_empty() || other.is_empty() || self.shape(one) == self.shape(other)
        };
        match self {
            // a sensor may be unplugged and plugged in
            Self::Packed => before.split(',').zip(now.split(',')).all(field),
            _ => self.shape(before) == self.shape(now),
        }
    }

    /// Whether an answer is shorter than the one before, and begins as it does: then its end is missing.
    pub(crate) fn is_cut(self, before: &str, now: &str) -> bool {
        let (before, now) = (self.shape(before), self.shape(now));
        before != now && before.starts_with(&now)
    }

    /// An answer with `0` for every digit: `000.0` for `036.9`.
    fn shape(self, answer: &str) -> String {
        let is_digit = |c: char| match self {
            Self::Number | Self::Minutes | Self::Uptime | Self::Packed => c.is_ascii_digit(),
            Self::Hex => c.is_ascii_hexdigit(),
            // a word is as long as a number
            Self::Hours => true,
            Self::Reason | Self::Text => false,
        };
        let mut shape = String::new();
        for c in answer.chars() {
            let shown = if is_digit(c) { '0' } else { c };
            // it gets more digits with time
            if self == Self::Uptime && shown == '0' && shape.ends_with('0') {
                continue;
            }
            shape.push(shown);
        }
        shape
    }
}

/// Digits, with others behind a point or not.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    is_digits(whole) && is_digits(fraction)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The values of a packed answer, one for each sensor.
pub(crate) fn unpack(answer: &str) -> Vec<&str> {
    let values = answer.split(',').take(SENSORS_MAX);
    values
        .map(|value| if value.is_empty() { "N/A" } else { value })
        .collect()
}

/// The variable of sensor number `at`, from 0, of a packed one.
pub(crate) fn of_sensor(var: &str, at: usize) -> String {
    var.replacen(".0.", &format!(".{}.", at.saturating_add(1)), 1)
}

/// The variables that a packed one can have.
pub(crate) fn of_sensors(var: &str) -> impl Iterator<Item = String> {
    (0..SENSORS_MAX).map(move |at| of_sensor(var, at))
}

/// The whole number at the beginning, none is 0, in seconds.
fn seconds(answer: &str, unit: u64) -> String {
    let digits = answer.trim_start();
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let number: u64 = digits.get(..end).unwrap_or_default().parse().unwrap_or(0);
    number.saturating_mul(unit).to_string()
}

fn reason(answer: &str) -> &str {
    let row = REASONS
        .iter()
        .find(|(letter, _)| answer.as_bytes().first() == Some(letter));
    row.map_or(answer, |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_as_they_come_and_times_become_seconds() {
        for (form, answer, expected) in [
            (Form::Number, "036.9", "036.9"),
            (Form::Number, "000", "000"),
            (Form::Minutes, "0056:", "3360"),
            (Form::Minutes, "02", "120"),
            (Form::Hours, "336", "1209600"),
            (Form::Hours, "ON ", "0"),
            (Form::Hours, "OFF", "0"),
            (Form::Uptime, "123.4", "442800"),
            (Form::Reason, "L", "low utility voltage"),
            (Form::Reason, "X", "X"),
            (Form::Text, "SMART-UPS 1400", "SMART-UPS 1400"),
        ] {
            assert_eq!(form.value(answer), expected);
        }
    }

    #[test]
    fn what_is_not_whole_is_no_answer() {
        for (form, whole, not) in [
            (
                Form::Number,
                &["036.9", "000", "-02.50", " 7"][..],
                &["", "036.", ".9", "NO", "1.2.3", "N/A", "12x"][..],
            ),
            (Form::Minutes, &["0056:", "02"], &["", ":", "00a", "5.0"]),
            (Form::Hours, &["336", "ON ", "OFF"], &["", "O", "OF", "33x"]),
            (Form::Hex, &["FF", "0a"], &["", "G0"]),
            (Form::Uptime, &["123.4"], &["123.", "x"]),
            (
                Form::Packed,
                &["45.1,46.2", ",46.2", ""],
                &["45.,46.2", "a,1"],
            ),
            (Form::Text, &["", "x"], &[]),
        ] {
            assert!(whole.iter().all(|answer| form.is_whole(answer)), "{form:?}");
            assert!(!not.iter().any(|answer| form.is_whole(answer)), "{form:?}");
        }
    }

    #[test]
    fn answers_to_one_question_look_alike() {
        for (form, before, now, expected) in [
            (Form::Number, "100.0", "087.3", true),
            (Form::Number, "100.0", "99.9", false),
            (Form::Number, "100.0", "10", false),
            (Form::Hex, "FF", "0a", true),
            (Form::Hex, "FF", "F", false),
            (Form::Hours, "336", "ON ", true),
            (Form::Hours, "336", "33", false),
            (Form::Uptime, "999.9", "1000.0", true),
            (Form::Uptime, "123.4", "12", false),
            (Form::Packed, "45.1,46.2", "45.1", true),
            (Form::Packed, "45.1,46.2", ",46.3", true),
            (Form::Packed, "45.1,46.2", "45.1,4", false),
            (Form::Packed, "45.1,46.2", "45", false),
            (Form::Text, "OK", "OK", true),
            (Form::Text, "OK", "NG", false),
        ] {
            assert_eq!(form.agree(before, now), expected, "{before} {now}");
        }
    }

    #[test]
    fn an_answer_without_its_end_is_cut() {
        for (form, before, now, expected) in [
            (Form::Number, "100.0", "10", true),
            (Form::Number, "100.0", "098", true),
            // a unit without zeros in front
            (Form::Number, "100.0", "99.9", false),
            (Form::Number, "99.9", "100.0", false),
            (Form::Minutes, "0056:", "0055", true),
            (Form::Text, "SMART-UPS", "SMART", true),
            (Form::Text, "OK", "OK", false),
        ] {
            assert_eq!(form.is_cut(before, now), expected, "{before} {now}");
        }
    }

    #[test]
    fn a_packed_answer_has_a_value_for_each_sensor() {
        assert_eq!(unpack("45.1,46.2"), ["45.1", "46.2"]);
        assert_eq!(unpack("45.1,,"), ["45.1", "N/A", "N/A"]);
        assert_eq!(unpack("1,2,3,4,5"), ["1", "2", "3", "4"]);
        assert_eq!(of_sensor("ambient.0.humidity", 1), "ambient.2.humidity");
        assert_eq!(of_sensors("ambient.0.humidity").count(), 4);
    }
}
