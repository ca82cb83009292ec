//! HPE PDUs, second generation.

use super::texts;
use crate::row::{Order, Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(        "device.description",        "m.1.1.0").set(),
    Row::text(        "device.contact",            "m.1.4.0").set(),
    Row::text(        "device.location",           "m.1.6.0").set(),
    Row::text(        "device.mfr",                "e.232.165.11.1.2.1.4.1").fixed(),
    Row::text(        "device.model",              "e.232.165.11.1.2.1.3.1"),
    Row::text(        "device.firmware",           "e.232.165.11.1.2.1.5.1"),
    Row::text(        "device.part",               "e.232.165.11.1.2.1.7.1"),
    Row::text(        "device.serial",             "e.232.165.11.1.2.1.8.1"),
    Row::text(        "device.macaddr",            "e.232.165.11.1.2.1.14.1"),
    Row::constant(    "device.type",               "pdu"),
    Row::number(      "input.phases",              "e.232.165.11.1.2.1.11.1",   1.0),
    Row::number(      "input.power",               "e.232.165.11.2.1.1.4.1",    0.001).unless_negative().unique(),
    Row::number(      "input.realpower",           "e.232.165.11.2.1.1.5.1",    0.001).unless_negative().unique(),
    Row::number(      "input.current.nominal",     "e.232.165.11.2.2.1.10.1.1", 0.01),
    Row::number(      "input.current",             "e.232.165.11.2.2.1.11.1.1", 0.01),
    Row::number(      "input.voltage",             "e.232.165.11.2.2.1.3.1.1",  0.1),
    Row::number(      "input.frequency",           "e.232.165.11.2.1.1.2.1",    0.1),
    Row::number(      "outlet.group.count",        "e.232.165.11.1.2.1.12.1",   1.0),
    Row::text(        "outlet.group.n.name",       "e.232.165.11.3.1.1.2.1.n").fixed(),
    Row::text(        "outlet.group.n.type",       "e.232.165.11.3.1.1.3.1.n").map(GROUP_TYPE).fixed(),
    Row::number(      "outlet.group.n.load",       "e.232.165.11.3.1.1.18.1.n", 1.0).unless_negative(),
    Row::number(      "outlet.group.n.current",    "e.232.165.11.3.1.1.12.1.n", 0.01),
    Row::number(      "outlet.group.n.voltage",    "e.232.165.11.3.1.1.5.1.n",  0.1),
    Row::number(      "outlet.group.n.count",      "e.232.165.11.3.1.1.25.1.1", 1.0),
    Row::number(      "outlet.count",              "e.232.165.11.1.2.1.13.1",   1.0),
    Row::text(        "outlet.switchable",         "e.232.165.11.1.2.1.10.1").map(texts::YES_NO).fixed(),
    Row::text(        "outlet.n.status",           "e.232.165.11.5.2.1.1.1.n").map(texts::OUTLET_PENDING),
    Row::text(        "outlet.n.name",             "e.232.165.11.5.1.1.2.1.n").set(),
    Row::text(        "outlet.n.type",             "e.232.165.11.5.1.1.3.1.n").map(OUTLET_TYPE).fixed(),
    Row::number(      "outlet.n.current.nominal",  "e.232.165.11.5.1.1.4.1.n",  0.01).unless_negative(),
    Row::number(      "outlet.n.current",          "e.232.165.11.5.1.1.5.1.n",  0.01).unless_negative(),
    Row::number(      "outlet.n.load",             "e.232.165.11.5.1.1.11.1.n", 1.0).unless_negative(),
    Row::number(      "outlet.n.power",            "e.232.165.11.5.1.1.12.1.n", 1.0).unless_negative(),
    Row::number(      "outlet.n.realpower",        "e.232.165.11.5.1.1.13.1.n", 1.0).unless_negative(),
    Row::text(        "outlet.n.switchable",       "e.232.165.11.5.2.1.8.1.n").map(texts::YES_NO).unique(),
    Row::command(     "outlet.n.load.off",         "e.232.165.11.5.2.1.2.1.n",  0),
    Row::command(     "outlet.n.load.on",          "e.232.165.11.5.2.1.3.1.n",  0),
    Row::command(     "outlet.n.load.cycle",       "e.232.165.11.5.2.1.4.1.n",  0),
    Row::command_with("outlet.n.load.off.delay",   "e.232.165.11.5.2.1.2.1.n",  Order::Asked),
    Row::command_with("outlet.n.load.on.delay",    "e.232.165.11.5.2.1.3.1.n",  Order::Asked),
    Row::command_with("outlet.n.load.cycle.delay", "e.232.165.11.5.2.1.4.1.n",  Order::Asked),
];

#[rustfmt::skip]
const GROUP_TYPE: Texts = &[
    (2, "breaker1pole"),
    (3, "breaker2pole"),
    (4, "breaker3pole"),
    (5, "outlet-section"),
];

#[rustfmt::skip]
const OUTLET_TYPE: Texts = &[
    ( 1, "iecC13"),
    ( 2, "iecC19"),
    (10, "uk"),
    (11, "french"),
    (12, "schuko"),
    (20, "nema515"),
    (21, "nema51520"),
    (22, "nema520"),
    (23, "nemaL520"),
    (24, "nemaL530"),
    (25, "nema615"),
    (26, "nema620"),
    (27, "nemaL620"),
    (28, "nemaL630"),
    (29, "nemaL715"),
    (30, "rf203p277"),
];
