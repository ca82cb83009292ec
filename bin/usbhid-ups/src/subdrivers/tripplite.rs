//! Tripp Lite; some HP and Delta.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, section 17.

use hid::table::{Read, Row, texts};

use crate::known::Known;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("device.part",                  "UPS.TLCustom.[1].iUPSPartNumber",                            Read::Index).fixed(),
    Row::var("battery.charge",               "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)),
    Row::var("battery.charge",               "UPS.BatterySystem.Battery.RemainingCapacity",                Read::number(0)),
    Row::var("battery.charge.low",           "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).semi_static().text(5),
    Row::var("battery.charge.warning",       "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)),
    Row::var("battery.runtime",              "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)),
    Row::var("battery.voltage.nominal",      "UPS.BatterySystem.Battery.ConfigVoltage",                    Read::number(1)).fixed(),
    Row::var("battery.voltage",              "UPS.BatterySystem.Battery.Voltage",                          TRIPPLITE_BATTVOLT),
    Row::var("battery.type",                 "UPS.PowerSummary.iDeviceChemistry",                          TRIPPLITE_CHEMISTRY).fixed(),
    Row::var("battery.temperature",          "UPS.BatterySystem.Temperature",                              Read::Celsius),
    Row::local("ups.delay.start",            "UPS.OutletSystem.Outlet.DelayBeforeStartup",                 "30").text(10),
    Row::local("ups.delay.start",            "UPS.OutletSystem.Outlet.TLDelayBeforeStartup",               "30").text(10),
    Row::local("ups.delay.shutdown",         "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                "20").text(10),
    Row::var("ups.timer.start",              "UPS.OutletSystem.Outlet.DelayBeforeStartup",                 Read::number(0)).quick(),
    Row::var("ups.timer.start",              "UPS.OutletSystem.Outlet.TLDelayBeforeStartup",               Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",           "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                Read::number(0)).quick(),
    Row::var("ups.timer.reboot",             "UPS.OutletSystem.Outlet.DelayBeforeReboot",                  Read::number(0)).quick(),
    Row::var("ups.test.result",              "UPS.BatterySystem.Test",                                     Read::Map(texts::TEST_READ)),
    Row::var("ups.beeper.status",            "UPS.PowerSummary.AudibleAlarmControl",                       Read::Map(texts::BEEPER)),
    Row::var("ups.power.nominal",            "UPS.Flow.ConfigApparentPower",                               Read::number(0)).fixed(),
    Row::var("ups.power",                    "UPS.OutletSystem.Outlet.ActivePower",                        Read::number(1)),
    Row::var("ups.power",                    "UPS.PowerConverter.Output.ActivePower",                      Read::number(1)),
    Row::var("ups.load",                     "UPS.OutletSystem.Outlet.PercentLoad",                        Read::number(0)),
    Row::var("ups.firmware",                 "UPS.TLCustom.[1].UPSFirmwareVersion",                        Read::number(0)).fixed(),
    Row::var("ups.watchdog.status",          "UPS.OutletSystem.Outlet.TLWatchdog",                         Read::number(0)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.InternalFailure",             Read::Map(texts::COMMFAULT)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ShutdownImminent",            Read::Map(texts::SHUTDOWNIMM)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.FullyCharged",                Read::Map(texts::FULLYCHARGED)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.FullyDischarged",             Read::Map(texts::DEPLETED)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.NeedReplacement",             Read::Map(texts::REPLACEBATT)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.TLACPresent",                 Read::Map(texts::ONLINE)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.TLDischarging",               Read::Map(texts::DISCHARGING)).quick(),
    Row::var("ups.load.nominal",             "UPS.Flow.ConfigPercentLoad",                                 Read::number(0)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.TLCharging",                  Read::Map(texts::CHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.TLNeedReplacement",           Read::Map(texts::REPLACEBATT)),
    Row::status(                             "UPS.PowerConverter.PresentStatus.VoltageOutOfRange",         Read::Map(texts::VRANGE)),
    Row::status(                             "UPS.PowerConverter.PresentStatus.Buck",                      Read::Map(texts::TRIM)),
    Row::status(                             "UPS.PowerConverter.PresentStatus.Boost",                     Read::Map(texts::BOOST)),
    Row::status(                             "UPS.PowerConverter.PresentStatus.Overload",                  Read::Map(texts::OVERLOAD)),
    Row::status(                             "UPS.PowerConverter.PresentStatus.OverTemperature",           Read::Map(texts::OVERHEAT)),
    Row::status(                             "UPS.PowerConverter.PresentStatus.InternalFailure",           Read::Map(texts::COMMFAULT)),
    Row::status(                             "UPS.PowerConverter.PresentStatus.AwaitingPower",             Read::Map(texts::AWAITINGPOWER)),
    Row::var("input.voltage.nominal",        "UPS.PowerSummary.Input.ConfigVoltage",                       Read::number(0)).fixed(),
    Row::var("input.voltage",                "UPS.PowerSummary.Input.Voltage",                             TRIPPLITE_IOVOLT),
    Row::var("input.voltage",                "UPS.PowerConverter.Input.Voltage",                           TRIPPLITE_IOVOLT),
    Row::var("input.frequency",              "UPS.PowerConverter.Input.Frequency",                         TRIPPLITE_IOFREQ),
    Row::var("input.transfer.low",           "UPS.PowerConverter.Output.LowVoltageTransfer",               Read::number(1)).semi_static().text(5),
    Row::var("input.transfer.low.max",       "UPS.PowerConverter.Output.TLLowVoltageTransferMax",          Read::number(0)).fixed(),
    Row::var("input.transfer.low.min",       "UPS.PowerConverter.Output.TLLowVoltageTransferMin",          Read::number(0)).fixed(),
    Row::var("input.transfer.high",          "UPS.PowerConverter.Output.HighVoltageTransfer",              Read::number(1)).semi_static().text(5),
    Row::var("input.transfer.high.max",      "UPS.PowerConverter.Output.TLHighVoltageTransferMax",         Read::number(0)).fixed(),
    Row::var("input.transfer.high.min",      "UPS.PowerConverter.Output.TLHighVoltageTransferMin",         Read::number(0)).fixed(),
    Row::var("output.voltage.nominal",       "UPS.Flow.ConfigVoltage",                                     Read::number(0)).fixed(),
    Row::var("output.voltage",               "UPS.PowerConverter.Output.Voltage",                          TRIPPLITE_IOVOLT),
    Row::var("output.voltage",               "UPS.PowerSummary.Voltage",                                   TRIPPLITE_IOVOLT),
    Row::var("output.current",               "UPS.PowerConverter.Output.Current",                          TRIPPLITE_IOAMP),
    Row::var("output.frequency.nominal",     "UPS.Flow.ConfigFrequency",                                   Read::number(0)).fixed(),
    Row::var("output.frequency",             "UPS.PowerConverter.Output.Frequency",                        TRIPPLITE_IOFREQ),
    Row::command("test.battery.start.quick", "UPS.BatterySystem.Test",                                     "1", Read::number(0)),
    Row::command("test.battery.start.deep",  "UPS.BatterySystem.Test",                                     "2", Read::number(0)),
    Row::command("test.battery.stop",        "UPS.BatterySystem.Test",                                     "3", Read::number(0)),
    Row::command("load.off.delay",           "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                "20", Read::number(0)),
    Row::command("load.on.delay",            "UPS.OutletSystem.Outlet.DelayBeforeStartup",                 "30", Read::number(0)),
    Row::command("load.on.delay",            "UPS.OutletSystem.Outlet.TLDelayBeforeStartup",               "30", Read::number(0)),
    Row::command("shutdown.stop",            "UPS.OutletSystem.Outlet.DelayBeforeShutdown",                "-1", Read::number(0)),
    Row::command("shutdown.reboot",          "UPS.OutletSystem.Outlet.DelayBeforeReboot",                  "10", Read::number(0)),
    Row::command("shutdown.reboot",          "UPS.OutletSystem.Outlet.TLWatchdog",                         "10", Read::number(0)),
    Row::command("reset.watchdog",           "UPS.OutletSystem.Outlet.TLWatchdog",                         "60", Read::number(0)),
    Row::command("beeper.on",                "UPS.PowerSummary.AudibleAlarmControl",                       "2", Read::number(0)),
    Row::command("beeper.off",               "UPS.PowerSummary.AudibleAlarmControl",                       "3", Read::number(0)),
    Row::command("beeper.disable",           "UPS.PowerSummary.AudibleAlarmControl",                       "1", Read::number(0)),
    Row::command("beeper.enable",            "UPS.PowerSummary.AudibleAlarmControl",                       "2", Read::number(0)),
    Row::command("beeper.mute",              "UPS.PowerSummary.AudibleAlarmControl",                       "3", Read::number(0)),
];

const TRIPPLITE_BATTVOLT: Read<Known> =
    Read::with(|known, value| Some(scaled(value, known.tripplite.battery)));
const TRIPPLITE_IOVOLT: Read<Known> =
    Read::with(|known, value| Some(scaled(value, known.tripplite.voltage)));
const TRIPPLITE_IOFREQ: Read<Known> =
    Read::with(|known, value| Some(scaled(value, known.tripplite.frequency)));
const TRIPPLITE_IOAMP: Read<Known> =
    Read::with(|known, value| Some(scaled(value, known.tripplite.current)));
/// Asking two of the models for this string upsets their firmware.
const TRIPPLITE_CHEMISTRY: Read<Known> = Read::with(|known, value| {
    if [0x1003, 0x2005].contains(&known.product_id) {
        return Some("unknown".to_owned());
    }
    known.string(value)
});

/// What a model's numbers are multiplied by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scales {
    pub(crate) battery: f64,
    pub(crate) voltage: f64,
    pub(crate) frequency: f64,
    pub(crate) current: f64,
}

impl Default for Scales {
    fn default() -> Self {
        Self {
            battery: 1.0,
            voltage: 1.0,
            frequency: 1.0,
            current: 1.0,
        }
    }
}

impl Scales {
    /// Models that count tenths of a volt.
    pub(crate) fn tenths() -> Self {
        Self {
            battery: 0.1,
            ..Self::default()
        }
    }

    /// SMART1500LCDT and its kin.
    pub(crate) fn smart1500lcdt() -> Self {
        Self {
            battery: 1e5,
            voltage: 1e5,
            frequency: 0.01,
            current: 0.01,
        }
    }
}

fn scaled(value: f64, scale: f64) -> String {
    format!("{:.1}", value * scale)
}
