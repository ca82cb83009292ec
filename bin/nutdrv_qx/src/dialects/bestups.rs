//! bestups: Best Power and Sola Australia. The model, by `ID`, says what else can be asked and what bit 40 means; a digit, by `M`,
//! stands for a set of voltages.
//!
//! ```text
//! FOR,750,120,120,20.0,27.6       as the device sends it
//! FOR, 750,120,120,20.0, 27.6     with each field in its place
//! code VA  in  out low  full
//! ```

mod voltages;

use super::common::{self, Q1};
use crate::dialect::Read::{Bit, Number, Times, Value, With};
use crate::dialect::{
    Allowed, Bad, CR, Claim, Codec, Command, Dialect, Effect, Form, Query, Row, Seen, Send,
    Setting, plain,
};
use crate::known::Known;
use crate::number;

const ID: Query = Query::new("ID", 28, 0);
const RT: Query = Query::new("RT", 4, 0);
const BP: Query = Query::new("BP?", 3, 0);
const SS: Query = Query::new("SS?", 2, 0);
const M: Query = Query::new("M", 2, 0);

static MEASURES: [Row; 7] = common::measures(Q1);
/// The last row needs what those before it have found.
#[rustfmt::skip]
static BITS: [Row; 7] = [
    Row::status(         Q1.at(38, 38), Bit("OL", "!OL")),
    Row::status(         Q1.at(39, 39), Bit("!LB", "LB")),
    Row::alarm(          Q1.at(41, 41), Bit("", "UPS selftest failed!")),
    Row::var("ups.type", Q1.at(42, 42), Bit("online", "offline / line interactive")).once(),
    Row::status(         Q1.at(43, 43), Bit("!CAL", "CAL")),
    Row::status(         Q1.at(44, 44), Bit("!FSD", "FSD")).unless("ignoresab"),
    Row::status(         Q1.at(40, 40), Value(bypass)),
];
#[rustfmt::skip]
static MORE: [Row; 19] = [
    Row::var("device.mfr",                ID.at(0, 2),   Value(maker)).once(),
    Row::var("device.model",              ID.at(0, 2),   With(model)).once(),
    Row::var("ups.power.nominal",         ID.at(4, 7),   Number(0)).once(),
    Row::var("input.voltage.nominal",     ID.at(9, 11),  Number(0)).once(),
    Row::var("output.voltage.nominal",    ID.at(13, 15), Number(0)).once(),
    Row::var("battery.voltage.low",       ID.at(17, 20), Number(1)).changed(),
    Row::var("battery.voltage.high",      ID.at(22, 26), Number(1)).changed(),
    Row::var("battery.runtime",           RT.at(0, 2),   Times(60.0, 0)).gate("runtime"),
    Row::var("battery.packs",             BP.at(0, 1),   Number(0)).changed().gate("packs").rw(),
    Row::log("pins_shutdown_mode",        SS.from(0),    With(pins)).changed(),
    Row::apply("pins_shutdown_mode"),
    Row::var("input.transfer.low",        M.from(0),     Value(voltages::read)),
    Row::var("input.transfer.boost.low",  M.from(0),     Value(voltages::read)),
    Row::var("input.transfer.boost.high", M.from(0),     Value(voltages::read)),
    Row::var("input.voltage.nominal",     M.from(0),     Value(voltages::read)),
    Row::var("output.voltage.nominal",    M.from(0),     Value(voltages::read)),
    Row::var("input.transfer.trim.low",   M.from(0),     Value(voltages::read)),
    Row::var("input.transfer.trim.high",  M.from(0),     Value(voltages::read)),
    Row::var("input.transfer.high",       M.from(0),     Value(voltages::read)),
];

/// What can be set.
#[rustfmt::skip]
static SETTINGS: [Setting; 4] = [
    Setting::device("battery.packs",    Send::Number("BP{}", Form::digits(1)), Allowed::Ranges(&[(0, 5)])).gate("packs"),
    Setting::conf("pins_shutdown_mode", Send::Number("SS{}", Form::digits(1)), Allowed::Ranges(&[(0, 6)])).gate("pins"),
    Setting::kept("ups.delay.start",    "180", &[(60, 599_940)], common::minutes),
    Setting::kept("ups.delay.shutdown", "30",  &[(12, 5940)],    common::sixths),
];

