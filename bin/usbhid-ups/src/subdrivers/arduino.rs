//! Arduino: sketches that present themselves as a UPS.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md.

use hid::table::{Read, Row, texts};

use crate::known::Known;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::local("ups.delay.start",       "UPS.PowerSummary.DelayBeforeStartup",                        "30").text(10),
    Row::local("ups.delay.shutdown",    "UPS.PowerSummary.DelayBeforeShutdown",                       "20").text(10),
    Row::var("ups.timer.start",         "UPS.PowerSummary.DelayBeforeStartup",                        Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",      "UPS.PowerSummary.DelayBeforeShutdown",                       Read::number(0)).quick(),
    Row::var("ups.timer.reboot",        "UPS.PowerSummary.DelayBeforeReboot",                         Read::number(0)).quick(),
    Row::command("load.off.delay",      "UPS.PowerSummary.DelayBeforeShutdown",                       "20", Read::number(0)),
    Row::command("load.on.delay",       "UPS.PowerSummary.DelayBeforeStartup",                        "30", Read::number(0)),
    Row::command("shutdown.stop",       "UPS.PowerSummary.DelayBeforeShutdown",                       "-1", Read::number(0)),
    Row::command("shutdown.reboot",     "UPS.PowerSummary.DelayBeforeReboot",                         "10", Read::number(0)),
    Row::var("battery.type",            "UPS.PowerSummary.iDeviceChemistry",                          Read::Index).fixed(),
    Row::var("battery.voltage.nominal", "UPS.PowerSummary.ConfigVoltage",                             Read::number(2)).quick(),
    Row::var("battery.voltage",         "UPS.PowerSummary.Voltage",                                   Read::number(2)).quick(),
    Row::var("battery.runtime",         "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)).quick(),
    Row::var("battery.runtime.low",     "UPS.PowerSummary.RemainingTimeLimit",                        Read::number(0)).semi_static(),
    Row::var("battery.charge",          "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)),
    Row::var("battery.charge.low",      "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).semi_static(),
    Row::var("battery.charge.warning",  "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)).semi_static(),
    Row::var("ups.load",                "UPS.PowerSummary.PercentLoad",                               Read::number(0)),
    Row::var("input.voltage",           "UPS.PowerConverter.Input.[1].Voltage",                       Read::number(1)),
    Row::var("output.voltage",          "UPS.PowerConverter.Output.Voltage",                          Read::number(1)),
    Row::status(                        "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                        "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                        "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                        "UPS.PowerSummary.PresentStatus.NeedReplacement",             Read::Map(texts::REPLACEBATT)),
    Row::status(                        "UPS.PowerSummary.PresentStatus.ShutdownImminent",            Read::Map(texts::SHUTDOWNIMM)),
    Row::status(                        "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                        "UPS.PowerSummary.PresentStatus.Overload",                    Read::Map(texts::OVERLOAD)),
    Row::status(                        "UPS.PowerSummary.PresentStatus.RemainingTimeLimitExpired",   Read::Map(texts::TIMELIMITEXPIRED)),
    Row::status(                        "UPS.PowerSummary.PresentStatus.BatteryPresent",              Read::Map(texts::NOBATTERY)),
    Row::status(                        "UPS.PowerSummary.PresentStatus.FullyCharged",                Read::Map(texts::FULLYCHARGED)).quick(),
    Row::status(                        "UPS.PowerSummary.PresentStatus.FullyDischarged",             Read::Map(texts::DEPLETED)).quick(),
];
