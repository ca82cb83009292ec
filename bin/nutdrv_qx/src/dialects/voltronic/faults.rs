//! `QFS`: the code of a fault, two characters; `OK` is none.

use super::protocol::number;
use crate::dialect::{Bad, Effect, Seen};

/// Codes of P31.
#[rustfmt::skip]
const OF_P31: &[(&str, &str)] = &[
    ("01", "Fan failure."),
    ("02", "Over temperature fault."),
    ("03", "Battery voltage is too high."),
    ("04", "Battery voltage too low."),
    ("05", "Inverter relay short-circuited."),
    ("06", "Inverter voltage over maximum value."),
    ("07", "Overload fault."),
    ("08", "Bus voltage exceeds its upper limit."),
    ("09", "Bus soft start fail."),
    ("51", "Over current fault."),
    ("52", "Bus voltage below its under limit."),
    ("53", "Inverter soft start fail."),
    ("54", "Self test fail."),
    ("55", "Output DC voltage exceeds its upper limit."),
    ("56", "Battery open fault."),
    ("57", "Current sensor fault."),
    ("58", "Battery short."),
    ("59", "Inverter voltage below its lower limit."),
];

/// Codes of all others.
#[rustfmt::skip]
const FAULTS: &[(&str, &str)] = &[
    ("01", "Bus voltage not within default setting."),
    ("1A", "L1 inverter negative power out of acceptable range."),
    ("1B", "L2 inverter negative power out of acceptable range."),
    ("1C", "L3 inverter negative power out of acceptable range."),
    ("02", "Bus voltage over maximum value."),
    ("03", "Bus voltage below minimum value."),
    ("04", "Bus voltage differences out of acceptable range."),
    ("05", "Bus voltage of slope rate drops too fast."),
    ("06", "Over current in PFC input inductor."),
    ("11", "Inverter voltage not within default setting."),
    ("12", "Inverter voltage over maximum value."),
    ("13", "Inverter voltage below minimum value."),
    ("14", "Inverter short-circuited."),
    ("15", "L2 phase inverter short-circuited."),
    ("16", "L3 phase inverter short-circuited."),
    ("17", "L1L2 inverter short-circuited."),
    ("18", "L2L3 inverter short-circuited."),
    ("19", "L3L1 inverter short-circuited."),
    ("21", "Battery SCR short-circuited."),
    ("22", "Line SCR short-circuited."),
    ("23", "Inverter relay open fault."),
    ("24", "Inverter relay short-circuited."),
    ("25", "Input and output wires oppositely connected."),
    ("26", "Battery oppositely connected."),
    ("27", "Battery voltage is too high."),
    ("28", "Battery voltage too low."),
    ("29", "Failure for battery fuse being open-circuited."),
    ("31", "CAN-bus communication fault."),
    ("32", "Host signal circuit fault."),
    ("33", "Synchronous signal circuit fault."),
    ("34", "Synchronous pulse signal circuit fault."),
    ("35", "Parallel cable disconnected."),
    ("36", "Load unbalanced."),
    ("41", "Over temperature fault."),
    ("42", "Communication failure between CPUs in control board."),
    ("43", "Overload fault."),
    ("44", "Fan failure."),
    ("45", "Charger failure."),
    ("46", "Model fault."),
    ("47", "MCU communication fault."),
];

/// What the fault is.
pub(super) fn read(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let code = seen.text;
    if code == "OK" {
        return Ok(Vec::new());
    }
    let is_code = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'A'..=b'C');
    if !code.bytes().all(is_code) {
        return Err(Bad(format!("{code:?} is no code of a fault")));
    }
    let table = if number(seen.known) == Some(31) {
        OF_P31
    } else {
        FAULTS
    };
    let text = table.iter().find(|(known, _)| *known == code);
    let text = text.map_or_else(
        || format!("Unknown fault [{code}]"),
        |(_, text)| (*text).to_owned(),
    );
    let overload = text.starts_with("Overload").then_some(Effect::Word("OVER"));
    Ok(overload
        .into_iter()
        .chain([Effect::Publish(text)])
        .collect())
}
