//! `WH`: the address, and the model with what follows from it.

use crate::dialect::{Bad, Effect, Seen, plain};
use crate::known::Known;

/// The note of the address.
pub(super) const ADDRESS: &str = "address";
/// The notes of how many packs there may be.
const PACKS_MIN: &str = "least packs";
const PACKS_MAX: &str = "most packs";

/// A model: how its text begins, its name, VA, packs it may have; and the packs of one for a rack.
type Model = (&'static str, &'static str, u32, (i64, i64), (i64, i64));

#[rustfmt::skip]
const MODELS: &[Model] = &[
    ("A  700", "A700",    700, (0, 0), (0, 0)),
    ("A 1000", "A1000",  1000, (0, 2), (0, 2)),
    ("A 2000", "A2000",  2000, (0, 2), (1, 5)),
    ("A 3000", "A3000",  3000, (0, 2), (1, 5)),
    ("E 60",   "E60",    6000, (1, 1), (1, 1)),
    ("E100",   "E100",  10000, (1, 1), (1, 1)),
    ("E200",   "E200",  20000, (1, 1), (1, 1)),
];

fn of(text: &str) -> Result<&'static Model, Bad> {
    let found = MODELS.iter().find(|(begin, ..)| text.starts_with(begin));
    found.ok_or_else(|| Bad(format!("{text:?} is no model of Masterguard's")))
}

/// The model, for a rack with `-19`. The address is in the same answer, and other requests need it.
pub(super) fn model(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let (_, name, _, tower, rack) = of(seen.text)?;
    let is_rack = seen.text.contains("-19");
    let (min, max) = if is_rack { rack } else { tower };
    let suffix = if is_rack { "-19" } else { "" };
    let address = seen.answer.get(1..=2).unwrap_or_default();
    let address: String = address.iter().map(|&byte| char::from(byte)).collect();
    Ok(vec![
        Effect::Publish(format!("{name}{suffix}")),
        Effect::Note(ADDRESS, is_address(&address)?.to_owned()),
        Effect::Note(PACKS_MIN, min.to_string()),
        Effect::Note(PACKS_MAX, max.to_string()),
    ])
}

/// VA.
pub(super) fn power(seen: &Seen<'_>) -> Result<String, Bad> {
    of(seen.text).map(|(_, _, power, ..)| power.to_string())
}

fn is_address(text: &str) -> Result<&str, Bad> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text)
    } else {
        Err(Bad(format!("{text:?} is no address")))
    }
}

/// The address.
pub(super) fn address(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let address = is_address(seen.text)?.to_owned();
    Ok(vec![
        Effect::Note(ADDRESS, address.clone()),
        Effect::Publish(address),
    ])
}

/// How many packs there may be.
pub(super) fn packs(known: &Known) -> Vec<(i64, i64)> {
    let note = |name| known.note(name).and_then(|text| text.parse().ok());
    note(PACKS_MIN).zip(note(PACKS_MAX)).into_iter().collect()
}

/// Whether the device has the address that ups.conf wants, if it wants one.
pub(super) fn is_meant(known: &Known) -> bool {
    let number = |text: Option<&str>| text.and_then(|text| text.trim().parse::<u8>().ok());
    let wanted = number(known.option("slave_address"));
    !known.flag("slave_address") || wanted.is_some() && wanted == number(known.note(ADDRESS))
}

/// The request with the address for `XX`.
pub(super) fn addressed(known: &Known, request: &str) -> Result<Vec<u8>, Bad> {
    let Some(begin) = request.strip_suffix("XX") else {
        return plain(known, request);
    };
    let address = known.note(ADDRESS);
    let address = address.ok_or_else(|| Bad::new("the device's address is not known yet"))?;
    plain(known, &format!("{begin}{address}"))
}
