//! innovatae: Ippon's Innova TAE. `I` has a firmware and nothing else: the rest is filled with twos, by which it is recognised.
//!
//! ```text
//! #222222222222222222222222222R1.00.48
//! ```

use super::common::{self, Q1};
use crate::dialect::Read::With;
use crate::dialect::{Bad, Claim, Dialect, Effect, Query, Row, Seen};
use crate::engine::reading::printable;
use crate::known::Known;

const I: Query = Query::new("I", 37, b'#');

static MAKER: [Row; 1] = [Row::constant("device.mfr", "Ippon")];
static MEASURES: [Row; 7] = common::measures(Q1);
static BITS: [Row; 8] = common::bits(Q1);
static FIRMWARE: [Row; 1] = [Row::var("ups.firmware", I.at(28, 35), With(firmware)).once()];

/// `norating` is not for this dialect.
static RATINGS: [Row; 4] = common::ratings("");

pub(crate) static DIALECT: Dialect = Dialect {
    name: "INNOVATAE",
    version: "0.01",
    claim: &[
        Claim::have("input.voltage"),
        Claim::have("ups.firmware").unless("protocol"),
        Claim::hold(is_filled).unless("protocol"),
    ],
    rows: &[&MAKER, &MEASURES, &BITS, &RATINGS, &FIRMWARE],
    settings: &[&common::DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "ACK",
    rejected: "NAK\r",
    ..Dialect::BASE
};

const FILLED: &str = "filled with twos";

fn firmware(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let mut effects = Effect::publish(printable(seen.text));
    let filler = seen.answer.get(1..=26).unwrap_or_default();
    if !filler.is_empty() && filler.iter().all(|&byte| byte == b'2') {
        effects.push(Effect::Note(FILLED, "yes".to_owned()));
    }
    Ok(effects)
}

fn is_filled(known: &Known) -> bool {
    known.note(FILLED).is_some()
}

#[cfg(test)]
mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;

    const STATUS: (&str, &str) = ("Q1", "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001");
    const RATINGS: (&str, &str) = ("F", "#230.0 004 24.00 50.0");
    const FIRMWARE: (&str, &str) = ("I", "#222222222222222222222222222R1.00.48");

    #[test]
    fn maker_and_firmware() {
        let mut bench = Bench::new(&DIALECT, &[STATUS, RATINGS, FIRMWARE]);
        bench.polled();
        bench.expect(&[
            ("device.mfr", "Ippon"),
            ("ups.firmware", "R1.00.48"),
            ("input.voltage.nominal", "230"),
            ("ups.status", "OL"),
        ]);
        bench
            .device
            .set("Q1", "(000.0 183.0 228.0 014 00.0 27.4 30.0 11001001");
        bench.polled().expect(&[("ups.status", "OB LB")]);
    }

    #[test]
    fn one_that_is_named_needs_the_status_only() {
        let mut bench = Bench::new(&DIALECT, &[STATUS]);
        bench.polled();
        bench.expect_none(&["ups.firmware", "input.voltage.nominal"]);
        bench.device.set("TL", "ACK");
        bench.device.set("T", "NAK");
        bench.command("test.battery.start.deep", None, &["TL"]);
        bench.refuse("test.battery.start.quick", None, &["T"]);
    }
}
