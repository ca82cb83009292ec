//! masterguard: the series A and E. Many requests carry the device's address, two digits that `XX` stands for here.
//!
//! ```text
//! (00 10.06 03.09 A 1000  + 1 Bat Pack           0 230 50.00 012 02.30 006.00 012.00 018 10 40 160 276 47.00 53.00    WH
//! (00 229.5 195.0 229.5 014 50.0 02.27 30.0 030.30 100 00000000 00000000                                              Q3
//!  address, input, fault, output, %, Hz, V of a cell, °C, minutes.seconds, %, bits
//! ```
//! Functions stand beside: [`identity`] is what `WH` says, [`figures`] reckons with it, [`actions`] are commands and settings.

mod actions;
mod figures;
mod identity;

use crate::dialect::Read::{Bit, Map, Number, Text, Trimmed, Value, With};
use crate::dialect::{
    Allowed, Claim, Codec, Command, Dialect, Form, Query, Row, Send, Setting, as_it_came,
};

const WH: Query = Query::new("WH", 113, b'(');
const Q3: Query = Query::new("Q3", 71, b'(');
const GS: Query = Query::new("GS,XX", 11, b'(');
const GBS: Query = Query::new("GBS,XX", 43, b'(');
const GSN: Query = Query::new("GSN,XX", 25, b'(');
const DRC: Query = Query::new("DRC,XX", 18, b'(');
const MSO: Query = Query::new("MSO", 5, b'(');
const PNV: Query = Query::new("PNV", 9, b'(');
const FLT: Query = Query::new("FLT,XX", 109, b'(');

/// What it is and what it is made for.
#[rustfmt::skip]
static IDENTITY: [Row; 22] = [
    Row::constant("device.mfr",                 "Masterguard"),
    Row::constant("load.high",                  "140"),
    Row::constant("battery.type",               "PbAc"),
    Row::var("ups.id",                      WH.at(1, 2),     With(identity::address)).changed().rw(),
    Row::var("ups.firmware",                WH.at(4, 8),     Text).once(),
    Row::var("ups.firmware.aux",            WH.at(10, 14),   Text).once(),
    Row::var("device.model",                WH.at(16, 45),   With(identity::model)).once(),
    Row::var("ups.power.nominal",           WH.at(16, 45),   Value(identity::power)).once(),
    Row::var("input.voltage.nominal",       WH.at(49, 51),   Number(0)).once(),
    Row::var("input.frequency.nominal",     WH.at(53, 57),   Number(2)).once(),
    Row::log(figures::CELLS,                WH.at(59, 61),   Number(0)).once(),
    Row::log("nominal_cell_voltage",        WH.at(63, 67),   Number(2)).once(),
    Row::var("battery.voltage.nominal",     WH.at(63, 67),   Value(figures::all_cells)).once(),
    Row::log("runtime_half",                WH.at(69, 74),   Value(figures::minutes)).once(),
    Row::log("runtime_full",                WH.at(76, 81),   Value(figures::minutes)).once(),
    Row::log("recharge_hours",              WH.at(83, 85),   Number(0)).once(),
    Row::var("ambient.0.temperature.low",   WH.at(87, 88),   Number(0)).once(),
    Row::var("ambient.0.temperature.high",  WH.at(90, 91),   Number(0)).once(),
    Row::var("input.voltage.low.critical",  WH.at(93, 95),   Number(0)).once(),
    Row::var("input.voltage.high.critical", WH.at(97, 99),   Number(0)).once(),
    Row::var("input.frequency.low",         WH.at(101, 105), Number(2)).once(),
    Row::var("input.frequency.high",        WH.at(107, 111), Number(2)).once(),
];

/// What it is doing.
#[rustfmt::skip]
static STATE: [Row; 23] = [
    Row::var("input.voltage",         Q3.at(4, 8),   Number(1)),
    Row::log("input_fault_voltage",   Q3.at(10, 14), Number(1)),
    Row::var("output.voltage",        Q3.at(16, 20), Number(1)),
    Row::var("ups.load",              Q3.at(22, 24), Number(0)),
    Row::var("ups.power",             Q3.at(22, 24), Value(figures::power)),
    Row::var("output.current",        Q3.at(22, 24), Value(figures::current)),
    Row::var("input.frequency",       Q3.at(26, 29), Number(1)),
    Row::var("battery.voltage",       Q3.at(31, 35), Value(figures::all_cells)),
    Row::var("ups.temperature",       Q3.at(37, 40), Number(1)),
    Row::var("ambient.0.temperature", Q3.at(37, 40), Number(1)),
    Row::var("battery.runtime",       Q3.at(42, 47), Value(figures::minutes)),
    Row::var("battery.charge",        Q3.at(49, 51), Number(0)),
    Row::status(                      Q3.at(53, 53), Bit("OL", "!OL")),
    Row::status(                      Q3.at(54, 54), Bit("!LB", "LB")),
    Row::status(                      Q3.at(55, 55), Bit("!BYPASS", "BYPASS")),
    Row::alarm(                       Q3.at(56, 56), Bit("", "UPS Failed")),
    Row::var("ups.type",              Q3.at(57, 57), Bit("online", "offline")).once(),
    Row::status(                      Q3.at(58, 58), Bit("!CAL", "CAL")),
    Row::status(                      Q3.at(59, 59), Bit("!FSD", "FSD")),
    Row::alarm(                       Q3.at(63, 63), Bit("", "problems in parallel operation mode")),
    Row::status(                      Q3.at(65, 65), Bit("!RB", "RB")),
    Row::alarm(                       Q3.at(66, 66), Bit("", "no battery connected")),
    Row::var("ups.test.result",       Q3.at(67, 69), Map(TESTS)).quick(),
];

