//! What the older dialects have in common: the 47 characters of `Q1`, ratings, maker and model, the commands, the delays
//! (spec nutdrv_qx.md, sections 6, 7 and 10).
//!
//! ```text
//! (226.0 195.0 226.0 014 49.0 27.5 30.0 00001000
//!  input fault output load Hz  V    °C  bits: mains, battery, bypass, failed, type, test, shutdown, beeper
//! ```

use crate::dialect::Read::{Bit, Number, Trimmed, Value, Volts};
use crate::dialect::{Bad, Command, Query, Refused, Row, Seen, Send, Setting};
use crate::known::Known;

/// The status.
pub(super) const fn status(ask: &'static str) -> Query {
    Query::new(ask, 47, b'(')
}

/// The status by its usual request.
pub(super) const Q1: Query = status("Q1");
/// Ratings.
pub(super) const F: Query = Query::new("F", 22, b'#');
/// Maker and model.
pub(super) const I: Query = Query::new("I", 39, b'#');

/// Voltages, load, frequency, temperature.
#[rustfmt::skip]
pub(super) const fn measures(q: Query) -> [Row; 7] {
    [
        Row::var("input.voltage",       q.at(1, 5),   Number(1)),
        Row::var("input.voltage.fault", q.at(7, 11),  Number(1)),
        Row::var("output.voltage",      q.at(13, 17), Number(1)),
        Row::var("ups.load",            q.at(19, 21), Number(0)),
        Row::var("input.frequency",     q.at(23, 26), Number(1)),
        Row::var("battery.voltage",     q.at(28, 31), Volts),
        Row::var("ups.temperature",     q.at(33, 36), Number(1)),
    ]
}

/// The bits behind them.
#[rustfmt::skip]
pub(super) const fn bits(q: Query) -> [Row; 8] {
    [
        Row::status(                  q.at(38, 38), Bit("OL", "!OL")),
        Row::status(                  q.at(39, 39), Bit("!LB", "LB")),
        Row::status(                  q.at(40, 40), Value(bypass)),
        Row::alarm(                   q.at(41, 41), Bit("", "UPS selftest failed!")),
        Row::var("ups.type",          q.at(42, 42), Bit("online", "offline / line interactive")).once(),
        Row::status(                  q.at(43, 43), Bit("!CAL", "CAL")),
        Row::status(                  q.at(44, 44), Bit("!FSD", "FSD")).unless("ignoresab"),
        Row::var("ups.beeper.status", q.at(45, 45), Bit("disabled", "enabled")),
    ]
}

/// What the device is made for.
pub(super) static RATINGS: [Row; 4] = ratings("norating");

/// The same, with this flag of ups.conf that leaves it out; empty is none.
#[rustfmt::skip]
pub(super) const fn ratings(flag: &'static str) -> [Row; 4] {
    [
        Row::var("input.voltage.nominal",   F.at(1, 5),   Number(0)).once().unless(flag),
        Row::var("input.current.nominal",   F.at(7, 9),   Number(1)).once().unless(flag),
        Row::var("battery.voltage.nominal", F.at(11, 15), Number(1)).once().unless(flag),
        Row::var("input.frequency.nominal", F.at(17, 20), Number(0)).once().unless(flag),
    ]
}

/// Who made it.
#[rustfmt::skip]
pub(super) const fn vendor(q: Query) -> [Row; 3] {
    [
        Row::var("device.mfr",   q.at(1, 15),  Trimmed).once().unless("novendor"),
        Row::var("device.model", q.at(17, 26), Trimmed).once().unless("novendor"),
        Row::var("ups.firmware", q.at(28, 37), Trimmed).once().unless("novendor"),
    ]
}

/// What can be commanded.
#[rustfmt::skip]
pub(super) static COMMANDS: [Command; 10] = [
    Command::fixed("beeper.toggle",            "Q"),
    Command::fixed("load.off",                 "S00R0000"),
    Command::fixed("load.on",                  "C"),
    Command::with("shutdown.return",           Send::Text("S{}", off_and_on)),
    Command::with("shutdown.stayoff",          Send::Text("S{}R0000", off)),
    Command::fixed("shutdown.stop",            "C"),
    Command::with("test.battery.start",        Send::Text("T{}", test_minutes)),
    Command::fixed("test.battery.start.deep",  "TL"),
    Command::fixed("test.battery.start.quick", "T"),
    Command::fixed("test.battery.stop",        "CT"),
];

