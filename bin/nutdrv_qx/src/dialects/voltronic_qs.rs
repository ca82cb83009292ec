//! voltronic-qs: the status by `QS`, and by `QI` charge, runtime, input frequency, output current and the limits of the input.

use super::common;
use crate::dialect::Read::{Map, Number, Volts};
use crate::dialect::{Claim, Command, Dialect, Query, Row, Send, Setting};

const M: Query = Query::new("M", 2, 0);
const QS: Query = common::status("QS");
const F: Query = common::F;
const QI: Query = Query::new("QI", 49, b'(');

#[rustfmt::skip]
static ROWS: [Row; 8] = [
    Row::var("ups.firmware.aux",    M.from(0),     Map(&[("V", "PM-V"), ("H", "PM-H"), ("v", "PM-v"), ("h", "PM-h")])).once(),
    Row::var("input.voltage",       QS.at(1, 5),   Number(1)),
    Row::var("input.voltage.fault", QS.at(7, 11),  Number(1)),
    Row::var("output.voltage",      QS.at(13, 17), Number(1)),
    Row::var("ups.load",            QS.at(19, 21), Number(0)),
    Row::var("output.frequency",    QS.at(23, 26), Number(1)),
    Row::var("battery.voltage",     QS.at(28, 31), Volts),
    Row::var("ups.temperature",     QS.at(33, 36), Number(1)),
];
static BITS: [Row; 8] = common::bits(QS);
#[rustfmt::skip]
static MORE: [Row; 10] = [
    Row::var("output.voltage.nominal",   F.at(1, 5),    Number(0)).once(),
    Row::var("output.current.nominal",   F.at(7, 9),    Number(1)).once(),
    Row::var("battery.voltage.nominal",  F.at(11, 15),  Number(1)).once(),
    Row::var("output.frequency.nominal", F.at(17, 20),  Number(0)).once(),
    Row::var("battery.charge",           QI.at(1, 3),   Number(0)),
    Row::var("battery.runtime",          QI.at(5, 9),   Number(0)),
    Row::var("input.frequency",          QI.at(11, 14), Number(1)),
    Row::var("output.current",           QI.at(16, 20), Number(1)),
    Row::var("input.transfer.low",       QI.at(22, 24), Number(0)).once(),
    Row::var("input.transfer.high",      QI.at(26, 28), Number(0)).once(),
];

/// What can be commanded.
#[rustfmt::skip]
pub(super) static COMMANDS: [Command; 7] = [
    Command::fixed("beeper.toggle",            "Q"),
    Command::fixed("load.off",                 "S00R0000"),
    Command::fixed("load.on",                  "C"),
    Command::with("shutdown.return",           Send::Text("S{}", common::off_and_on)),
    Command::with("shutdown.stayoff",          Send::Text("S{}R0000", common::off)),
    Command::fixed("shutdown.stop",            "C"),
    Command::fixed("test.battery.start.quick", "T"),
];

/// Delays of the commands.
#[rustfmt::skip]
pub(super) static DELAYS: [Setting; 2] = [
    Setting::kept("ups.delay.start",    "180", &[(60, 599_940)], common::minutes),
    Setting::kept("ups.delay.shutdown", "30",  &[(12, 540)],     common::sixths),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Voltronic-QS",
    version: "0.11",
    claim: &[
        Claim::have("ups.firmware.aux"),
        Claim::have("input.voltage"),
    ],
    rows: &[&ROWS, &BITS, &MORE],
    settings: &[&DELAYS],
    commands: &[&COMMANDS],
    ..Dialect::BASE
};

#[cfg(test)]
mod tests {
    use super::DIALECT;
    use crate::dialects::bench::Bench;

    #[test]
    fn charge_and_runtime_are_told() {
        let mut bench = Bench::new(
            &DIALECT,
            &[
                ("M", "V"),
                ("QS", "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001"),
                ("F", "#230.0 004 24.00 50.0"),
                ("QI", "(100 00979 50.0 000.3 177 290 0 0000010000112000"),
            ],
        );
        bench.polled();
        bench.expect(&[
            ("battery.charge", "100"),
            ("battery.runtime", "979"),
            ("input.frequency", "50.0"),
            ("input.transfer.high", "290"),
            ("output.current", "0.3"),
            ("output.current.nominal", "4.0"),
            ("ups.firmware.aux", "PM-V"),
            ("ups.status", "OL"),
        ]);
        bench.command("shutdown.return", None, &["S.5R0003"]);
        bench.unknown_setting("ups.delay.start", "59");
    }

    #[test]
    fn other_letters_are_other_dialects() {
        assert!(Bench::claim(&DIALECT, &[("M", "P")]).is_err());
    }
}
