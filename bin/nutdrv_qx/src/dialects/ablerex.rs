//! ablerex: the status by `Q1`, and three requests of its own with binary answers. Their first words, behind `(`, are big-endian.
//!
//! ```text
//! Q5  output Hz x 10, 2 unknown, battery V x 100 of 12 V, the same when empty, inverter W, error, output A x 10
//! At  seconds that the battery lasts, in two words
//! ```
//! A CR in them ends an answer on a serial line; what stands behind it is not known then.

mod charge;

use super::common::{self, F, Q1};
use crate::dialect::Read::{Bit, Number, Trimmed, Value, With};
use crate::dialect::{Bad, Claim, Command, Dialect, Effect, Query, Row, Seen, Send};
use crate::known::Known;
use crate::number::{fixed, parse};

const Q5: Query = Query::new("Q5", 2, b'(');
const AT: Query = Query::new("At", 2, b'(');
const TR: Query = Query::new("TR", 6, b'#');

/// What the status's voltages are reckoned with.
#[rustfmt::skip]
static RATINGS: [Row; 7] = [
    Row::var("output.frequency",         Q5.from(0),   With(words)),
    Row::var("output.voltage.nominal",   F.at(1, 5),   Number(1)).once().unless("norating"),
    Row::var("output.current.nominal",   F.at(7, 9),   Number(1)).once().unless("norating"),
    Row::var("battery.voltage.nominal",  F.at(11, 15), Number(1)).once().unless("norating"),
    Row::var("output.frequency.nominal", F.at(17, 20), Number(1)).once().unless("norating"),
    Row::var("battery.voltage.low",      F.at(1, 5),   Value(empty)).once().unless("norating"),
    Row::var("battery.voltage.high",     F.at(1, 5),   Value(full)).once().unless("norating"),
];
#[rustfmt::skip]
static STATUS: [Row; 18] = [
    Row::var("input.voltage",       Q1.at(1, 5),   Number(1)),
    Row::var("input.voltage.fault", Q1.at(7, 11),  Number(1)),
    Row::var("output.voltage",      Q1.at(13, 17), Number(1)),
    Row::var("ups.load",            Q1.at(19, 21), Number(0)),
    Row::var("input.frequency",     Q1.at(23, 26), Number(1)),
    Row::var("battery.voltage",     Q1.at(28, 31), Value(volts)),
    Row::var("battery.charge",      Q1.at(28, 31), Value(charge::of)),
    Row::var("ups.temperature",     Q1.at(33, 36), Number(1)),
    Row::status(                    Q1.at(38, 38), Bit("OL", "!OL")),
    Row::status(                    Q1.at(39, 39), Bit("!LB", "LB")),
    Row::status(                    Q1.at(40, 42), Value(bypass)),
    Row::status(                    Q1.at(41, 41), Value(battery_and_output)),
    Row::alarm(                     Q1.at(41, 41), Bit("", "UPS selftest failed!")),
    Row::alarm(                     Q1.at(41, 41), Value(error)),
    Row::var("ups.type",            Q1.at(42, 42), Bit("online", "offline / line interactive")).once(),
    Row::status(                    Q1.at(43, 43), Bit("!CAL", "CAL")),
    Row::status(                    Q1.at(44, 44), Bit("!FSD", "FSD")).unless("ignoresab"),
    Row::var("ups.beeper.status",   Q1.at(45, 45), Bit("disabled", "enabled")),
];
#[rustfmt::skip]
static MORE: [Row; 2] = [
    Row::var("battery.runtime", AT.from(0), Value(runtime)),
    Row::var("ups.test.result", TR.at(1, 4), Trimmed),
];
static VENDOR: [Row; 3] = common::vendor(common::I);

/// What can be commanded.
#[rustfmt::skip]
static COMMANDS: [Command; 10] = [
    Command::fixed("beeper.toggle",            "Q"),
    Command::fixed("load.off",                 "S.2"),
    Command::fixed("load.on",                  "C"),
    Command::with("shutdown.return",           Send::Text("S{}", common::off_and_on)),
    Command::with("shutdown.stayoff",          Send::Text("S{}R0000", common::off)),
    Command::fixed("shutdown.stop",            "C"),
    Command::with("test.battery.start",        Send::Text("T{}", common::test_minutes)),
    Command::fixed("test.battery.start.deep",  "TL"),
    Command::fixed("test.battery.start.quick", "T"),
    Command::fixed("test.battery.stop",        "CT"),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Ablerex",
    version: "0.02",
    claim: &[
        Claim::have("input.voltage"),
        // by this it is told from a megatec
        Claim::have("output.frequency").unless("protocol"),
        Claim::answer("ups.firmware").unless("novendor"),
    ],
    rows: &[&RATINGS, &STATUS, &MORE, &VENDOR],
    settings: &[&common::DELAYS],
    commands: &[&COMMANDS],
    accepted: "ACK",
    ..Dialect::BASE
};

