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

    /// What all answers to one question have in common: `000.0` for `036.9`. An answer of another shape is a piece of one, or
    /// belongs to another question. Nothing when answers may look as they like.
    pub(crate) fn shape(self, answer: &str) -> Option<String> {
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
        answer.contains(is_digit).then_some(shape)
    }

    /// Whether answers of these shapes can be to the same question. A sensor may be unplugged and plugged in.
    pub(crate) fn agree(self, one: &str, other: &str) -> bool {
        let field = |(one, other): (&str, &str)| one.is_empty() || other.is_empty() || one == other;
        one == other || (self == Self::Packed && one.split(',').zip(other.split(',')).all(field))
    }
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
    fn a_piece_of_a_number_has_another_shape() {
        let shape = Form::Number.shape("100.0");
        assert_eq!(shape, Form::Number.shape("087.3"));
        for piece in ["1", "10", "100", "100.", "00.0", "08", "NO"] {
            assert_ne!(shape, Form::Number.shape(piece), "{piece}");
        }
        assert_eq!(Form::Hex.shape("FF"), Form::Hex.shape("0a"));
        assert_ne!(Form::Hex.shape("FF"), Form::Hex.shape("F"));
        assert_eq!(Form::Text.shape("OK"), None);
        assert_eq!(Form::Number.shape("N/A"), None);
    }

    #[test]
    fn pieces_of_other_answers_have_another_shape_too() {
        let agree = |form: Form, one: &str, other: &str| {
            let shape = |answer| form.shape(answer).unwrap();
            form.agree(&shape(one), &shape(other))
        };
        for (form, one, other, expected) in [
            (Form::Hours, "336", "ON ", true),
            (Form::Hours, "336", "33", false),
            (Form::Uptime, "999.9", "1000.0", true),
            (Form::Uptime, "123.4", "123.", false),
            (Form::Uptime, "123.4", "12", false),
            (Form::Packed, "45.1,46.2", "45.1", true),
            (Form::Packed, "45.1,46.2", ",46.3", true),
            (Form::Packed, "45.1,46.2", "45.1,4", false),
            (Form::Packed, "45.1,46.2", "45", false),
        ] {
            assert_eq!(agree(form, one, other), expected, "{one} {other}");
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
