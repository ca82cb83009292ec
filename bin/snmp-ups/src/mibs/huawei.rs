//! Huawei UPSes.

use super::texts;
use crate::row::{Row, Texts};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(    "device.description",        "m.1.1.0").set(),
    Row::text(    "device.contact",            "m.1.4.0").set(),
    Row::text(    "device.location",           "m.1.6.0").set(),
    Row::constant("ups.mfr",                   "Huawei"),
    Row::text(    "ups.model",                 "e.2011.6.174.1.2.100.1.2.1").fixed(),
    Row::text(    "ups.id",                    "e.2011.6.174.1.1.1.2.0").fixed(),
    Row::number(  "ups.time",                  "e.2011.6.174.1.11.1.0",       1.0),
    Row::text(    "ups.firmware",              "e.2011.6.174.1.2.100.1.3.1").fixed(),
    Row::text(    "ups.serial",                "e.2011.6.174.1.2.100.1.5.1").fixed(),
    Row::number(  "ups.status",                "e.2011.6.174.1.2.101.1.1.1",  1.0).map(SUPPLY_METHOD),
    Row::number(  "ups.status",                "e.2011.6.174.1.2.101.1.3.1",  1.0).map(BATTERY_STATE),
    Row::text(    "ups.test.result",           "m.33.1.7.3.0").map(texts::TEST_RESULT),
    Row::text(    "input.phases",              "e.2011.6.174.1.102.100.1.8").map(PHASE).local("3"),
    Row::number(  "input.L1-N.voltage",        "e.2011.6.174.1.3.100.1.1.1",  0.1),
    Row::number(  "input.L2-N.voltage",        "e.2011.6.174.1.3.100.1.2.1",  0.1),
    Row::number(  "input.L3-N.voltage",        "e.2011.6.174.1.3.100.1.3.1",  0.1),
    Row::number(  "input.frequency",           "e.2011.6.174.1.3.100.1.4.1",  0.01),
    Row::number(  "input.L1.current",          "e.2011.6.174.1.3.100.1.5.1",  0.1),
    Row::number(  "input.L2.current",          "e.2011.6.174.1.3.100.1.6.1",  0.1),
    Row::number(  "input.L3.current",          "e.2011.6.174.1.3.100.1.7.1",  0.1),
    Row::number(  "input.L1.powerfactor",      "e.2011.6.174.1.3.100.1.8.1",  0.01),
    Row::number(  "input.L2.powerfactor",      "e.2011.6.174.1.3.100.1.9.1",  0.01),
    Row::number(  "input.L3.powerfactor",      "e.2011.6.174.1.3.100.1.10.1", 0.01),
    Row::number(  "input.bypass.L1-N.voltage", "e.2011.6.174.1.5.100.1.1.1",  0.1),
    Row::number(  "input.bypass.L2-N.voltage", "e.2011.6.174.1.5.100.1.2.1",  0.1),
    Row::number(  "input.bypass.L3-N.voltage", "e.2011.6.174.1.5.100.1.3.1",  0.1),
    Row::number(  "input.bypass.frequency",    "e.2011.6.174.1.5.100.1.4.1",  0.01),
    Row::text(    "output.phases",             "e.2011.6.174.1.102.100.1.9").map(PHASE).local("3"),
    Row::number(  "output.L1-N.voltage",       "e.2011.6.174.1.4.100.1.1.1",  0.1),
    Row::number(  "output.L2-N.voltage",       "e.2011.6.174.1.4.100.1.2.1",  0.1),
    Row::number(  "output.L3-N.voltage",       "e.2011.6.174.1.4.100.1.3.1",  0.1),
    Row::number(  "output.L1.current",         "e.2011.6.174.1.4.100.1.4.1",  0.1),
    Row::number(  "output.L2.current",         "e.2011.6.174.1.4.100.1.5.1",  0.1),
    Row::number(  "output.L3.current",         "e.2011.6.174.1.4.100.1.6.1",  0.1),
    Row::number(  "output.frequency",          "e.2011.6.174.1.4.100.1.7.1",  0.01),
    Row::number(  "output.L1.realpower",       "e.2011.6.174.1.4.100.1.8.1",  0.1),
    Row::number(  "output.L2.realpower",       "e.2011.6.174.1.4.100.1.9.1",  0.1),
    Row::number(  "output.L3.realpower",       "e.2011.6.174.1.4.100.1.10.1", 0.1),
    Row::number(  "output.L1.power",           "e.2011.6.174.1.4.100.1.11.1", 0.1),
    Row::number(  "output.L2.power",           "e.2011.6.174.1.4.100.1.12.1", 0.1),
    Row::number(  "output.L3.power",           "e.2011.6.174.1.4.100.1.13.1", 0.1),
    Row::number(  "output.L1.power.percent",   "e.2011.6.174.1.4.100.1.14.1", 0.1),
    Row::number(  "output.L2.power.percent",   "e.2011.6.174.1.4.100.1.15.1", 0.1),
    Row::number(  "output.L3.power.percent",   "e.2011.6.174.1.4.100.1.16.1", 0.1),
    Row::text(    "output.voltage.nominal",    "e.2011.6.174.1.4.100.1.17.1").map(VOLTAGE_RATING).fixed(),
    Row::text(    "output.frequency.nominal",  "e.2011.6.174.1.4.100.1.18.1").map(FREQUENCY_RATING).fixed(),
    Row::text(    "output.power.nominal",      "e.2011.6.174.1.2.100.1.6.1").map(POWER_RATING).fixed(),
    Row::number(  "output.L1.powerfactor",     "e.2011.6.174.1.4.100.1.19.1", 0.01),
    Row::number(  "output.L2.powerfactor",     "e.2011.6.174.1.4.100.1.20.1", 0.01),
    Row::number(  "output.L3.powerfactor",     "e.2011.6.174.1.4.100.1.21.1", 0.01),
    Row::number(  "battery.voltage",           "e.2011.6.174.1.6.100.1.1.1",  0.1),
    Row::number(  "battery.current",           "e.2011.6.174.1.6.100.1.2.1",  0.1),
    Row::number(  "battery.charge",            "e.2011.6.174.1.6.100.1.3.1",  1.0),
    Row::number(  "battery.runtime",           "e.2011.6.174.1.6.100.1.4.1",  1.0),
];

