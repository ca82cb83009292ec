//! Best Power Ferrups.

use crate::row::{Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(    "device.description",      "m.1.1.0").set(),
    Row::text(    "device.contact",          "m.1.4.0").set(),
    Row::text(    "device.location",         "m.1.6.0").set(),
    Row::constant("device.type",             "ups"),
    Row::constant("ups.mfr",                 "EATON"),
    Row::text(    "ups.model",               "e.2947.1.1.2.0").fixed(),
    Row::text(    "ups.serial",              "e.2947.1.1.5.0").fixed(),
    Row::text(    "ups.firmware",            "e.2947.1.1.7.0").fixed(),
    Row::number(  "ups.power",               "e.2947.1.1.3.0", 1.0),
    Row::text(    "ups.mfr.date",            "e.2947.1.1.8.0"),
    Row::text(    "ups.status",              "e.2947.1.2.1.0").map(STATUS),
    Row::number(  "battery.runtime",         "e.2947.1.2.3.0", 60.0),
    Row::number(  "battery.runtime.elapsed", "e.2947.1.2.2.0", 1.0),
    Row::number(  "battery.voltage",         "e.2947.1.2.4.0", 0.1),
    Row::number(  "battery.current",         "e.2947.1.2.5.0", 0.1),
];

#[rustfmt::skip]
const STATUS: Texts = &[
    (1, "OL"),
    (2, "OB"),
];
