//! hunnox: zinto with the battery's charge by `BL`: `BL100`. It takes one request after the other in lock-step, and wants no delay
//! before the load gets power again.

use super::common::{self, Q1};
use crate::dialect::Read::Value;
use crate::dialect::{Bad, Claim, Dialect, Query, Row, Seen, Setting};
use crate::number;

const FW: Query = Query::new("FW?", 39, b'#');
const BL: Query = Query::new("BL", 6, b'B');

/// All is read in every walk.
static MEASURES: [Row; 7] = {
    let [a, b, c, d, e, f, g] = common::measures(Q1);
    [
        a.quick(),
        b.quick(),
        c.quick(),
        d.quick(),
        e.quick(),
        f.quick(),
        g.quick(),
    ]
};
static BITS: [Row; 8] = common::bits(Q1);
static VENDOR: [Row; 3] = common::vendor(FW);
static CHARGE: [Row; 1] = [Row::var("battery.charge", BL.from(0), Value(charge)).quick()];

/// Delays of the commands.
#[rustfmt::skip]
static DELAYS: [Setting; 2] = [
    Setting::kept("ups.delay.start",    "0",  &[(0, 599_940)], common::minutes),
    Setting::kept("ups.delay.shutdown", "60", &[(12, 600)],    common::sixths),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Hunnox",
    version: "0.03",
    claim: &[
        Claim::have("input.voltage"),
        Claim::answer("ups.firmware").unless("novendor"),
        // by this it is told from a zinto
        Claim::have("battery.charge").unless("protocol"),
    ],
    rows: &[&MEASURES, &BITS, &common::RATINGS, &VENDOR, &CHARGE],
    settings: &[&DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "UPS No Ack",
    ..Dialect::BASE
};

/// Percent.
fn charge(seen: &Seen<'_>) -> Result<String, Bad> {
    const MOST: f64 = 100.0;
    let text = seen.text.strip_prefix("BL");
    let charge = number::parse(text.unwrap_or_default())?;
    if charge > MOST {
        return Err(Bad(format!("{:?} is more than all", seen.text)));
    }
    Ok(number::fixed(charge, 0))
}

#[cfg(test)]
mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;

    const STATUS: (&str, &str) = ("Q1", "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001");
    const RATINGS: (&str, &str) = ("F", "#230.0 004 24.00 50.0");
    const VENDOR: (&str, &str) = ("FW?", "#ACME POWER      SIM-1000   V1.23     ");
    const CHARGE: (&str, &str) = ("BL", "BL097");

    fn bench() -> Bench {
        Bench::new(&DIALECT, &[STATUS, RATINGS, VENDOR, CHARGE])
    }

    #[test]
    fn the_charge_is_told() {
        let mut bench = bench();
        bench.polled();
        bench.expect(&[
            ("battery.charge", "97"),
            ("device.mfr", "ACME POWER"),
            ("input.voltage", "229.5"),
            ("input.voltage.nominal", "230"),
            ("ups.delay.shutdown", "60"),
            ("ups.delay.start", "0"),
            ("ups.status", "OL"),
        ]);
        for wrong in ["BL101", "BL---", "BX100"] {
            bench.device.set("BL", wrong);
            bench.polled().expect(&[("battery.charge", "97")]);
        }
    }

    #[test]
    fn everything_is_read_in_quick_walks_too() {
        let mut bench = bench();
        bench
            .device
            .set("Q1", "(000.0 183.0 228.0 014 00.0 25.1 --.- 10001001");
        bench.device.set("BL", "BL080");
        bench.glance().unwrap();
        bench.expect(&[
            ("battery.charge", "80"),
            ("battery.voltage", "25.1"),
            ("input.voltage", "0.0"),
            ("ups.temperature", "30.0"),
        ]);
        assert!(bench.value("ups.status").unwrap().starts_with("OB"));
    }

    #[test]
    fn a_command_is_accepted_in_its_own_words() {
        let mut bench = bench();
        bench.device.set("S01", "UPS No Ack");
        bench.device.set("C", "ACK");
        bench.command("shutdown.return", None, &["S01"]);
        bench.command("shutdown.stayoff", None, &["S01R0000"]);
        bench.refuse("shutdown.stop", None, &["C"]);
    }
}
