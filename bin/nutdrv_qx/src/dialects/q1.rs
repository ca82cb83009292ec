//! q1: the status and nothing else. Whatever answers nothing better is one of these.

use super::common::{self, Q1};
use crate::dialect::{Claim, Dialect, Row};

static MEASURES: [Row; 7] = common::measures(Q1);
static BITS: [Row; 8] = common::bits(Q1);

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Q1",
    version: "0.08",
    claim: &[Claim::have("input.voltage")],
    rows: &[&MEASURES, &BITS],
    settings: &[&common::DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "ACK",
    ..Dialect::BASE
};

#[cfg(test)]
mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;

    #[test]
    fn a_device_on_battery() {
        let mut bench = Bench::new(
            &DIALECT,
            &[("Q1", "(000.0 183.0 228.0 014 00.0 25.1 30.0 10001001")],
        );
        bench.polled();
        bench.expect(&[
            ("battery.voltage", "25.1"),
            ("input.voltage", "0.0"),
            ("output.voltage", "228.0"),
            ("ups.load", "14"),
            ("ups.status", "OB"),
            ("ups.type", "offline / line interactive"),
            ("ups.beeper.status", "enabled"),
        ]);
        bench.command("shutdown.return", None, &["S.5R0003"]);
    }
}
