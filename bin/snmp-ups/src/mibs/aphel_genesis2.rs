//! Aphel Genesis II, monitored ePDUs of Eaton.

use crate::row::Row;

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(    "device.description", "m.1.1.0").set(),
    Row::text(    "device.contact",     "m.1.4.0").set(),
    Row::text(    "device.location",    "m.1.6.0").set(),
    Row::constant("device.mfr",         "EATON | Powerware"),
    Row::text(    "device.model",       "e.17373.3.1.1.0").fixed(),
    Row::constant("device.type",        "pdu"),
    Row::text(    "device.macaddr",     "e.17373.3.1.4.0"),
    Row::constant("ups.mfr",            "EATON | Powerware"),
    Row::text(    "ups.model",          "e.17373.3.1.1.0").fixed(),
    Row::text(    "ups.id",             "e.17373.3.1.3.0").fixed(),
    Row::text(    "ups.firmware",       "e.17373.3.1.2.0").fixed(),
    Row::constant("ups.type",           "pdu"),
    Row::number(  "outlet.1.current",   "e.17373.3.2.1.0",   0.1).unless_negative(),
    Row::number(  "outlet.2.current",   "e.17373.3.2.2.0",   0.1).unless_negative(),
    Row::number(  "outlet.3.current",   "e.17373.3.2.3.0",   0.1).unless_negative(),
    Row::number(  "outlet.4.current",   "e.17373.3.2.4.0",   0.1).unless_negative(),
    Row::number(  "outlet.5.current",   "e.17373.3.2.5.0",   0.1).unless_negative(),
    Row::number(  "outlet.6.current",   "e.17373.3.2.6.0",   0.1).unless_negative(),
    Row::number(  "outlet.7.current",   "e.17373.3.2.7.0",   0.1).unless_negative(),
    Row::number(  "outlet.8.current",   "e.17373.3.2.8.0",   0.1).unless_negative(),
];
