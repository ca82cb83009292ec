//! What is reckoned from the device's numbers.

use crate::dialect::{Bad, Seen};
use crate::number::{fixed, parse, whole};

/// The log's name for the number of cells.
pub(super) const CELLS: &str = "number_of_battery_cells";

/// The voltage of all cells.
pub(super) fn all_cells(seen: &Seen<'_>) -> Result<String, Bad> {
    let cells = seen.known.note(CELLS).map(parse);
    let cells = cells.ok_or_else(|| Bad::new("the number of cells is not known"))??;
    Ok(fixed(cells * parse(seen.text)?, 2))
}

/// `012.30` minutes and seconds, in seconds.
pub(super) fn minutes(seen: &Seen<'_>) -> Result<String, Bad> {
    let parts = seen.text.split_once('.');
    let parts = parts.and_then(|(minutes, seconds)| whole(minutes).zip(whole(seconds)));
    let (minutes, seconds) = parts.ok_or_else(|| Bad(format!("{:?} is no time", seen.text)))?;
    Ok((minutes * 60 + seconds).to_string())
}

/// `0012:03:04:05` days, hours, minutes and seconds, in seconds.
fn seconds(text: &str) -> Result<i64, Bad> {
    let parts: Vec<i64> = text.split(':').filter_map(whole).collect();
    match parts.as_slice() {
        [days, hours, minutes, seconds] if text.matches(':').count() == 3 => {
            Ok(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
        }
        _ => Err(Bad(format!("{text:?} is no time"))),
    }
}

pub(super) fn uptime(seen: &Seen<'_>) -> Result<String, Bad> {
    seconds(seen.text).map(|seconds| seconds.to_string())
}

fn full_power(seen: &Seen<'_>) -> Result<f64, Bad> {
    let power = seen.known.number("ups.power.nominal");
    power.ok_or_else(|| Bad::new("the nominal power is not known"))
}

/// VA by the load's percentage. It is rounded up by half, as C NUT does, here and below.
pub(super) fn power(seen: &Seen<'_>) -> Result<String, Bad> {
    let load = parse(seen.text)? / 100.0;
    Ok(fixed(load * full_power(seen)? + 0.5, 0))
}

/// The current of a share of full load.
fn share(seen: &Seen<'_>, share: f64) -> Result<String, Bad> {
    let volts = seen.known.number("output.voltage");
    let volts = volts.filter(|&volts| volts > 0.0);
    let volts = volts.ok_or_else(|| Bad::new("without a voltage there is no current"))?;
    Ok(fixed(share * full_power(seen)? / volts + 0.005, 2))
}

/// The current.
pub(super) fn current(seen: &Seen<'_>) -> Result<String, Bad> {
    share(seen, parse(seen.text)? / 100.0)
}

/// The current at full load.
pub(super) fn full_current(seen: &Seen<'_>) -> Result<String, Bad> {
    share(seen, 1.0)
}

/// What went wrong, by its sign in `FLT`.
#[rustfmt::skip]
const FAULTS: &[(&str, &str)] = &[
    ("0", "none"),
    ("1", "bus voltage"),
    ("2", "inverter"),
    ("3", "too hot"),
    ("4", "battery voltage too high"),
    ("5", "overload on battery"),
    ("6", "overload in bypass"),
    ("7", "short circuit at the output"),
    ("8", "fan"),
    ("9", "battery"),
    ("A", "charger"),
    ("B", "emergency power off"),
    ("C", "parallel operation"),
    ("D", "communication inside"),
];

/// `3 0055 0001:02:03:04`: what, a measure, when.
pub(super) fn fault(seen: &Seen<'_>) -> Result<String, Bad> {
    let mut words = seen.text.split(' ');
    let (Some(sign), Some(measure), Some(when)) = (words.next(), words.next(), words.next()) else {
        return Err(Bad(format!("{:?} is no fault", seen.text)));
    };
    let what = FAULTS.iter().find(|(known, _)| *known == sign);
    let (_, what) = what.ok_or_else(|| Bad(format!("{sign:?} is no kind of fault")))?;
    Ok(format!("{}: {what} ({measure})", seconds(when)?))
}
