//! iDowell and GoldenMate.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md.

use hid::table::{Read, Row, texts};

use crate::known::Known;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::status(                         "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                         "UPS.PowerSummary.PresentStatus.BatteryPresent",              Read::Map(texts::NOBATTERY)),
    Row::status(                         "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                         "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                         "UPS.PowerSummary.PresentStatus.CommunicationLost",           Read::Map(texts::COMMFAULT)),
    Row::status(                         "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                         "UPS.PowerSummary.PresentStatus.Good",                        Read::Map(texts::OFF)),
    Row::status(                         "UPS.PowerSummary.PresentStatus.InternalFailure",             Read::Map(texts::COMMFAULT)),
    Row::status(                         "UPS.PowerSummary.PresentStatus.NeedReplacement",             Read::Map(texts::REPLACEBATT)),
    Row::status(                         "UPS.PowerSummary.PresentStatus.Overload",                    Read::Map(texts::OVERLOAD)),
    Row::status(                         "UPS.PowerSummary.PresentStatus.ShutdownImminent",            Read::Map(texts::SHUTDOWNIMM)),
    Row::var("device.mfr",               "UPS.PowerSummary.iManufacturer",                             Read::Index).fixed(),
    Row::var("device.model",             "UPS.PowerSummary.iProduct",                                  Read::Index).fixed(),
    Row::var("device.serial",            "UPS.PowerSummary.iSerialNumber",                             Read::Index).fixed(),
    Row::var("battery.capacity.design",  "UPS.PowerSummary.DesignCapacity",                            Read::number(0)).fixed(),
    Row::var("battery.charge",           "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)),
    Row::var("battery.charge.low",       "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).fixed(),
    Row::var("battery.charge.low",       "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)).fixed(),
    Row::var("battery.capacity.full",    "UPS.PowerSummary.FullChargeCapacity",                        Read::number(0)),
    Row::var("battery.runtime",          "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)),
    Row::var("battery.type",             "UPS.PowerSummary.iDeviceChemistry",                          Read::Index).fixed(),
    Row::local("ups.delay.start",        "UPS.PowerSummary.DelayBeforeStartup",                        "30").text(10),
    Row::local("ups.delay.shutdown",     "UPS.PowerSummary.DelayBeforeShutdown",                       "20").text(10),
    Row::var("ups.timer.start",          "UPS.PowerSummary.DelayBeforeStartup",                        Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",       "UPS.PowerSummary.DelayBeforeShutdown",                       Read::number(0)).quick(),
    Row::var("ups.load",                 "UPS.PowerSummary.PercentLoad",                               Read::number(0)),
    Row::var("ups.power.nominal",        "UPS.Flow.[4].ConfigApparentPower",                           Read::number(0)).fixed(),
    Row::var("input.transfer.high",      "UPS.PowerConverter.Output.HighVoltageTransfer",              Read::number(0)).fixed(),
    Row::var("input.transfer.low",       "UPS.PowerConverter.Output.LowVoltageTransfer",               Read::number(0)).fixed(),
    Row::var("output.voltage",           "UPS.PowerConverter.Output.Voltage",                          Read::number(1)),
    Row::var("battery.voltage",          "UPS.PowerSummary.Voltage",                                   Read::number(1)),
    Row::var("output.voltage.nominal",   "UPS.Flow.[4].ConfigVoltage",                                 Read::number(0)).fixed(),
    Row::var("battery.voltage.nominal",  "UPS.PowerSummary.ConfigVoltage",                             Read::number(1)).fixed(),
    Row::var("output.frequency.nominal", "UPS.Flow.[4].ConfigFrequency",                               Read::number(0)).fixed(),
    Row::command("load.off.delay",       "UPS.PowerSummary.DelayBeforeShutdown",                       "20", Read::number(0)),
    Row::command("load.on.delay",        "UPS.PowerSummary.DelayBeforeStartup",                        "30", Read::number(0)),
    Row::command("shutdown.stop",        "UPS.PowerSummary.DelayBeforeShutdown",                       "-1", Read::number(0)),
];
