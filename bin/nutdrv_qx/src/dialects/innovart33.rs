//! innovart33: Ippon's Innova RT with three phases in and out. It answers as one with a single phase out does, so it must be
//! named.

use super::common;
use super::innovart31::{BPS, COMMANDS, IDENTITY};
use super::q6::{BATTERY, INPUT, OUTPUT};
use super::three_phase::{self, BITS};
use crate::dialect::Read::Number;
use crate::dialect::{Claim, Detect, Dialect, Row};

static PHASES: [Row; 10] = three_phase::phases("");
static WHOLE: [Row; 2] = three_phase::whole("");
#[rustfmt::skip]
static ROWS: [Row; 7] = [
    Row::var("input.bypass.L1-N.voltage", BPS.at(1, 5),   Number(1)),
    Row::var("input.bypass.L2-N.voltage", BPS.at(7, 11),  Number(1)),
    Row::var("input.bypass.L3-N.voltage", BPS.at(13, 17), Number(1)),
    Row::var("input.bypass.frequency",    BPS.at(19, 22), Number(1)),
    Row::constant("input.phases",         "3"),
    Row::constant("input.bypass.phases",  "3"),
    Row::constant("output.phases",        "3"),
];

/// C NUT's claim asks for variables that its table does not have, so it has never found one.
/// `norating` is not for this dialect.
static RATINGS: [Row; 4] = common::ratings("");

pub(crate) static DIALECT: Dialect = Dialect {
    name: "INNOVART33",
    version: "0.01",
    detect: Detect::Named,
    claim: &[
        Claim::have("input.L1-N.voltage"),
        Claim::have("ups.type"),
        Claim::have("output.L1.current"),
        Claim::have("input.bypass.L1-N.voltage"),
        Claim::have("input.voltage.nominal"),
        Claim::have("ups.firmware"),
        Claim::have("ups.serial"),
    ],
    rows: &[
        &INPUT, &OUTPUT, &BATTERY, &PHASES, &WHOLE, &ROWS, &RATINGS, &IDENTITY, &BITS,
    ],
    settings: &[&common::DELAYS],
    commands: &[&COMMANDS],
    accepted: "ACK",
    rejected: "NAK\r",
    ..Dialect::BASE
};

#[cfg(test)]
mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;
    use crate::dialects::innovart31::tests::ANSWERS;
    use crate::dialects::three_phase::tests::{BYPASS, LOW, OF_POWERS};

    #[test]
    fn three_phases_in_and_out() {
        let mut bench = Bench::new(&DIALECT, &ANSWERS);
        bench.polled();
        bench.expect(OF_POWERS);
        bench.expect(&[
            ("input.L2-N.voltage", "228.1"),
            ("input.bypass.L2-N.voltage", "229.8"),
            ("input.bypass.frequency", "50.0"),
            ("input.bypass.phases", "3"),
            ("input.current.nominal", "4.0"),
            ("output.L3-N.voltage", "230.0"),
            ("output.L2.load", "15"),
            ("output.phases", "3"),
            ("ups.serial", "N05K10KB100004"),
            ("ups.status", "OL"),
        ]);
    }

    #[test]
    fn on_battery_and_in_bypass() {
        let mut bench = Bench::new(&DIALECT, &ANSWERS);
        bench.device.set(LOW.0, LOW.1);
        bench.polled().expect(&[("ups.status", "OB LB")]);
        bench.device.set(BYPASS.0, BYPASS.1);
        bench.polled().expect(&[("ups.status", "OL BYPASS")]);
        bench.command("shutdown.return", None, &["S.5R0003"]);
    }
}
