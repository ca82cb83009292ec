//! What a client may do with the variables of a simulated device: set them, all (soft-drivers.md, A7).
//!
//! C NUT declares a length of 1 for `input.transfer.reason` and `input.sensitivity`, so that not even
//! their own values can be set; here it is the 32 of every other text.

use driver::Report;
use model::name::same;

/// How a variable is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Writable text of at most so many bytes.
    Text(u64),
    /// Writable, of no declared type: upsd shows a number.
    Plain,
}

/// Everything that is not listed.
const OTHER: Kind = Kind::Text(32);

#[rustfmt::skip]
static TABLE: &[(&str, Kind)] = &[
    ("ups.time",                       Kind::Text(16)),
    ("ups.date",                       Kind::Text(16)),
    ("ups.mfr.date",                   Kind::Text(16)),
    ("ups.firmware",                   Kind::Text(16)),
    ("ups.firmware.aux",               Kind::Text(16)),
    ("ups.id",                         Kind::Text(16)),
    ("ups.test.result",                Kind::Text(16)),
    ("input.quality",                  Kind::Text(6)),
    ("ups.load",                       Kind::Plain),
    ("ups.temperature",                Kind::Plain),
    ("ups.delay.start",                Kind::Plain),
    ("ups.delay.reboot",               Kind::Plain),
    ("ups.delay.shutdown",             Kind::Plain),
    ("ups.test.interval",              Kind::Plain),
    ("input.voltage",                  Kind::Plain),
    ("input.voltage.maximum",          Kind::Plain),
    ("input.voltage.minimum",          Kind::Plain),
    ("input.voltage.nominal",          Kind::Plain),
    ("input.transfer.low",             Kind::Plain),
    ("input.transfer.high",            Kind::Plain),
    ("input.transfer.boost.low",       Kind::Plain),
    ("input.transfer.boost.high",      Kind::Plain),
    ("input.transfer.trim.low",        Kind::Plain),
    ("input.transfer.trim.high",       Kind::Plain),
    ("input.frequency",                Kind::Plain),
    ("output.voltage",                 Kind::Plain),
    ("output.frequency",               Kind::Plain),
    ("output.current",                 Kind::Plain),
    ("battery.charge",                 Kind::Plain),
    ("battery.charge.low",             Kind::Plain),
    ("battery.charge.restart",         Kind::Plain),
    ("battery.voltage",                Kind::Plain),
    ("battery.voltage.nominal",        Kind::Plain),
    ("battery.current",                Kind::Plain),
    ("battery.runtime",                Kind::Plain),
    ("battery.runtime.low",            Kind::Plain),
    ("battery.temperature",            Kind::Plain),
    ("ambient.temperature",            Kind::Plain),
    ("ambient.temperature.alarm",      Kind::Plain),
    ("ambient.temperature.high",       Kind::Plain),
    ("ambient.temperature.low",        Kind::Plain),
    ("ambient.humidity",               Kind::Plain),
    ("ambient.humidity.alarm",         Kind::Plain),
    ("ambient.humidity.high",          Kind::Plain),
    ("ambient.humidity.low",           Kind::Plain),
];

/// Declares `var`, which the report has given a value.
pub(crate) fn declare(var: &str, report: &mut Report) {
    let row = TABLE.iter().find(|(name, _)| same(name, var));
    match row.map_or(OTHER, |(_, kind)| *kind) {
        Kind::Text(max_len) => report
            .flags(var, model::Flags::RW_STRING)
            .max_len(var, max_len),
        Kind::Plain => report.flags(var, model::Flags::RW),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::Update;
    use model::Flags;
    use std::collections::HashSet;

    fn declared(var: &str) -> (Flags, Option<u64>) {
        let mut report = Report::default();
        declare(var, &mut report);
        match report.updates.as_slice() {
            [Update::Flags { flags, .. }] => (*flags, None),
            [Update::Flags { flags, .. }, Update::MaxLen { max_len, .. }] => {
                (*flags, Some(*max_len))
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lengths_are_those_of_the_specification() {
        for (var, max_len) in [
            ("ups.mfr", Some(32)),
            ("ups.status", Some(32)),
            ("UPS.Date", Some(16)),
            ("ups.test.result", Some(16)),
            ("input.quality", Some(6)),
            ("input.sensitivity", Some(32)),     // C: 1
            ("input.transfer.reason", Some(32)), // C: 1
            ("lab.note", Some(32)),
            ("device.model", Some(32)),
            ("battery.charge", None),
            ("Ambient.Humidity.High", None),
        ] {
            let flags = if max_len.is_some() {
                Flags::RW_STRING
            } else {
                Flags::RW
            };
            assert_eq!(declared(var), (flags, max_len), "{var}");
        }
    }

    #[test]
    fn no_name_is_listed_twice_and_all_are_known() {
        let mut seen = HashSet::new();
        for (name, _) in TABLE {
            assert!(seen.insert(name), "{name} twice");
            assert!(model::catalog::variable(name).is_some(), "{name}");
        }
    }
}
