//! megatec: status, ratings, and maker and model in one of two layouts.
//!
//! ```text
//! #ACME POWER      SIM-1000   V1.23        fields of 15, 10 and 10 characters
//! #MegaTecabcedfhi k130v12345 v3.400000    maker (7), serial number (8), model (5), runtime in seconds (5), firmware
//! ```
//! The second one comes from a newer chip. It is one if the runtime is all digits and there is a serial number without a blank
//! inside; C NUT takes every answer for one.

use super::common::{self, Q1};
use crate::dialect::Read::{Text, Value, With};
use crate::dialect::{Bad, Claim, Dialect, Effect, Query, Row, Seen};
use crate::engine::reading::trimmed;
use crate::number;

const I: Query = Query::new("I", 38, b'#');

static MEASURES: [Row; 7] = common::measures(Q1);
static BITS: [Row; 8] = common::bits(Q1);

/// Who made it. The claim reads the firmware, and so finds out which layout it is.
#[rustfmt::skip]
static VENDOR: [Row; 5] = [
    Row::var("device.mfr",      I.from(1),  Value(mfr)).once().unless("novendor"),
    Row::var("ups.serial",      I.at(8, 15), Text).once().gate("newer"),
    Row::var("device.model",    I.from(17), Value(model)).once().unless("novendor"),
    Row::var("battery.runtime", I.at(22, 26), Value(runtime)).gate("newer"),
    Row::var("ups.firmware",    I.from(28), With(firmware)).once().unless("novendor"),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Megatec",
    version: "0.10",
    claim: &[
        Claim::have("input.voltage"),
        Claim::answer("ups.firmware").unless("novendor"),
    ],
    rows: &[&MEASURES, &BITS, &common::RATINGS, &VENDOR],
    settings: &[&common::DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "ACK",
    ..Dialect::BASE
};

/// Characters `from` to `to` of the answer.
fn part(seen: &Seen<'_>, from: usize, to: usize) -> String {
    let bytes = seen.answer.get(from..=to).unwrap_or_default();
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

fn is_newer(seen: &Seen<'_>) -> bool {
    let runtime = part(seen, 22, 26);
    let serial = part(seen, 8, 15);
    let serial = serial.trim_end_matches(' ');
    let has_serial = !serial.is_empty() && !serial.contains(' ');
    has_serial && runtime.bytes().all(|byte| byte.is_ascii_digit())
}

fn mfr(seen: &Seen<'_>) -> Result<String, Bad> {
    Ok(trimmed(&part(seen, 1, if is_newer(seen) { 7 } else { 15 })))
}

fn model(seen: &Seen<'_>) -> Result<String, Bad> {
    Ok(trimmed(&part(
        seen,
        17,
        if is_newer(seen) { 21 } else { 26 },
    )))
}

/// Seconds, with the zeros in front.
fn runtime(seen: &Seen<'_>) -> Result<String, Bad> {
    number::parse(seen.text).map(|_| seen.text.to_owned())
}

/// It may be blank.
fn firmware(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let mut effects = Effect::publish(trimmed(seen.text));
    if is_newer(seen) {
        effects.push(Effect::Open("newer"));
    }
    Ok(effects)
}

#[cfg(test)]
mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;

    const STATUS: (&str, &str) = ("Q1", "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001");
    const RATINGS: (&str, &str) = ("F", "#230.0 004 24.00 50.0");

    #[test]
    fn the_usual_layout_has_maker_model_and_firmware() {
        let vendor = ("I", "#ACME POWER      PowerMax10 V1.23     ");
        let mut bench = Bench::new(&DIALECT, &[STATUS, RATINGS, vendor]);
        bench.polled();
        bench.expect(&[
            ("device.mfr", "ACME POWER"),
            ("device.model", "PowerMax10"),
            ("ups.firmware", "V1.23"),
            ("battery.charge", "100"),
            ("battery.voltage.low", "20.80"),
            ("input.voltage.nominal", "230"),
            ("ups.status", "OL"),
        ]);
        bench.expect_none(&["ups.serial", "battery.runtime"]);
    }

    #[test]
    fn a_short_serial_number_is_one() {
        let vendor = ("I", "#ACME POSN1      SIM-101830 V1.23     ");
        let bench = Bench::new(&DIALECT, &[STATUS, RATINGS, vendor]);
        bench.expect(&[
            ("device.mfr", "ACME PO"),
            ("ups.serial", "SN1     "),
            ("device.model", "SIM-1"),
            ("battery.runtime", "01830"),
        ]);
    }

    #[test]
    fn the_newer_one_has_serial_number_and_runtime() {
        let vendor = ("I", "#MegaTecabcedfhi k130v12345 v3.400000");
        let mut bench = Bench::new(&DIALECT, &[STATUS, RATINGS, vendor]);
        bench.polled();
        bench.expect(&[
            ("device.mfr", "MegaTec"),
            ("ups.serial", "abcedfhi"),
            ("device.model", "k130v"),
            ("battery.runtime", "12345"),
            ("ups.firmware", "v3.400000"),
        ]);
    }
}