/// What can be commanded.
#[rustfmt::skip]
static COMMANDS: [Command; 9] = [
    Command::with("shutdown.return",           Send::Text("S{}", common::off_and_on)),
    Command::with("shutdown.stayoff",          Send::Text("S{}R0000", common::off)),
    Command::fixed("shutdown.stop",            "C"),
    Command::fixed("load.on",                  "C"),
    Command::fixed("load.off",                 "S00R0000"),
    Command::with("test.battery.start",        Send::Text("T{}", common::test_minutes)),
    Command::fixed("test.battery.start.deep",  "TL"),
    Command::fixed("test.battery.start.quick", "T"),
    Command::fixed("test.battery.stop",        "CT"),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "BestUPS",
    version: "0.08",
    claim: &[Claim::have("input.voltage"), Claim::have("device.model")],
    rows: &[&MEASURES, &BITS, &MORE],
    settings: &[&SETTINGS],
    commands: &[&COMMANDS],
    codec: Codec {
        encode: plain,
        decode: in_place,
    },
    ..Dialect::BASE
};

/// What only some models have.
const INVERTED: &str = "inverted bit 40";

#[rustfmt::skip]
const MODELS: &[(&str, &str, &str)] = &[
    ("AX1", "Best Power",     "Axxium Rackmount"),
    ("FOR", "Best Power",     "Fortress"),
    ("FTC", "Best Power",     "Fortress Telecom"),
    ("PR2", "Best Power",     "Patriot Pro II"),
    ("PRO", "Best Power",     "Patriot Pro"),
    ("320", "Unknown",        "Sola 320"),
    ("325", "Sola Australia", "Sola 325"),
    ("520", "Sola Australia", "Sola 520"),
    ("525", "Unknown",        "Sola 525"),
    ("620", "Sola Australia", "Sola 620"),
];

fn of(code: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    MODELS.iter().find(|(known, ..)| *known == code)
}

fn maker(seen: &Seen<'_>) -> Result<String, Bad> {
    Ok(of(seen.text)
        .map_or("Unknown", |(_, maker, _)| maker)
        .to_owned())
}

/// The model, and what it has.
fn model(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let name = of(seen.text).map_or_else(
        || format!("Unknown ({})", seen.text),
        |(_, _, model)| (*model).to_owned(),
    );
    let mut effects = Effect::publish(name);
    match seen.text {
        "PRO" => effects.push(Effect::Open(INVERTED)),
        "PR2" => effects.extend([Effect::Open(INVERTED), Effect::Open("runtime")]),
        "320" => {}
        "AX1" | "620" => effects.extend([Effect::Open("packs"), Effect::Open("runtime")]),
        _ => effects.push(Effect::Open("runtime")),
    }
    Ok(effects)
}

/// A device that tells the mode can be set, too.
fn pins(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let mode = number::fixed(number::parse(seen.text)?, 0);
    Ok(vec![Effect::Publish(mode), Effect::Open("pins")])
}

/// On battery, in a test or a shutdown the bit means nothing; some models have it the other way round.
fn bypass(seen: &Seen<'_>) -> Result<String, Bad> {
    let bits = seen.known.bits;
    let is_vague = !bits.has("OL") || bits.has("CAL") || bits.has("FSD");
    let text = match (seen.text, seen.known.is_open(INVERTED)) {
        ("0" | "1", _) if is_vague => "0",
        ("0", true) => "1",
        ("1", true) => "0",
        (text, _) => text,
    };
    common::bypass(&Seen { text, ..*seen })
}

/// Widths of the fields of `ID`.
const WIDTHS: [usize; 6] = [3, 4, 3, 3, 4, 5];

/// The answer to `ID` with each field in its place; others as they came.
fn in_place(_: &Known, request: &str, answer: Vec<u8>) -> Result<Vec<u8>, Bad> {
    if request != ID.ask {
        return Ok(answer);
    }
    let text: String = answer
        .iter()
        .take_while(|&&byte| byte != CR)
        .map(|&byte| char::from(byte))
        .collect();
    let fields: Vec<&str> = text
        .split(',')
        .map(|field| field.trim_matches(' '))
        .collect();
    let fits = fields.len() == WIDTHS.len()
        && fields
            .iter()
            .zip(WIDTHS)
            .all(|(field, width)| (1..=width).contains(&field.len()))
        && fields.iter().skip(1).all(|field| number::parse(field).is_ok())
        // a voltage without its tenths has lost them
        && fields.iter().skip(4).all(|field| field.split_once('.').is_some_and(|(_, tenths)| tenths.len() == 1));
    if !fits {
        return Err(Bad(format!("{text:?} does not say what the device is")));
    }
    let placed: Vec<String> = fields
        .iter()
        .zip(WIDTHS)
        .map(|(field, width)| format!("{field:>width$}"))
        .collect();
    Ok(format!("{}\r", placed.join(",")).into_bytes())
}

#[cfg(test)]
mod tests;
