//! Vertiv and Liebert UPSes.

use crate::row::{Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(   "device.description",      "m.1.1.0").set().seldom(),
    Row::text(   "device.contact",          "m.1.4.0").set().seldom(),
    Row::text(   "device.location",         "m.1.6.0").set().seldom(),
    Row::text(   "device.mfr",              "e.476.1.42.2.1.1.0").len(1).fixed(),
    Row::text(   "device.model",            "e.476.1.42.2.4.2.1.4.1").len(1).fixed(),
    Row::text(   "device.serial",           "e.476.1.42.2.4.2.1.7.1").len(1).fixed(),
    Row::text(   "ups.firmware",            "e.476.1.42.2.4.2.1.5.1").len(1).fixed(),
    Row::text(   "device.type",             "e.476.1.42.3.9.20.1.20.1.2.1.4553").len(1).fixed(),
    Row::text(   "ups.mfr",                 "e.476.1.42.3.9.20.1.20.1.2.1.4333").len(1).fixed(),
    Row::text(   "ups.model",               "e.476.1.42.3.9.20.1.20.1.2.1.4240").len(1).fixed(),
    Row::number( "ups.load",                "e.476.1.42.3.9.30.1.20.1.2.1.5861", 1.0).unless_negative(),
    Row::number( "ups.temperature",         "e.476.1.42.3.9.30.1.10.1.2.1.4291", 1.0).unless_negative(),
    Row::text(   "ups.type",                "e.476.1.42.3.9.20.1.20.1.2.1.6199").len(1).fixed(),
    Row::number( "battery.charge",          "e.476.1.42.3.9.30.1.20.1.2.1.4153", 1.0).unless_negative(),
    Row::number( "battery.runtime",         "e.476.1.42.3.9.30.1.20.1.2.1.4150", 60.0).unless_negative(),
    Row::number( "battery.voltage",         "e.476.1.42.3.9.30.1.20.1.2.1.4148", 1.0).unless_negative(),
    Row::number( "battery.voltage.nominal", "e.476.1.42.3.9.30.1.20.1.2.1.6189", 1.0).fixed(),
    Row::number( "input.voltage",           "e.476.1.42.3.9.30.1.20.1.2.1.4096", 0.1).unless_negative(),
    Row::number( "input.current",           "e.476.1.42.3.9.30.1.20.1.2.1.4113", 0.1).unless_negative(),
    Row::number( "input.frequency",         "e.476.1.42.3.9.30.1.20.1.2.1.4105", 0.1).unless_negative(),
    Row::number( "input.voltage.nominal",   "e.476.1.42.3.9.30.1.20.1.2.1.4102", 1.0).fixed(),
    Row::number( "input.current.nominal",   "e.476.1.42.3.9.30.1.20.1.2.1.4104", 1.0).fixed(),
    Row::number( "input.frequency.nominal", "e.476.1.42.3.9.30.1.20.1.2.1.4103", 1.0).fixed(),
    Row::number( "output.voltage",          "e.476.1.42.3.9.30.1.20.1.2.1.4385", 0.1).unless_negative(),
    Row::number( "output.current",          "e.476.1.42.3.9.30.1.20.1.2.1.4204", 0.1).unless_negative(),
    Row::number( "output.frequency",        "e.476.1.42.3.9.30.1.20.1.2.1.4207", 0.1).unless_negative(),
    Row::number( "output.power",            "e.476.1.42.3.9.30.1.20.1.2.1.4208", 1.0).unless_negative(),
    Row::number( "output.power.apparent",   "e.476.1.42.3.9.30.1.20.1.2.1.4209", 1.0).unless_negative(),
    Row::number( "output.voltage.nominal",  "e.476.1.42.3.9.30.1.20.1.2.1.4260", 1.0).fixed(),
    Row::number( "output.power.nominal",    "e.476.1.42.3.9.30.1.20.1.2.1.4264", 1.0).fixed(),
    Row::text(   "ups.status",              "e.476.1.42.3.9.30.1.20.1.2.1.4872").map(POWER_SOURCE),
    Row::text(   "ups.beeper.status",       "e.476.1.42.3.9.30.1.20.1.2.1.6188").map(BEEPER_STATUS).unique(),
    Row::command("beeper.disable",          "e.476.1.42.3.9.30.1.20.1.2.1.6188", 2),
    Row::command("beeper.enable",           "e.476.1.42.3.9.30.1.20.1.2.1.6188", 1),
    Row::number( "ups.delay.shutdown",      "e.476.1.42.3.9.30.1.20.1.2.1.5814", 1.0).set().ticks(),
    Row::number( "ups.delay.start",         "e.476.1.42.3.9.30.1.20.1.2.1.5816", 1.0).set().ticks(),
];

#[rustfmt::skip]
const POWER_SOURCE: Texts = &[
    (1, ""),
    (2, "OFF"),
    (3, "OL"),
    (4, "BYPASS"),
    (5, "OB"),
    (6, "OL BOOST"),
    (7, "OL TRIM"),
];

#[rustfmt::skip]
const BEEPER_STATUS: Texts = &[
    (1, "enabled"),
    (2, "disabled"),
];
