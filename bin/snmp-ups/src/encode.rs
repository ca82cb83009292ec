//! Values in the types that devices want.
//!
//! Devices refuse a SET of another type than the object has. What type that is they tell when they are read.

use snmp::Value;

use crate::options::Quirks;
use crate::reading;
use crate::row::{Read, Row};
use crate::show;

/// A number for an object that was `old` when it was read, or for one that was never read.
pub(crate) fn of_number(number: i64, old: Option<&Value>, ticks: bool) -> Option<Value> {
    match old {
        Some(Value::Text(_)) => Some(Value::Text(number.to_string().into_bytes())),
        Some(Value::Gauge32(_)) => u32::try_from(number).ok().map(Value::Gauge32),
        Some(Value::Counter32(_)) => u32::try_from(number).ok().map(Value::Counter32),
        Some(Value::TimeTicks(_)) => hundredths(number),
        None | Some(Value::Missing | Value::Null) if ticks => hundredths(number),
        _ => i32::try_from(number)
            .ok()
            .map(|number| Value::Integer(i64::from(number))),
    }
}

/// Seconds as hundredths of seconds.
fn hundredths(seconds: i64) -> Option<Value> {
    let ticks = seconds.checked_mul(100)?;
    u32::try_from(ticks).ok().map(Value::TimeTicks)
}

/// What a client wants a variable to be, for the object that was `old`. Nothing when it is not what the object holds.
fn of_text(row: &Row, text: &str, old: Option<&Value>) -> Option<Value> {
    if !row.texts().is_empty() {
        return of_number(row.number_of(text)?, old, row.is_ticks());
    }
    match row.read {
        Read::Number(factor) => of_number(unscaled(text, factor)?, old, row.is_ticks()),
        Read::UsDate => {
            let as_it_is = || show::iso_date(text).map(|_| text.to_owned());
            let text = show::us_date(text).or_else(as_it_is)?;
            Some(Value::Text(text.into_bytes()))
        }
        _ => match old {
            None | Some(Value::Text(_) | Value::Opaque(_) | Value::Missing | Value::Null) => {
                Some(Value::Text(text.as_bytes().to_vec()))
            }
            Some(Value::Oid(_)) => text.parse().ok().map(Value::Oid),
            old => of_number(text.trim().parse().ok()?, old, row.is_ticks()),
        },
    }
}

/// A setting as the device gets it, and as clients see it then. Nothing when it is not what the object holds.
pub(crate) fn setting(
    row: &Row,
    quirks: Quirks,
    text: &str,
    old: Option<&Value>,
) -> Option<(Value, String)> {
    if reading::is_from_phase_to_phase(row, quirks) {
        let volts = reading::from_neutral(text)?;
        return Some((of_text(row, &volts, old)?, reading::to_neutral(&volts)?));
    }
    let value = of_text(row, text, old)?;
    let told = told(row, &value).unwrap_or_else(|| text.to_owned());
    Some((value, told))
}

/// What clients see of a setting that is told otherwise than it was set: a device may count in larger steps, and writes its dates its own way.
fn told(row: &Row, value: &Value) -> Option<String> {
    if let (Read::UsDate, Value::Text(date)) = (row.read, value) {
        return show::iso_date(std::str::from_utf8(date).ok()?);
    }
    let Read::Number(factor) = row.read else {
        return None;
    };
    let number = match value {
        _ if !row.texts().is_empty() => return None,
        Value::Integer(number) => *number,
        Value::Gauge32(number) | Value::Counter32(number) => i64::from(*number),
        Value::TimeTicks(ticks) => i64::from(ticks / 100),
        _ => return None,
    };
    Some(show::scaled(number, factor))
}

/// A number as the device counts it.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a cast of a float stops at the limits, and the types of SNMP are narrower"
)]
fn unscaled(text: &str, factor: f64) -> Option<i64> {
    let number: f64 = text.trim().parse().ok()?;
    let units = number / factor;
    (units.is_finite() && factor != 0.0).then(|| units.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_type_that_the_object_has() {
        const YES_NO: crate::row::Texts = &[(1, "yes"), (2, "no")];
        let text = Row::text("ups.id", "e.1").set();
        let choice = Row::text("ups.start.auto", "e.2").map(YES_NO).set();
        let volts = Row::number("input.voltage.high.warning", "e.3", 0.001).set();
        let delay = Row::number("ups.delay.start", "e.4", 1.0).set().ticks();
        let date = Row::text("battery.date", "e.5").us_date().set();
        let integer = Value::Integer(0);
        let words = |text: &str| Some(Value::Text(text.as_bytes().to_vec()));
        for (row, value, old, expected) in [
            (&text, "cellar", None, words("cellar")),
            (&text, "7", Some(&integer), Some(Value::Integer(7))),
            (&text, "cellar", Some(&integer), None),
            (&choice, "no", Some(&integer), Some(Value::Integer(2))),
            (&choice, "maybe", Some(&integer), None),
            (&volts, "12.5", Some(&integer), Some(Value::Integer(12500))),
            (
                &volts,
                "12.5",
                Some(&Value::Gauge32(1)),
                Some(Value::Gauge32(12500)),
            ),
            (&volts, "high", None, None),
            (&volts, "inf", None, None),
            (
                &delay,
                "30",
                Some(&Value::TimeTicks(0)),
                Some(Value::TimeTicks(3000)),
            ),
            (&delay, "30", None, Some(Value::TimeTicks(3000))),
            (&delay, "30", Some(&integer), Some(Value::Integer(30))),
            (&delay, "-1", None, None),
            (&date, "2024-03-21", None, words("03/21/2024")),
            (&date, "03/21/2024", None, words("03/21/2024")),
            (&date, "next week", None, None),
        ] {
            assert_eq!(of_text(row, value, old), expected, "{} {value}", row.name);
        }
    }

    #[test]
    fn what_was_set_is_told_as_it_will_be_read() {
        let volts = Row::number("input.voltage.high.warning", "e.1", 0.001).set();
        let degrees = Row::number("ambient.temperature.high", "e.2", 1.0).set();
        let name = Row::text("ups.id", "e.3").set();
        let date = Row::text("battery.date", "e.4").us_date().set();
        for (row, text, told) in [
            (&date, "03/21/2024", Some("2024-03-21")),
            (&date, "2024-3-5", Some("2024-03-05")),
            (&volts, "12.5", Some("12.50")),
            (&degrees, "12.5", Some("13")),
            (&degrees, "007", Some("7")),
            (&name, "007", None),
        ] {
            let sent = of_text(row, text, None).unwrap();
            assert_eq!(super::told(row, &sent).as_deref(), told, "{text}");
        }
    }
}
