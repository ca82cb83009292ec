//! What an object's value says, as a text and as a number.

use std::borrow::Cow;

use snmp::{Oid, Value};

use crate::facts::Facts;

/// Longest text of a variable, in bytes.
const TEXT_MAX: usize = 127;
/// How many objects may point at the next one.
const HOPS: u8 = 3;

/// A value, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen<T> {
    This(T),
    /// The device has none that makes sense.
    None,
    /// The device has not been asked for all of it.
    Open,
}

impl<T> Seen<T> {
    pub(crate) fn known(self) -> Option<T> {
        match self {
            Self::This(value) => Some(value),
            Self::None | Self::Open => None,
        }
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Seen<U> {
        match self {
            Self::This(value) => Seen::This(change(value)),
            Self::None => Seen::None,
            Self::Open => Seen::Open,
        }
    }

    /// Something else where there is none.
    fn or(self, other: Option<T>) -> Self {
        match (self, other) {
            (Self::None, Some(other)) => Self::This(other),
            (seen, _) => seen,
        }
    }

    pub(crate) fn and_then<U>(self, change: impl FnOnce(T) -> Option<U>) -> Seen<U> {
        match self {
            Self::This(value) => change(value).map_or(Seen::None, Seen::This),
            Self::None => Seen::None,
            Self::Open => Seen::Open,
        }
    }
}

/// An object as a text. `shown` gives the text of a number, or says that it has none.
pub(crate) fn text(
    facts: &mut Facts,
    oid: &Oid,
    shown: &dyn Fn(i64) -> Option<String>,
) -> Seen<String> {
    text_behind(facts, oid, shown, HOPS)
}

fn text_behind(
    facts: &mut Facts,
    oid: &Oid,
    shown: &dyn Fn(i64) -> Option<String>,
    hops: u8,
) -> Seen<String> {
    let Some(value) = facts.get(oid) else {
        return Seen::Open;
    };
    match value {
        Value::Text(bytes) | Value::Opaque(bytes) => Seen::This(of_bytes(&bytes)),
        Value::Oid(target) => {
            let seen = match hops {
                0 => Seen::None,
                _ => text_behind(facts, &target, shown, hops - 1),
            };
            seen.or(leaf(&target).map(|arc| arc.to_string()))
        }
        Value::TimeTicks(ticks) => Seen::This((ticks / 100).to_string()),
        value => plain(&value).map_or(Seen::None, Seen::This).and_then(shown),
    }
}

/// An object as a number.
pub(crate) fn number(facts: &mut Facts, oid: &Oid) -> Seen<i64> {
    number_behind(facts, oid, HOPS)
}

fn number_behind(facts: &mut Facts, oid: &Oid, hops: u8) -> Seen<i64> {
    let Some(value) = facts.get(oid) else {
        return Seen::Open;
    };
    match value {
        Value::Text(bytes) | Value::Opaque(bytes) => leading(&bytes).map_or(Seen::None, Seen::This),
        Value::TimeTicks(ticks) => Seen::This(i64::from(ticks / 100)),
        Value::Oid(target) => {
            let seen = match hops {
                0 => Seen::None,
                _ => number_behind(facts, &target, hops - 1),
            };
            seen.or(leaf(&target))
        }
        value => plain(&value).map_or(Seen::None, Seen::This),
    }
}

fn leaf(oid: &Oid) -> Option<i64> {
    oid.arcs().last().copied().map(i64::from)
}

fn plain(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Counter32(number) | Value::Gauge32(number) => Some(i64::from(*number)),
        Value::Counter64(number) => i64::try_from(*number).ok(),
        _ => None,
    }
}

/// Bytes as a text: as they are when they can be read, in hexadecimal when they cannot, with a blank behind each and a line of 16.
fn of_bytes(bytes: &[u8]) -> String {
    readable(bytes).unwrap_or_else(|| hexadecimal(bytes))
}

/// A text that people can read, without zeros at its end.
fn readable(bytes: &[u8]) -> Option<String> {
    let end = bytes.iter().rposition(|byte| *byte != 0);
    let bytes = match end {
        Some(end) => bytes.get(..=end)?,
        None if bytes.is_empty() => bytes,
        None => return None,
    };
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = |c: char| !c.is_control() || is_break(c);
    // six bytes are an address of a network card rather than a word in another script
    let is_address = bytes.len() == 6 && !text.is_ascii();
    (text.chars().all(is_plain) && !is_address).then(|| cut(&in_a_line(text)).to_owned())
}

/// White space that is no blank: ends of lines, tabulators.
fn is_break(c: char) -> bool {
    matches!(c, '\t'..='\r')
}

