//! omron: BN150T. The status by `Q1`, of which bits 40 and 45 mean nothing here, and requests of its own. Whether the load gets
//! power again is said before a shutdown, and every command must be answered with `OK`.
//!
//! ```text
//! Bl ? 100    RTS 0030    TPb +30.0    Lf ? 50.0    BRR 20260730    FWV M:0.17(S:2.00)
//! %           min         °C           Hz           battery since   firmwares
//! UN 1125W/1125VA/048V/160W/020W
//! ```

use super::common::{self, Q1};
use crate::dialect::Read::{Bit, Value, With};
use crate::dialect::{
    Bad, Claim, Command, Detect, Dialect, Effect, Plan, Query, Refused, Row, Seen, Send,
};
use crate::engine::reading::trimmed;
use crate::known::Known;
use crate::number::{self, fixed};

const BL: Query = Query::new("Bl ?", 4, 0);
const RTS: Query = Query::new("RTS", 5, 0);
const TPB: Query = Query::new("TPb", 6, 0);
const LF: Query = Query::new("Lf ?", 5, 0);
const PSNR: Query = Query::new("PSNR", 17, 0);
const FWV: Query = Query::new("FWV", 15, 0);
const BRR: Query = Query::new("BRR", 9, 0);
const UN: Query = Query::new("UN", 27, 0);

static MEASURES: [Row; 7] = common::measures(Q1);
#[rustfmt::skip]
static BITS: [Row; 6] = [
    Row::status(         Q1.at(38, 38), Bit("OL", "!OL")),
    Row::status(         Q1.at(39, 39), Bit("!LB", "LB")),
    Row::alarm(          Q1.at(41, 41), Bit("", "UPS selftest failed!")),
    Row::var("ups.type", Q1.at(42, 42), Bit("online", "offline / line interactive")).once(),
    Row::status(         Q1.at(43, 43), Bit("!CAL", "CAL")),
    Row::status(         Q1.at(44, 44), Bit("!FSD", "FSD")).unless("ignoresab"),
];
#[rustfmt::skip]
static MORE: [Row; 10] = [
    Row::var("battery.charge",          BL.from(0),    Value(charge)),
    Row::var("battery.runtime",         RTS.from(0),   Value(runtime)),
    Row::var("battery.temperature",     TPB.from(0),   Value(temperature)),
    Row::var("output.frequency",        LF.from(0),    Value(hertz)),
    Row::var("ups.serial",              PSNR.from(0),  Value(serial)).once(),
    Row::var("ups.firmware",            FWV.from(0),   With(firmware)).once(),
    Row::var("battery.date",            BRR.from(0),   Value(date)).once(),
    Row::var("ups.realpower.nominal",   UN.at(0, 3),   Value(rating)).once(),
    Row::var("ups.power.nominal",       UN.at(6, 9),   Value(rating)).once(),
    Row::var("battery.voltage.nominal", UN.at(13, 15), Value(rating)).once(),
];

/// What can be commanded.
#[rustfmt::skip]
static COMMANDS: [Command; 3] = [
    Command::with("shutdown.return",  Send::Plan(off_and_on)),
    Command::with("shutdown.stayoff", Send::Plan(off)),
    Command::fixed("shutdown.stop",   "C"),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Omron",
    version: "0.01",
    detect: Detect::Vendor(0x0590),
    claim: &[Claim::have("input.voltage")],
    rows: &[&MEASURES, &BITS, &MORE],
    settings: &[&common::DELAYS],
    commands: &[&COMMANDS],
    accepted: "OK",
    rejected: "NAK\r",
    verdict: Query::verdict(3, b'O', 0, 1),
    ..Dialect::BASE
};

/// Digits and nothing else.
fn digits(text: &str) -> Result<u32, Bad> {
    let clean = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| clean);
    number.ok_or_else(|| Bad(format!("{text:?} is no number")))
}

fn charge(seen: &Seen<'_>) -> Result<String, Bad> {
    let charge = digits(seen.text)?;
    if charge > 100 {
        return Err(Bad(format!("{charge} % is more than all")));
    }
    Ok(format!("{charge}.0"))
}

/// Seconds by minutes.
fn runtime(seen: &Seen<'_>) -> Result<String, Bad> {
    Ok((u64::from(digits(seen.text)?) * 60).to_string())
}

/// With a sign.
fn temperature(seen: &Seen<'_>) -> Result<String, Bad> {
    let (is_below, text) = match (seen.text.strip_prefix('-'), seen.text.strip_prefix('+')) {
        (Some(text), _) => (true, text),
        (None, text) => (false, text.unwrap_or(seen.text)),
    };
    let degrees = number::parse(text)?;
    Ok(fixed(if is_below { -degrees } else { degrees }, 1))
}

fn hertz(seen: &Seen<'_>) -> Result<String, Bad> {
    Ok(fixed(number::parse(seen.text)?, 1))
}

fn serial(seen: &Seen<'_>) -> Result<String, Bad> {
    if seen.text.starts_with("NAK") {
        return Err(Bad::new("the device does not tell its serial number"));
    }
    Ok(trimmed(seen.text))
}

/// Both firmwares, or none.
fn firmware(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let parts = || {
        let rest = seen.text.trim_end_matches(' ').strip_prefix("M:")?;
        rest.strip_suffix(')')?.split_once("(S:")
    };
    let (main, other) = parts().ok_or_else(|| Bad(format!("{:?} are no firmwares", seen.text)))?;
    let version = |text| Ok::<_, Bad>(fixed(number::parse(text)?, 2));
    let other = Effect::Set("ups.firmware.aux", version(other)?);
    Ok(vec![Effect::Publish(version(main)?), other])
}

/// `20260730`, if there is such a day.
fn date(seen: &Seen<'_>) -> Result<String, Bad> {
    let text = seen.text;
    let bad = || Bad(format!("{text:?} is no date"));
    let part = |range| digits(text.get(range).unwrap_or("x")).map_err(|_| bad());
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    if text.len() != 8 || !(1..=days).contains(&day) {
        return Err(bad());
    }
    Ok(format!("{year:04}-{month:02}-{day:02}"))
}

/// One of the ratings, if all look as they should.
fn rating(seen: &Seen<'_>) -> Result<String, Bad> {
    const SHAPE: &[u8] = b"ddddW/ddddVA/dddV/dddW/dddW";
    let fits = |(&byte, &shape): (&u8, &u8)| match shape {
        b'd' => byte.is_ascii_digit(),
        shape => byte == shape,
    };
    let is_one = seen.answer.len() == SHAPE.len() && seen.answer.iter().zip(SHAPE).all(fits);
    if !is_one {
        return Err(Bad::new("these are no ratings"));
    }
    Ok(digits(seen.text)?.to_string())
}

/// First whether the load gets power again, then the shutdown.
fn plan(known: &Known, first: &str, shutdown: &str, auto: &str) -> Result<Plan, Refused> {
    let delay = common::off(known, None)?;
    Ok(Plan {
        requests: vec![first.to_owned(), format!("{shutdown}{delay}")],
        then: vec![Effect::Set("ups.start.auto", auto.to_owned())],
    })
}

fn off_and_on(known: &Known, _: Option<&str>) -> Result<Plan, Refused> {
    plan(known, "An", "S", "yes")
}

fn off(known: &Known, _: Option<&str>) -> Result<Plan, Refused> {
    plan(known, "Af", "Sf", "no")
}

#[cfg(test)]
mod tests;
