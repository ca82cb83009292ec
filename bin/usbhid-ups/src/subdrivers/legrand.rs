//! Legrand: values come with various powers of ten.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, section 8.

use hid::table::{Read, Row, texts};

use crate::known::Known;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("input.voltage",                "UPS.Input.Voltage",                                          Read::number(0)),
    Row::var("input.voltage",                "UPS.PowerConverter.Input.Voltage",                           Read::scaled(1, 1e6)),
    Row::var("input.transfer.high",          "UPS.Input.HighVoltageTransfer",                              Read::number(0)).fixed(),
    Row::var("input.transfer.high",          "UPS.PowerConverter.Output.HighVoltageTransfer",              Read::scaled(1, 10.0)).fixed(),
    Row::var("input.transfer.low",           "UPS.Input.LowVoltageTransfer",                               Read::number(0)).fixed(),
    Row::var("input.transfer.low",           "UPS.PowerConverter.Output.LowVoltageTransfer",               Read::number(0)).fixed(),
    Row::var("input.voltage.nominal",        "UPS.Input.ConfigVoltage",                                    Read::number(0)).fixed(),
    Row::var("input.voltage.nominal",        "UPS.Flow.ConfigVoltage",                                     Read::number(0)).fixed(),
    Row::var("battery.voltage.nominal",      "UPS.PowerSummary.ConfigVoltage",                             Read::scaled(1, 0.1)).fixed(),
    Row::var("battery.voltage.nominal",      "UPS.BatterySystem.Battery.ConfigVoltage",                    Read::number(0)).fixed(),
    Row::var("battery.voltage",              "UPS.PowerSummary.Voltage",                                   Read::scaled(1, 0.1)),
    Row::var("battery.voltage",              "UPS.BatterySystem.Battery.Voltage",                          Read::scaled(1, 1e5)),
    Row::var("battery.charge",               "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)),
    Row::var("battery.runtime",              "UPS.PowerSummary.RuntimeToEmpty",                            Read::number(0)),
    Row::var("battery.charge.warning",       "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)).fixed(),
    Row::var("battery.charge.low",           "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).fixed(),
    Row::var("output.voltage",               "UPS.Output.Voltage",                                         Read::number(0)),
    Row::var("output.voltage",               "UPS.PowerConverter.Output.Voltage",                          Read::scaled(1, 1e7)),
    Row::var("output.frequency",             "UPS.Output.Frequency",                                       Read::number(0)),
    Row::var("ups.load",                     "UPS.Output.PercentLoad",                                     Read::number(0)),
    Row::var("ups.load",                     "UPS.OutletSystem.Outlet.PercentLoad",                        Read::number(0)),
    Row::var("ups.realpower.nominal",        "UPS.Output.ConfigActivePower",                               Read::number(0)).fixed(),
    Row::var("ups.realpower.nominal",        "UPS.Flow.ConfigApparentPower",                               Read::number(0)).fixed(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                             "UPS.Output.Overload",                                        Read::Map(texts::OVERLOAD)).quick(),
    Row::local("ups.delay.shutdown",         "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                "20").text(10),
    Row::local("ups.delay.start",            "UPS.OutletSystem.Outlet.DelayBeforeStartup",                 "30").text(10),
    Row::local("ups.delay.shutdown",         "UPS.Output.DelayBeforeShutdown",                             "20").text(10),
    Row::local("ups.delay.start",            "UPS.Output.DelayBeforeStartup",                              "30").text(10),
    Row::command("load.off.delay",           "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                "20", Read::number(0)),
    Row::command("load.on.delay",            "UPS.OutletSystem.Outlet.DelayBeforeStartup",                 "30", Read::number(0)),
    Row::command("load.off.delay",           "UPS.Output.DelayBeforeShutdown",                             "20", Read::number(0)),
    Row::command("load.on.delay",            "UPS.Output.DelayBeforeStartup",                              "30", Read::number(0)),
    Row::command("test.battery.start.quick", "UPS.BatterySystem.Battery.Test",                             "1", Read::number(0)),
    Row::command("test.battery.start.deep",  "UPS.BatterySystem.Battery.Test",                             "2", Read::number(0)),
    Row::command("test.battery.stop",        "UPS.BatterySystem.Battery.Test",                             "3", Read::number(0)),
    Row::command("test.battery.start.quick", "UPS.Output.Test",                                            "1", Read::number(0)),
    Row::command("test.battery.start.deep",  "UPS.Output.Test",                                            "2", Read::number(0)),
    Row::command("test.battery.stop",        "UPS.Output.Test",                                            "3", Read::number(0)),
    Row::command("beeper.enable",            "UPS.PowerSummary.AudibleAlarmControl",                       "2", Read::number(0)),
    Row::command("beeper.disable",           "UPS.PowerSummary.AudibleAlarmControl",                       "3", Read::number(0)),
];