const TESTS: &[(&str, &str)] = &[
    ("000", "no test in progress"),
    ("001", "in progress"),
    ("010", "OK"),
    ("011", "failed"),
    ("100", "not possible"),
    ("101", "aborted"),
    ("110", "autonomy time calibration in progress"),
    ("111", "unknown"),
];

/// The rest.
#[rustfmt::skip]
static REST: [Row; 16] = [
    Row::var("battery.packs",          GS.at(7, 7),     Number(0)).changed().rw(),
    Row::var("ups.beeper.status",      GS.at(9, 9),     Bit("disabled", "enabled")).changed(),
    Row::log("battery_charge",         GBS.at(4, 6),    Number(0)),
    Row::log("battery_ageing",         GBS.at(18, 21),  Number(0)),
    Row::log("battery_calibration",    GBS.at(33, 35),  Number(0)),
    Row::var("device.part",            GSN.at(8, 18),   Trimmed).once(),
    Row::var("device.serial",          GSN.at(20, 23),  Trimmed).once(),
    Row::var("device.uptime",          DRC.at(4, 16),   Value(figures::uptime)).changed().rw(),
    Row::log(actions::OUTPUT_VOLTAGES, MSO.from(1),     Trimmed).once(),
    Row::var("output.voltage.nominal", PNV.at(5, 7),    Number(0)).changed().rw(),
    Row::var("output.current.nominal", PNV.at(5, 7),    Value(figures::full_current)).changed(),
    Row::log("fault_1",                FLT.at(4, 23),   Value(figures::fault)),
    Row::log("fault_2",                FLT.at(25, 44),  Value(figures::fault)),
    Row::log("fault_3",                FLT.at(46, 65),  Value(figures::fault)),
    Row::log("fault_4",                FLT.at(67, 86),  Value(figures::fault)),
    Row::log("fault_5",                FLT.at(88, 107), Value(figures::fault)),
];

/// What can be set.
#[rustfmt::skip]
static SETTINGS: [Setting; 6] = [
    Setting::device("ups.id",                 Send::Plan(actions::new_address), Allowed::Ranges(&[(0, 99)])),
    Setting::device("battery.packs",          Send::Number("SS--{}-,XX", Form::digits(1)), Allowed::RangesBy(identity::packs)),
    Setting::device("device.uptime",          Send::Text("SRC{},XX", actions::uptime), Allowed::Any),
    Setting::device("output.voltage.nominal", Send::Number("PNV={}", Form::digits(3)), Allowed::WordsBy(actions::output_voltages)),
    Setting::kept("ups.delay.shutdown",       "30",  &[(0, 5940)],    actions::as_it_is),
    Setting::kept("ups.delay.start",          "180", &[(0, 599_940)], actions::as_it_is),
];

/// What can be commanded. `FCLR` is of the series A only.
#[rustfmt::skip]
static COMMANDS: [Command; 13] = [
    Command::with("shutdown.return",           Send::Text("S{}", actions::off_and_on)),
    Command::with("shutdown.stayoff",          Send::Text("S{}R0000", actions::off)),
    Command::fixed("shutdown.stop",            "C"),
    Command::with("test.battery.start",        Send::Text("T{}", actions::test)),
    Command::fixed("test.battery.start.quick", "T"),
    Command::fixed("test.battery.start.low",   "TL"),
    Command::fixed("test.battery.start.deep",  "TUD,XX"),
    Command::fixed("test.battery.stop",        "CT"),
    Command::fixed("clear.fault.record",       "FCLR,XX"),
    Command::fixed("bypass.start",             "FOFF"),
    Command::fixed("bypass.stop",              "FON"),
    Command::fixed("beeper.enable",            "SS---1,XX"),
    Command::fixed("beeper.disable",           "SS---0,XX"),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Masterguard",
    version: "0.05",
    claim: &[
        Claim::have("device.model"),
        Claim::have("ups.power.nominal"),
        Claim::hold(identity::is_meant),
    ],
    rows: &[&IDENTITY, &STATE, &REST],
    settings: &[&SETTINGS],
    commands: &[&COMMANDS],
    codec: Codec {
        encode: identity::addressed,
        decode: as_it_came,
    },
    ..Dialect::BASE
};

#[cfg(test)]
mod tests;