/// Delays of the commands.
#[rustfmt::skip]
pub(super) static DELAYS: [Setting; 2] = [
    Setting::kept("ups.delay.start",    "180", &[(0, 599_940)], minutes),
    Setting::kept("ups.delay.shutdown", "30",  &[(12, 600)],    sixths),
];

/// Whole minutes.
pub(super) fn minutes(seconds: i64) -> i64 {
    seconds - seconds.rem_euclid(60)
}

/// Below a minute tenths of one, then whole minutes.
pub(super) fn sixths(seconds: i64) -> i64 {
    if seconds < 60 {
        seconds - seconds.rem_euclid(6)
    } else {
        minutes(seconds)
    }
}

/// Bypass, boost or buck, told by one bit: the voltages say which. Where there is none, or they make no sense, nothing is
/// claimed but bypass, or nothing at all.
pub(super) fn bypass(seen: &Seen<'_>) -> Result<String, Bad> {
    let word = match seen.text {
        "0" => "!TRIM !BOOST !BYPASS",
        "1" => shape(seen.known).unwrap_or_default(),
        other => return Err(Bad(format!("{other:?} is neither 0 nor 1"))),
    };
    Ok(word.to_owned())
}

/// What becomes of the input's voltage on its way to the output.
pub(super) fn shape(known: &Known) -> Option<&'static str> {
    let (Some(input), Some(output)) = (
        known.number("input.voltage"),
        known.number("output.voltage"),
    ) else {
        return Some("BYPASS !TRIM !BOOST");
    };
    let ratio = output / input;
    match ratio {
        0.5..0.95 => Some("TRIM !BOOST !BYPASS"),
        0.95..1.05 => Some("BYPASS !TRIM !BOOST"),
        1.05..1.5 => Some("BOOST !TRIM !BYPASS"),
        _ => None,
    }
}

/// A delay in minutes, or in tenths of one: `02`, `.5`.
pub(super) fn off(known: &Known, _: Option<&str>) -> Result<String, Refused> {
    let seconds = delay(known, "ups.delay.shutdown")?;
    Ok(short_or_minutes(seconds))
}

/// `.5`, and how many minutes later the load gets power again: `.5R0003`; without that it is as soon as mains are back.
pub(super) fn off_and_on(known: &Known, _: Option<&str>) -> Result<String, Refused> {
    let off = off(known, None)?;
    match delay(known, "ups.delay.start")? / 60 {
        0 => Ok(off),
        minutes => Ok(format!("{off}R{minutes:04}")),
    }
}

/// Seconds as `02` minutes or as `.5` of one.
pub(super) fn short_or_minutes(seconds: i64) -> String {
    if seconds < 60 {
        format!(".{}", seconds / 6)
    } else {
        format!("{:02}", seconds / 60)
    }
}

fn delay(known: &Known, var: &str) -> Result<i64, Refused> {
    let text = known.value(var).unwrap_or_default();
    let seconds = crate::number::whole(text).filter(|&seconds| seconds >= 0);
    seconds.ok_or_else(|| Refused(format!("{var} is {text:?}, which is no delay")))
}

/// Length of a battery test in minutes: ten, or as many as the parameter's seconds make.
pub(super) fn test_minutes(_: &Known, param: Option<&str>) -> Result<String, Refused> {
    let seconds = test_seconds(param, 60)?;
    Ok(format!("{:02}", seconds / 60))
}

/// The parameter of a dialect that takes digits only.
pub(super) fn digits(param: Option<&str>) -> Result<Option<&str>, Refused> {
    match param {
        Some(text) if !text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(Refused(format!("{text:?} is no whole number")))
        }
        param => Ok(param),
    }
}

/// Length of a battery test in seconds.
pub(super) fn test_seconds(param: Option<&str>, least: i64) -> Result<i64, Refused> {
    const MOST: i64 = 5940;
    let param = param.filter(|param| !param.is_empty());
    let seconds = param.map_or(Some(600), crate::number::whole);
    let seconds = seconds.filter(|seconds| (least..=MOST).contains(seconds));
    seconds.ok_or_else(|| {
        let given = param.unwrap_or_default();
        Refused(format!(
            "a test lasts {least} to {MOST} seconds, not {given:?}"
        ))
    })
}

#[cfg(test)]
mod tests;
