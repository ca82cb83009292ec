//! APC rack PDUs, the old branch of their MIB.

use super::texts;
use crate::row::Row;

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::constant("device.mfr",            "APC"),
    Row::text(    "device.model",          "e.318.1.1.4.1.4.0").fixed(),
    Row::constant("device.type",           "pdu"),
    Row::text(    "device.contact",        "m.1.4.0"),
    Row::text(    "device.description",    "m.1.5.0"),
    Row::text(    "device.location",       "m.1.6.0"),
    Row::number(  "device.uptime",         "m.1.3.0",                  1.0).unless_negative(),
    Row::text(    "device.serial",         "e.318.1.1.4.1.5.0").fixed(),
    Row::text(    "device.part",           "e.318.1.1.4.1.4.0").fixed(),
    Row::text(    "device.version",        "e.318.1.1.4.1.1.0").fixed(),
    Row::text(    "ups.firmware",          "e.318.1.1.4.1.2.0"),
    Row::text(    "ups.date",              "e.318.1.1.4.1.3.0"),
    Row::number(  "input.realpower",       "e.318.1.1.12.1.16.0",      1.0),
    Row::number(  "input.current",         "e.318.1.1.12.2.3.1.1.2.1", 0.1),
    Row::number(  "input.voltage.nominal", "e.318.1.1.12.1.15.0",      1.0).unless_negative(),
    Row::number(  "outlet.count",          "e.318.1.1.4.4.1.0",        1.0).fixed(),
    Row::number(  "outlet.n.id",           "e.318.1.1.4.4.2.1.1.n",    1.0).fixed(),
    Row::text(    "outlet.n.desc",         "e.318.1.1.4.4.2.1.4.n").set(),
    Row::text(    "outlet.n.status",       "e.318.1.1.4.4.2.1.3.n").map(texts::ON_OFF).set(),
    Row::text(    "outlet.n.switchable",   "e.318.1.1.4.4.2.1.3.n").map(texts::ALWAYS_YES).fixed(),
];
