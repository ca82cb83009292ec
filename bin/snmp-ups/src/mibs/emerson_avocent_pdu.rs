//! Emerson Avocent PDUs behind an appliance, a chain.

use super::texts;
use crate::row::Row;

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(           "device.description",             "m.1.1.0").set(),
    Row::text(           "device.contact",                 "m.1.4.0").set(),
    Row::text(           "device.location",                "m.1.6.0").set(),
    Row::constant(       "device.mfr",                     "Avocent"),
    Row::text(           "device.model",                   "e.10418.17.2.5.3.1.5.1.d").local("Avocent SNMP PDU").unless_na(),
    Row::text(           "device.serial",                  "e.10418.17.2.1.4.0").fixed(),
    Row::constant(       "device.type",                    "pdu"),
    Row::number(         "device.count",                   "e.10418.17.2.5.2.1.4.1",       1.0).fixed(),
    Row::constant(       "ups.mfr",                        "Avocent"),
    Row::text(           "ups.model",                      "e.10418.17.2.1.2.0").fixed(),
    Row::text(           "ups.id",                         "e.10418.17.2.1.1.0").fixed(),
    Row::text(           "ups.serial",                     "e.10418.17.2.1.4.0").fixed(),
    Row::text(           "ups.firmware",                   "e.10418.17.2.1.7.0").fixed(),
    Row::constant(       "ups.type",                       "pdu"),
    Row::text(           "ups.macaddr",                    "m.2.2.1.6.1").fixed(),
    Row::constant_number("outlet.id",                      "0"),
    Row::constant(       "outlet.desc",                    "All outlets").len(20).set(),
    Row::number(         "outlet.count",                   "e.10418.17.2.5.3.1.8.1.d",     1.0).fixed().unless_zero(),
    Row::text(           "outlet.n.status",                "e.10418.17.2.5.5.1.5.1.d.n").map(texts::OFF_ON).unless_zero(),
    Row::number(         "outlet.n.id",                    "e.10418.17.2.5.5.1.3.1.d.n",   1.0).fixed(),
    Row::text(           "outlet.n.desc",                  "e.10418.17.2.5.5.1.4.1.d.n").set().unless_na(),
    Row::number(         "outlet.n.current",               "e.10418.17.2.5.5.1.50.1.d.n",  0.1),
    Row::number(         "outlet.n.current.high.critical", "e.10418.17.2.5.5.1.100.1.d.n", 0.1).set(),
    Row::number(         "outlet.n.current.high.warning",  "e.10418.17.2.5.5.1.101.1.d.n", 0.1).set(),
    Row::number(         "outlet.n.current.low.warning",   "e.10418.17.2.5.5.1.102.1.d.n", 0.1).set(),
    Row::number(         "outlet.n.current.low.critical",  "e.10418.17.2.5.5.1.103.1.d.n", 0.1).set(),
    Row::number(         "outlet.n.realpower",             "e.10418.17.2.5.5.1.60.1.d.n",  0.1),
    Row::number(         "outlet.n.voltage",               "e.10418.17.2.5.5.1.70.1.d.n",  1.0),
    Row::number(         "outlet.group.count",             "e.10418.17.2.5.6.d",           1.0).fixed(),
    Row::command(        "outlet.n.load.cycle",            "e.10418.17.2.5.5.1.6.1.d.n",   4),
    Row::command(        "outlet.n.load.off",              "e.10418.17.2.5.5.1.6.1.d.n",   3),
    Row::command(        "outlet.n.load.on",               "e.10418.17.2.5.5.1.6.1.d.n",   2),
];
