//! Ranges of settings, by protocol and ratings (spec nutdrv_qx.md, section 7).

use super::protocol::number as number_of;
use crate::dialect::{Bad, Effect, Seen};
use crate::known::Known;
use crate::number;

type Ranges = Vec<(i64, i64)>;

/// A rating as a whole number.
fn rating(known: &Known, var: &str) -> Option<i64> {
    known.value(var).and_then(number::whole)
}

fn is_01_or_09(known: &Known) -> Option<bool> {
    match number_of(known)? {
        1 | 9 => Some(true),
        2 | 3 | 10 | 13 | 14 | 99 => Some(false),
        _ => None,
    }
}

/// How far ECO's limits may be from the nominal voltage: the nearest and the farthest.
fn eco_window(known: &Known) -> Option<(i64, i64, i64)> {
    let volts = rating(known, "output.voltage.nominal").filter(|&volts| volts >= 0)?;
    let (near, far) = match (volts >= 200, is_01_or_09(known)?) {
        (true, true) => (7, 24),
        (true, false) => (11, 24),
        (false, true) => (3, 12),
        (false, false) => (5, 12),
    };
    Some((volts, near, far))
}

pub(super) fn eco_high(known: &Known) -> Ranges {
    let window = eco_window(known);
    window
        .map(|(volts, near, far)| (volts + near, volts + far))
        .into_iter()
        .collect()
}

pub(super) fn eco_low(known: &Known) -> Ranges {
    let window = eco_window(known);
    window
        .map(|(volts, near, far)| (volts - far, volts - near))
        .into_iter()
        .collect()
}

/// A limit of ECO's input voltage. It can be set if its own limits are known.
pub(super) fn eco_volts(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let mut effects = Effect::publish(number::fixed(number::parse(seen.text)?, 0));
    if eco_window(seen.known).is_some() {
        effects.push(Effect::Open("eco limits"));
    }
    Ok(effects)
}

fn edge(ranges: &Ranges, pick: fn(&(i64, i64)) -> i64) -> Result<String, Bad> {
    let first = ranges.first().ok_or_else(|| Bad::new("it is not known"))?;
    Ok(pick(first).to_string())
}

pub(super) fn eco_low_min(seen: &Seen<'_>) -> Result<String, Bad> {
    edge(&eco_low(seen.known), |range| range.0)
}

pub(super) fn eco_low_max(seen: &Seen<'_>) -> Result<String, Bad> {
    edge(&eco_low(seen.known), |range| range.1)
}

pub(super) fn eco_high_min(seen: &Seen<'_>) -> Result<String, Bad> {
    edge(&eco_high(seen.known), |range| range.0)
}

pub(super) fn eco_high_max(seen: &Seen<'_>) -> Result<String, Bad> {
    edge(&eco_high(seen.known), |range| range.1)
}

/// Frequencies: for P01 and P09 and for the others, at 50 Hz; ten more at 60 Hz.
fn frequencies(known: &Known, wide: (i64, i64), narrow: (i64, i64)) -> Ranges {
    let range = || {
        let range = if is_01_or_09(known)? { wide } else { narrow };
        let more = match rating(known, "output.frequency.nominal")? {
            50 => 0,
            60 => 10,
            _ => return None,
        };
        Some((range.0 + more, range.1 + more))
    };
    range().into_iter().collect()
}

pub(super) fn eco_high_freq(known: &Known) -> Ranges {
    frequencies(known, (53, 60), (52, 54))
}

pub(super) fn eco_low_freq(known: &Known) -> Ranges {
    frequencies(known, (40, 47), (46, 48))
}

pub(super) fn bypass_high_freq(known: &Known) -> Ranges {
    frequencies(known, (51, 60), (51, 54))
}

pub(super) fn bypass_low_freq(known: &Known) -> Ranges {
    frequencies(known, (40, 49), (46, 49))
}

/// Voltages of the bypass: P01, P99 and the others, below 200 V and above. P09 has one range.
struct Volts {
    p01: [(i64, i64); 2],
    p99: [(i64, i64); 2],
    others: [(i64, i64); 2],
}

const HIGH: Volts = Volts {
    p01: [(120, 140), (230, 264)],
    p99: [(115, 132), (231, 261)],
    others: [(115, 138), (231, 276)],
};
const LOW: Volts = Volts {
    p01: [(85, 115), (170, 220)],
    p99: [(50, 85), (149, 209)],
    others: [(55, 104), (110, 209)],
};

impl Volts {
    fn range(&self, known: &Known) -> Option<(i64, i64)> {
        let volts = rating(known, "input.voltage.nominal")?;
        let [low, high] = match number_of(known)? {
            9 => return Some((60, 140)),
            1 => self.p01,
            99 => self.p99,
            2 | 3 | 10 | 13 | 14 => self.others,
            _ => return None,
        };
        Some(if volts < 200 { low } else { high })
    }
}

pub(super) fn bypass_high(known: &Known) -> Ranges {
    HIGH.range(known).into_iter().collect()
}

pub(super) fn bypass_low(known: &Known) -> Ranges {
    LOW.range(known).into_iter().collect()
}

/// Below 1000 VA a battery has fewer cells.
pub(super) fn battery_low(known: &Known) -> Ranges {
    let power = || {
        let volts = rating(known, "output.voltage.nominal")?;
        let current = rating(known, "output.current.nominal")?;
        volts.checked_mul(current)
    };
    let range = power().map(|power| if power < 1000 { (20, 24) } else { (20, 28) });
    range.into_iter().collect()
}
