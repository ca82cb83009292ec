//! MGE UPSes.

use super::texts;
use crate::row::{Order, Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(           "device.description",         "m.1.1.0").set(),
    Row::text(           "device.contact",             "m.1.4.0").set(),
    Row::text(           "device.location",            "m.1.6.0").set(),
    Row::constant(       "ups.mfr",                    "EATON"),
    Row::text(           "ups.model",                  "e.705.1.1.1.0").fixed(),
    Row::text(           "ups.serial",                 "e.705.1.1.7.0").fixed(),
    Row::text(           "ups.firmware",               "e.705.1.1.4.0").fixed(),
    Row::text(           "ups.firmware.aux",           "e.705.1.12.12.0").fixed(),
    Row::number(         "ups.load",                   "e.705.1.7.2.1.4.1",  1.0).output(1),
    Row::text(           "ups.beeper.status",          "m.33.1.9.8.0").map(texts::BEEPER),
    Row::number(         "ups.L1.load",                "e.705.1.7.2.1.4.1",  1.0).output(3),
    Row::number(         "ups.L2.load",                "e.705.1.7.2.1.4.2",  1.0).output(3),
    Row::number(         "ups.L3.load",                "e.705.1.7.2.1.4.3",  1.0).output(3),
    Row::text(           "ups.test.result",            "m.33.1.7.3.0").map(texts::TEST_RESULT),
    Row::text(           "ups.delay.shutdown",         "m.33.1.8.2.0").len(6).set().local("20"),
    Row::text(           "ups.delay.start",            "m.33.1.8.3.0").len(6).set().local("30"),
    Row::number(         "ups.timer.shutdown",         "m.33.1.8.2.0",       1.0),
    Row::number(         "ups.timer.start",            "m.33.1.8.3.0",       1.0),
    Row::number(         "ups.timer.reboot",           "m.33.1.8.4.0",       1.0),
    Row::number(         "ups.start.auto",             "m.33.1.8.5.0",       1.0).map(texts::YES_NO).set(),
    Row::text(           "ups.status",                 "e.705.1.5.11.0").map(REPLACE_BATTERY),
    Row::text(           "ups.status",                 "e.705.1.5.14.0").map(texts::LOW_BATTERY),
    Row::text(           "ups.status",                 "e.705.1.5.16.0").map(texts::LOW_BATTERY),
    Row::text(           "ups.status",                 "e.705.1.7.3.0").map(ON_BATTERY),
    Row::text(           "ups.status",                 "e.705.1.7.4.0").map(BYPASS),
    Row::text(           "ups.status",                 "e.705.1.7.7.0").map(OUTPUT_OFF),
    Row::text(           "ups.status",                 "e.705.1.7.8.0").map(BOOST),
    Row::text(           "ups.status",                 "e.705.1.7.10.0").map(OVERLOAD),
    Row::text(           "ups.status",                 "e.705.1.7.12.0").map(TRIM),
    Row::text(           "ups.status",                 "m.33.1.4.1.0").map(POWER_SOURCE),
    Row::number(         "input.phases",               "e.705.1.6.1.0",      1.0),
    Row::number(         "input.voltage",              "e.705.1.6.2.1.2.1",  0.1).input(1),
    Row::number(         "input.L1-N.voltage",         "e.705.1.6.2.1.2.1",  0.1).input(3),
    Row::number(         "input.L2-N.voltage",         "e.705.1.6.2.1.2.2",  0.1).input(3),
    Row::number(         "input.L3-N.voltage",         "e.705.1.6.2.1.2.3",  0.1).input(3),
    Row::number(         "input.frequency",            "e.705.1.6.2.1.3.1",  0.1).input(1),
    Row::number(         "input.L1.frequency",         "e.705.1.6.2.1.3.1",  0.1).input(3),
    Row::number(         "input.L2.frequency",         "e.705.1.6.2.1.3.2",  0.1).input(3),
    Row::number(         "input.L3.frequency",         "e.705.1.6.2.1.3.3",  0.1).input(3),
    Row::number(         "input.voltage.minimum",      "e.705.1.6.2.1.4.1",  0.1).input(1),
    Row::number(         "input.L1-N.voltage.minimum", "e.705.1.6.2.1.4.1",  0.1).input(3),
    Row::number(         "input.L2-N.voltage.minimum", "e.705.1.6.2.1.4.2",  0.1).input(3),
    Row::number(         "input.L3-N.voltage.minimum", "e.705.1.6.2.1.4.3",  0.1).input(3),
    Row::number(         "input.voltage.maximum",      "e.705.1.6.2.1.5.1",  0.1).input(1),
    Row::number(         "input.L1-N.voltage.maximum", "e.705.1.6.2.1.5.1",  0.1).input(3),
    Row::number(         "input.L2-N.voltage.maximum", "e.705.1.6.2.1.5.2",  0.1).input(3),
    Row::number(         "input.L3-N.voltage.maximum", "e.705.1.6.2.1.5.3",  0.1).input(3),
    Row::number(         "input.current",              "e.705.1.6.2.1.6.1",  0.1).input(1),
    Row::number(         "input.L1.current",           "e.705.1.6.2.1.6.1",  0.1).input(3),
    Row::number(         "input.L2.current",           "e.705.1.6.2.1.6.2",  0.1).input(3),
    Row::number(         "input.L3.current",           "e.705.1.6.2.1.6.3",  0.1).input(3),
    Row::text(           "input.transfer.reason",      "e.705.1.6.4.0").map(TRANSFER_REASON),
    Row::number(         "output.phases",              "e.705.1.7.1.0",      1.0),
    Row::number(         "output.voltage",             "e.705.1.7.2.1.2.1",  0.1).output(1),
    Row::number(         "output.L1-N.voltage",        "e.705.1.7.2.1.2.1",  0.1).output(3),
    Row::number(         "output.L2-N.voltage",        "e.705.1.7.2.1.2.2",  0.1).output(3),
    Row::number(         "output.L3-N.voltage",        "e.705.1.7.2.1.2.3",  0.1).output(3),
    Row::number(         "output.frequency",           "e.705.1.7.2.1.3.1",  0.1).output(1),
    Row::number(         "output.L1.frequency",        "e.705.1.7.2.1.3.1",  0.1).output(3),
    Row::number(         "output.L2.frequency",        "e.705.1.7.2.1.3.2",  0.1).output(3),
    Row::number(         "output.L3.frequency",        "e.705.1.7.2.1.3.3",  0.1).output(3),
    Row::number(         "output.current",             "e.705.1.7.2.1.5.1",  0.1).output(1),
    Row::number(         "output.L1.current",          "e.705.1.7.2.1.5.1",  0.1).output(3),
    Row::number(         "output.L2.current",          "e.705.1.7.2.1.5.2",  0.1).output(3),
    Row::number(         "output.L3.current",          "e.705.1.7.2.1.5.3",  0.1).output(3),
    Row::number(         "battery.charge",             "e.705.1.5.2.0",      1.0),
    Row::number(         "battery.runtime",            "e.705.1.5.1.0",      1.0),
    Row::number(         "battery.runtime.low",        "e.705.1.4.7.0",      1.0),
    Row::text(           "battery.charge.low",         "e.705.1.4.8.0").len(2).set(),
    Row::number(         "battery.voltage",            "e.705.1.5.5.0",      0.1),
    Row::number(         "ambient.temperature",        "e.705.1.8.1.0",      0.1),
    Row::number(         "ambient.humidity",           "e.705.1.8.2.0",      0.1),
    Row::text(           "ambient.contacts.1.status",  "e.705.1.8.7.1.9.1").map(CONTACT),
    Row::text(           "ambient.contacts.2.status",  "e.705.1.8.7.1.10.1").map(CONTACT),
    Row::constant_number("outlet.id",                  "0"),
    Row::constant(       "outlet.desc",                "Main Outlet").len(20).set(),
    Row::command(        "test.battery.start",         "e.705.1.10.4.0",     2),
    Row::command(        "beeper.disable",             "m.33.1.9.8.0",       1),
    Row::command(        "beeper.enable",              "m.33.1.9.8.0",       2),
    Row::command(        "beeper.mute",                "m.33.1.9.8.0",       3),
    Row::command_with(   "load.off.delay",             "m.33.1.8.2.0",       Order::OffDelay),
    Row::command_with(   "load.on.delay",              "m.33.1.8.3.0",       Order::OnDelay),
];

