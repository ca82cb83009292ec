//! Salicru.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md.

use hid::table::{Read, Row, texts};

use crate::known::Known;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("battery.type",                 "UPS.PowerSummary.iDeviceChemistry",                          Read::Index),
    Row::var("battery.charge",               "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)),
    Row::var("battery.charge.warning",       "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)),
    Row::var("battery.charge.low",           "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).semi_static().text(10),
    Row::var("battery.runtime",              "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)),
    Row::var("battery.runtime.low",          "UPS.PowerSummary.RemainingTimeLimit",                        Read::number(0)).semi_static().text(10),
    Row::var("battery.voltage.nominal",      "UPS.PowerSummary.ConfigVoltage",                             Read::number(0)),
    Row::var("battery.voltage",              "UPS.PowerSummary.Voltage",                                   Read::number(2)),
    Row::var("ups.load",                     "UPS.Output.PercentLoad",                                     Read::number(0)),
    Row::var("ups.beeper.status",            "UPS.PowerSummary.AudibleAlarmControl",                       Read::Map(texts::BEEPER)),
    Row::var("ups.test.result",              "UPS.Output.Test",                                            Read::Map(texts::TEST_READ)),
    Row::var("ups.realpower.nominal",        "UPS.Output.ConfigActivePower",                               Read::number(0)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.FullyCharged",                Read::Map(texts::FULLYCHARGED)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.RemainingTimeLimitExpired",   Read::Map(texts::TIMELIMITEXPIRED)),
    Row::status(                             "UPS.Output.CommunicationLost",                               Read::Map(texts::COMMFAULT)),
    Row::status(                             "UPS.Output.Boost",                                           Read::Map(texts::BOOST)),
    Row::status(                             "UPS.Output.Overload",                                        Read::Map(texts::OVERLOAD)),
    Row::var("input.frequency",              "UPS.Input.Frequency",                                        Read::number(1)),
    Row::var("input.voltage.nominal",        "UPS.Input.ConfigVoltage",                                    Read::number(0)),
    Row::var("input.voltage",                "UPS.Input.Voltage",                                          Read::number(1)),
    Row::var("input.transfer.high",          "UPS.PowerConverter.Output.HighVoltageTransfer",              Read::number(0)).fixed(),
    Row::var("input.transfer.low",           "UPS.PowerConverter.Output.LowVoltageTransfer",               Read::number(0)).fixed(),
    Row::var("output.frequency",             "UPS.Output.Frequency",                                       Read::number(1)),
    Row::var("output.voltage",               "UPS.Output.Voltage",                                         Read::number(1)),
    Row::var("output.voltage.nominal",       "UPS.Output.ConfigVoltage",                                   Read::number(0)),
    Row::var("ups.load",                     "UPS.PowerSummary.PercentLoad",                               Read::number(0)),
    Row::var("ups.test.result",              "UPS.BatterySystem.Battery.Test",                             Read::Map(texts::TEST_READ)),
    Row::var("ups.realpower.nominal",        "UPS.Flow.[4].ConfigActivePower",                             Read::number(0)),
    Row::var("ups.realpower",                "UPS.PowerConverter.Output.ActivePower",                      Read::number(0)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Overload",                    Read::Map(texts::OVERLOAD)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.OverTemperature",             Read::Map(texts::OVERHEAT)),
    Row::var("input.frequency",              "UPS.PowerConverter.Input.[1].Frequency",                     Read::number(1)),
    Row::var("input.voltage",                "UPS.PowerConverter.Input.[1].Voltage",                       Read::number(1)),
    Row::var("output.frequency",             "UPS.PowerConverter.Output.Frequency",                        Read::number(1)),
    Row::var("output.voltage",               "UPS.PowerConverter.Output.Voltage",                          Read::number(1)),
    Row::var("output.voltage.nominal",       "UPS.PowerSummary.ConfigVoltage",                             Read::number(0)),
    Row::var("ups.test.result",              "UPS.BatterySystem.Battery.Test",                             Read::Map(texts::TEST_READ)),
    Row::command("test.battery.start.quick", "UPS.BatterySystem.Battery.Test",                             "1", Read::number(0)),
    Row::command("test.battery.start.deep",  "UPS.BatterySystem.Battery.Test",                             "2", Read::number(0)),
    Row::command("test.battery.stop",        "UPS.BatterySystem.Battery.Test",                             "3", Read::number(0)),
];
