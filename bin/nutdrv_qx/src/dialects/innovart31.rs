//! innovart31: Ippon's Innova RT with three phases in and one out.

use super::common;
use super::q6::{BATTERY, INPUT, Q6};
use super::three_phase::{self, BITS, WA};
use crate::dialect::Read::{Number, Text, Trimmed};
use crate::dialect::{Claim, Command, Dialect, Query, Row, Send};

/// The way around the inverter.
pub(super) const BPS: Query = Query::new("BPS", 24, b'(');
const FW: Query = Query::new("FW?", 2, 0);
const SERIAL: Query = Query::new("SASV07?", 28, 0);

static WHOLE: [Row; 2] = three_phase::whole("");
#[rustfmt::skip]
static OUTPUT: [Row; 4] = [
    Row::var("output.voltage",         Q6.at(24, 28),  Number(1)),
    Row::var("output.frequency",       Q6.at(42, 45),  Number(1)),
    Row::var("ups.load",               Q6.at(47, 49),  Number(0)),
    Row::var("output.current",         WA.at(49, 53),  Number(1)),
];
#[rustfmt::skip]
static REST: [Row; 5] = [
    Row::var("input.bypass.voltage",   BPS.at(1, 5),   Number(1)),
    Row::var("input.bypass.frequency", BPS.at(19, 22), Number(1)),
    Row::constant("input.phases",        "3"),
    Row::constant("input.bypass.phases", "1"),
    Row::constant("output.phases",       "1"),
];
/// Firmware and serial number.
#[rustfmt::skip]
pub(super) static IDENTITY: [Row; 2] = [
    Row::var("ups.firmware", FW.from(0),     Text).once(),
    Row::var("ups.serial",   SERIAL.from(7), Trimmed).once(),
];

/// What can be commanded.
#[rustfmt::skip]
pub(super) static COMMANDS: [Command; 9] = [
    Command::fixed("load.off",                 "S00R0000"),
    Command::fixed("load.on",                  "C"),
    Command::with("shutdown.return",           Send::Text("S{}", common::off_and_on)),
    Command::with("shutdown.stayoff",          Send::Text("S{}R0000", common::off)),
    Command::fixed("shutdown.stop",            "C"),
    Command::with("test.battery.start",        Send::Text("T{}", common::test_minutes)),
    Command::fixed("test.battery.start.deep",  "TL"),
    Command::fixed("test.battery.start.quick", "T"),
    Command::fixed("test.battery.stop",        "CT"),
];

/// `norating` is not for this dialect.
static RATINGS: [Row; 4] = common::ratings("");

pub(crate) static DIALECT: Dialect = Dialect {
    name: "INNOVART31",
    version: "0.02",
    claim: &[
        Claim::have("input.L1-N.voltage"),
        Claim::have("ups.type"),
        Claim::have("output.current"),
        Claim::have("input.bypass.voltage"),
        Claim::have("input.voltage.nominal"),
        Claim::have("ups.firmware"),
        Claim::have("ups.serial"),
    ],
    rows: &[
        &INPUT, &BATTERY, &OUTPUT, &WHOLE, &REST, &RATINGS, &IDENTITY, &BITS,
    ],
    settings: &[&common::DELAYS],
    commands: &[&COMMANDS],
    accepted: "ACK",
    rejected: "NAK\r",
    ..Dialect::BASE
};

#[cfg(test)]
pub(super) mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;
    use crate::dialects::q6::tests::Q6;
    use crate::dialects::three_phase::tests::{BYPASS, LOW, ON_LINE, POWERS};

    /// What such a device answers.
    pub(in crate::dialects) const ANSWERS: [(&str, &str); 7] = [
        Q6,
        ON_LINE,
        POWERS,
        ("BPS", "(230.4 229.8 231.0 50.0"),
        ("F", "#230.0 004 24.00 50.0"),
        ("FW?", "05516-1100"),
        ("SASV07?", "GASV07DN05K10KB100004      "),
    ];

    #[test]
    fn three_phases_in_and_one_out() {
        let mut bench = Bench::new(&DIALECT, &ANSWERS);
        bench.polled();
        bench.expect(&[
            ("input.L3-N.voltage", "230.6"),
            ("input.phases", "3"),
            ("input.bypass.voltage", "230.4"),
            ("input.bypass.frequency", "50.0"),
            ("input.bypass.phases", "1"),
            ("input.voltage.nominal", "230"),
            ("output.voltage", "229.5"),
            ("output.current", "6.5"),
            ("output.phases", "1"),
            ("battery.runtime", "1830"),
            ("ups.load", "14"),
            ("ups.power", "3700.00"),
            ("ups.firmware", "05516-1100"),
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
    }

    #[test]
    fn all_requests_must_be_answered() {
        for (missing, _) in ANSWERS {
            let answers: Vec<_> = ANSWERS
                .into_iter()
                .filter(|(request, _)| *request != missing)
                .collect();
            assert!(Bench::claim(&DIALECT, &answers).is_err(), "{missing}");
        }
    }

    #[test]
    fn a_command_is_accepted_or_refused() {
        let mut bench = Bench::new(&DIALECT, &ANSWERS);
        bench.device.set("TL", "ACK");
        bench.device.set("CT", "NAK");
        bench.command("test.battery.start.deep", None, &["TL"]);
        bench.refuse("test.battery.stop", None, &["CT"]);
        bench.command("shutdown.stayoff", None, &["S.5R0000"]);
    }
}
