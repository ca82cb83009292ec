//! Raritan PX PDUs.

use super::texts;
use crate::row::Row;

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(           "device.description",       "m.1.1.0").set(),
    Row::text(           "device.contact",           "m.1.4.0").set(),
    Row::text(           "device.location",          "m.1.6.0").set(),
    Row::constant(       "device.mfr",               "Raritan"),
    Row::text(           "device.model",             "e.13742.1.1.12.0").fixed(),
    Row::text(           "device.serial",            "e.13742.1.1.2.0").fixed(),
    Row::constant(       "device.type",              "pdu"),
    Row::text(           "device.macaddr",           "e.13742.1.1.6.0").fixed(),
    Row::constant(       "ups.mfr",                  "Raritan"),
    Row::text(           "ups.model",                "e.13742.1.1.12.0").fixed(),
    Row::text(           "ups.id",                   "e.13742.1.1.13.0").fixed(),
    Row::text(           "ups.serial",               "e.13742.1.1.2.0").fixed(),
    Row::text(           "ups.firmware",             "e.13742.1.1.1.0").fixed(),
    Row::constant(       "ups.type",                 "pdu"),
    Row::number(         "ups.temperature",          "e.13742.1.3.1.5.0",   1.0),
    Row::constant_number("outlet.id",                "0"),
    Row::constant(       "outlet.desc",              "All outlets").len(20).set(),
    Row::number(         "outlet.count",             "e.13742.1.2.1.0",     1.0),
    Row::number(         "outlet.current",           "e.13742.1.3.1.1.0",   0.001),
    Row::number(         "outlet.voltage",           "e.13742.1.3.1.2.0",   0.001),
    Row::number(         "outlet.realpower",         "e.13742.1.3.1.3.0",   1.0),
    Row::number(         "outlet.power",             "e.13742.1.3.1.4.0",   1.0),
    Row::number(         "outlet.n.switchable",      "e.13742.1.2.2.1.1.n", 1.0).fixed(),
    Row::constant_number("outlet.n.id",              "n"),
    Row::text(           "outlet.n.desc",            "e.13742.1.2.2.1.2.n").set(),
    Row::text(           "outlet.n.status",          "e.13742.1.2.2.1.3.n").map(texts::OUTLET_CYCLING),
    Row::number(         "outlet.n.current",         "e.13742.1.2.2.1.4.n", 0.001),
    Row::number(         "outlet.n.current.maximum", "e.13742.1.2.2.1.5.n", 0.001),
    Row::number(         "outlet.n.realpower",       "e.13742.1.2.2.1.7.n", 1.0),
    Row::number(         "outlet.n.voltage",         "e.13742.1.2.2.1.6.n", 1.0),
    Row::number(         "outlet.n.powerfactor",     "e.13742.1.2.2.1.9.n", 0.01),
    Row::number(         "outlet.n.power",           "e.13742.1.2.2.1.8.n", 1.0),
    Row::command(        "outlet.n.load.off",        "e.13742.1.2.2.1.3.n", 0),
    Row::command(        "outlet.n.load.on",         "e.13742.1.2.2.1.3.n", 1),
    Row::command(        "outlet.n.load.cycle",      "e.13742.1.2.2.1.3.n", 2),
];
