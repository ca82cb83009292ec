//! APC: Back-UPS, Smart-UPS and others with HID.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, section 4.

use hid::table::{Read, Row, Texts, texts};

use crate::known::Known;
use hid::whole;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("battery.charge",               "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)),
    Row::var("battery.charge.low",           "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).semi_static().text(10),
    Row::var("battery.charge.warning",       "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)),
    Row::var("battery.runtime",              "UPS.Battery.RunTimeToEmpty",                                 Read::number(0)),
    Row::var("battery.runtime",              "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)),
    Row::var("battery.runtime.low",          "UPS.Battery.RemainingTimeLimit",                             Read::number(0)).semi_static().text(10),
    Row::var("battery.runtime.low",          "UPS.PowerSummary.RemainingTimeLimit",                        Read::number(0)).semi_static().text(10),
    Row::var("battery.voltage",              "UPS.Battery.Voltage",                                        Read::number(1)),
    Row::var("battery.voltage",              "UPS.PowerSummary.Voltage",                                   Read::number(1)),
    Row::var("battery.voltage.nominal",      "UPS.Battery.ConfigVoltage",                                  Read::number(1)),
    Row::var("battery.voltage.nominal",      "UPS.PowerSummary.ConfigVoltage",                             Read::number(1)),
    Row::var("battery.temperature",          "UPS.Battery.Temperature",                                    Read::Celsius),
    Row::var("battery.type",                 "UPS.PowerSummary.iDeviceChemistry",                          Read::Index),
    Row::var("battery.mfr.date",             "UPS.Battery.ManufacturerDate",                               Read::Date).semi_static().text(10),
    Row::var("battery.mfr.date",             "UPS.PowerSummary.APCBattReplaceDate",                        APC_DATE),
    Row::var("battery.date",                 "UPS.Battery.APCBattReplaceDate",                             APC_DATE),
    Row::var("ups.load",                     "UPS.Output.PercentLoad",                                     Read::number(1)),
    Row::var("ups.load",                     "UPS.PowerConverter.PercentLoad",                             Read::number(0)),
    Row::local("ups.delay.start",            "UPS.PowerSummary.DelayBeforeStartup",                        "30").text(10),
    Row::local("ups.delay.shutdown",         "UPS.PowerSummary.DelayBeforeShutdown",                       "20").text(10),
    Row::var("ups.timer.start",              "UPS.PowerSummary.DelayBeforeStartup",                        Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",           "UPS.PowerSummary.DelayBeforeShutdown",                       Read::number(0)).quick(),
    Row::var("ups.timer.reboot",             "UPS.PowerSummary.DelayBeforeReboot",                         Read::number(0)).quick(),
    Row::local("ups.delay.start",            "UPS.Output.DelayBeforeStartup",                              "30").text(10),
    Row::local("ups.delay.shutdown",         "UPS.Output.DelayBeforeShutdown",                             "20").text(10),
    Row::var("ups.timer.start",              "UPS.Output.DelayBeforeStartup",                              Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",           "UPS.Output.DelayBeforeShutdown",                             Read::number(0)).quick(),
    Row::var("ups.timer.reboot",             "UPS.Output.DelayBeforeReboot",                               Read::number(0)).quick(),
    Row::local("ups.delay.start",            "UPS.APCGeneralCollection.APCDelayBeforeStartup",             "30").text(10),
    Row::local("ups.delay.shutdown",         "UPS.APCGeneralCollection.APCDelayBeforeShutdown",            "20").text(10),
    Row::var("ups.timer.start",              "UPS.APCGeneralCollection.APCDelayBeforeStartup",             Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",           "UPS.APCGeneralCollection.APCDelayBeforeShutdown",            Read::number(0)).quick(),
    Row::var("ups.timer.reboot",             "UPS.APCGeneralCollection.APCDelayBeforeReboot",              Read::number(0)).quick(),
    Row::var("ups.test.result",              "UPS.Battery.Test",                                           Read::Map(texts::TEST_READ)),
    Row::var("ups.beeper.status",            "UPS.PowerSummary.AudibleAlarmControl",                       Read::Map(texts::BEEPER)),
    Row::var("ups.mfr.date",                 "UPS.ManufacturerDate",                                       Read::Date),
    Row::var("ups.mfr.date",                 "UPS.PowerSummary.ManufacturerDate",                          Read::Date),
    Row::var("ups.realpower.nominal",        "UPS.PowerConverter.ConfigActivePower",                       Read::number(0)),
    Row::var("ups.realpower.nominal",        "UPS.Output.ConfigActivePower",                               Read::number(0)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ShutdownImminent",            Read::Map(texts::SHUTDOWNIMM)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Overload",                    Read::Map(texts::OVERLOAD)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.NeedReplacement",             Read::Map(texts::REPLACEBATT)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.RemainingTimeLimitExpired",   Read::Map(texts::TIMELIMITEXPIRED)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BatteryPresent",              Read::Map(texts::NOBATTERY)),
    Row::status(                             "UPS.PowerSummary.Charging",                                  Read::Map(texts::CHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.Discharging",                               Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.ACPresent",                                 Read::Map(texts::ONLINE)).quick(),
    Row::status(                             "UPS.PowerSummary.BelowRemainingCapacityLimit",               Read::Map(texts::LOWBATT)).quick(),
    Row::status(                             "UPS.PowerSummary.ShutdownImminent",                          Read::Map(texts::SHUTDOWNIMM)),
    Row::status(                             "UPS.PowerSummary.APCStatusFlag",                             Read::Map(APCSTATUSFLAG)).quick(),
    Row::status(                             "UPS.Input.APCLineFailCause",                                 Read::Map(APC_LINEFAILCAUSE_VRANGE)),
    Row::status(                             "UPS.Input.APCLineFailCause",                                 Read::Map(APC_LINEFAILCAUSE_FRANGE)),
    Row::var("input.voltage",                "UPS.Input.Voltage",                                          Read::number(1)),
    Row::var("input.voltage.nominal",        "UPS.Input.ConfigVoltage",                                    Read::number(0)),
    Row::var("input.transfer.low",           "UPS.Output.LowVoltageTransfer",                              Read::number(0)).semi_static().text(10),
    Row::var("input.transfer.high",          "UPS.Output.HighVoltageTransfer",                             Read::number(0)).semi_static().text(10),
    Row::var("input.transfer.low",           "UPS.Input.LowVoltageTransfer",                               Read::number(0)).semi_static().text(10),
    Row::var("input.transfer.high",          "UPS.Input.HighVoltageTransfer",                              Read::number(0)).semi_static().text(10),
    Row::var("input.sensitivity",            "UPS.Input.APCSensitivity",                                   Read::Map(APC_SENSITIVITY)).semi_static().text(10),
    Row::var("output.voltage",               "UPS.Output.Voltage",                                         Read::number(1)),
    Row::var("output.voltage.nominal",       "UPS.Output.ConfigVoltage",                                   Read::number(1)),
    Row::var("output.current",               "UPS.Output.Current",                                         Read::number(2)),
    Row::var("output.frequency",             "UPS.Output.Frequency",                                       Read::number(1)),
    Row::var("ambient.temperature",          "UPS.APCEnvironment.APCProbe1.Temperature",                   Read::Celsius),
    Row::var("ambient.humidity",             "UPS.APCEnvironment.APCProbe1.Humidity",                      Read::number(1)),
    Row::command("test.battery.start.quick", "UPS.BatterySystem.Battery.Test",                             "1", Read::number(0)),
    Row::command("test.battery.start.quick", "UPS.Battery.Test",                                           "1", Read::number(0)),
    Row::command("test.battery.start.deep",  "UPS.BatterySystem.Battery.Test",                             "2", Read::number(0)),
    Row::command("test.battery.start.deep",  "UPS.Battery.Test",                                           "2", Read::number(0)),
    Row::command("test.battery.stop",        "UPS.BatterySystem.Battery.Test",                             "3", Read::number(0)),
    Row::command("test.battery.stop",        "UPS.Battery.Test",                                           "3", Read::number(0)),
    Row::command("test.panel.start",         "UPS.APCPanelTest",                                           "1", Read::number(0)),
    Row::command("test.panel.stop",          "UPS.APCPanelTest",                                           "0", Read::number(0)),
    Row::command("test.panel.start",         "UPS.PowerSummary.APCPanelTest",                              "1", Read::number(0)),
    Row::command("test.panel.stop",          "UPS.PowerSummary.APCPanelTest",                              "0", Read::number(0)),
    Row::command("load.off.delay",           "UPS.PowerSummary.DelayBeforeShutdown",                       "20", Read::number(0)),
    Row::command("load.on.delay",            "UPS.PowerSummary.DelayBeforeStartup",                        "30", Read::number(0)),
    Row::command("shutdown.stop",            "UPS.PowerSummary.DelayBeforeShutdown",                       "-1", Read::number(0)),
    Row::command("shutdown.reboot",          "UPS.PowerSummary.DelayBeforeReboot",                         "10", Read::number(0)),
    Row::command("load.off.delay",           "UPS.Output.DelayBeforeShutdown",                             "20", Read::number(0)),
    Row::command("load.on.delay",            "UPS.Output.DelayBeforeStartup",                              "30", Read::number(0)),
    Row::command("shutdown.stop",            "UPS.Output.DelayBeforeShutdown",                             "-1", Read::number(0)),
    Row::command("shutdown.reboot",          "UPS.Output.DelayBeforeReboot",                               "10", Read::number(0)),
    Row::command("load.off.delay",           "UPS.APCGeneralCollection.APCDelayBeforeShutdown",            "20", Read::number(0)),
    Row::command("load.on.delay",            "UPS.APCGeneralCollection.APCDelayBeforeStartup",             "30", Read::number(0)),
    Row::command("shutdown.stop",            "UPS.APCGeneralCollection.APCDelayBeforeShutdown",            "-1", Read::number(0)),
    Row::command("shutdown.reboot",          "UPS.APCGeneralCollection.APCDelayBeforeReboot",              "10", Read::number(0)),
    Row::command("shutdown.return",          "UPS.Output.APCDelayBeforeReboot",                            "1", Read::number(0)),
    Row::command("beeper.on",                "UPS.PowerSummary.AudibleAlarmControl",                       "2", Read::number(0)),
    Row::command("beeper.off",               "UPS.PowerSummary.AudibleAlarmControl",                       "3", Read::number(0)),
    Row::command("beeper.enable",            "UPS.PowerSummary.AudibleAlarmControl",                       "2", Read::number(0)),
    Row::command("beeper.disable",           "UPS.PowerSummary.AudibleAlarmControl",                       "1", Read::number(0)),
    Row::command("beeper.mute",              "UPS.PowerSummary.AudibleAlarmControl",                       "3", Read::number(0)),
];

const APC_SENSITIVITY: Texts = &[(0, "low"), (1, "medium"), (2, "high")];
/// Only these values say something about the output.
const APCSTATUSFLAG: Texts = &[(8, "!off"), (16, "!off"), (0, "off")];
/// The same item twice: a voltage out of range, and below a frequency.
const APC_LINEFAILCAUSE_VRANGE: Texts = &[
    (1, "vrange"),
    (2, "vrange"),
    (4, "vrange"),
    (8, "vrange"),
    (9, "vrange"),
    (0, "!vrange"),
];
const APC_LINEFAILCAUSE_FRANGE: Texts = &[(7, "frange"), (0, "!frange")];
const APC_DATE: Read<Known> = Read::with(|_, value| Some(date(whole(value))));

/// A date whose hexadecimal digits are decimal ones: 0xMMDDYY.
fn date(packed: i64) -> String {
    if packed == 0 {
        return "not set".to_owned();
    }
    let digits = |shift: u32| (packed >> shift & 0x0f) + 10 * (packed >> (shift + 4) & 0x0f);
    let (month, day, year) = (digits(16), digits(8), digits(0));
    let century = if year >= 70 { 1900 } else { 2000 };
    format!("{:04}/{month:02}/{day:02}", century + year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_decimal_digits_in_hexadecimal() {
        assert_eq!(date(0x10_25_07), "2007/10/25");
        assert_eq!(date(0x01_02_99), "1999/01/02");
        assert_eq!(date(0), "not set");
    }
}
