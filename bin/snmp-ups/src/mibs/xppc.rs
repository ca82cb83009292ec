//! Phoenixtec UPSes with a network card.

use super::texts;
use crate::row::{Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(    "device.description",     "m.1.1.0").set(),
    Row::text(    "device.contact",         "m.1.4.0").set(),
    Row::text(    "device.location",        "m.1.6.0").set(),
    Row::constant("ups.mfr",                "Tripp Lite / Phoenixtec"),
    Row::text(    "ups.model",              "e.935.1.1.1.1.1.1.0"),
    Row::text(    "ups.firmware.aux",       "e.935.1.1.1.1.2.4.0"),
    Row::text(    "ups.status",             "e.935.1.1.1.2.1.1.0").map(texts::BATTERY_LOW),
    Row::number(  "battery.charge",         "e.935.1.1.1.2.2.1.0",     1.0),
    Row::number(  "battery.voltage",        "e.935.1.1.1.2.2.2.0",     0.1),
    Row::number(  "ups.temperature",        "e.935.1.1.1.2.2.3.0",     0.1),
    Row::number(  "battery.runtime",        "e.935.1.1.1.2.2.4.0",     1.0),
    Row::number(  "input.voltage",          "e.935.1.1.1.3.2.1.0",     0.1),
    Row::number(  "input.frequency",        "e.935.1.1.1.3.2.4.0",     0.1),
    Row::text(    "ups.status",             "e.935.1.1.1.4.1.1.0").map(POWER),
    Row::number(  "output.voltage",         "e.935.1.1.1.4.2.1.0",     0.1),
    Row::number(  "output.frequency",       "e.935.1.1.1.4.2.2.0",     0.1),
    Row::number(  "ups.load",               "e.935.1.1.1.4.2.3.0",     1.0),
    Row::number(  "output.voltage.nominal", "e.935.1.1.1.5.2.1.0",     0.1),
];

#[rustfmt::skip]
const POWER: Texts = &[
    (1, ""),
    (2, "OL"),
    (3, "OB"),
    (4, "OL BOOST"),
    (5, "OFF"),
    (6, "BYPASS"),
    (7, ""),
    (8, "OFF"),
    (9, "OL TRIM"),
];
