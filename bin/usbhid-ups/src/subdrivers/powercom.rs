//! PowerCOM.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, sections 15 and 16.

use hid::table::{Read, Row, Texts, texts};

use crate::known::Known;
use hid::whole;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::status(                             "UPS.PowerSummary.PresentStatus.ACPresent",                      Read::Map(texts::ONLINE)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BatteryPresent",                 Read::Map(texts::NOBATTERY)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit",    Read::Map(texts::LOWBATT)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Charging",                       Read::Map(texts::CHARGING)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.CommunicationLost",              Read::Map(texts::COMMFAULT)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Discharging",                    Read::Map(texts::DISCHARGING)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.NeedReplacement",                Read::Map(texts::REPLACEBATT)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Overload",                       Read::Map(texts::OVERLOAD)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.RemainingTimeLimitExpired",      Read::Map(texts::TIMELIMITEXPIRED)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ShutdownImminent",               Read::Map(texts::SHUTDOWNIMM)),
    Row::status(                             "UPS.PresentStatus.ACPresent",                                   Read::Map(texts::ONLINE)),
    Row::status(                             "UPS.PresentStatus.BatteryPresent",                              Read::Map(texts::NOBATTERY)),
    Row::status(                             "UPS.PresentStatus.BelowRemainingCapacityLimit",                 Read::Map(texts::LOWBATT)),
    Row::status(                             "UPS.PresentStatus.Boost",                                       Read::Map(texts::BOOST)),
    Row::status(                             "UPS.PresentStatus.Buck",                                        Read::Map(texts::TRIM)),
    Row::status(                             "UPS.PresentStatus.Charging",                                    Read::Map(texts::CHARGING)),
    Row::status(                             "UPS.PresentStatus.CommunicationLost",                           Read::Map(texts::COMMFAULT)),
    Row::status(                             "UPS.PresentStatus.Discharging",                                 Read::Map(texts::DISCHARGING)),
    Row::status(                             "UPS.PresentStatus.NeedReplacement",                             Read::Map(texts::REPLACEBATT)),
    Row::status(                             "UPS.PresentStatus.Overload",                                    Read::Map(texts::OVERLOAD)),
    Row::status(                             "UPS.PresentStatus.RemainingTimeLimitExpired",                   Read::Map(texts::TIMELIMITEXPIRED)),
    Row::status(                             "UPS.PresentStatus.ShutdownImminent",                            Read::Map(texts::SHUTDOWNIMM)),
    Row::var("battery.voltage",              "UPS.PowerSummary.PresentStatus.ACPresent",                      POWERCOM_HACK_VOLTAGE),
    Row::var("battery.charge",               "UPS.PowerSummary.RemainingCapacity",                            Read::number(0)),
    Row::var("battery.charge",               "UPS.Battery.RemainingCapacity",                                 Read::number(0)),
    Row::var("battery.charge.low",           "UPS.PowerSummary.RemainingCapacityLimit",                       Read::number(0)),
    Row::var("battery.charge.warning",       "UPS.PowerSummary.WarningCapacityLimit",                         Read::number(0)),
    Row::var("battery.runtime",              "UPS.PowerSummary.RunTimeToEmpty",                               Read::number(0)),
    Row::var("battery.mfr.date",             "UPS.Battery.ManufacturerDate",                                  Read::Date).fixed(),
    Row::var("battery.type",                 "UPS.PowerSummary.iDeviceChemistry",                             Read::Index).fixed(),
    Row::var("ups.beeper.status",            "UPS.PowerSummary.AudibleAlarmControl",                          Read::Map(POWERCOM_BEEPER)),
    Row::var("ups.beeper.status",            "UPS.AudibleAlarmControl",                                       Read::Map(POWERCOM_BEEPER)),
    Row::var("ups.load",                     "UPS.Output.PercentLoad",                                        Read::number(0)),
    Row::var("ups.date",                     "UPS.PowerSummary.ManufacturerDate",                             Read::Date).fixed(),
    Row::var("ups.test.result",              "UPS.Battery.Test",                                              Read::Map(texts::TEST_READ)),
    Row::local("ups.delay.start",            "UPS.PowerSummary.DelayBeforeStartup",                           "60").text(8),
    Row::var("ups.timer.start",              "UPS.PowerSummary.DelayBeforeStartup",                           POWERCOM_STARTUP),
    Row::local("ups.delay.shutdown",         "UPS.PowerSummary.DelayBeforeShutdown",                          "20").text(8),
    Row::var("ups.timer.shutdown",           "UPS.PowerSummary.DelayBeforeShutdown",                          POWERCOM_SHUTDOWN).quick(),
    Row::local("ups.delay.shutdown",         "UPS.PowerSummary.PCMDelayBeforeShutdown",                       "20").text(8),
    Row::var("ups.timer.shutdown",           "UPS.PowerSummary.PCMDelayBeforeShutdown",                       POWERCOM_SHUTDOWN).quick(),
    Row::var("input.voltage",                "UPS.Input.Voltage",                                             Read::number(1)),
    Row::var("input.voltage.nominal",        "UPS.Input.ConfigVoltage",                                       Read::number(0)).fixed(),
    Row::var("input.frequency",              "UPS.Input.Frequency",                                           Read::number(1)),
    Row::var("output.voltage",               "UPS.Output.Voltage",                                            Read::number(1)),
    Row::var("output.voltage.nominal",       "UPS.Output.ConfigVoltage",                                      Read::number(0)).fixed(),
    Row::var("output.frequency",             "UPS.Output.Frequency",                                          Read::number(1)),
    Row::command("beeper.toggle",            "UPS.PowerSummary.AudibleAlarmControl",                          "1", Read::number(0)),
    Row::command("beeper.enable",            "UPS.PowerSummary.AudibleAlarmControl",                          "1", Read::number(0)),
    Row::command("beeper.disable",           "UPS.PowerSummary.AudibleAlarmControl",                          "0", Read::number(0)),
    Row::command("test.battery.start.quick", "UPS.Battery.Test",                                              "1", Read::number(0)),
    Row::command("load.on.delay",            "UPS.PowerSummary.DelayBeforeStartup",                           "", POWERCOM_STARTUP),
    Row::command("shutdown.return",          "UPS.PowerSummary.DelayBeforeShutdown",                          "", POWERCOM_SHUTDOWN),
    Row::command("shutdown.stayoff",         "UPS.PowerSummary.DelayBeforeShutdown",                          "", POWERCOM_STAYOFF),
    Row::command("load.on",                  "UPS.PowerSummary.PCMDelayBeforeStartup",                        "0", POWERCOM_STARTUP),
    Row::command("load.off",                 "UPS.PowerSummary.PCMDelayBeforeShutdown",                       "0", POWERCOM_STAYOFF),
    Row::command("shutdown.return",          "UPS.PowerSummary.PCMDelayBeforeShutdown",                       "", POWERCOM_SHUTDOWN),
    Row::command("shutdown.stayoff",         "UPS.PowerSummary.PCMDelayBeforeShutdown",                       "", POWERCOM_STAYOFF),
    Row::var("ups.serial",                   "PowercomUPS.PowercomSerialNumber",                              Read::Index),
    Row::var("ups.mfr",                      "PowercomUPS.PowercomManufacturerName",                          Read::Index),
    Row::var("ups.mfr.date",                 "PowercomUPS.PowercomManufacturerDate",                          Read::Date),
    Row::var("battery.temperature",          "PowercomUPS.PowercomBatterySystem.PowercomTemperature",         Read::number(0)),
    Row::var("battery.temperature",          "UPS.Battery.Temperature",                                       Read::number(1)),
    Row::var("battery.charge",               "PowercomUPS.PowercomBatterySystem.PowercomVoltage",             Read::number(0)),
    Row::var("input.frequency",              "PowercomUPS.PowercomPowerConverter.PowercomInput.PowercomFrequency", Read::number(0)),
    Row::var("input.voltage",                "PowercomUPS.PowercomPowerConverter.PowercomInput.PowercomVoltage", Read::scaled(0, 4.0)),
    Row::var("output.voltage",               "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomVoltage", Read::scaled(0, 4.0)),
    Row::var("ups.load",                     "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomPercentLoad", Read::number(0)),
    Row::status(                             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomInternalChargeController", POWERCOM_UPSFAIL).quick(),
    Row::status(                             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomInternalChargeController", POWERCOM_REPLACEBATT).quick(),
    Row::status(                             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomInternalChargeController", POWERCOM_TEST).quick(),
    Row::status(                             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomInternalChargeController", POWERCOM_SHUTDOWNIMM).quick(),
    Row::status(                             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomPrimaryBatterySupport", POWERCOM_ONLINE).quick(),
    Row::status(                             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomPrimaryBatterySupport", POWERCOM_LOWBATT).quick(),
    Row::status(                             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomPrimaryBatterySupport", POWERCOM_TRIM).quick(),
    Row::status(                             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomPrimaryBatterySupport", POWERCOM_BOOST).quick(),
    Row::status(                             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomPrimaryBatterySupport", POWERCOM_OVERLOAD).quick(),
    Row::var("output.frequency",             "PowercomUPS.PowercomPowerConverter.PowercomOutput.PowercomFrequency", Read::number(0)),
    Row::var("ups.test.result",              "PowercomUPS.PowercomPowerConverter.PowercomTest",               Read::Map(texts::TEST_READ)),
    Row::var("ups.delay.shutdown",           "PowercomUPS.PowercomPowerConverter.PowercomDelayBeforeShutdown", Read::number(0)),
    Row::var("ups.delay.start",              "PowercomUPS.PowercomPowerConverter.PowercomDelayBeforeStartup", Read::number(0)),
    Row::command("load.off",                 "PowercomUPS.PowercomPowerConverter.PowercomDelayBeforeShutdown", "0", Read::number(0)),
];

const POWERCOM_BEEPER: Texts = &[(1, "enabled"), (2, "disabled")];
const POWERCOM_UPSFAIL: Read<Known> = Read::Bit {
    bit: 0,
    set: "fanfail",
    clear: "!fanfail",
};
const POWERCOM_REPLACEBATT: Read<Known> = Read::Bit {
    bit: 1,
    set: "replacebatt",
    clear: "!replacebatt",
};
const POWERCOM_TEST: Read<Known> = Read::Bit {
    bit: 2,
    set: "cal",
    clear: "!cal",
};
const POWERCOM_SHUTDOWNIMM: Read<Known> = Read::Bit {
    bit: 4,
    set: "shutdownimm",
    clear: "!shutdownimm",
};
const POWERCOM_ONLINE: Read<Known> = Read::Bit {
    bit: 0,
    set: "!online",
    clear: "online",
};
const POWERCOM_LOWBATT: Read<Known> = Read::Bit {
    bit: 1,
    set: "lowbatt",
    clear: "!lowbatt",
};
const POWERCOM_OVERLOAD: Read<Known> = Read::Bit {
    bit: 5,
    set: "overload",
    clear: "!overload",
};

/// Two bits say whether the voltage is lowered or raised.
const POWERCOM_TRIM: Read<Known> = Read::with(|_, value| {
    Some(
        if whole(value) & 0x18 == 0x08 {
            "trim"
        } else {
            "!trim"
        }
        .to_owned(),
    )
});
const POWERCOM_BOOST: Read<Known> = Read::with(|_, value| {
    Some(
        if whole(value) & 0x18 == 0x18 {
            "boost"
        } else {
            "!boost"
        }
        .to_owned(),
    )
});
const POWERCOM_STARTUP: Read<Known> = Read::With {
    show: Some(|_, value| Some((60 * i64::from(low_word(value).swap_bytes())).to_string())),
    parse: Some(startup),
    texts: &[],
};
const POWERCOM_SHUTDOWN: Read<Known> = Read::With {
    show: Some(|known, value| Some(shutdown_seconds(known, value).to_string())),
    parse: Some(|known, text| Some(shutdown(known, text, Then::Restart))),
    texts: &[],
};
/// Only written: commands are not read.
const POWERCOM_STAYOFF: Read<Known> = Read::With {
    show: None,
    parse: Some(|known, text| Some(shutdown(known, text, Then::StayOff))),
    texts: &[],
};
/// The voltage is text in a report of its own, which hangs on the report of another item.
const POWERCOM_HACK_VOLTAGE: Read<Known> =
    Read::with(|known, _| Some(known.powercom.battery_voltage.clone()));

/// What is set and known of a device.
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    /// `powercom_sdcmd_byte_order_fallback`: firmware that wants the bytes the other way round.
    pub(crate) old_order: bool,
    /// `powercom_sdcmd_discrete_delay`: firmware that wants the number of a step.
    pub(crate) steps: bool,
    /// `ondelay`, in seconds.
    pub(crate) start_delay: Option<String>,
    /// `offdelay`, in seconds.
    pub(crate) shutdown_delay: Option<String>,
    /// The last text of report 0xa4 that was a voltage.
    pub(crate) battery_voltage: String,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            old_order: false,
            steps: false,
            start_delay: None,
            shutdown_delay: None,
            battery_voltage: "0.0".to_owned(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Restart,
    StayOff,
}

/// The longest delay of each step, in seconds; the last step is longer than all.
const STEPS: [i64; 17] = [
    12, 18, 24, 30, 36, 42, 48, 54, 60, 120, 180, 240, 300, 360, 420, 480, 540,
];

/// The sixteen low bits of a number.
fn low_word(value: f64) -> u16 {
    u16::try_from(whole(value) & 0xffff).unwrap_or(u16::MAX)
}

/// The first that says something: the client, the option, the variable.
fn seconds(
    known: &Known,
    text: Option<&str>,
    option: Option<&String>,
    var: &str,
    default: i64,
) -> i64 {
    let told = [text, option.map(String::as_str), known.value(var)];
    let told = told.into_iter().flatten().find(|text| !text.is_empty());
    told.map_or(default, leading)
}

/// The number at the beginning of a text; 0 without one.
fn leading(text: &str) -> i64 {
    let text = text.trim_start();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let number = digits
        .get(..end)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0);
    if digits.len() < text.len() {
        -number
    } else {
        number
    }
}

/// Minutes, the bytes swapped.
#[allow(clippy::unnecessary_wraps, reason = "the table wants it so")]
fn startup(known: &mut Known, text: Option<&str>) -> Option<i64> {
    let option = known.powercom.start_delay.clone();
    let minutes = (seconds(known, text, option.as_ref(), "ups.delay.start", 120) / 60).max(0);
    if known.powercom.steps {
        return Some(minutes);
    }
    let word = u16::try_from(minutes & 0xffff).unwrap_or(u16::MAX);
    Some(word.swap_bytes().into())
}

/// A byte of minutes and a byte of seconds.
fn shutdown_seconds(known: &Known, value: f64) -> i64 {
    let [low, high] = low_word(value).to_le_bytes().map(i64::from);
    if known.powercom.old_order {
        60 * low + high
    } else {
        60 * high + low
    }
}

/// The same, with a bit that says what comes after. Nothing at all would mean the longest delay.
fn shutdown(known: &mut Known, text: Option<&str>, then: Then) -> i64 {
    let option = known.powercom.shutdown_delay.clone();
    let told = seconds(known, text, option.as_ref(), "ups.delay.shutdown", 60);
    let told = if (0..=0xffff).contains(&told) {
        told
    } else {
        0
    };
    if known.powercom.steps && then == Then::Restart {
        let step = STEPS.iter().position(|longest| told <= *longest);
        return i64::try_from(step.unwrap_or(STEPS.len())).unwrap_or(0) + 1;
    }
    let told = told.max(1);
    let (minutes, rest) = (told / 60, told % 60);
    let (order, flag) = match (known.powercom.old_order, then) {
        (false, Then::Restart) => (minutes * 256 + rest, 0x0040),
        (false, Then::StayOff) => (minutes * 256 + rest, 0x0080),
        (true, Then::Restart) => (rest * 256 + minutes, 0x4000),
        (true, Then::StayOff) => (rest * 256 + minutes, 0x8000),
    };
    (order | flag) & 0xffff
}

/// The voltage in the text of report 0xa4: a run of digits with a point.
pub(crate) fn voltage_text(report: &[u8]) -> Option<String> {
    let text: String = report
        .iter()
        .skip(1)
        .take(7)
        .take_while(|byte| **byte != 0)
        .map(|byte| char::from(*byte))
        .collect();
    let counts = |c: char| c.is_ascii_digit() || c == '.';
    let begin = text.find(counts)?;
    let number: String = text
        .get(begin..)?
        .chars()
        .take_while(|c| counts(*c))
        .collect();
    number.contains('.').then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_bytes_of_minutes_and_seconds() {
        let mut known = Known::default();
        assert_eq!(shutdown(&mut known, Some("90"), Then::Restart), 0x015e);
        assert_eq!(shutdown(&mut known, Some("20"), Then::StayOff), 0x0094);
        assert_eq!(shutdown(&mut known, Some("0"), Then::Restart), 0x0041);
        assert_eq!(shutdown_seconds(&known, f64::from(0x011e)), 90);
        known.powercom.old_order = true;
        assert_eq!(shutdown(&mut known, Some("90"), Then::Restart), 0x5e01);
        known.powercom.steps = true;
        assert_eq!(shutdown(&mut known, Some("61"), Then::Restart), 10);
        assert_eq!(shutdown(&mut known, Some("9999"), Then::Restart), 18);
        assert_eq!(startup(&mut known, Some("180")), Some(3));
        known.powercom.steps = false;
        assert_eq!(startup(&mut known, Some("180")), Some(0x0300));
    }

    #[test]
    fn what_was_told_last_counts_for_a_delay() {
        let mut known = Known::default();
        assert_eq!(shutdown(&mut known, None, Then::StayOff), 0x0180);
        known.publish("ups.delay.shutdown", "30");
        assert_eq!(shutdown(&mut known, None, Then::StayOff), 0x009e);
        known.powercom.shutdown_delay = Some("5".to_owned());
        assert_eq!(shutdown(&mut known, None, Then::StayOff), 0x0085);
    }

    #[test]
    fn a_voltage_is_digits_with_a_point() {
        assert_eq!(voltage_text(b"\xa4 13.7V").as_deref(), Some("13.7"));
        assert_eq!(voltage_text(b"\xa4137"), None);
        assert_eq!(voltage_text(b"\xa4"), None);
    }
}
