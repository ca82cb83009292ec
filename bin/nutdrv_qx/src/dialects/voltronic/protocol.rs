//! Which protocol it is, and what that one has.

use crate::dialect::{Bad, Effect, Seen};
use crate::engine::reading::printable;
use crate::known::Known;

/// Protocols that this table is for.
const PROTOCOLS: [u8; 11] = [0, 1, 2, 3, 8, 9, 10, 13, 14, 31, 99];

/// The protocol's number.
pub(super) fn number(known: &Known) -> Option<u8> {
    known
        .value("ups.firmware.aux")?
        .strip_prefix('P')?
        .parse()
        .ok()
}

/// `PI01` is P01. Rows that only some protocols have are opened.
pub(super) fn read(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let number = seen
        .text
        .strip_prefix("PI")
        .and_then(|digits| digits.parse().ok());
    let number: u8 = number
        .filter(|number| PROTOCOLS.contains(number))
        .ok_or_else(|| Bad(format!("protocol {:?} is not known", seen.text)))?;
    let mut effects = Effect::publish(format!("P{number:02}"));
    let gates = [
        ("input phases", matches!(number, 3 | 9 | 10)),
        ("input L3", matches!(number, 3 | 10)),
        ("output phases", matches!(number, 9 | 10)),
        ("output L3", number == 10),
        ("two bypass phases", number == 9),
        ("P31", number == 31),
        ("bypass limits", !matches!(number, 0 | 8 | 31)),
        ("testing", seen.known.flag("testing")),
    ];
    let open = gates.iter().filter(|(_, open)| *open);
    effects.extend(open.map(|(gate, _)| Effect::Open(gate)));
    Ok(effects)
}

/// A serial number of zeros is none.
pub(super) fn serial(seen: &Seen<'_>) -> Result<String, Bad> {
    if seen.text.bytes().all(|byte| byte == b'0') {
        return Err(Bad::new("the device has no serial number"));
    }
    Ok(printable(seen.text))
}
