//! Delta UPSes.

use crate::row::{Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(  "device.description",       "m.1.1.0").set(),
    Row::text(  "device.contact",           "m.1.4.0").set(),
    Row::text(  "device.location",          "m.1.6.0").set(),
    Row::text(  "ups.mfr",                  "e.2254.2.4.1.1.0"),
    Row::text(  "ups.model",                "e.2254.2.4.1.2.0"),
    Row::text(  "ups.firmware",             "e.2254.2.4.1.4.0"),
    Row::text(  "ups.firmware.aux",         "e.2254.2.4.1.3.0"),
    Row::number("ups.type",                 "e.2254.2.4.1.19.0", 1.0).map(UPS_TYPE),
    Row::number("ups.load",                 "e.2254.2.4.5.7.0",  1.0),
    Row::number("ups.power",                "e.2254.2.4.1.7.0",  1.0),
    Row::number("output.voltage.nominal",   "e.2254.2.4.1.8.0",  1.0),
    Row::number("output.voltage",           "e.2254.2.4.5.4.0",  0.1),
    Row::number("output.frequency.nominal", "e.2254.2.4.1.9.0",  1.0),
    Row::number("output.current",           "e.2254.2.4.5.5.0",  0.1),
    Row::number("input.voltage.nominal",    "e.2254.2.4.1.10.0", 1.0),
    Row::number("input.voltage",            "e.2254.2.4.4.3.0",  0.1),
    Row::number("input.frequency.nominal",  "e.2254.2.4.1.11.0", 1.0),
    Row::number("input.frequency",          "e.2254.2.4.4.2.0",  0.1),
    Row::number("ups.status",               "e.2254.2.4.5.1.0",  1.0).map(POWER),
];

#[rustfmt::skip]
const UPS_TYPE: Texts = &[
    (1, "on-line"),
    (2, "off-line"),
    (3, "line-interactive"),
    (4, "3phase"),
    (5, "split-phase"),
];

#[rustfmt::skip]
const POWER: Texts = &[
    (0, "OL"),
    (1, "OB"),
    (2, "BYPASS"),
    (3, "OL TRIM"),
    (4, "OL BOOST"),
    (5, "BYPASS"),
    (7, "OFF"),
];
