//! Belkin, and Liebert with its own usages.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, section 6.

use hid::table::{Read, Row, Texts, texts};

use crate::known::Known;
use hid::whole;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("battery.charge",               "UPS.BELKINBatterySystem.BELKINCharge",                       Read::number(0)),
    Row::var("battery.charge.low",           "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)),
    Row::var("battery.charge.warning",       "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)),
    Row::var("battery.runtime",              "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)),
    Row::var("battery.type",                 "UPS.PowerSummary.iDeviceChemistry",                          Read::Index),
    Row::var("battery.voltage",              "UPS.BELKINBatterySystem.BELKINVoltage",                      Read::scaled(1, 0.1)),
    Row::var("battery.voltage.nominal",      "UPS.BELKINConfig.BELKINConfigBatteryVoltage",                Read::number(0)),
    Row::var("input.frequency",              "UPS.BELKINPowerState.BELKINInput.BELKINFrequency",           Read::scaled(1, 0.1)),
    Row::var("input.frequency.nominal",      "UPS.BELKINConfig.BELKINConfigFrequency",                     Read::number(0)),
    Row::var("input.sensitivity",            "UPS.BELKINDevice.BELKINVoltageSensitivity",                  BELKIN_SENSITIVITY).text(10),
    Row::var("input.transfer.high",          "UPS.BELKINConfig.BELKINHighVoltageTransfer",                 Read::number(0)).text(10),
    Row::var("input.transfer.high.max",      "UPS.BELKINConfig.BELKINHighVoltageTransferMax",              Read::number(0)),
    Row::var("input.transfer.high.min",      "UPS.BELKINConfig.BELKINHighVoltageTransferMin",              Read::number(0)),
    Row::var("input.transfer.low",           "UPS.BELKINConfig.BELKINLowVoltageTransfer",                  Read::number(0)).text(10),
    Row::var("input.transfer.low.max",       "UPS.BELKINConfig.BELKINLowVoltageTransferMax",               Read::number(0)),
    Row::var("input.transfer.low.min",       "UPS.BELKINConfig.BELKINLowVoltageTransferMin",               Read::number(0)),
    Row::var("input.voltage",                "UPS.BELKINPowerState.BELKINInput.BELKINVoltage",             Read::scaled(1, 0.1)),
    Row::var("input.voltage.nominal",        "UPS.BELKINConfig.BELKINConfigVoltage",                       Read::number(0)),
    Row::var("output.frequency",             "UPS.BELKINPowerState.BELKINOutput.BELKINFrequency",          Read::scaled(1, 0.1)),
    Row::var("output.voltage",               "UPS.BELKINPowerState.BELKINOutput.BELKINVoltage",            Read::scaled(1, 0.1)),
    Row::var("ups.beeper.status",            "UPS.BELKINControls.BELKINAudibleAlarmControl",               Read::Map(texts::BEEPER)),
    Row::local("ups.delay.start",            "UPS.BELKINControls.BELKINDelayBeforeStartup",                "30").text(10),
    Row::local("ups.delay.shutdown",         "UPS.BELKINControls.BELKINDelayBeforeShutdown",               "20").text(10),
    Row::var("ups.timer.start",              "UPS.BELKINControls.BELKINDelayBeforeStartup",                Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",           "UPS.BELKINControls.BELKINDelayBeforeShutdown",               Read::number(0)).quick(),
    Row::var("ups.timer.reboot",             "UPS.BELKINControls.BELKINDelayBeforeReboot",                 Read::number(0)).quick(),
    Row::var("ups.firmware",                 "UPS.BELKINDevice.BELKINUPSType",                             BELKIN_FIRMWARE),
    Row::var("ups.load",                     "UPS.BELKINPowerState.BELKINOutput.BELKINPercentLoad",        Read::number(0)),
    Row::var("ups.load.high",                "UPS.BELKINConfig.BELKINConfigOverloadTransfer",              Read::number(0)),
    Row::var("ups.mfr.date",                 "UPS.PowerSummary.ManufacturerDate",                          Read::Date),
    Row::var("ups.power.nominal",            "UPS.BELKINConfig.BELKINConfigApparentPower",                 Read::number(0)),
    Row::var("ups.serial",                   "UPS.PowerSummary.iSerialNumber",                             Read::Index),
    Row::var("ups.test.result",              "UPS.BELKINControls.BELKINTest",                              Read::Map(BELKIN_TEST)),
    Row::var("ups.type",                     "UPS.BELKINDevice.BELKINUPSType",                             BELKIN_UPSTYPE),
    Row::var("battery.charge",               "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)).quick(),
    Row::var("input.frequency",              "UPS.Input.Frequency",                                        Read::scaled(1, 0.1)),
    Row::var("input.voltage",                "UPS.Input.Voltage",                                          LIEBERT_LINE_VOLTAGE),
    Row::var("output.voltage",               "UPS.Output.Voltage",                                         LIEBERT_LINE_VOLTAGE),
    Row::var("battery.voltage",              "UPS.PowerSummary.Voltage",                                   LIEBERT_LINE_VOLTAGE),
    Row::var("battery.voltage.nominal",      "UPS.PowerSummary.ConfigVoltage",                             LIEBERT_CONFIG_VOLTAGE).fixed(),
    Row::var("ups.load",                     "UPS.Output.PercentLoad",                                     Read::number(0)),
    Row::var("input.voltage.nominal",        "UPS.Flow.ConfigVoltage",                                     Read::number(0)),
    Row::var("input.frequency",              "UPS.PowerConverter.Input.Frequency",                         Read::scaled(1, 0.01)),
    Row::var("input.voltage",                "UPS.PowerConverter.Input.Voltage",                           LIEBERT_LINE_VOLTAGE),
    Row::var("output.voltage.nominal",       "UPS.Flow.ConfigVoltage",                                     Read::number(0)),
    Row::var("output.frequency",             "UPS.PowerConverter.Output.Frequency",                        Read::scaled(1, 0.01)),
    Row::var("output.voltage",               "UPS.PowerConverter.Output.Voltage",                          LIEBERT_LINE_VOLTAGE),
    Row::var("ups.load",                     "UPS.OutletSystem.Outlet.PercentLoad",                        Read::number(0)),
    Row::var("battery.voltage",              "UPS.BatterySystem.Battery.Voltage",                          LIEBERT_LINE_VOLTAGE),
    Row::var("battery.voltage.nominal",      "UPS.BatterySystem.Battery.ConfigVoltage",                    Read::number(0)),
    Row::var("battery.capacity",             "UPS.Flow.ConfigApparentPower",                               Read::number(0)),
    Row::status(                             "UPS.PowerSummary.Discharging",                               LIEBERT_DISCHARGING).quick(),
    Row::status(                             "UPS.PowerSummary.Charging",                                  LIEBERT_CHARGING).quick(),
    Row::status(                             "UPS.PowerSummary.ShutdownImminent",                          LIEBERT_SHUTDOWNIMM),
    Row::status(                             "UPS.PowerSummary.ACPresent",                                 LIEBERT_ONLINE).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Discharging",                 LIEBERT_DISCHARGING).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Charging",                    LIEBERT_CHARGING).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ShutdownImminent",            LIEBERT_SHUTDOWNIMM),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ACPresent",                   LIEBERT_ONLINE).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.NeedReplacement",             LIEBERT_REPLACEBATT).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", LIEBERT_LOWBATT).quick(),
    Row::status(                             "UPS.BELKINStatus.BELKINPowerStatus",                         BELKIN_OVERLOAD),
    Row::status(                             "UPS.BELKINStatus.BELKINPowerStatus",                         BELKIN_OVERHEAT),
    Row::status(                             "UPS.BELKINStatus.BELKINPowerStatus",                         BELKIN_COMMFAULT),
    Row::status(                             "UPS.BELKINStatus.BELKINPowerStatus",                         BELKIN_AWAITINGPOWER),
    Row::status(                             "UPS.BELKINStatus.BELKINPowerStatus",                         BELKIN_ONLINE).quick(),
    Row::status(                             "UPS.BELKINStatus.BELKINBatteryStatus",                       BELKIN_DEPLETED).quick(),
    Row::status(                             "UPS.BELKINStatus.BELKINBatteryStatus",                       BELKIN_REPLACEBATT),
    Row::status(                             "UPS.BELKINStatus.BELKINBatteryStatus",                       BELKIN_LOWBATT).quick(),
    Row::command("test.battery.start.quick", "UPS.BELKINControls.BELKINTest",                              "1", Read::number(0)),
    Row::command("test.battery.start.deep",  "UPS.BELKINControls.BELKINTest",                              "2", Read::number(0)),
    Row::command("test.battery.stop",        "UPS.BELKINControls.BELKINTest",                              "3", Read::number(0)),
    Row::command("beeper.on",                "UPS.BELKINControls.BELKINAudibleAlarmControl",               "2", Read::number(0)),
    Row::command("beeper.off",               "UPS.BELKINControls.BELKINAudibleAlarmControl",               "3", Read::number(0)),
    Row::command("beeper.disable",           "UPS.BELKINControls.BELKINAudibleAlarmControl",               "1", Read::number(0)),
    Row::command("beeper.enable",            "UPS.BELKINControls.BELKINAudibleAlarmControl",               "2", Read::number(0)),
    Row::command("beeper.mute",              "UPS.BELKINControls.BELKINAudibleAlarmControl",               "3", Read::number(0)),
    Row::command("load.off",                 "UPS.BELKINControls.BELKINDelayBeforeShutdown",               "1", Read::number(0)),
    Row::command("load.on",                  "UPS.BELKINControls.BELKINDelayBeforeStartup",                "1", Read::number(0)),
    Row::command("load.off.delay",           "UPS.BELKINControls.BELKINDelayBeforeShutdown",               "20", Read::number(0)),
    Row::command("load.on.delay",            "UPS.BELKINControls.BELKINDelayBeforeStartup",                "30", Read::number(0)),
    Row::command("shutdown.stop",            "UPS.BELKINControls.BELKINDelayBeforeShutdown",               "-1", Read::number(0)),
    Row::command("shutdown.reboot",          "UPS.BELKINControls.BELKINDelayBeforeReboot",                 "10", Read::number(0)),
];

const BELKIN_TEST: Texts = &[
    (0, "No test initiated"),
    (1, "Done and passed"),
    (2, "Done and warning"),
    (3, "Done and error"),
    (4, "Aborted"),
    (5, "In progress"),
];
const BELKIN_ONLINE: Read<Known> = Read::Bit {
    bit: 0,
    set: "!online",
    clear: "online",
};
const BELKIN_OVERLOAD: Read<Known> = Read::Bit {
    bit: 4,
    set: "overload",
    clear: "!overload",
};
const BELKIN_OVERHEAT: Read<Known> = Read::Bit {
    bit: 6,
    set: "overheat",
    clear: "!overheat",
};
const BELKIN_COMMFAULT: Read<Known> = Read::Bit {
    bit: 7,
    set: "commfault",
    clear: "!commfault",
};
const BELKIN_AWAITINGPOWER: Read<Known> = Read::Bit {
    bit: 13,
    set: "awaitingpower",
    clear: "!awaitingpower",
};
const BELKIN_LOWBATT: Read<Known> = Read::Bit {
    bit: 2,
    set: "lowbatt",
    clear: "!lowbatt",
};
const BELKIN_DEPLETED: Read<Known> = Read::Bit {
    bit: 6,
    set: "depleted",
    clear: "!depleted",
};
const BELKIN_REPLACEBATT: Read<Known> = Read::Bit {
    bit: 7,
    set: "replacebatt",
    clear: "!replacebatt",
};

const LIEBERT_ONLINE: Read<Known> = Read::with(|_, value| said(value, "online", "!online"));
const LIEBERT_DISCHARGING: Read<Known> = Read::with(|_, value| said(value, "dischrg", "!dischrg"));
const LIEBERT_CHARGING: Read<Known> = Read::with(|_, value| said(value, "chrg", "!chrg"));
const LIEBERT_LOWBATT: Read<Known> = Read::with(|_, value| said(value, "lowbatt", "!lowbatt"));
const LIEBERT_REPLACEBATT: Read<Known> =
    Read::with(|_, value| said(value, "replacebatt", "!replacebatt"));
const LIEBERT_SHUTDOWNIMM: Read<Known> =
    Read::with(|_, value| said(value, "shutdownimm", "!shutdownimm"));
const LIEBERT_CONFIG_VOLTAGE: Read<Known> =
    Read::with(|known, value| Some(config_voltage(known, value)));
const LIEBERT_LINE_VOLTAGE: Read<Known> =
    Read::with(|known, value| Some(line_voltage(known, value)));
const BELKIN_FIRMWARE: Read<Known> = Read::with(|_, value| Some((whole(value) >> 4).to_string()));
const BELKIN_UPSTYPE: Read<Known> = Read::with(|_, value| {
    let kind = match whole(value) & 0x0f {
        1 => "offline",
        2 => "line-interactive",
        3 => "simple online",
        4 => "simple offline",
        5 => "simple line-interactive",
        _ => "online",
    };
    Some(kind.to_owned())
});
const BELKIN_SENSITIVITY: Read<Known> = Read::with(|_, value| {
    let sensitivity = match whole(value) {
        1 => "reduced",
        2 => "low",
        _ => "normal",
    };
    Some(sensitivity.to_owned())
});

/// What Liebert's numbers are multiplied by: some models mean other exponents than their descriptors say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exponents {
    config: f64,
    line: f64,
}

