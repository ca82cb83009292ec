//! EcoFlow: power stations that can be a UPS.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, section 8.

use hid::table::{Read, Row, texts};

use crate::known::Known;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("ups.beeper.status",                    "UPS.PowerSummary.AudibleAlarmControl",                       Read::Map(texts::BEEPER)).quick(),
    Row::var("ups.power.nominal",                    "UPS.Flow.[4].ConfigActivePower",                             Read::number(0)).fixed(),
    Row::var("battery.voltage.nominal",              "UPS.PowerSummary.ConfigVoltage",                             Read::number(1)).semi_static(),
    Row::var("ups.timer.reboot",                     "UPS.OutletSystem.Outlet.DelayBeforeReboot",                  Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",                   "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                Read::number(0)).quick(),
    Row::var("battery.capacity.nominal",             "UPS.PowerSummary.DesignCapacity",                            Read::number(0)).semi_static(),
    Row::var("battery.capacity",                     "UPS.PowerSummary.FullChargeCapacity",                        Read::number(0)).semi_static(),
    Row::var("battery.type",                         "UPS.PowerSummary.iDeviceChemistry",                          Read::Index).fixed(),
    Row::var("experimental.ups.powersummary.ioeminformation", "UPS.PowerSummary.iOEMInformation",                           Read::Index).fixed(),
    Row::var("ups.mfr.date",                         "UPS.PowerSummary.ManufacturerDate",                          Read::Date),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.BatteryPresent",              Read::Map(texts::NOBATTERY)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.CommunicationLost",           Read::Map(texts::COMMFAULT)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.FullyCharged",                Read::Map(texts::FULLYCHARGED)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.FullyDischarged",             Read::Map(texts::DEPLETED)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.NeedReplacement",             Read::Map(texts::REPLACEBATT)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.Overload",                    Read::Map(texts::OVERLOAD)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.RemainingTimeLimitExpired",   Read::Map(texts::TIMELIMITEXPIRED)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.ShutdownImminent",            Read::Map(texts::SHUTDOWNIMM)).quick(),
    Row::var("experimental.ups.powersummary.presentstatus.shutdownrequested", "UPS.PowerSummary.PresentStatus.ShutdownRequested",           Read::number(0)),
    Row::var("experimental.ups.powersummary.presentstatus.voltagenotregulated", "UPS.PowerSummary.PresentStatus.VoltageNotRegulated",         Read::number(0)),
    Row::var("experimental.ups.powersummary.rechargeable", "UPS.PowerSummary.Rechargeable",                              Read::number(0)),
    Row::var("battery.charge",                       "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)).quick(),
    Row::var("battery.charge.low",                   "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).semi_static().text(5),
    Row::var("battery.runtime.low",                  "UPS.PowerSummary.RemainingTimeLimit",                        Read::number(0)).semi_static(),
    Row::var("battery.runtime",                      "UPS.PowerSummary.RunTimeToEmpty",                            ECOFLOW_RUNTIME_CONVERSION).quick(),
    Row::var("battery.voltage",                      "UPS.PowerSummary.Voltage",                                   Read::number(1)).quick(),
    Row::var("battery.charge.warning",               "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)).semi_static(),
];

/// Minutes; the devices say a negative number when they do not know.
const ECOFLOW_RUNTIME_CONVERSION: Read<Known> =
    Read::with(|_, minutes| (minutes >= 0.0).then(|| format!("{:.0}", minutes * 60.0)));
