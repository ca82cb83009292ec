//! Sensors for temperature, humidity and contacts (EMP002) on Eaton's Network-M2 cards.

use super::texts;
use crate::row::Row;

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::number(  "ambient.count",                       "e.534.6.8.1.1.1.0",       1.0).set(),
    Row::text(    "ambient.n.present",                   "e.534.6.8.1.1.4.1.1.n").map(texts::SENSOR_PRESENCE),
    Row::text(    "ambient.n.name",                      "e.534.6.8.1.1.3.1.1.n").len(1),
    Row::text(    "ambient.n.mfr",                       "e.534.6.8.1.1.2.1.6.n").len(1),
    Row::text(    "ambient.n.model",                     "e.534.6.8.1.1.2.1.7.n").len(1),
    Row::text(    "ambient.n.serial",                    "e.534.6.8.1.1.2.1.9.n").len(1),
    Row::text(    "ambient.n.id",                        "e.534.6.8.1.1.2.1.2.n").len(1),
    Row::number(  "ambient.n.address",                   "e.534.6.8.1.1.2.1.4.n",   1.0),
    Row::text(    "ambient.n.firmware",                  "e.534.6.8.1.1.2.1.10.n").len(1),
    Row::number(  "ambient.n.temperature.unit",          "e.534.6.8.1.2.5.0",       1.0).sensor_unit(),
    Row::number(  "ambient.n.temperature",               "e.534.6.8.1.2.3.1.3.n.1", 0.1).sensor_temperature(),
    Row::text(    "ambient.n.temperature.status",        "e.534.6.8.1.2.3.1.1.n.1").map(texts::THRESHOLD_STATUS),
    Row::text(    "ups.alarm",                           "e.534.6.8.1.2.3.1.1.n.1").map(texts::TEMPERATURE_ALARM).per_sensor(),
    Row::number(  "ambient.n.temperature.low.critical",  "e.534.6.8.1.2.2.1.6.n.1", 0.1).set(),
    Row::number(  "ambient.n.temperature.low.warning",   "e.534.6.8.1.2.2.1.5.n.1", 0.1).set(),
    Row::number(  "ambient.n.temperature.high.warning",  "e.534.6.8.1.2.2.1.7.n.1", 0.1).set(),
    Row::number(  "ambient.n.temperature.high.critical", "e.534.6.8.1.2.2.1.8.n.1", 0.1).set(),
    Row::number(  "ambient.n.humidity",                  "e.534.6.8.1.3.3.1.3.n.1", 0.1),
    Row::text(    "ambient.n.humidity.status",           "e.534.6.8.1.3.3.1.1.n.1").map(texts::THRESHOLD_STATUS),
    Row::text(    "ups.alarm",                           "e.534.6.8.1.3.3.1.1.n.1").map(texts::HUMIDITY_ALARM).per_sensor(),
    Row::number(  "ambient.n.humidity.low.critical",     "e.534.6.8.1.3.2.1.6.n.1", 0.1).set(),
    Row::number(  "ambient.n.humidity.low.warning",      "e.534.6.8.1.3.2.1.5.n.1", 0.1).set(),
    Row::number(  "ambient.n.humidity.high.warning",     "e.534.6.8.1.3.2.1.7.n.1", 0.1).set(),
    Row::number(  "ambient.n.humidity.high.critical",    "e.534.6.8.1.3.2.1.8.n.1", 0.1).set(),
    Row::text(    "ambient.n.contacts.1.name",           "e.534.6.8.1.4.2.1.1.n.1").len(1),
    Row::text(    "ambient.n.contacts.2.name",           "e.534.6.8.1.4.2.1.1.n.2").len(1),
    Row::text(    "ambient.n.contacts.1.config",         "e.534.6.8.1.4.2.1.3.n.1").map(texts::CONTACT_POLARITY).set(),
    Row::text(    "ambient.n.contacts.2.config",         "e.534.6.8.1.4.2.1.3.n.2").map(texts::CONTACT_POLARITY).set(),
    Row::text(    "ambient.n.contacts.1.status",         "e.534.6.8.1.4.3.1.3.n.1").map(texts::CONTACT_STATE).len(1),
    Row::text(    "ambient.n.contacts.2.status",         "e.534.6.8.1.4.3.1.3.n.2").map(texts::CONTACT_STATE).len(1),
];
