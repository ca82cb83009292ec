//! Eaton ATS 16.

use super::texts;
use crate::row::Row;

/// With the older network card.
#[rustfmt::skip]
pub(super) static NMC: &[Row] = &[
    Row::text(   "ups.firmware.aux",    "e.534.10.2.1.4.0"),
    Row::number( "ambient.temperature", "e.534.10.2.5.1.0",  0.1),
    Row::number( "ambient.humidity",    "e.534.10.2.5.2.0",  0.1),
];

/// With the Network-M2 card.
#[rustfmt::skip]
pub(super) static NM2: &[Row] = &[
    Row::text(   "ups.firmware.aux",    "e.534.10.2.1.7.0"),
    Row::number( "ambient.temperature", "e.534.10.2.5.1.0",  1.0),
    Row::number( "ambient.humidity",    "e.534.10.2.5.2.0",  1.0),
];

/// With either.
#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(    "device.description",        "m.1.1.0").set(),
    Row::text(    "device.contact",            "m.1.4.0").set(),
    Row::text(    "device.location",           "m.1.6.0").set(),
    Row::constant("device.type",               "ats"),
    Row::text(    "device.mfr",                "e.534.10.2.1.1.0").fixed(),
    Row::text(    "device.model",              "e.534.10.2.1.2.0").fixed(),
    Row::text(    "ups.firmware",              "e.534.10.2.1.3.0"),
    Row::text(    "device.serial",             "e.534.10.2.1.5.0").fixed(),
    Row::text(    "device.part",               "e.534.10.2.1.6.0").fixed(),
    Row::number(  "input.1.id",                "e.534.10.2.2.2.1.1.1", 1.0).fixed(),
    Row::number(  "input.2.id",                "e.534.10.2.2.2.1.1.2", 1.0).fixed(),
    Row::number(  "input.1.voltage",           "e.534.10.2.2.2.1.2.1", 0.1),
    Row::number(  "input.2.voltage",           "e.534.10.2.2.2.1.2.2", 0.1),
    Row::text(    "input.1.voltage.status",    "e.534.10.2.3.2.1.5.1").map(texts::VOLTAGE_STATUS).len(1),
    Row::text(    "input.2.voltage.status",    "e.534.10.2.3.2.1.5.2").map(texts::VOLTAGE_STATUS).len(1),
    Row::number(  "input.1.frequency",         "e.534.10.2.2.2.1.3.1", 0.1),
    Row::number(  "input.2.frequency",         "e.534.10.2.2.2.1.3.2", 0.1),
    Row::text(    "input.1.frequency.status",  "e.534.10.2.3.2.1.2.1").map(texts::FREQUENCY_STATUS).len(1),
    Row::text(    "input.2.frequency.status",  "e.534.10.2.3.2.1.2.2").map(texts::FREQUENCY_STATUS).len(1),
    Row::number(  "input.sensitivity",         "e.534.10.2.4.6.0",     128.0).map(texts::SENSITIVITY).set(),
    Row::text(    "input.source",              "e.534.10.2.2.4.0").map(texts::SOURCE).len(1),
    Row::number(  "input.source.preferred",    "e.534.10.2.4.5.0",     1.0).set(),
    Row::number(  "input.phase.shift",         "e.534.10.2.2.1.1.0",   1.0),
    Row::number(  "output.voltage",            "e.534.10.2.2.3.1.0",   0.1),
    Row::number(  "output.voltage.nominal",    "e.534.10.2.4.4.0",     1.0).set(),
    Row::number(  "output.current",            "e.534.10.2.2.3.2.0",   0.1),
    Row::number(  "ups.test.result",           "e.534.10.2.4.8.0",     1.0).map(texts::TEST_RESULT),
    Row::number(  "ups.status",                "e.534.10.2.3.3.2.0",   1.0).map(texts::OUTPUT_OFF_ON),
    Row::number(  "ambient.temperature.low",   "e.534.10.2.5.5.0",     1.0).set(),
    Row::number(  "ambient.temperature.high",  "e.534.10.2.5.6.0",     1.0).set(),
    Row::number(  "ambient.humidity.low",      "e.534.10.2.5.7.0",     1.0).set(),
    Row::number(  "ambient.humidity.high",     "e.534.10.2.5.8.0",     1.0).set(),
    Row::text(    "ambient.contacts.1.status", "e.534.10.2.5.4.1.3.1").map(texts::CONTACT),
    Row::text(    "ambient.contacts.2.status", "e.534.10.2.5.4.1.3.2").map(texts::CONTACT),
];
