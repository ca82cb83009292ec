//! APC automatic transfer switches.

use super::texts;
use crate::row::{Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(    "device.description",       "m.1.1.0").set(),
    Row::text(    "device.contact",           "m.1.4.0").set(),
    Row::text(    "device.location",          "m.1.6.0").set(),
    Row::constant("device.type",              "ats"),
    Row::constant("device.mfr",               "APC"),
    Row::text(    "device.model",             "e.318.1.1.8.1.5.0"),
    Row::text(    "ups.firmware",             "e.318.1.1.8.1.1.0"),
    Row::text(    "ups.firmware.aux",         "e.318.1.1.8.1.2.0"),
    Row::text(    "device.serial",            "e.318.1.1.8.1.6.0"),
    Row::text(    "ups.mfr.date",             "e.318.1.1.8.1.4.0"),
    Row::text(    "ups.id",                   "e.318.1.1.8.4.1.0"),
    Row::number(  "input.voltage.nominal",    "e.318.1.1.8.1.7.0",           1.0),
    Row::number(  "input.frequency.nominal",  "e.318.1.1.8.1.8.0",           1.0),
    Row::number(  "input.source",             "e.318.1.1.8.5.1.2.0",         1.0),
    Row::number(  "input.source.preferred",   "e.318.1.1.8.4.2.0",           1.0).set(),
    Row::number(  "input.1.voltage",          "e.318.1.1.8.5.3.3.1.3.1.1.1", 1.0),
    Row::number(  "input.2.voltage",          "e.318.1.1.8.5.3.3.1.3.2.1.1", 1.0),
    Row::number(  "input.1.frequency",        "e.318.1.1.8.5.3.2.1.4.1",     1.0),
    Row::number(  "input.2.frequency",        "e.318.1.1.8.5.3.2.1.4.2",     1.0),
    Row::number(  "input.sensitivity",        "e.318.1.1.8.4.4.0",           1.0).map(texts::SENSITIVITY_HIGH_LOW).set(),
    Row::number(  "input.count",              "e.318.1.1.8.5.3.1.0",         1.0),
    Row::number(  "output.frequency",         "e.318.1.1.8.5.4.2.1.4.1",     1.0),
    Row::number(  "output.voltage",           "e.318.1.1.8.5.4.5.1.6.1",     1.0),
    Row::number(  "ups.status",               "e.318.1.1.8.5.1.15.0",        1.0).map(texts::OUTPUT_OFF_ON),
    Row::number(  "outlet.group.count",       "e.318.1.1.8.5.4.4.0",         1.0),
    Row::number(  "outlet.group.n.id",        "e.318.1.1.8.5.4.5.1.1.n",     1.0),
    Row::text(    "outlet.group.n.name",      "e.318.1.1.8.5.4.5.1.3.n").map(GROUP_NAME).fixed(),
    Row::number(  "outlet.group.n.current",   "e.318.1.1.8.5.4.5.1.4.n",     0.1),
    Row::text(    "outlet.group.n.status",    "e.318.1.1.8.5.4.5.1.5.n").map(GROUP_STATUS),
    Row::number(  "outlet.group.n.voltage",   "e.318.1.1.8.5.4.5.1.6.n",     1.0),
    Row::number(  "outlet.group.n.realpower", "e.318.1.1.8.5.4.5.1.15.n",    1.0).unless_negative(),
];

#[rustfmt::skip]
const GROUP_NAME: Texts = &[
    (1, "total"),
    (2, "bank1"),
    (3, "bank2"),
];

#[rustfmt::skip]
const GROUP_STATUS: Texts = &[
    (1, "OL"),
    (2, ""),
    (3, ""),
    (4, "OVER"),
];
