//! BayTech PDUs. The RPC3-NC has its model at another place.

use super::texts;
use crate::row::Row;

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    Row::text(           "device.description",  "m.1.1.0").set(),
    Row::text(           "device.contact",      "m.1.4.0").set(),
    Row::text(           "device.location",     "m.1.6.0").set(),
    Row::constant(       "device.mfr",          "BayTech"),
    Row::text(           "device.serial",       "e.4779.1.1.2.0").fixed(),
    Row::constant(       "device.type",         "pdu"),
    Row::text(           "device.macaddr",      "m.2.2.1.6.2").fixed(),
    Row::constant(       "ups.mfr",             "Baytech"),
    Row::text(           "ups.id",              "e.4779.1.1.3.0").fixed(),
    Row::text(           "ups.serial",          "e.4779.1.1.2.0").fixed(),
    Row::text(           "ups.firmware",        "e.4779.1.1.1.0").fixed(),
    Row::constant(       "ups.type",            "pdu"),
    Row::number(         "ups.temperature",     "e.4779.1.3.5.5.1.10.2.1",  0.1),
    Row::constant_number("outlet.id",           "0"),
    Row::constant(       "outlet.desc",         "All outlets").len(20).set(),
    Row::number(         "outlet.count",        "e.4779.1.3.5.2.1.15.1",    1.0),
    Row::number(         "outlet.current",      "e.4779.1.3.5.5.1.6.2.1",   0.1),
    Row::number(         "outlet.voltage",      "e.4779.1.3.5.5.1.8.2.1",   0.1),
    Row::text(           "outlet.n.status",     "e.4779.1.3.5.3.1.3.1.n").map(texts::OUTLET_BAYTECH),
    Row::text(           "outlet.n.desc",       "e.4779.1.3.5.3.1.4.1.n").set(),
    Row::number(         "outlet.n.id",         "e.4779.1.3.5.6.1.3.2.1.n", 1.0).fixed(),
    Row::number(         "outlet.n.switchable", "e.4779.1.3.5.3.1.1.1.n",   1.0).fixed(),
    Row::command(        "outlet.n.load.off",   "e.4779.1.3.5.3.1.3.1.n",   0),
    Row::command(        "outlet.n.load.on",    "e.4779.1.3.5.3.1.3.1.n",   1),
];

#[rustfmt::skip]
pub(super) static MODEL: &[Row] = &[
    Row::text(           "device.model",        "e.4779.1.3.5.2.1.24.1").fixed(),
    Row::text(           "ups.model",           "e.4779.1.3.5.2.1.24.1").fixed(),
];

#[rustfmt::skip]
pub(super) static MODEL_RPC3NC: &[Row] = &[
    Row::text(           "device.model",        "e.4779.1.3.5.5.1.3.2.1").fixed(),
    Row::text(           "ups.model",           "e.4779.1.3.5.5.1.3.2.1").fixed(),
];