#[rustfmt::skip]
const REPLACE_BATTERY: Texts = &[
    (1, "RB"),
    (2, ""),
];

#[rustfmt::skip]
const ON_BATTERY: Texts = &[
    (1, "OB"),
    (2, "OL"),
];

#[rustfmt::skip]
const BYPASS: Texts = &[
    (1, "BYPASS"),
    (2, ""),
];

#[rustfmt::skip]
const OUTPUT_OFF: Texts = &[
    (1, "OFF"),
    (2, ""),
];

#[rustfmt::skip]
const BOOST: Texts = &[
    (1, "BOOST"),
    (2, ""),
];

#[rustfmt::skip]
const OVERLOAD: Texts = &[
    (1, "OVER"),
    (2, ""),
];

#[rustfmt::skip]
const TRIM: Texts = &[
    (1, "TRIM"),
    (2, ""),
];

#[rustfmt::skip]
const POWER_SOURCE: Texts = &[
    (1, ""),
    (2, "OFF"),
    // as usual; other objects tell more
    (3, ""),
    (4, "BYPASS"),
    (5, "OB"),
    (6, "BOOST"),
    (7, "TRIM"),
];

#[rustfmt::skip]
const TRANSFER_REASON: Texts = &[
    (1, ""),
    (2, "input voltage out of range"),
    (3, "input frequency out of range"),
    (4, "utility off"),
];

#[rustfmt::skip]
const CONTACT: Texts = &[
    (-1, "unknown"),
    ( 1, "closed"),
    ( 2, "opened"),
];
