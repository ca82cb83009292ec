//! q6: three phases by `Q6`.
//!
//! ```text
//! (229.5 228.1 230.6 50.0 229.5 229.0 230.0 50.0 014 015 016 327.8 326.9 30.0 01830 100 32 00000000 00000000 11
//!  in L1 L2 L3       Hz   out L1 L2 L3      Hz   % L1 L2 L3  V+    V-    °C   s     %     star (1) or delta: in, out
//! ```

use super::common;
use super::three_phase::{self, BITS};
use crate::dialect::Read::{Bit, Number, Volts};
use crate::dialect::{Claim, Dialect, Query, Row};

/// Voltages, frequencies, loads, battery.
pub(super) const Q6: Query = Query::new("Q6", 110, b'(');

/// The input.
#[rustfmt::skip]
pub(super) static INPUT: [Row; 4] = [
    Row::var("input.L1-N.voltage", Q6.at(1, 5),   Number(1)),
    Row::var("input.L2-N.voltage", Q6.at(7, 11),  Number(1)),
    Row::var("input.L3-N.voltage", Q6.at(13, 17), Number(1)),
    Row::var("input.frequency",    Q6.at(19, 22), Number(1)),
];

/// An output of three phases.
#[rustfmt::skip]
pub(super) static OUTPUT: [Row; 7] = [
    Row::var("output.L1-N.voltage", Q6.at(24, 28), Number(1)),
    Row::var("output.L2-N.voltage", Q6.at(30, 34), Number(1)),
    Row::var("output.L3-N.voltage", Q6.at(36, 40), Number(1)),
    Row::var("output.frequency",    Q6.at(42, 45), Number(1)),
    Row::var("output.L1.load",      Q6.at(47, 49), Number(0)),
    Row::var("output.L2.load",      Q6.at(51, 53), Number(0)),
    Row::var("output.L3.load",      Q6.at(55, 57), Number(0)),
];

/// The battery.
#[rustfmt::skip]
pub(super) static BATTERY: [Row; 4] = [
    Row::var("ups.temperature", Q6.at(71, 74), Number(1)),
    Row::var("battery.voltage", Q6.at(59, 63), Volts),
    Row::var("battery.runtime", Q6.at(76, 80), Number(0)),
    Row::var("battery.charge",  Q6.at(82, 84), Number(0)),
];

#[rustfmt::skip]
static MORE: [Row; 5] = [
    Row::var("experimental.battery.voltage.negative", Q6.at(65, 69), Volts),
    Row::var("experimental.input.topology",  Q6.at(107, 107), Bit("delta", "star")).once(),
    Row::var("experimental.output.topology", Q6.at(108, 108), Bit("delta", "star")).once(),
    Row::constant("input.phases",            "3"),
    Row::constant("output.phases",           "3"),
];
static PHASES: [Row; 10] = three_phase::phases("nooutstats");
static WHOLE: [Row; 2] = three_phase::whole("nooutstats");

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Q6",
    version: "0.01",
    claim: &[
        Claim::have("input.L1-N.voltage"),
        Claim::have("ups.type"),
        Claim::have("ups.realpower").unless("nooutstats"),
    ],
    rows: &[&INPUT, &OUTPUT, &BATTERY, &MORE, &PHASES, &WHOLE, &BITS],
    settings: &[&common::DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "ACK",
    ..Dialect::BASE
};

#[cfg(test)]
pub(super) mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;
    use crate::dialects::three_phase::tests::{BYPASS, LOW, OF_POWERS, ON_LINE, POWERS};

    /// An answer to `Q6`.
    pub(in crate::dialects) const Q6: (&str, &str) = (
        "Q6",
        "(229.5 228.1 230.6 50.0 229.5 229.0 230.0 50.1 014 015 016 327.8 326.9 30.0 01830 100 32 00000000 00000000 11",
    );

    #[test]
    fn each_phase_is_told() {
        let mut bench = Bench::new(&DIALECT, &[Q6, POWERS, ON_LINE]);
        bench.polled();
        bench.expect(OF_POWERS);
        bench.expect(&[
            ("input.L3-N.voltage", "230.6"),
            ("input.frequency", "50.0"),
            ("input.phases", "3"),
            ("output.L2-N.voltage", "229.0"),
            ("output.L3.load", "16"),
            ("output.frequency", "50.1"),
            ("output.phases", "3"),
            ("battery.voltage", "327.8"),
            ("battery.runtime", "1830"),
            ("battery.charge", "100"),
            ("experimental.battery.voltage.negative", "326.9"),
            ("experimental.input.topology", "star"),
            ("experimental.output.topology", "star"),
            ("ups.temperature", "30.0"),
            ("ups.status", "OL"),
        ]);
    }

    #[test]
    fn on_battery_and_in_bypass_without_voltages_to_compare() {
        let mut bench = Bench::new(&DIALECT, &[Q6, POWERS, ON_LINE]);
        bench.device.set(LOW.0, LOW.1);
        bench.polled().expect(&[("ups.status", "OB LB")]);
        bench.device.set(BYPASS.0, BYPASS.1);
        bench.polled().expect(&[("ups.status", "OL BYPASS")]);
    }

    #[test]
    fn commands_are_those_of_the_family() {
        let mut bench = Bench::new(&DIALECT, &[Q6, POWERS, ON_LINE]);
        bench.command("beeper.toggle", None, &["Q"]);
        bench.command("shutdown.stayoff", None, &["S.5R0000"]);
        bench.unknown_setting("ups.delay.shutdown", "11");
    }
}
