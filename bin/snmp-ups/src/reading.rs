//! The value of a variable.

use snmp::Oid;

use crate::decode::{Seen, number, text};
use crate::facts::Facts;
use crate::object::plain;
use crate::options::Quirks;
use crate::row::{Read, Row};
use crate::show;

/// Which unit Eaton's sensors use.
const SENSOR_UNIT: &str = "e.534.6.8.1.2.5.0";
/// Which unit APC's environment monitor uses, and what says Fahrenheit.
const MONITOR_UNIT: &str = "e.318.1.1.10.2.3.2.1.5.1";
const FAHRENHEIT: i64 = 2;
/// From phase to phase, and from phase to neutral.
const TO_NEUTRAL: f64 = 0.707;

/// The value of a row's object, as clients see it.
pub(crate) fn value(row: &Row, oid: &Oid, quirks: Quirks, facts: &mut Facts) -> Seen<String> {
    match row.read {
        Read::Text => as_text(row, oid, quirks, facts),
        Read::UsDate => {
            let seen = text(facts, oid, &|number| Some(number.to_string()));
            seen.map(|date| show::iso_date(&date).unwrap_or(date))
        }
        Read::Number(factor) if row.name == "ambient.temperature" => {
            number(facts, oid).map(|number| show::temperature(number, factor))
        }
        Read::Number(factor) => {
            valid(row, number(facts, oid)).map(|number| match row.text_of(number) {
                Some(text) => text.to_owned(),
                None => show::scaled(number, factor),
            })
        }
        Read::MonitorTemperature => monitor(oid, facts),
        Read::SensorUnit => number(facts, oid).map(|_| "celsius".to_owned()),
        Read::SensorTemperature => {
            let Some(unit) = plain(SENSOR_UNIT) else {
                return Seen::None;
            };
            match (number(facts, oid), number(facts, &unit)) {
                (Seen::This(tenths), Seen::This(unit)) => {
                    show::sensor(tenths, unit).map_or(Seen::None, Seen::This)
                }
                (Seen::Open, _) | (_, Seen::Open) => Seen::Open,
                _ => Seen::None,
            }
        }
        Read::Listed | Read::Alarms(..) | Read::Command(_) => Seen::None,
    }
}

fn as_text(row: &Row, oid: &Oid, quirks: Quirks, facts: &mut Facts) -> Seen<String> {
    let shown = |number: i64| match row.texts() {
        [] => Some(number.to_string()),
        _ => row.text_of(number).map(str::to_owned),
    };
    let seen = text(facts, oid, &shown);
    if !is_from_phase_to_phase(row, quirks) {
        return seen;
    }
    seen.map(|voltage| to_neutral(&voltage).unwrap_or(voltage))
}

/// Whether the device tells it from phase to phase, and clients see it to neutral.
pub(crate) fn is_from_phase_to_phase(row: &Row, quirks: Quirks) -> bool {
    let is_transfer = matches!(row.name, "input.transfer.low" | "input.transfer.high");
    quirks.three_phase && is_transfer && row.read == Read::Text
}

/// A device's voltage as clients see it.
pub(crate) fn to_neutral(voltage: &str) -> Option<String> {
    let volts: f64 = voltage.trim().parse().ok()?;
    Some(format!("{:.2}", volts * TO_NEUTRAL))
}

/// The same backwards, in the whole volts that devices take.
pub(crate) fn from_neutral(voltage: &str) -> Option<String> {
    let volts: f64 = voltage.trim().parse().ok()?;
    volts
        .is_finite()
        .then(|| format!("{:.0}", volts / TO_NEUTRAL))
}

/// A number, unless it is one that says that there is none.
fn valid(row: &Row, seen: Seen<i64>) -> Seen<i64> {
    seen.and_then(|number| {
        let is_none = (row.not_negative() && number < 0) || (row.not_zero() && number == 0);
        (!is_none).then_some(number)
    })
}

/// APC's environment monitor tells degrees Fahrenheit, unless it says that they are Celsius.
fn monitor(oid: &Oid, facts: &mut Facts) -> Seen<String> {
    let unit = plain(MONITOR_UNIT).map_or(Seen::None, |unit| number(facts, &unit));
    match (number(facts, oid), unit) {
        (Seen::Open, _) | (_, Seen::Open) => Seen::Open,
        (Seen::None, _) => Seen::None,
        (Seen::This(degrees), Seen::None | Seen::This(FAHRENHEIT)) => {
            Seen::This(show::fahrenheit(degrees))
        }
        (Seen::This(degrees), Seen::This(_)) => Seen::This(show::temperature(degrees, 1.0)),
    }
}
