//! Pulizzi switched PDUs of Eaton.

use super::texts;
use crate::row::Row;

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(           "device.description",    "m.1.1.0").set(),
    Row::text(           "device.contact",        "m.1.4.0").set(),
    Row::text(           "device.location",       "m.1.6.0").set(),
    Row::constant(       "device.mfr",            "EATON | Powerware"),
    Row::text(           "device.model",          "e.20677.2.1.1.0").fixed(),
    Row::constant(       "device.type",           "pdu"),
    Row::text(           "device.macaddr",        "e.20677.2.2.6.0"),
    Row::constant(       "ups.mfr",               "EATON"),
    Row::text(           "ups.model",             "e.20677.2.1.1.0").fixed(),
    Row::text(           "ups.date",              "e.20677.2.1.4.0").fixed(),
    Row::text(           "ups.time",              "e.20677.2.1.3.0").fixed(),
    Row::constant_number("outlet.id",             "0"),
    Row::constant(       "outlet.desc",           "All outlets").len(20).set(),
    Row::number(         "outlet.current",        "e.20677.2.8.6.4.2.0", 1.0),
    Row::number(         "outlet.voltage",        "e.20677.2.8.6.4.1.0", 1.0),
    Row::number(         "outlet.power",          "e.20677.2.8.6.4.3.0", 1.0),
    Row::text(           "outlet.n.desc",         "e.20677.2.6.1.n.1.0").set().fixed(),
    Row::text(           "outlet.n.status",       "e.20677.2.6.3.n.0").map(texts::ON_OFF),
    Row::constant_number("outlet.n.id",           "n"),
    Row::text(           "outlet.n.switchable",   "e.20677.2.6.3.n.0").map(texts::ALWAYS_YES).fixed(),
    Row::number(         "outlet.n.delay.reboot", "e.20677.2.6.1.n.5.0", 1.0).set(),
    Row::number(         "outlet.n.delay.start",  "e.20677.2.6.1.n.4.0", 1.0).set(),
    Row::command(        "load.on",               "e.20677.2.6.2.1.0",   1),
    Row::command(        "load.off",              "e.20677.2.6.2.1.0",   2),
    Row::command(        "load.on.delay",         "e.20677.2.6.2.1.0",   3),
    Row::command(        "load.off.delay",        "e.20677.2.6.2.1.0",   4),
    Row::command(        "outlet.n.load.on",      "e.20677.2.6.2.n+1.0", 1),
    Row::command(        "outlet.n.load.off",     "e.20677.2.6.2.n+1.0", 2),
    Row::command(        "outlet.n.load.cycle",   "e.20677.2.6.2.n+1.0", 3),
];
