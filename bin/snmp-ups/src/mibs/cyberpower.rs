//! CyberPower UPSes with a network card.

use super::texts;
use crate::row::{Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(           "device.description",      "m.1.1.0").set(),
    Row::text(           "device.contact",          "m.1.4.0").set(),
    Row::text(           "device.location",         "m.1.6.0").set(),
    Row::constant(       "device.type",             "ups"),
    Row::constant(       "ups.mfr",                 "CYBERPOWER"),
    Row::text(           "ups.model",               "e.3808.1.1.1.1.1.1.0").fixed(),
    Row::text(           "ups.id",                  "e.3808.1.1.1.1.1.2.0").len(8).set().fixed(),
    Row::text(           "ups.serial",              "e.3808.1.1.1.1.2.3.0").fixed(),
    Row::text(           "ups.firmware",            "e.3808.1.1.1.1.2.1.0").fixed(),
    Row::text(           "ups.mfr.date",            "e.3808.1.1.1.1.2.2.0"),
    Row::text(           "ups.status",              "e.3808.1.1.1.4.1.1.0").map(POWER),
    Row::text(           "ups.status",              "e.3808.1.1.1.2.1.1.0").map(texts::BATTERY_LOW),
    Row::text(           "ups.status",              "e.3808.1.1.1.7.2.7.0").map(CALIBRATION),
    Row::text(           "ups.status",              "e.3808.1.1.1.2.2.5.0").map(texts::REPLACE_BATTERY),
    Row::number(         "ups.load",                "e.3808.1.1.1.4.2.3.0",  1.0),
    Row::number(         "ups.realpower",           "e.3808.1.1.1.4.2.5.0",  1.0),
    Row::number(         "ups.temperature",         "e.3808.1.1.1.10.2.0",   1.0),
    Row::text(           "ups.alarm",               "e.3808.1.1.1.10.1.0").map(UPS_ALARM),
    Row::number(         "battery.runtime",         "e.3808.1.1.1.2.2.4.0",  1.0),
    Row::number(         "battery.runtime.elapsed", "e.3808.1.1.1.2.1.2.0",  1.0),
    Row::number(         "battery.voltage",         "m.33.1.2.5.0",          0.1),
    Row::number(         "battery.voltage",         "e.3808.1.1.1.2.2.2.0",  0.1),
    Row::number(         "battery.voltage.nominal", "e.3808.1.1.1.2.2.8.0",  1.0),
    Row::number(         "battery.current",         "e.3808.1.1.1.4.2.4.0",  0.1),
    Row::number(         "battery.current",         "e.3808.1.1.1.2.2.7.0",  0.1),
    Row::number(         "battery.charge",          "e.3808.1.1.1.2.2.1.0",  1.0),
    Row::number(         "battery.temperature",     "e.3808.1.1.1.2.2.3.0",  1.0),
    Row::text(           "battery.date",            "e.3808.1.1.1.2.1.3.0").len(8).seldom(),
    Row::number(         "input.voltage",           "e.3808.1.1.1.3.2.1.0",  0.1),
    Row::number(         "input.frequency",         "e.3808.1.1.1.3.2.4.0",  0.1),
    Row::text(           "input.transfer.reason",   "e.3808.1.1.1.3.2.5.0").map(TRANSFER_REASON).len(1),
    Row::number(         "output.voltage",          "e.3808.1.1.1.4.2.1.0",  0.1),
    Row::number(         "output.frequency",        "e.3808.1.1.1.4.2.2.0",  0.1),
    Row::number(         "output.current",          "e.3808.1.1.1.4.2.4.0",  0.1),
    Row::number(         "ups.delay.start",         "e.3808.1.1.1.5.2.9.0",  1.0).set().ticks(),
    Row::constant_number("ups.delay.reboot",        "0"),
    Row::number(         "ups.delay.shutdown",      "e.3808.1.1.1.5.2.11.0", 1.0).set().ticks(),
    Row::command(        "load.off",                "e.3808.1.1.1.6.2.1.0",  2),
    Row::command(        "load.on",                 "e.3808.1.1.1.6.2.6.0",  2),
    Row::command(        "shutdown.stayoff",        "e.3808.1.1.1.6.2.1.0",  3),
    Row::command(        "shutdown.return",         "e.3808.1.1.1.6.2.3.0",  3),
    Row::command(        "test.failure.start",      "e.3808.1.1.1.6.2.4.0",  2),
    Row::command(        "test.panel.start",        "e.3808.1.1.1.7.2.5.0",  2),
    Row::command(        "test.battery.start",      "e.3808.1.1.1.7.2.2.0",  2),
    Row::command(        "calibrate.start",         "e.3808.1.1.1.7.2.6.0",  2),
    Row::command(        "calibrate.stop",          "e.3808.1.1.1.7.2.6.0",  3),
    Row::text(           "ups.test.date",           "e.3808.1.1.1.7.2.4.0").len(8).seldom(),
    Row::text(           "ups.test.result",         "e.3808.1.1.1.7.2.3.0").map(texts::TEST_RESULT_APC),
];

#[rustfmt::skip]
const POWER: Texts = &[
    ( 2, "OL"),
    ( 3, "OB"),
    ( 4, "OL BOOST"),
    ( 5, "OFF"),
    ( 6, "OFF"),
    ( 7, "OL"),
    ( 8, "OL"),
    ( 9, "OL BYPASS"),
    (10, "OL TRIM"),
    (11, "OL OVER"),
];

#[rustfmt::skip]
const CALIBRATION: Texts = &[
    (1, ""),
    (2, ""),
    (3, "CAL"),
];

#[rustfmt::skip]
const UPS_ALARM: Texts = &[
    (1, ""),
    (2, "Temperature too high!"),
    (3, "Internal UPS fault!"),
];

#[rustfmt::skip]
const TRANSFER_REASON: Texts = &[
    (1, "noTransfer"),
    (2, "highLineVoltage"),
    (3, "brownout"),
    (4, "selfTest"),
];
