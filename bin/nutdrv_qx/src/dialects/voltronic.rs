//! voltronic: the protocols P00 to P99 of Voltronic Power. `QPI` says which one, and with it which rows there are.
//!
//! Functions stand beside: [`protocol`] and [`capability`] open gates, [`limits`] are the ranges that depend on protocol and
//! ratings, [`state`] is what the device is doing, [`warnings`] and [`faults`] are its complaints.

mod capability;
mod faults;
mod limits;
mod protocol;
mod state;
mod warnings;

use super::common;
use crate::dialect::Read::{Bit, Map, Number, Text, Times, Trimmed, Value, Volts, With};
use crate::dialect::{Allowed, Claim, Command, Dialect, Form, Query, Row, Send, Setting};

const QPI: Query = Query::new("QPI", 6, b'(');
const QRI: Query = Query::new("QRI", 22, b'(');
const QMD: Query = Query::new("QMD", 48, b'(');
const F: Query = common::F;
const QMF: Query = Query::new("QMF", 2, b'(');
const QVFW: Query = Query::new("QVFW", 16, b'(');
const QID: Query = Query::new("QID", 2, b'(');
const I: Query = common::I;
const QGS: Query = Query::new("QGS", 76, b'(').word(63, 74);
const QMOD: Query = Query::new("QMOD", 3, b'(');
const QFS: Query = Query::new("QFS", 4, b'(');
const QWS: Query = Query::new("QWS", 66, b'(');
const QBV: Query = Query::new("QBV", 21, b'(');
const QLDL: Query = Query::new("QLDL", 9, b'(');
const Q3PV: Query = Query::new("Q3PV", 37, b'(');
const Q3PC: Query = Query::new("Q3PC", 13, b'(');
const Q3OV: Query = Query::new("Q3OV", 37, b'(');
const Q3OC: Query = Query::new("Q3OC", 13, b'(');
const Q3LD: Query = Query::new("Q3LD", 13, b'(');
const Q3YV: Query = Query::new("Q3YV", 37, b'(');
const Q3YV_P09: Query = Query::new("Q3YV", 19, b'(');
const QFLAG: Query = Query::new("QFLAG", 4, b'(');
const QSK1: Query = Query::new("QSK1", 3, b'(');
const QSK2: Query = Query::new("QSK2", 3, b'(');
const QSK3: Query = Query::new("QSK3", 3, b'(');
const QSK4: Query = Query::new("QSK4", 3, b'(');
const QSKT1: Query = Query::new("QSKT1", 5, b'(');
const QSKT2: Query = Query::new("QSKT2", 5, b'(');
const QSKT3: Query = Query::new("QSKT3", 5, b'(');
const QSKT4: Query = Query::new("QSKT4", 5, b'(');
const QHE: Query = Query::new("QHE", 9, b'(');
const QFRE: Query = Query::new("QFRE", 11, b'(');
const QBYV: Query = Query::new("QBYV", 9, b'(');
const QBYF: Query = Query::new("QBYF", 11, b'(');
const QBT: Query = Query::new("QBT", 4, b'(');
const QGR: Query = Query::new("QGR", 4, b'(');
const RE0: Query = Query::new("RE0", 4, b'#');
const QPD: Query = Query::new("QPD", 9, b'(');
const QPAR: Query = Query::new("QPAR", 5, b'(');
const QBDR: Query = Query::new("QBDR", 5, b'(');