impl Default for Exponents {
    fn default() -> Self {
        Self {
            config: 1.0,
            line: 1.0,
        }
    }
}

fn said(value: f64, yes: &str, no: &str) -> Option<String> {
    Some(if value == 0.0 { no } else { yes }.to_owned())
}

/// A nominal voltage that is far too small shows which model it is.
fn config_voltage(known: &mut Known, volts: f64) -> String {
    if (volts - 1e-7).abs() < 1e-9 {
        known.belkin = Exponents {
            config: 1e8,
            line: 1e7,
        };
    }
    shown(volts, known.belkin.config)
}

/// No voltage at all shows nothing: mains may be off. One of a volt and more is right as it is.
fn line_voltage(known: &mut Known, volts: f64) -> String {
    if volts != 0.0 && (volts - 1e-5).abs() < 4e-5 {
        known.belkin.line = 1e7;
    } else if volts != 0.0 && (volts - 1e-3).abs() < 4e-3 {
        known.belkin.line = 1e5;
    }
    shown(volts, known.belkin.line)
}

fn shown(volts: f64, scale: f64) -> String {
    format!("{:.1}", if volts >= 1.0 { volts } else { volts * scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voltages_that_are_far_too_small_show_their_exponent() {
        for (volts, expected) in [
            (1.39e-6, "13.9"),
            (2.201e-5, "220.1"),
            (0.000_273, "27.3"),
            (0.001_212, "121.2"),
        ] {
            assert_eq!(line_voltage(&mut Known::default(), volts), expected);
        }
    }

    #[test]
    fn a_power_failure_does_not_change_the_exponent() {
        let mut known = Known::default();
        assert_eq!(line_voltage(&mut known, 230.0), "230.0");
        assert_eq!(line_voltage(&mut known, 0.0), "0.0");
        assert_eq!(line_voltage(&mut known, 230.0), "230.0");
    }
}