/// A text in one line: what stands in several ones keeps blanks between them, as a variable has one line, and so has the log.
fn in_a_line(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(is_break);
    if !text.contains(is_break) {
        return Cow::Borrowed(text);
    }
    let lines = text.split(is_break).filter(|line| !line.is_empty());
    Cow::Owned(lines.collect::<Vec<_>>().join(" "))
}

/// The text, or as much of it as a variable holds.
fn cut(text: &str) -> &str {
    let mut end = TEXT_MAX.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// As many whole lines as a variable holds.
fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::new();
    for line in bytes.chunks(16) {
        if !text.is_empty() {
            text.push('\n');
        }
        if text.len() + 3 * line.len() > TEXT_MAX {
            break;
        }
        line.iter()
            .for_each(|byte| text.push_str(&format!("{byte:02X} ")));
    }
    text
}

/// The number that a text begins with, as C's strtol reads it: 0x and hexadecimal, 0 and octal, or decimal.
fn leading(bytes: &[u8]) -> Option<i64> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start();
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = text.get(..2).map(str::to_ascii_lowercase);
    let hexadecimal = text.get(2..).filter(|rest| {
        lower.as_deref() == Some("0x") && rest.starts_with(|c: char| c.is_ascii_hexdigit())
    });
    let (digits, radix) = match hexadecimal {
        Some(rest) => (rest, 16),
        None if text.starts_with('0') => (text, 8),
        None => (text, 10),
    };
    let end = digits.find(|c: char| !c.is_digit(radix));
    let digits = digits.get(..end.unwrap_or(digits.len()))?;
    let number = i64::from_str_radix(digits, radix).ok()?;
    Some(if is_negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use snmp::Simulated;

    #[test]
    fn numbers_in_texts_are_read_as_c_reads_them() {
        for (text, number) in [
            ("12", Some(12)),
            (" -7 V", Some(-7)),
            ("12.9", Some(12)),
            ("0x1f", Some(31)),
            ("010", Some(8)),
            ("08", Some(0)),
            ("0xg", Some(0)),
            ("N/A", None),
            ("", None),
        ] {
            assert_eq!(leading(text.as_bytes()), number, "{text:?}");
        }
    }

    #[test]
    fn bytes_that_nobody_can_read_are_shown_in_hexadecimal() {
        assert_eq!(of_bytes(b"Rack 7\n"), "Rack 7");
        assert_eq!(of_bytes(b"Hall 2\r\nRack 7\r\n"), "Hall 2 Rack 7");
        assert_eq!(of_bytes(b"\r\n"), "");
        assert_eq!(of_bytes(b" Rack 7  "), " Rack 7  ");
        assert_eq!(of_bytes(b"Smart\0\0"), "Smart");
        assert_eq!(of_bytes("Серверная".as_bytes()), "Серверная");
        assert_eq!(of_bytes(&[0, 0xC0, 0xB7]), "00 C0 B7 ");
        assert_eq!(
            of_bytes(&[0xC3, 0xA9, 65, 66, 67, 68]),
            "C3 A9 41 42 43 44 "
        );
        assert_eq!(of_bytes(&[0, 0]), "00 00 ");
        let long: Vec<u8> = (1..=17).collect();
        assert!(of_bytes(&long).ends_with("10 \n11 "));
        assert_eq!(of_bytes(&[b'x'; 300]).len(), TEXT_MAX);
        // lines of 48 and a line feed each: what would not fit is no half line
        assert_eq!(of_bytes(&[0xAB; 41]).len(), 125);
        assert_eq!(of_bytes(&[0xAB; 42]).len(), 98);
    }

    #[test]
    fn an_object_that_points_at_another_has_its_value_or_its_last_number() {
        let rec = "1.3.6.1.1|6|1.3.6.1.9.2\n1.3.6.1.2|6|1.3.6.1.9.5\n1.3.6.1.9.2|4|there\n";
        let mut agent = Simulated::new(rec).unwrap();
        let mut facts = Facts::default();
        let decide = |facts: &mut Facts| {
            let oid = |text: &str| text.parse::<Oid>().unwrap();
            let shown = |number: i64| Some(number.to_string());
            (
                text(facts, &oid("1.3.6.1.1"), &shown),
                text(facts, &oid("1.3.6.1.2"), &shown),
                number(facts, &oid("1.3.6.1.2")),
                number(facts, &oid("1.3.6.1.7")),
            )
        };
        let seen = facts.settle(&mut agent, decide).unwrap();
        assert_eq!(seen.0, Seen::This("there".to_owned()));
        assert_eq!(seen.1, Seen::This("5".to_owned()));
        assert_eq!((seen.2, seen.3), (Seen::This(5), Seen::None));
    }
}
