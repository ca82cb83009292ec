//! APC Easy PDUs.

use super::texts;
use crate::row::Row;

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::constant(       "device.mfr",          "APC"),
    Row::text(           "device.model",        "e.318.1.1.30.2.1.1.4.1").fixed(),
    Row::constant(       "device.type",         "pdu"),
    Row::text(           "device.contact",      "m.1.4.0"),
    Row::text(           "device.description",  "m.1.5.0"),
    Row::text(           "device.location",     "m.1.6.0"),
    Row::number(         "device.uptime",       "m.1.3.0",                1.0).unless_negative(),
    Row::text(           "device.serial",       "e.318.1.1.30.2.1.1.5.1").fixed(),
    Row::text(           "device.part",         "e.318.1.1.30.2.1.1.4.1").fixed(),
    Row::text(           "device.version",      "e.318.1.1.30.2.1.1.3.1").fixed(),
    Row::number(         "input.phases",        "e.318.1.1.30.3.0",       1.0),
    Row::number(         "input.realpower",     "e.318.1.1.30.2.1.1.7.1", 1.0).unless_negative(),
    Row::number(         "input.voltage",       "e.318.1.1.30.4.2.1.4.1", 0.1).unless_negative().input(1),
    Row::number(         "input.current",       "e.318.1.1.30.4.2.1.5.1", 0.01).unless_negative().input(1),
    Row::number(         "input.L1-N.voltage",  "e.318.1.1.30.4.2.1.4.1", 0.1).unless_negative().input(3),
    Row::number(         "input.L2-N.voltage",  "e.318.1.1.30.4.2.1.4.2", 0.1).unless_negative().input(3),
    Row::number(         "input.L3-N.voltage",  "e.318.1.1.30.4.2.1.4.3", 0.1).unless_negative().input(3),
    Row::number(         "input.L1.current",    "e.318.1.1.30.4.2.1.5.1", 0.01).unless_negative().input(3),
    Row::number(         "input.L2.current",    "e.318.1.1.30.4.2.1.5.2", 0.01).unless_negative().input(3),
    Row::number(         "input.L3.current",    "e.318.1.1.30.4.2.1.5.3", 0.01).unless_negative().input(3),
    Row::number(         "input.L1.realpower",  "e.318.1.1.30.4.2.1.6.1", 1.0).unless_negative().input(3),
    Row::number(         "input.L2.realpower",  "e.318.1.1.30.4.2.1.6.2", 1.0).unless_negative().input(3),
    Row::number(         "input.L3.realpower",  "e.318.1.1.30.4.2.1.6.3", 1.0).unless_negative().input(3),
    Row::number(         "outlet.count",        "e.318.1.1.30.5.0",       1.0).fixed(),
    Row::number(         "outlet.n.id",         "e.318.1.1.30.6.1.1.1.n", 1.0).fixed().unless_negative(),
    Row::number(         "outlet.n.name",       "e.318.1.1.30.6.2.1.2.n", 1.0).unless_negative(),
    Row::constant_number("outlet.n.desc",       "Outlet n"),
    Row::text(           "outlet.n.status",     "e.318.1.1.30.6.1.1.4.n").map(texts::OFF_ON).unless_negative(),
    Row::text(           "outlet.n.switchable", "e.318.1.1.30.6.1.1.4.n").map(texts::ALWAYS_YES).fixed(),
];
