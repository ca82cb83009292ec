//! Finding out the numbers of what a device has several of: whether they begin with 0 or with 1, and how many there are.

use snmp::Oid;

use crate::decode::{Seen, number, text};
use crate::facts::Facts;
use crate::row::Row;

/// More than any device has.
pub(crate) const COUNT_MAX: u32 = 1000;
/// So many objects are asked for at once while they are counted.
const AHEAD: u32 = 8;

/// 0 or 1, whichever of the two objects is there and not empty. Nothing while that is open, then nothing when neither is.
pub(crate) fn first_index(
    facts: &mut Facts,
    row: &Row,
    object: impl Fn(u32) -> Option<Oid>,
) -> Option<Option<u32>> {
    // both at once
    let is_there =
        [0, 1].map(|index| object(index).map_or(Some(false), |oid| counts(facts, row, &oid)));
    match is_there {
        [Some(true), _] => Some(Some(0)),
        [Some(false), Some(true)] => Some(Some(1)),
        [Some(false), Some(false)] => Some(None),
        _ => None,
    }
}

/// Whether an object is there, and says that there is what it is about.
fn counts(facts: &mut Facts, row: &Row, oid: &Oid) -> Option<bool> {
    if facts.get(oid)?.is_missing() {
        return Some(false);
    }
    if row.not_zero() {
        return decided(number(facts, oid)).map(|value| value.is_some_and(|value| value != 0));
    }
    if row.not_na() {
        let value = decided(text(facts, oid, &|number| Some(number.to_string())));
        return value.map(|value| value.is_some_and(|value| !value.starts_with("N/A")));
    }
    Some(true)
}

fn decided<T>(seen: Seen<T>) -> Option<Option<T>> {
    match seen {
        Seen::This(value) => Some(Some(value)),
        Seen::None => Some(None),
        Seen::Open => None,
    }
}

/// The first number and how many follow each other from there. Nothing while that is open.
pub(crate) fn guessed(
    facts: &mut Facts,
    row: &Row,
    object: impl Fn(u32) -> Option<Oid>,
) -> Option<(u32, u32)> {
    let mut is_there = |index: u32| match object(index) {
        Some(oid) => facts.get(&oid).map(|value| !value.is_missing()),
        None => Some(false),
    };
    let end = (1..=COUNT_MAX).find(|index| is_there(*index) != Some(true));
    let end = end.unwrap_or(COUNT_MAX);
    if is_there(end).is_none() {
        for index in end..end.saturating_add(AHEAD) {
            let _ = is_there(index);
        }
        let _ = is_there(0);
        return None;
    }
    let zero = is_there(0)?;
    let zero = match object(0) {
        Some(oid) if zero && row.not_zero() => decided(number(facts, &oid))? != Some(0),
        _ => zero,
    };
    let base = u32::from(!zero);
    Some((base, end - base))
}