/// Notes of what `Q5` says.
const VOLTS: &str = "volts of 12 V";
const EMPTY: &str = "volts of 12 V when empty";
const ERROR: &str = "error";

/// The big-endian word that begins at a position.
fn word(answer: &[u8], at: usize) -> Option<u32> {
    let bytes = answer.get(at..=at + 1)?;
    Some(
        bytes
            .iter()
            .fold(0, |word, &byte| word << 8 | u32::from(byte)),
    )
}

/// `Q5`. A device that answers with text, or says it makes more than 100 Hz, means something else.
fn words(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    const HERTZ_MAX: u32 = 1000;
    let tenths = word(seen.answer, 1).filter(|&tenths| tenths <= HERTZ_MAX);
    let tenths = tenths.ok_or_else(|| Bad::new("no frequency"))?;
    let tenth = |tenths: u32| fixed(f64::from(tenths) * 0.1, 1);
    let mut effects = Effect::publish(tenth(tenths));
    for (at, note) in [(7, VOLTS), (9, EMPTY), (13, ERROR)] {
        let value = word(seen.answer, at).map(|word| word.to_string());
        effects.extend(value.map(|value| Effect::Note(note, value)));
    }
    let current = word(seen.answer, 15).map(tenth);
    effects.extend(current.map(|current| Effect::Set("output.current", current)));
    Ok(effects)
}

fn note(known: &Known, name: &str) -> Option<f64> {
    known
        .note(name)
        .and_then(|text| parse(text).ok())
        .filter(|&number| number > 0.0)
}

fn nominal(known: &Known) -> Option<f64> {
    known
        .number("battery.voltage.nominal")
        .filter(|&volts| volts > 0.0)
}

/// Volts of the battery by hundredths of a volt of 12 V.
fn of_all(known: &Known, of_12: f64) -> Result<String, Bad> {
    let nominal = nominal(known).ok_or_else(|| Bad::new("the nominal voltage is not known"))?;
    Ok(fixed(of_12 * nominal / 1200.0, 2))
}

fn empty(seen: &Seen<'_>) -> Result<String, Bad> {
    const USUAL: f64 = 960.0;
    of_all(seen.known, note(seen.known, EMPTY).unwrap_or(USUAL))
}

fn full(seen: &Seen<'_>) -> Result<String, Bad> {
    const USUAL: f64 = 1365.0;
    of_all(seen.known, USUAL)
}

/// A voltage of this much or less is that of a cell.
const CELL_MAX: f64 = 3.0;

/// `Q5` is more exact. Without it, a voltage may be that of a cell, of which there are six in 12 V.
fn volts(seen: &Seen<'_>) -> Result<String, Bad> {
    let volts = parse(seen.text)?;
    if let Some(of_12) = note(seen.known, VOLTS).filter(|_| nominal(seen.known).is_some()) {
        return of_all(seen.known, of_12);
    }
    let volts = match nominal(seen.known) {
        Some(nominal) if volts <= CELL_MAX => volts * 6.0 * nominal / 12.0,
        _ => volts,
    };
    Ok(fixed(volts, 2))
}

/// Bypass, boost or buck in a device that is not always on its inverter; bypass in one that is.
fn bypass(seen: &Seen<'_>) -> Result<String, Bad> {
    let bit = seen.text.get(..1).unwrap_or_default();
    if bit == "1" && seen.text.ends_with('0') {
        return Ok("BYPASS !TRIM !BOOST".to_owned());
    }
    common::bypass(&Seen { text: bit, ..*seen })
}

/// The bit of a failed test is the battery's. Without a voltage the output is off.
fn battery_and_output(seen: &Seen<'_>) -> Result<String, Bad> {
    const OFF_BELOW: f64 = 50.0;
    let battery = match seen.text {
        "0" => "!RB",
        "1" => "RB",
        other => return Err(Bad(format!("{other:?} is neither 0 nor 1"))),
    };
    let is_off = seen
        .known
        .number("output.voltage")
        .is_some_and(|volts| volts < OFF_BELOW);
    Ok(format!("{battery} {}", if is_off { "OFF" } else { "!OFF" }))
}

/// The error's number, which `Q5` has told. C NUT tells 0, too.
fn error(seen: &Seen<'_>) -> Result<String, Bad> {
    let number = seen.known.note(ERROR).filter(|&number| number != "0");
    Ok(number.unwrap_or_default().to_owned())
}

fn runtime(seen: &Seen<'_>) -> Result<String, Bad> {
    let words = word(seen.answer, 1).zip(word(seen.answer, 3));
    let (high, low) = words.ok_or_else(|| Bad::new("half a number"))?;
    Ok((u64::from(high) << 16 | u64::from(low)).to_string())
}

#[cfg(test)]
mod tests;