/// Who it is and what it is made for.
#[rustfmt::skip]
static IDENTITY: [Row; 22] = [
    Row::var("ups.firmware.aux",         QPI.at(1, 4),    With(protocol::read)).once(),
    Row::var("output.voltage.nominal",   QRI.at(1, 5),    Number(1)).once(),
    Row::var("output.current.nominal",   QRI.at(7, 9),    Number(0)).once(),
    Row::var("battery.voltage.nominal",  QRI.at(11, 15),  Number(1)).changed(),
    Row::var("output.frequency.nominal", QRI.at(17, 20),  Number(1)).once(),
    Row::var("device.model",             QMD.at(1, 15),   Trimmed).once(),
    Row::var("ups.power.nominal",        QMD.at(17, 23),  Trimmed).once(),
    Row::var("output.powerfactor",       QMD.at(25, 26),  Times(0.01, 1)).once(),
    Row::var("input.phases",             QMD.at(28, 28),  Number(0)).once(),
    Row::var("output.phases",            QMD.at(30, 30),  Number(0)).once(),
    Row::var("input.voltage.nominal",    QMD.at(32, 34),  Number(1)).once(),
    Row::var("output.voltage.nominal",   QMD.at(36, 38),  Number(1)).once(),
    Row::var("input.voltage.nominal",    F.at(1, 5),      Number(1)).once(),
    Row::var("input.current.nominal",    F.at(7, 9),      Number(1)).once(),
    Row::var("battery.voltage.nominal",  F.at(11, 15),    Number(1)).once(),
    Row::var("input.frequency.nominal",  F.at(17, 20),    Number(1)).once(),
    Row::var("device.mfr",               QMF.from(1),     Trimmed).once(),
    Row::var("ups.firmware",             QVFW.at(7, 14),  Text).once(),
    Row::var("device.serial",            QID.from(1),     Value(protocol::serial)).once(),
    Row::var("device.mfr",               I.at(1, 15),     Trimmed).once(),
    Row::var("device.model",             I.at(17, 26),    Trimmed).once(),
    Row::var("ups.firmware",             I.at(28, 37),    Trimmed).once(),
];

/// What it is doing.
#[rustfmt::skip]
static STATE: [Row; 28] = [
    Row::var("input.voltage",                QGS.at(1, 5),   Number(1)),
    Row::var("input.frequency",              QGS.at(7, 10),  Number(1)),
    Row::var("output.voltage",               QGS.at(12, 16), Number(1)),
    Row::var("output.frequency",             QGS.at(18, 21), Number(1)),
    Row::var("output.current",               QGS.at(23, 27), Number(1)),
    Row::var("ups.load",                     QGS.at(29, 31), Number(0)),
    Row::var("battery.voltage",              QGS.at(45, 49), Volts),
    Row::var("ups.temperature",              QGS.at(57, 61), Number(1)),
    Row::var("ups.type",                     QGS.at(63, 64), Map(&[("00", "offline"), ("01", "line-interactive"), ("10", "online")])).changed(),
    Row::status(                             QGS.at(65, 65), Bit("OL", "!OL")),
    Row::status(                             QGS.at(66, 66), Bit("!LB", "LB")),
    Row::status(                             QGS.at(67, 67), Value(state::bypass_word)),
    Row::alarm(                              QGS.at(67, 67), Value(state::bypass_alarm)),
    Row::alarm(                              QGS.at(68, 68), With(state::fault)),
    Row::status(                             QGS.at(70, 70), Bit("!CAL", "CAL")),
    Row::status(                             QGS.at(71, 71), Bit("!FSD", "FSD")),
    Row::var("ups.beeper.status",            QGS.at(72, 72), Value(state::beeper)),
    Row::alarm(                              QMOD.at(1, 1),  Value(state::mode_alarm)),
    Row::status(                             QMOD.at(1, 1),  With(state::mode)).full(),
    Row::alarm(                              QFS.at(1, 2),   With(faults::read)).gate("fault"),
    Row::alarm(                              QWS.at(1, 64),  With(warnings::read)),
    Row::var("battery.voltage",              QBV.at(1, 5),   Volts),
    Row::log("battery_number",               QBV.at(7, 9),   Number(0)).changed(),
    Row::var("battery.packs",                QBV.at(10, 11), Number(0)).changed().rw(),
    Row::var("battery.charge",               QBV.at(13, 15), Number(0)),
    Row::var("battery.runtime",              QBV.from(17),   Times(60.0, 0)),
    Row::var("output.power.minimum.percent", QLDL.at(1, 3),  Number(0)),
    Row::var("output.power.maximum.percent", QLDL.at(5, 7),  Number(0)),
];

