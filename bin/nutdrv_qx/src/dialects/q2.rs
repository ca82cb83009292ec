//! q2: three phases by `Q2`.
//!
//! ```text
//! (229.5 228.1 230.6 195.0 229.5 229.0 230.0 014 015 016 50.0 327.6 30.0 00001001 030.50 100 02 00 00 00 00 00000000 10
//!  in L1 L2 L3       fault out L1 L2 L3      % L1 L2 L3  Hz   V     °C            min    %       star (1) or delta: in, out
//! ```

use super::common;
use super::three_phase::{self, BITS};
use crate::dialect::Read::{Bit, Number, Times, Volts};
use crate::dialect::{Claim, Dialect, Query, Row};

const Q2: Query = Query::new("Q2", 118, b'(');

#[rustfmt::skip]
static ROWS: [Row; 19] = [
    Row::var("input.L1-N.voltage",           Q2.at(1, 5),     Number(1)),
    Row::var("input.L2-N.voltage",           Q2.at(7, 11),    Number(1)),
    Row::var("input.L3-N.voltage",           Q2.at(13, 17),   Number(1)),
    Row::var("input.voltage.fault",          Q2.at(19, 23),   Number(1)),
    Row::var("input.frequency",              Q2.at(55, 58),   Number(1)),
    Row::var("output.L1-N.voltage",          Q2.at(25, 29),   Number(1)),
    Row::var("output.L2-N.voltage",          Q2.at(31, 35),   Number(1)),
    Row::var("output.L3-N.voltage",          Q2.at(37, 41),   Number(1)),
    Row::var("output.L1.load",               Q2.at(43, 45),   Number(0)),
    Row::var("output.L2.load",               Q2.at(47, 49),   Number(0)),
    Row::var("output.L3.load",               Q2.at(51, 53),   Number(0)),
    Row::var("ups.temperature",              Q2.at(66, 69),   Number(1)),
    Row::var("battery.voltage",              Q2.at(60, 64),   Volts),
    Row::var("battery.runtime",              Q2.at(80, 85),   Times(60.0, 0)),
    Row::var("battery.charge",               Q2.at(87, 89),   Number(0)),
    Row::var("experimental.input.topology",  Q2.at(115, 115), Bit("delta", "star")).once(),
    Row::var("experimental.output.topology", Q2.at(116, 116), Bit("delta", "star")).once(),
    Row::constant("input.phases",            "3"),
    Row::constant("output.phases",           "3"),
];
static PHASES: [Row; 10] = three_phase::phases("nooutstats");
static WHOLE: [Row; 2] = three_phase::whole("nooutstats");

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Q2",
    version: "0.01",
    claim: &[
        Claim::have("input.L1-N.voltage"),
        Claim::have("ups.type"),
        Claim::have("ups.realpower").unless("nooutstats"),
    ],
    rows: &[&ROWS, &PHASES, &WHOLE, &BITS],
    settings: &[&common::DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "ACK",
    ..Dialect::BASE
};

#[cfg(test)]
mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;
    use crate::dialects::three_phase::tests::{BYPASS, LOW, OF_POWERS, ON_LINE, POWERS};

    const Q2: (&str, &str) = (
        "Q2",
        "(229.5 228.1 230.6 195.0 229.5 229.0 230.0 014 015 016 50.0 327.6 30.0 00001001 030.50 100 02 00 00 00 00 00000000 10",
    );

    #[test]
    fn each_phase_is_told() {
        let mut bench = Bench::new(&DIALECT, &[Q2, POWERS, ON_LINE]);
        bench.polled();
        bench.expect(OF_POWERS);
        bench.expect(&[
            ("input.L2-N.voltage", "228.1"),
            ("input.voltage.fault", "195.0"),
            ("input.frequency", "50.0"),
            ("input.phases", "3"),
            ("output.L3-N.voltage", "230.0"),
            ("output.L2.load", "15"),
            ("output.phases", "3"),
            ("battery.voltage", "327.6"),
            ("battery.runtime", "1830"),
            ("battery.charge", "100"),
            ("experimental.input.topology", "star"),
            ("experimental.output.topology", "delta"),
            ("ups.temperature", "30.0"),
            ("ups.type", "offline / line interactive"),
            ("ups.status", "OL"),
        ]);
    }

    #[test]
    fn on_battery_and_in_bypass_without_voltages_to_compare() {
        let mut bench = Bench::new(&DIALECT, &[Q2, POWERS, ON_LINE]);
        bench.device.set(LOW.0, LOW.1);
        bench.polled().expect(&[("ups.status", "OB LB")]);
        bench.device.set(BYPASS.0, BYPASS.1);
        bench.polled().expect(&[("ups.status", "OL BYPASS")]);
    }

    #[test]
    fn powers_are_not_asked_for_with_nooutstats() {
        let mut bench = Bench::with(&DIALECT, &[Q2, ON_LINE], &[("nooutstats", "")]);
        bench.polled();
        assert!(!bench.device.take_asked().contains(&"WA".to_owned()));
        bench.expect_none(&["ups.realpower", "output.L1.current"]);
        assert!(Bench::claim(&DIALECT, &[Q2, ON_LINE]).is_err());
    }

    #[test]
    fn commands_are_those_of_the_family() {
        let mut bench = Bench::new(&DIALECT, &[Q2, POWERS, ON_LINE, ("TL", "TL")]);
        bench.command("shutdown.return", None, &["S.5R0003"]);
        bench.command("test.battery.start.quick", None, &["T"]);
        bench.refuse("test.battery.start.deep", None, &["TL"]);
    }
}
