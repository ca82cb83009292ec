//! mecer: devices that say `(ACK` and `(NAK`, among them Voltronic's P98.

use super::common::{self, Q1};
use crate::dialect::Read::Map;
use crate::dialect::{Claim, Command, Dialect, Query, Refused, Row, Send};
use crate::known::Known;

const QPI: Query = Query::new("QPI", 6, b'(');
/// What a P98 is called in `ups.firmware.aux`.
const P98: &str = "Voltronic Power P98";

static PROTOCOL: [Row; 1] =
    [Row::var("ups.firmware.aux", QPI.at(1, 4), Map(&[("PI98", P98)])).once()];
static MEASURES: [Row; 7] = common::measures(Q1);
static BITS: [Row; 8] = common::bits(Q1);
static VENDOR: [Row; 3] = common::vendor(common::I);

/// What can be commanded.
#[rustfmt::skip]
static COMMANDS: [Command; 10] = [
    Command::fixed("beeper.toggle",            "Q"),
    Command::fixed("load.off",                 "S00R0000"),
    Command::fixed("load.on",                  "C"),
    Command::with("shutdown.return",           Send::Text("S{}", common::off_and_on)),
    Command::with("shutdown.stayoff",          Send::Text("S{}R0000", common::off)),
    Command::fixed("shutdown.stop",            "C"),
    Command::with("test.battery.start",        Send::Text("T{}", test)),
    Command::fixed("test.battery.start.deep",  "TL"),
    Command::fixed("test.battery.start.quick", "T"),
    Command::fixed("test.battery.stop",        "CT"),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Mecer",
    version: "0.09",
    claim: &[
        Claim::have("input.voltage"),
        Claim::have_or_refuse("ups.firmware.aux"),
    ],
    rows: &[&PROTOCOL, &MEASURES, &BITS, &common::RATINGS, &VENDOR],
    settings: &[&common::DELAYS],
    commands: &[&COMMANDS],
    accepted: "ACK",
    rejected: "(NAK\r",
    verdict: Query::verdict(5, b'(', 1, 3),
    ..Dialect::BASE
};

/// A P98 takes tests of less than a minute, too.
fn test(known: &Known, param: Option<&str>) -> Result<String, Refused> {
    let least = match known.value("ups.firmware.aux") {
        Some(P98) => 12,
        _ => 60,
    };
    common::test_seconds(common::digits(param)?, least).map(common::short_or_minutes)
}

#[cfg(test)]
mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;

    const STATUS: (&str, &str) = ("Q1", "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001");

    #[test]
    fn who_refuses_in_that_way_is_one_and_short_tests_are_for_a_p98() {
        let mut bench = Bench::new(
            &DIALECT,
            &[STATUS, ("QPI", "(NAK"), ("T10", "(ACK"), ("C", "(NAK")],
        );
        bench.expect_none(&["ups.firmware.aux"]);
        bench.command("test.battery.start", None, &["T10"]);
        bench.refuse("test.battery.start", Some("30"), &[]);
        bench.refuse("shutdown.stop", None, &["C"]);
        bench.refuse("load.off", None, &["S00R0000"]);
        let mut bench = Bench::new(&DIALECT, &[STATUS, ("QPI", "(PI98"), ("T.5", "(ACK")]);
        bench.expect(&[("ups.firmware.aux", "Voltronic Power P98")]);
        bench.command("test.battery.start", Some("30"), &["T.5"]);
    }

    #[test]
    fn who_echoes_or_is_silent_is_none() {
        for qpi in ["QPI", "NAK", ""] {
            assert!(
                Bench::claim(&DIALECT, &[STATUS, ("QPI", qpi)]).is_err(),
                "{qpi}"
            );
        }
    }
}