/// Phases, for protocols that have more than one.
#[rustfmt::skip]
static PHASES: [Row; 29] = [
    Row::var("input.L1-N.voltage",          Q3PV.at(1, 5),       Number(1)).gate("input phases"),
    Row::var("input.L2-N.voltage",          Q3PV.at(7, 11),      Number(1)).gate("input phases"),
    Row::var("input.L3-N.voltage",          Q3PV.at(13, 17),     Number(1)).gate("input L3"),
    Row::var("input.L1-L2.voltage",         Q3PV.at(19, 23),     Number(1)).gate("input phases"),
    Row::var("input.L2-L3.voltage",         Q3PV.at(25, 29),     Number(1)).gate("input L3"),
    Row::var("input.L1-L3.voltage",         Q3PV.at(31, 35),     Number(1)).gate("input L3"),
    Row::var("input.L1.current",            Q3PC.at(1, 3),       Number(0)).gate("input phases"),
    Row::var("input.L2.current",            Q3PC.at(5, 7),       Number(0)).gate("input phases"),
    Row::var("input.L3.current",            Q3PC.at(9, 11),      Number(0)).gate("input L3"),
    Row::var("output.L1-N.voltage",         Q3OV.at(1, 5),       Number(1)).gate("output phases"),
    Row::var("output.L2-N.voltage",         Q3OV.at(7, 11),      Number(1)).gate("output phases"),
    Row::var("output.L3-N.voltage",         Q3OV.at(13, 17),     Number(1)).gate("output L3"),
    Row::var("output.L1-L2.voltage",        Q3OV.at(19, 23),     Number(1)).gate("output phases"),
    Row::var("output.L2-L3.voltage",        Q3OV.at(25, 29),     Number(1)).gate("output L3"),
    Row::var("output.L1-L3.voltage",        Q3OV.at(31, 35),     Number(1)).gate("output L3"),
    Row::var("output.L1.current",           Q3OC.at(1, 3),       Number(0)).gate("output phases"),
    Row::var("output.L2.current",           Q3OC.at(5, 7),       Number(0)).gate("output phases"),
    Row::var("output.L3.current",           Q3OC.at(9, 11),      Number(0)).gate("output L3"),
    Row::var("output.L1.power.percent",     Q3LD.at(1, 3),       Number(0)).gate("output phases"),
    Row::var("output.L2.power.percent",     Q3LD.at(5, 7),       Number(0)).gate("output phases"),
    Row::var("output.L3.power.percent",     Q3LD.at(9, 11),      Number(0)).gate("output L3"),
    Row::var("output.bypass.L1-N.voltage",  Q3YV.at(1, 5),       Number(1)).gate("output L3"),
    Row::var("output.bypass.L2-N.voltage",  Q3YV.at(7, 11),      Number(1)).gate("output L3"),
    Row::var("output.bypass.L3-N.voltage",  Q3YV.at(13, 17),     Number(1)).gate("output L3"),
    Row::var("output.bypass.L1-N.voltage",  Q3YV_P09.at(1, 5),   Number(1)).gate("two bypass phases"),
    Row::var("output.bypass.L2-N.voltage",  Q3YV_P09.at(7, 11),  Number(1)).gate("two bypass phases"),
    Row::var("output.bypass.L1-L2.voltage", Q3YV.at(19, 23),     Number(1)).gate("output L3"),
    Row::var("output.bypass.L2-L3.voltage", Q3YV.at(25, 29),     Number(1)).gate("output L3"),
    Row::var("output.bypass.L1-L3.voltage", Q3YV.at(31, 35),     Number(1)).gate("output L3"),
];

/// What it can do, and whether it does; then what ups.conf wants of that.
#[rustfmt::skip]
static CAPABILITIES: [Row; 30] = [
    Row::var("ups.start.auto",             QFLAG.from(1), With(capability::read)).changed().rw(),
    Row::var("battery.protection",         QFLAG.from(1), With(capability::read)).changed().rw(),
    Row::var("battery.energysave",         QFLAG.from(1), With(capability::read)).changed().rw(),
    Row::var("ups.start.battery",          QFLAG.from(1), With(capability::read)).changed().rw(),
    Row::var("outlet.0.switchable",        QFLAG.from(1), With(capability::read)).changed().rw(),
    Row::log("bypass_alarm",               QFLAG.from(1), With(capability::read)).changed(),
    Row::log("battery_alarm",              QFLAG.from(1), With(capability::read)).changed(),
    Row::log("bypass_when_off",            QFLAG.from(1), With(capability::read)).changed(),
    Row::log("alarm_control",              QFLAG.from(1), With(capability::read)).changed(),
    Row::log("converter_mode",             QFLAG.from(1), With(capability::read)).changed(),
    Row::log("eco_mode",                   QFLAG.from(1), With(capability::read)).changed(),
    Row::log("battery_open_status_check",  QFLAG.from(1), With(capability::read)).changed(),
    Row::log("bypass_forbidding",          QFLAG.from(1), With(capability::read)).changed(),
    Row::log("site_fault_detection",       QFLAG.from(1), With(capability::read)).changed(),
    Row::log("advanced_eco_mode",          QFLAG.from(1), With(capability::read)).changed(),
    Row::log("constant_phase_angle",       QFLAG.from(1), With(capability::read)).changed(),
    Row::log("limited_runtime_on_battery", QFLAG.from(1), With(capability::read)).changed(),
    Row::apply("reset_to_default"),
    Row::apply("bypass_alarm"),
    Row::apply("battery_alarm"),
    Row::apply("bypass_when_off"),
    Row::apply("alarm_control"),
    Row::apply("converter_mode"),
    Row::apply("eco_mode"),
    Row::apply("battery_open_status_check"),
    Row::apply("bypass_forbidding"),
    Row::apply("site_fault_detection"),
    Row::apply("advanced_eco_mode"),
    Row::apply("constant_phase_angle"),
    Row::apply("limited_runtime_on_battery"),
];

