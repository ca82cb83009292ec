//! Delta.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, section 8.

use hid::table::{Read, Row, Texts, texts};

use crate::known::Known;
use hid::whole;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("input.sensitivity",            "UPS.DeltaCustom.[1].DeltaConfigSensitivity",                 Read::Map(DELTA_UPS_SENSITIVITY)).writable(),
    Row::var("input.voltage.nominal",        "UPS.PowerSummary.Input.ConfigVoltage",                       Read::number(1)).semi_static(),
    Row::var("input.voltage",                "UPS.PowerSummary.Input.Voltage",                             Read::number(1)).quick(),
    Row::var("input.voltage",                "UPS.PowerConverter.Input.Voltage",                           Read::number(1)).quick(),
    Row::var("input.transfer.low",           "UPS.PowerConverter.Output.LowVoltageTransfer",               Read::number(1)).writable(),
    Row::var("input.transfer.high",          "UPS.PowerConverter.Output.HighVoltageTransfer",              Read::number(1)).writable(),
    Row::var("input.transfer.low.min",       "UPS.PowerConverter.Output.DeltaConfigTransferLowMin",        Read::number(1)).fixed(),
    Row::var("input.transfer.low.max",       "UPS.PowerConverter.Output.DeltaConfigTransferLowMax",        Read::number(1)).fixed(),
    Row::var("input.transfer.high.min",      "UPS.PowerConverter.Output.DeltaConfigTransferHighMin",       Read::number(1)).fixed(),
    Row::var("input.transfer.high.max",      "UPS.PowerConverter.Output.DeltaConfigTransferHighMax",       Read::number(1)).fixed(),
    Row::var("input.source",                 "UPS.OutletSystem.Outlet.DeltaOutputSource",                  Read::Map(DELTA_UPS_OUTPUT_SOURCE)),
    Row::var("input.frequency",              "UPS.PowerConverter.Input.Frequency",                         Read::number(1)).quick(),
    Row::var("battery.voltage.nominal",      "UPS.BatterySystem.Battery.ConfigVoltage",                    Read::number(1)).fixed(),
    Row::var("battery.voltage",              "UPS.BatterySystem.Battery.Voltage",                          Read::number(1)).quick(),
    Row::var("battery.charge",               "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)).quick(),
    Row::var("battery.charge",               "UPS.BatterySystem.Battery.RemainingCapacity",                Read::number(0)),
    Row::var("battery.charge.low",           "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).semi_static().text(5),
    Row::var("battery.charge.warning",       "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)).semi_static(),
    Row::var("battery.temperature",          "UPS.BatterySystem.Temperature",                              Read::Celsius).quick(),
    Row::var("battery.runtime",              "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)).quick(),
    Row::var("battery.type",                 "UPS.PowerSummary.iDeviceChemistry",                          Read::Index).fixed(),
    Row::var("battery.capacity",             "UPS.PowerSummary.DesignCapacity",                            Read::number(0)).semi_static(),
    Row::var("battery.capacity",             "UPS.PowerSummary.FullChargeCapacity",                        Read::number(0)).semi_static(),
    Row::var("output.voltage.nominal",       "UPS.Flow.ConfigVoltage",                                     Read::number(1)).semi_static(),
    Row::var("output.frequency.nominal",     "UPS.Flow.ConfigFrequency",                                   Read::number(1)).semi_static(),
    Row::var("output.voltage",               "UPS.PowerConverter.Output.Voltage",                          Read::number(1)).quick(),
    Row::var("output.frequency",             "UPS.PowerConverter.Output.Frequency",                        Read::number(1)).quick(),
    Row::var("output.current",               "UPS.PowerConverter.Output.Current",                          Read::number(1)).quick(),
    Row::var("ups.beeper.status",            "UPS.PowerSummary.AudibleAlarmControl",                       Read::Map(texts::BEEPER)).quick(),
    Row::var("ups.test.result",              "UPS.BatterySystem.Test",                                     Read::Map(texts::TEST_READ)),
    Row::var("ups.type",                     "UPS.DeltaCustom.[1].DeltaUPSType",                           DELTA_UPS_TYPE).fixed(),
    Row::var("ups.start.auto",               "UPS.DeltaCustom.[1].DeltaConfigStartPowerRestore",           Read::Map(texts::YES_NO)).writable(),
    Row::var("ups.power.nominal",            "UPS.Flow.ConfigApparentPower",                               Read::number(0)).fixed(),
    Row::var("ups.realpower",                "UPS.OutletSystem.Outlet.ActivePower",                        Read::number(1)).quick(),
    Row::var("ups.realpower",                "UPS.PowerConverter.Output.ActivePower",                      Read::number(1)).quick(),
    Row::var("ups.load",                     "UPS.OutletSystem.Outlet.PercentLoad",                        Read::number(1)).quick(),
    Row::var("ups.delay.start",              "UPS.OutletSystem.Outlet.DeltaConfigStartPowerRestoreDelay",  Read::number(0)).writable(),
    Row::var("ups.timer.start",              "UPS.OutletSystem.Outlet.DelayBeforeStartup",                 Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",           "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                Read::number(0)).quick(),
    Row::var("ups.timer.reboot",             "UPS.OutletSystem.Outlet.DelayBeforeReboot",                  Read::number(0)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Good",                        Read::Map(texts::OFF)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.InternalFailure",             Read::Map(texts::COMMFAULT)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ShutdownImminent",            Read::Map(texts::SHUTDOWNIMM)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.FullyCharged",                Read::Map(texts::FULLYCHARGED)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.FullyDischarged",             Read::Map(texts::DEPLETED)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.NeedReplacement",             Read::Map(texts::REPLACEBATT)).quick(),
    Row::status(                             "UPS.PowerConverter.PresentStatus.VoltageOutOfRange",         Read::Map(texts::VRANGE)).quick(),
    Row::status(                             "UPS.PowerConverter.PresentStatus.Buck",                      Read::Map(texts::TRIM)).quick(),
    Row::status(                             "UPS.PowerConverter.PresentStatus.Boost",                     Read::Map(texts::BOOST)).quick(),
    Row::status(                             "UPS.PowerConverter.PresentStatus.Overload",                  Read::Map(texts::OVERLOAD)).quick(),
    Row::status(                             "UPS.PowerConverter.PresentStatus.Used",                      Read::Map(texts::NOBATTERY)).quick(),
    Row::status(                             "UPS.PowerConverter.PresentStatus.OverTemperature",           Read::Map(texts::OVERHEAT)).quick(),
    Row::status(                             "UPS.PowerConverter.PresentStatus.InternalFailure",           Read::Map(texts::COMMFAULT)).quick(),
    Row::status(                             "UPS.PowerConverter.PresentStatus.AwaitingPower",             Read::Map(texts::AWAITINGPOWER)).quick(),
    Row::command("beeper.on",                "UPS.PowerSummary.AudibleAlarmControl",                       "2", Read::number(0)),
    Row::command("beeper.off",               "UPS.PowerSummary.AudibleAlarmControl",                       "3", Read::number(0)),
    Row::command("beeper.enable",            "UPS.PowerSummary.AudibleAlarmControl",                       "2", Read::number(0)),
    Row::command("beeper.disable",           "UPS.PowerSummary.AudibleAlarmControl",                       "1", Read::number(0)),
    Row::command("beeper.mute",              "UPS.PowerSummary.AudibleAlarmControl",                       "3", Read::number(0)),
    Row::command("test.battery.start.quick", "UPS.BatterySystem.Test",                                     "1", Read::number(0)),
    Row::command("test.battery.start.deep",  "UPS.BatterySystem.Test",                                     "2", Read::number(0)),
    Row::command("test.battery.stop",        "UPS.BatterySystem.Test",                                     "3", Read::number(0)),
    Row::command("load.on.delay",            "UPS.OutletSystem.Outlet.DelayBeforeStartup",                 "30", Read::number(0)),
    Row::command("load.off.delay",           "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                "20", Read::number(0)),
    Row::command("shutdown.stop",            "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                "-1", Read::number(0)),
    Row::command("shutdown.reboot",          "UPS.OutletSystem.Outlet.DelayBeforeReboot",                  "10", Read::number(0)),
];

const DELTA_UPS_SENSITIVITY: Texts = &[(0, "normal"), (1, "reduced"), (2, "low")];
const DELTA_UPS_OUTPUT_SOURCE: Texts = &[
    (0, "normal"),
    (1, "battery"),
    (2, "bypass/reserve"),
    (3, "reducing"),
    (4, "boosting"),
    (5, "manual bypass"),
    (6, "other"),
    (7, "no output"),
    (8, "on eco"),
];
/// The low four bits say what kind of UPS it is.
const DELTA_UPS_TYPE: Read<Known> = Read::with(|_, value| {
    let kind = match whole(value) & 0x0f {
        0 => "online",
        1 | 3 => "offline",
        2 | 4 => "line-interactive",
        5 => "3-phase",
        6 => "split-phase",
        _ => return None,
    };
    Some(kind.to_owned())
});
