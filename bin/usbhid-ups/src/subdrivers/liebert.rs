//! Liebert and Phoenixtec.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md.

use hid::table::{Read, Row, texts};

use crate::known::Known;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("battery.voltage",                      "UPS.PowerSummary.Voltage",                                   Read::number(2)),
    Row::var("battery.charge",                       "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)),
    Row::var("experimental.battery.capacity",        "UPS.PowerSummary.FullChargeCapacity",                        Read::number(0)),
    Row::var("experimental.battery.capacity.nominal", "UPS.PowerSummary.DesignCapacity",                            Read::number(0)),
    Row::var("battery.runtime",                      "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)),
    Row::var("battery.type",                         "UPS.PowerSummary.iDeviceChemistry",                          Read::Index),
    Row::var("ups.load",                             "UPS.PowerSummary.PercentLoad",                               Read::number(0)),
    Row::var("ups.power.nominal",                    "UPS.Flow.[4].ConfigApparentPower",                           Read::number(0)).semi_static(),
    Row::var("ups.test.result",                      "UPS.BatterySystem.Battery.Test",                             Read::Map(texts::TEST_READ)),
    Row::var("ups.beeper.status",                    "UPS.PowerSummary.AudibleAlarmControl",                       Read::Map(texts::BEEPER)).semi_static(),
    Row::var("output.voltage",                       "UPS.PowerConverter.Output.Voltage",                          Read::number(1)),
    Row::var("output.voltage.nominal",               "UPS.Flow.[4].ConfigVoltage",                                 Read::number(0)).semi_static(),
    Row::var("output.frequency",                     "UPS.PowerConverter.Output.Frequency",                        Read::number(2)),
    Row::var("output.frequency.nominal",             "UPS.Flow.[4].ConfigFrequency",                               Read::number(0)).semi_static(),
    Row::var("output.transfer.high",                 "UPS.PowerConverter.Output.HighVoltageTransfer",              Read::number(1)).semi_static(),
    Row::var("output.transfer.low",                  "UPS.PowerConverter.Output.LowVoltageTransfer",               Read::number(1)).semi_static(),
    Row::var("input.voltage",                        "UPS.PowerConverter.Input.[1].Voltage",                       Read::number(1)),
    Row::var("input.frequency",                      "UPS.PowerConverter.Input.[1].Frequency",                     Read::number(2)),
    Row::var("input.transfer.low",                   "UPS.PowerConverter.Output.ffff0057",                         Read::number(0)).semi_static(),
    Row::var("input.transfer.high",                  "UPS.PowerConverter.Output.ffff0058",                         Read::number(0)).semi_static(),
    Row::var("input.frequency.transfer.low",         "UPS.PowerConverter.Output.ffff00f9",                         Read::number(0)).semi_static(),
    Row::var("input.frequency.transfer.high",        "UPS.PowerConverter.Output.ffff00f8",                         Read::number(0)).semi_static(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.Overload",                    Read::Map(texts::OVERLOAD)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.Good",                        Read::Map(texts::OFF)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.InternalFailure",             Read::Map(texts::COMMFAULT)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.ShutdownImminent",            Read::Map(texts::SHUTDOWNIMM)).quick(),
    Row::status(                                     "UPS.PowerConverter.Input.[1].PresentStatus.Buck",            Read::Map(texts::TRIM)),
    Row::status(                                     "UPS.PowerConverter.Input.[1].PresentStatus.Boost",           Read::Map(texts::BOOST)),
    Row::local("ups.delay.start",                    "UPS.PowerSummary.DelayBeforeStartup",                        "30").text(10),
    Row::local("ups.delay.shutdown",                 "UPS.PowerSummary.DelayBeforeShutdown",                       "20").text(10),
    Row::command("test.battery.start",               "UPS.BatterySystem.Battery.Test",                             "1", Read::number(0)),
    Row::command("load.off.delay",                   "UPS.PowerSummary.DelayBeforeShutdown",                       "20", Read::number(0)),
    Row::command("load.on.delay",                    "UPS.PowerSummary.DelayBeforeStartup",                        "30", Read::number(0)),
    Row::command("shutdown.stop",                    "UPS.PowerSummary.DelayBeforeShutdown",                       "-1", Read::number(0)),
    Row::command("beeper.toggle",                    "UPS.PowerSummary.AudibleAlarmControl",                       "1", Read::number(0)),
];
