//! Socomec UPSes with Net Vision.

use crate::row::{Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(  "device.description",        "m.1.1.0").set(),
    Row::text(  "device.contact",            "m.1.4.0").set(),
    Row::text(  "device.location",           "m.1.6.0").set(),
    Row::text(  "ups.mfr",                   "e.4555.1.1.1.1.1.3.0").fixed(),
    Row::text(  "ups.model",                 "e.4555.1.1.1.1.1.1.0").fixed(),
    Row::text(  "ups.serial",                "e.4555.1.1.1.1.1.4.0").fixed(),
    Row::text(  "ups.firmware.aux",          "e.4555.1.1.1.1.1.2.0").fixed(),
    Row::text(  "ups.status",                "e.4555.1.1.1.1.2.1.0").map(BATTERY),
    Row::text(  "ups.status",                "e.4555.1.1.1.1.4.1.0").map(OUTPUT),
    Row::text(  "ups.status",                "e.4555.1.1.1.1.6.3.2.0").map(ON_BATTERY),
    Row::number("ups.load",                  "e.4555.1.1.1.1.4.4.1.4.1", 1.0).input(1),
    Row::number("input.phases",              "e.4555.1.1.1.1.3.1.0",     1.0),
    Row::number("input.frequency",           "e.4555.1.1.1.1.3.2.0",     0.1),
    Row::number("input.voltage",             "e.4555.1.1.1.1.3.3.1.5.1", 0.1).input(1),
    Row::number("input.current",             "e.4555.1.1.1.1.3.3.1.3.1", 0.1).input(1),
    Row::number("input.L1-N.voltage",        "e.4555.1.1.1.1.3.3.1.5.1", 0.1).input(3),
    Row::number("input.L1.current",          "e.4555.1.1.1.1.3.3.1.3.1", 0.1).input(3),
    Row::number("input.L2-N.voltage",        "e.4555.1.1.1.1.3.3.1.5.2", 0.1).input(3),
    Row::number("input.L2.current",          "e.4555.1.1.1.1.3.3.1.3.2", 0.1).input(3),
    Row::number("input.L3-N.voltage",        "e.4555.1.1.1.1.3.3.1.5.3", 0.1).input(3),
    Row::number("input.L3.current",          "e.4555.1.1.1.1.3.3.1.3.3", 0.1).input(3),
    Row::number("output.phases",             "e.4555.1.1.1.1.4.3.0",     1.0),
    Row::number("output.frequency",          "e.4555.1.1.1.1.4.2.0",     0.1),
    Row::number("output.voltage",            "e.4555.1.1.1.1.4.4.1.2.1", 0.1).output(1),
    Row::number("output.current",            "e.4555.1.1.1.1.4.4.1.3.1", 0.1).output(1),
    Row::number("output.load",               "e.4555.1.1.1.1.4.4.1.4.1", 1.0).output(1),
    Row::number("output.L1-N.voltage",       "e.4555.1.1.1.1.4.4.1.2.1", 0.1).output(3),
    Row::number("output.L1.current",         "e.4555.1.1.1.1.4.4.1.3.1", 0.1).output(3),
    Row::number("output.L1.power.percent",   "e.4555.1.1.1.1.4.4.1.4.1", 1.0).output(3),
    Row::number("output.L2-N.voltage",       "e.4555.1.1.1.1.4.4.1.2.2", 0.1).output(3),
    Row::number("output.L2.current",         "e.4555.1.1.1.1.4.4.1.3.2", 0.1).output(3),
    Row::number("output.L2.power.percent",   "e.4555.1.1.1.1.4.4.1.4.2", 1.0).output(3),
    Row::number("output.L3-N.voltage",       "e.4555.1.1.1.1.4.4.1.2.3", 0.1).output(3),
    Row::number("output.L3.current",         "e.4555.1.1.1.1.4.4.1.3.3", 0.1).output(3),
    Row::number("output.L3.power.percent",   "e.4555.1.1.1.1.4.4.1.4.3", 1.0).output(3),
    Row::number("input.bypass.phases",       "e.4555.1.1.1.1.5.2.0",     1.0),
    Row::number("input.bypass.frequency",    "e.4555.1.1.1.1.5.1.0",     0.1),
    Row::number("input.bypass.voltage",      "e.4555.1.1.1.1.5.3.1.2.1", 0.1).bypass(1),
    Row::number("input.bypass.current",      "e.4555.1.1.1.1.5.3.1.3.1", 0.1).bypass(1),
    Row::number("input.bypass.L1-N.voltage", "e.4555.1.1.1.1.5.3.1.2.1", 0.1).bypass(3),
    Row::number("input.bypass.L1.current",   "e.4555.1.1.1.1.5.3.1.3.1", 0.1).bypass(3),
    Row::number("input.bypass.L2-N.voltage", "e.4555.1.1.1.1.5.3.1.2.2", 0.1).bypass(3),
    Row::number("input.bypass.L2.current",   "e.4555.1.1.1.1.5.3.1.3.2", 0.1).bypass(3),
    Row::number("input.bypass.L3-N.voltage", "e.4555.1.1.1.1.5.3.1.2.3", 0.1).bypass(3),
    Row::number("input.bypass.L3.current",   "e.4555.1.1.1.1.5.3.1.3.3", 0.1).bypass(3),
    Row::number("battery.charge",            "e.4555.1.1.1.1.2.4.0",     1.0),
    Row::number("battery.voltage",           "e.4555.1.1.1.1.2.5.0",     0.1),
    Row::number("battery.runtime",           "e.4555.1.1.1.1.2.3.0",     60.0),
];

#[rustfmt::skip]
const BATTERY: Texts = &[
    (2, ""),
    (3, "LB"),
    (4, "LB"),
    (5, "DISCHRG"),
    (6, "RB"),
];

#[rustfmt::skip]
const OUTPUT: Texts = &[
    (1, ""),
    (2, ""),
    (3, "OL"),
    (4, ""),
    (5, "OL BYPASS"),
    (6, "OFF"),
    (7, "OL BYPASS"),
    (8, "OFF"),
    (9, ""),
];

#[rustfmt::skip]
const ON_BATTERY: Texts = &[
    (0, "OL"),
    (1, "OB"),
];
