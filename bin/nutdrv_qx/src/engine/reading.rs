//! From an answer to effects, without a device (spec nutdrv_qx.md, section 2).

use std::fmt;

use crate::dialect::{Bad, CR, Cell, Effect, Query, Read, Row, Seen};
use crate::known::Known;
use crate::number;

/// Why an answer is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Nothing came.
    Silent,
    /// The device refuses the request.
    Refused,
    /// It is shorter than it must be.
    Short(usize),
    /// It begins otherwise.
    Lead(u8),
    /// It has no end.
    Torn,
    /// A word of it is not where it should be.
    Moved,
    /// The codec does not understand it.
    Codec(String),
    /// The exchange failed.
    Line(String),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silent => f.write_str("no answer"),
            Self::Refused => f.write_str("refused"),
            Self::Short(length) => write!(f, "only {length} bytes"),
            Self::Lead(byte) => write!(f, "begins with {:?}", char::from(*byte)),
            Self::Torn => f.write_str("without an end"),
            Self::Moved => f.write_str("not in its place"),
            Self::Codec(why) | Self::Line(why) => f.write_str(why),
        }
    }
}

/// Whether an answer is one to `query`.
pub(crate) fn accept(rejected: &str, query: &Query, answer: &[u8]) -> Result<(), Unfit> {
    let first = answer.first().copied();
    if !rejected.is_empty() && answer.eq_ignore_ascii_case(rejected.as_bytes()) {
        return Err(Unfit::Refused);
    }
    if answer.len() < query.min {
        let length = answer.len();
        return Err(if length == 0 {
            Unfit::Silent
        } else {
            Unfit::Short(length)
        });
    }
    match first {
        Some(byte) if query.lead != 0 && byte != query.lead => Err(Unfit::Lead(byte)),
        None if query.lead != 0 => Err(Unfit::Silent),
        Some(_) if answer.last() != Some(&CR) => Err(Unfit::Torn),
        _ if query.word.is_some_and(|word| !stands_alone(answer, word)) => Err(Unfit::Moved),
        _ => Ok(()),
    }
}

/// Whether what stands from one position to another is one word.
fn stands_alone(answer: &[u8], (from, to): (usize, usize)) -> bool {
    let is_edge = |at: Option<usize>| {
        let byte = at.and_then(|at| body(answer).get(at));
        byte.is_none_or(|byte| *byte == b' ')
    };
    let word = answer.get(from..=to).unwrap_or_default();
    is_edge(from.checked_sub(1)) && is_edge(to.checked_add(1)) && !word.contains(&b' ')
}

/// The text in a window of an answer. What lies behind its end is not there.
pub(crate) fn window(cell: &Cell, answer: &[u8]) -> Result<String, Unfit> {
    let body = body(answer);
    let end = match cell.to {
        Some(to) => to.saturating_add(1),
        None => body.len().max(cell.from),
    };
    let bytes = body.get(cell.from..end);
    let bytes = bytes.ok_or(Unfit::Short(answer.len()))?;
    Ok(bytes.iter().map(|&byte| char::from(byte)).collect())
}

/// An answer without its end.
pub(crate) fn body(answer: &[u8]) -> &[u8] {
    let end = answer.iter().position(|&byte| byte == CR);
    answer.get(..end.unwrap_or(answer.len())).unwrap_or(answer)
}

/// What `text`, found in `answer` where the row looks, means.
pub(crate) fn convert(
    row: &Row,
    text: &str,
    answer: &[u8],
    known: &Known,
) -> Result<Vec<Effect>, Bad> {
    let seen = Seen {
        text,
        answer: body(answer),
        name: row.name(),
        known,
    };
    let value = match row.read {
        Read::With(make) => return make(&seen),
        Read::Volts => return volts(&seen),
        Read::Value(make) => make(&seen)?,
        Read::Text => printable(text),
        Read::Trimmed => trimmed(text),
        Read::Number(decimals) => number::fixed(number::parse(text)?, decimals),
        Read::Times(factor, decimals) => number::fixed(number::parse(text)? * factor, decimals),
        Read::Map(map) => mapped(map, text)?,
        Read::Bit(zero, one) => bit(zero, one, text)?,
    };
    Ok(Effect::publish(value))
}

fn bit(zero: &str, one: &str, text: &str) -> Result<String, Bad> {
    match text {
        "0" => Ok(zero.to_owned()),
        "1" => Ok(one.to_owned()),
        _ => Err(Bad(format!("{text:?} is neither 0 nor 1"))),
    }
}

fn mapped(map: &[(&str, &str)], text: &str) -> Result<String, Bad> {
    let found = map.iter().find(|(from, _)| *from == text);
    let (_, to) = found.ok_or_else(|| Bad(format!("{text:?} has no meaning")))?;
    Ok((*to).to_owned())
}

/// What a client of upsd can be told: it drops all other bytes.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .filter(|char| matches!(char, ' '..='~'))
        .collect()
}

/// A text that was filled up with blanks and `#`.
pub(crate) fn trimmed(text: &str) -> String {
    printable(text).trim_matches([' ', '#']).to_owned()
}

/// The voltage of one pack; the packs' number may stand behind it, so the text is kept.
pub(crate) const ONE_PACK: &str = "battery.voltage of one pack";

/// The text as it is: it has as many digits as the device thinks are good.
fn volts(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let text = seen.text.trim_matches(' ');
    let one = number::parse(text)?;
    let all = whole_battery(seen.known, one).unwrap_or_else(|| text.to_owned());
    let mut effects = vec![Effect::Publish(all)];
    if seen.name == "battery.voltage" {
        effects.push(Effect::Note(ONE_PACK, text.to_owned()));
    }
    Ok(effects)
}

/// The voltage of all packs, where the configuration says that the device tells that of one.
pub(crate) fn whole_battery(known: &Known, one: f64) -> Option<String> {
    let packs = known
        .number("battery.packs")
        .filter(|&packs| packs >= 2.0)?;
    known
        .flag("battery_voltage_reports_one_pack")
        .then(|| number::fixed(one * packs, 2))
}

#[cfg(test)]
mod tests;