/// Outlets, limits, and the rest.
#[rustfmt::skip]
static REST: [Row; 38] = [
    Row::var("outlet.1.switchable",      QSK1.at(1, 1),  With(state::outlet)).changed().gate("outlets"),
    Row::var("outlet.1.status",          QSK1.at(1, 1),  Bit("off", "on")).changed().gate("outlets"),
    Row::var("outlet.2.switchable",      QSK2.at(1, 1),  With(state::outlet)).changed().gate("outlets"),
    Row::var("outlet.2.status",          QSK2.at(1, 1),  Bit("off", "on")).changed().gate("outlets"),
    Row::var("outlet.3.switchable",      QSK3.at(1, 1),  With(state::outlet)).changed().gate("outlets"),
    Row::var("outlet.3.status",          QSK3.at(1, 1),  Bit("off", "on")).changed().gate("outlets"),
    Row::var("outlet.4.switchable",      QSK4.at(1, 1),  With(state::outlet)).changed().gate("outlets"),
    Row::var("outlet.4.status",          QSK4.at(1, 1),  Bit("off", "on")).changed().gate("outlets"),
    Row::var("outlet.1.delay.shutdown",  QSKT1.at(1, 3), Times(60.0, 0)).changed().gate("outlet.1").rw(),
    Row::var("outlet.2.delay.shutdown",  QSKT2.at(1, 3), Times(60.0, 0)).changed().gate("outlet.2").rw(),
    Row::var("outlet.3.delay.shutdown",  QSKT3.at(1, 3), Times(60.0, 0)).changed().gate("outlet.3").rw(),
    Row::var("outlet.4.delay.shutdown",  QSKT4.at(1, 3), Times(60.0, 0)).changed().gate("outlet.4").rw(),
    Row::var("input.transfer.high",      QHE.at(1, 3),   With(limits::eco_volts)).changed().gate("eco").rw(),
    Row::var("input.transfer.low",       QHE.at(5, 7),   With(limits::eco_volts)).changed().gate("eco").rw(),
    Row::var("input.transfer.low.min",   QHE.at(5, 7),   Value(limits::eco_low_min)).changed().gate("eco limits"),
    Row::var("input.transfer.low.max",   QHE.at(5, 7),   Value(limits::eco_low_max)).changed().gate("eco limits"),
    Row::var("input.transfer.high.min",  QHE.at(1, 3),   Value(limits::eco_high_min)).changed().gate("eco limits"),
    Row::var("input.transfer.high.max",  QHE.at(1, 3),   Value(limits::eco_high_max)).changed().gate("eco limits"),
    Row::var("input.frequency.high",     QFRE.at(1, 4),  Number(1)).changed().gate("eco").rw(),
    Row::var("input.frequency.low",      QFRE.at(6, 9),  Number(1)).changed().gate("eco").rw(),
    Row::log("max_bypass_volt",          QBYV.at(1, 3),  Number(0)).changed().gate("bypass limits"),
    Row::log("min_bypass_volt",          QBYV.at(5, 7),  Number(0)).changed().gate("bypass limits"),
    Row::apply("max_bypass_volt"),
    Row::apply("min_bypass_volt"),
    Row::log("max_bypass_freq",          QBYF.at(1, 4),  Number(1)).changed().gate("bypass limits"),
    Row::log("min_bypass_freq",          QBYF.at(6, 9),  Number(1)).changed().gate("bypass limits"),
    Row::apply("max_bypass_freq"),
    Row::apply("min_bypass_freq"),
    Row::apply("battery_number"),
    Row::var("battery.type",             QBT.at(1, 2),   Map(BATTERY_TYPES)).changed().gate("P31").rw(),
    Row::log("work_range_type",          QGR.at(1, 2),   Map(WORK_RANGES)).changed().gate("P31"),
    Row::apply("work_range_type"),
    Row::var("battery.voltage.low",      RE0.at(1, 2),   Number(1)).changed().rw(),
    Row::log("input_phase_angle",        QPD.at(1, 3),   Number(0)).changed(),
    Row::log("output_phase_angle",       QPD.at(5, 7),   Text).changed(),
    Row::apply("output_phase_angle"),
    Row::log("voltronic_parallel",       QPAR.at(1, 3),  Map(&[("001", "master"), ("002", "slave"), ("003", "slave")])).once(),
    Row::log("unknown.7",                QBDR.from(1),   Text).once().gate("testing"),
];

