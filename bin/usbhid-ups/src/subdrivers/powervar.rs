//! Powervar.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md.

use hid::table::{Read, Row, texts};

use crate::known::Known;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("battery.type",     "UPS.PowerSummary.iDeviceChemistry",                          Read::Index),
    Row::var("battery.charge",   "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)),
    Row::var("battery.capacity", "UPS.PowerSummary.FullChargeCapacity",                        Read::number(0)),
    Row::var("battery.runtime",  "UPS.PowerSummary.RuntimeToEmpty",                            Read::number(0)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                 "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                 "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                 "UPS.PowerSummary.PresentStatus.ShutdownImminent",            Read::Map(texts::SHUTDOWNIMM)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.Overload",                    Read::Map(texts::OVERLOAD)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.NeedReplacement",             Read::Map(texts::REPLACEBATT)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.RemainingTimeLimitExpired",   Read::Map(texts::TIMELIMITEXPIRED)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.InternalFailure",             Read::Map(texts::YES_NO)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.Good",                        Read::Map(texts::YES_NO)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.OverTemperature",             Read::Map(texts::OVERHEAT)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.FullyCharged",                Read::Map(texts::FULLYCHARGED)),
    Row::status(                 "UPS.PowerSummary.PresentStatus.FullyDischarged",             Read::Map(texts::DEPLETED)),
];
