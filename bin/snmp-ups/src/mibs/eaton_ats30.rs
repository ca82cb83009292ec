//! Eaton ATS 30.

use super::texts;
use crate::row::{Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::constant("device.type",            "ats"),
    Row::text(    "device.description",     "m.1.1.0").set(),
    Row::text(    "device.contact",         "m.1.4.0").set(),
    Row::text(    "device.location",        "m.1.6.0").set(),
    Row::text(    "device.mfr",             "e.534.10.1.1.1.0").fixed(),
    Row::text(    "device.model",           "e.534.10.1.2.1.0").fixed(),
    Row::text(    "ups.firmware",           "e.534.10.1.2.2.0"),
    Row::text(    "device.serial",          "e.534.10.1.2.4.0"),
    Row::number(  "input.1.id",             "e.534.10.1.3.1.1.1.1", 1.0),
    Row::number(  "input.2.id",             "e.534.10.1.3.1.1.1.2", 1.0),
    Row::number(  "input.1.voltage",        "e.534.10.1.3.1.1.2.1", 0.1),
    Row::number(  "input.2.voltage",        "e.534.10.1.3.1.1.2.2", 0.1),
    Row::number(  "input.1.frequency",      "e.534.10.1.3.1.1.3.1", 0.1),
    Row::number(  "input.2.frequency",      "e.534.10.1.3.1.1.3.2", 0.1),
    Row::number(  "output.voltage",         "e.534.10.1.3.2.1.0",   0.1),
    Row::number(  "output.current",         "e.534.10.1.3.2.2.0",   0.1),
    Row::number(  "ups.temperature",        "e.534.10.1.3.3.0",     1.0),
    Row::number(  "device.uptime",          "e.534.10.1.3.5.0",     1.0),
    Row::number(  "input.source",           "e.534.10.1.3.7.0",     1.0).map(texts::SOURCE),
    Row::number(  "ups.status",             "e.534.10.1.4.5.0",     1.0).map(STATUS),
    Row::number(  "input.source.preferred", "e.534.10.1.6.5.0",     1.0).set(),
    Row::number(  "input.sensitivity",      "e.534.10.1.6.6.0",     1.0).map(texts::SENSITIVITY_HIGH_LOW).set(),
];

#[rustfmt::skip]
const STATUS: Texts = &[
    ( 0, "OL"),
    ( 1, "OL"),
    ( 2, "OFF"),
    ( 3, "OFF"),
    ( 4, "OL OVER"),
    ( 5, "OL OVER"),
    ( 6, "OFF OVER"),
    ( 7, "OFF OVER"),
    ( 8, "OL"),
    ( 9, "OL"),
    (10, "OFF"),
    (11, "OFF"),
    (12, "OL OVER"),
    (13, "OL OVER"),
    (14, "OFF OVER"),
    (15, "OFF OVER"),
];