const BATTERY_TYPES: &[(&str, &str)] = &[("00", "Li"), ("01", "Flooded"), ("02", "AGM")];
const WORK_RANGES: &[(&str, &str)] = &[("00", "Appliance"), ("01", "UPS")];
const YES_NO: &[(&str, &str)] = &[("no", "D"), ("yes", "E")];
const ENABLED: &[(&str, &str)] = &[("disabled", "D"), ("enabled", "E")];
const NO_OR_YES: Allowed = Allowed::Words(&["no", "yes"]);
const ENABLED_OR_NOT: Allowed = Allowed::Words(&["disabled", "enabled"]);
const OUTLET_DELAY: Allowed = Allowed::Ranges(&[(0, 59_940)]);

/// A capability that clients switch, by the letter in `template`.
const fn yes_no(name: &'static str, template: &'static str) -> Setting {
    Setting::device(name, Send::Word(template, YES_NO), NO_OR_YES).gate(name)
}

/// A capability that ups.conf switches.
const fn enabled(name: &'static str, template: &'static str) -> Setting {
    Setting::conf(name, Send::Word(template, ENABLED), ENABLED_OR_NOT).gate(name)
}

/// What can be set.
#[rustfmt::skip]
static SETTINGS: [Setting; 37] = [
    yes_no("ups.start.auto",             "P{}R"),
    yes_no("battery.protection",         "P{}S"),
    yes_no("battery.energysave",         "P{}G"),
    yes_no("ups.start.battery",          "P{}C"),
    yes_no("outlet.0.switchable",        "P{}J"),
    Setting::conf("reset_to_default",    Send::Plan(capability::reset), Allowed::Any),
    enabled("bypass_alarm",              "P{}P"),
    enabled("battery_alarm",             "P{}B"),
    enabled("bypass_when_off",           "P{}O"),
    enabled("alarm_control",             "P{}A"),
    enabled("converter_mode",            "P{}V"),
    enabled("eco_mode",                  "P{}E"),
    enabled("battery_open_status_check", "P{}D"),
    enabled("bypass_forbidding",         "P{}F"),
    enabled("site_fault_detection",      "P{}L"),
    enabled("advanced_eco_mode",         "P{}N"),
    enabled("constant_phase_angle",      "P{}Q"),
    enabled("limited_runtime_on_battery", "P{}W"),
    Setting::device("outlet.1.delay.shutdown", Send::Number("PSK1{}",  Form::minutes(3)),    OUTLET_DELAY).gate("outlet.1"),
    Setting::device("outlet.2.delay.shutdown", Send::Number("PSK2{}",  Form::minutes(3)),    OUTLET_DELAY).gate("outlet.2"),
    Setting::device("outlet.3.delay.shutdown", Send::Number("PSK3{}",  Form::minutes(3)),    OUTLET_DELAY).gate("outlet.3"),
    Setting::device("outlet.4.delay.shutdown", Send::Number("PSK4{}",  Form::minutes(3)),    OUTLET_DELAY).gate("outlet.4"),
    Setting::device("input.transfer.high",     Send::Number("HEH{}",   Form::digits(3)),     Allowed::RangesBy(limits::eco_high)).gate("eco limits"),
    Setting::device("input.transfer.low",      Send::Number("HEL{}",   Form::digits(3)),     Allowed::RangesBy(limits::eco_low)).gate("eco limits"),
    Setting::device("input.frequency.high",    Send::Number("FREH{}",  Form::decimal(4, 1)), Allowed::RangesBy(limits::eco_high_freq)).gate("eco"),
    Setting::device("input.frequency.low",     Send::Number("FREL{}",  Form::decimal(4, 1)), Allowed::RangesBy(limits::eco_low_freq)).gate("eco"),
    Setting::conf("max_bypass_volt",           Send::Number("PHV{}",   Form::digits(3)),     Allowed::RangesBy(limits::bypass_high)).gate("bypass limits"),
    Setting::conf("min_bypass_volt",           Send::Number("PLV{}",   Form::digits(3)),     Allowed::RangesBy(limits::bypass_low)).gate("bypass limits"),
    Setting::conf("max_bypass_freq",           Send::Number("PGF{}",   Form::decimal(4, 1)), Allowed::RangesBy(limits::bypass_high_freq)).gate("bypass limits"),
    Setting::conf("min_bypass_freq",           Send::Number("PSF{}",   Form::decimal(4, 1)), Allowed::RangesBy(limits::bypass_low_freq)).gate("bypass limits"),
    Setting::conf("battery_number",            Send::Number("BATN{}",  Form::digits(1)),     Allowed::Ranges(&[(1, 9)])),
    Setting::device("battery.packs",           Send::Number("BATGN{}", Form::digits(2)),     Allowed::Ranges(&[(1, 99)])),
    Setting::device("battery.type",            Send::Word("PBT{}", &[("Li", "00"), ("Flooded", "01"), ("AGM", "02")]), Allowed::Words(&["Li", "Flooded", "AGM"])).gate("P31"),
    Setting::conf("work_range_type",           Send::Word("PGR{}", &[("Appliance", "00"), ("UPS", "01")]), Allowed::Words(&["Appliance", "UPS"])).gate("P31"),
    Setting::device("battery.voltage.low",     Send::Number("W0E{}",   Form::digits(2)),     Allowed::RangesBy(limits::battery_low)),
    Setting::conf("output_phase_angle",        Send::Number("PPD{}",   Form::digits(3)),     Allowed::Words(&["000", "120", "180", "240"])),
    Setting::kept("ups.delay.start",           "180",                                        &[(0, 599_940)], common::minutes),
];
static OFF_DELAY: [Setting; 1] = [Setting::kept(
    "ups.delay.shutdown",
    "30",
    &[(12, 5940)],
    common::sixths,
)];