#[rustfmt::skip]
const SUPPLY_METHOD: Texts = &[
    (1, ""),
    (2, "OL BYPASS"),
    (3, "OL"),
    (4, "OB"),
    (5, ""),
    (6, "OL ECO"),
    (7, "OB ECO"),
];

#[rustfmt::skip]
const BATTERY_STATE: Texts = &[
    (1, ""),
    (2, ""),
    (3, ""),
    (4, ""),
    (5, "CHRG"),
    (6, "DISCHRG"),
];

#[rustfmt::skip]
const PHASE: Texts = &[
    (1, "1"),
    (2, "3"),
];

#[rustfmt::skip]
const VOLTAGE_RATING: Texts = &[
    (1, "200"),
    (2, "208"),
    (3, "220"),
    (4, "380"),
    (5, "400"),
    (6, "415"),
    (7, "480"),
    (8, "600"),
    (9, "690"),
];

#[rustfmt::skip]
const FREQUENCY_RATING: Texts = &[
    (1, "50"),
    (2, "60"),
];

#[rustfmt::skip]
const POWER_RATING: Texts = &[
    ( 1, "80000"),
    ( 2, "100000"),
    ( 3, "120000"),
    ( 4, "160000"),
    ( 5, "200000"),
    ( 6, "30000"),
    ( 7, "40000"),
    ( 8, "60000"),
    ( 9, "2400000"),
    (10, "2500000"),
    (11, "2800000"),
    (12, "3000000"),
];