/// What can be commanded.
#[rustfmt::skip]
static COMMANDS: [Command; 22] = [
    Command::fixed("load.off",                 "SOFF"),
    Command::fixed("load.on",                  "SON"),
    Command::with("shutdown.return",           Send::Text("S{}", common::off_and_on)),
    Command::with("shutdown.stayoff",          Send::Text("S{}R0000", common::off)),
    Command::fixed("shutdown.stop",            "CS"),
    Command::with("test.battery.start",        Send::Text("T{}", state::test)),
    Command::fixed("test.battery.start.deep",  "TL"),
    Command::fixed("test.battery.start.quick", "T"),
    Command::fixed("test.battery.stop",        "CT"),
    Command::with("beeper.toggle",             Send::Text("BZ{}", state::toggle)),
    Command::fixed("beeper.enable",            "PEA").gate("alarm_control"),
    Command::fixed("beeper.disable",           "PDA").gate("alarm_control"),
    Command::fixed("outlet.1.load.off",        "SKOFF1").gate("outlet.1"),
    Command::fixed("outlet.1.load.on",         "SKON1").gate("outlet.1"),
    Command::fixed("outlet.2.load.off",        "SKOFF2").gate("outlet.2"),
    Command::fixed("outlet.2.load.on",         "SKON2").gate("outlet.2"),
    Command::fixed("outlet.3.load.off",        "SKOFF3").gate("outlet.3"),
    Command::fixed("outlet.3.load.on",         "SKON3").gate("outlet.3"),
    Command::fixed("outlet.4.load.off",        "SKOFF4").gate("outlet.4"),
    Command::fixed("outlet.4.load.on",         "SKON4").gate("outlet.4"),
    Command::fixed("bypass.start",             "PEE").gate("eco"),
    Command::fixed("bypass.stop",              "PDE").gate("eco"),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Voltronic",
    version: "0.14",
    claim: &[
        Claim::have("input.voltage"),
        Claim::have("ups.firmware.aux"),
    ],
    rows: &[&IDENTITY, &STATE, &PHASES, &CAPABILITIES, &REST],
    settings: &[&SETTINGS, &OFF_DELAY],
    commands: &[&COMMANDS],
    accepted: "ACK",
    rejected: "(NAK\r",
    verdict: Query::verdict(5, b'(', 1, 3),
    ..Dialect::BASE
};

#[cfg(test)]
mod tests;
