//! CyberPower.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, section 7.

use hid::table::{Read, Row, Texts, texts};

use crate::known::Known;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("battery.type",                 "UPS.PowerSummary.iDeviceChemistry",                          Read::Index),
    Row::var("battery.mfr.date",             "UPS.Battery.ManufacturerDate",                               Read::Date).semi_static().text(10),
    Row::var("battery.mfr.date",             "UPS.PowerSummary.iOEMInformation",                           Read::Index),
    Row::var("battery.charge.warning",       "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)),
    Row::var("battery.charge.low",           "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).semi_static().text(10),
    Row::var("battery.charge",               "UPS.PowerSummary.RemainingCapacity",                         CPS_BATTCHARGE),
    Row::var("battery.runtime",              "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)),
    Row::var("battery.runtime.low",          "UPS.PowerSummary.RemainingTimeLimit",                        Read::number(0)).semi_static().text(10),
    Row::var("battery.voltage.nominal",      "UPS.PowerSummary.ConfigVoltage",                             Read::number(0)),
    Row::var("battery.voltage",              "UPS.PowerSummary.Voltage",                                   CPS_BATTVOLT),
    Row::var("battery.status",               "UPS.PowerSummary.FullChargeCapacity",                        CPS_BATTSTATUS),
    Row::var("ups.load",                     "UPS.Output.PercentLoad",                                     Read::number(0)),
    Row::var("ups.beeper.status",            "UPS.PowerSummary.AudibleAlarmControl",                       Read::Map(texts::BEEPER)),
    Row::var("ups.test.result",              "UPS.Output.Test",                                            Read::Map(texts::TEST_READ)),
    Row::var("ups.power",                    "UPS.Output.ApparentPower",                                   Read::number(0)),
    Row::var("ups.power.nominal",            "UPS.Output.ConfigApparentPower",                             Read::number(0)),
    Row::var("ups.realpower",                "UPS.Output.ActivePower",                                     Read::number(0)),
    Row::var("ups.realpower.nominal",        "UPS.Output.ConfigActivePower",                               Read::number(0)),
    Row::local("ups.delay.start",            "UPS.Output.DelayBeforeStartup",                              "120").text(10),
    Row::local("ups.delay.shutdown",         "UPS.Output.DelayBeforeShutdown",                             "60").text(10),
    Row::var("ups.timer.start",              "UPS.Output.DelayBeforeStartup",                              Read::number(0)).quick(),
    Row::var("ups.timer.shutdown",           "UPS.Output.DelayBeforeShutdown",                             Read::number(0)).quick(),
    Row::var("ups.timer.reboot",             "UPS.Output.DelayBeforeReboot",                               Read::number(0)).quick(),
    Row::var("ups.firmware",                 "UPS.PowerSummary.CPSFirmwareVersion",                        Read::Index).fixed(),
    Row::var("ups.temperature",              "UPS.PowerSummary.Temperature",                               Read::Celsius),
    Row::status(                             "UPS.PowerSummary.PresentStatus.ACPresent",                   Read::Map(texts::ONLINE)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Charging",                    Read::Map(texts::CHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.Discharging",                 Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                             "UPS.PowerSummary.PresentStatus.FullyCharged",                Read::Map(texts::FULLYCHARGED)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.RemainingTimeLimitExpired",   Read::Map(texts::TIMELIMITEXPIRED)),
    Row::status(                             "UPS.PowerSummary.PresentStatus.NeedReplacement",             Read::Map(texts::REPLACEBATT)),
    Row::status(                             "UPS.Output.Boost",                                           Read::Map(texts::BOOST)),
    Row::status(                             "UPS.Output.Overload",                                        Read::Map(texts::OVERLOAD)),
    Row::var("input.frequency",              "UPS.Input.Frequency",                                        CPS_INPUT_FREQ),
    Row::var("input.voltage.nominal",        "UPS.Input.ConfigVoltage",                                    Read::number(0)),
    Row::var("input.voltage",                "UPS.Input.Voltage",                                          Read::number(1)),
    Row::var("input.transfer.low",           "UPS.Input.LowVoltageTransfer",                               Read::number(0)).semi_static().text(10),
    Row::var("input.transfer.high",          "UPS.Input.HighVoltageTransfer",                              Read::number(0)).semi_static().text(10),
    Row::var("input.transfer.low",           "UPS.Output.LowVoltageTransfer",                              Read::number(0)).semi_static().text(10),
    Row::var("input.transfer.high",          "UPS.Output.HighVoltageTransfer",                             Read::number(0)).semi_static().text(10),
    Row::var("input.sensitivity",            "UPS.Output.CPSInputSensitivity",                             Read::Map(CPS_SENSITIVITY)).semi_static().text(0).choices(),
    Row::var("output.frequency",             "UPS.Output.Frequency",                                       CPS_OUTPUT_FREQ),
    Row::var("output.voltage",               "UPS.Output.Voltage",                                         Read::number(1)),
    Row::var("output.voltage.nominal",       "UPS.Output.ConfigVoltage",                                   Read::number(0)),
    Row::command("test.battery.start.quick", "UPS.Output.Test",                                            "1", Read::number(0)),
    Row::command("test.battery.start.deep",  "UPS.Output.Test",                                            "2", Read::number(0)),
    Row::command("test.battery.stop",        "UPS.Output.Test",                                            "3", Read::number(0)),
    Row::command("load.off.delay",           "UPS.Output.DelayBeforeShutdown",                             "60", Read::number(0)),
    Row::command("load.on.delay",            "UPS.Output.DelayBeforeStartup",                              "120", Read::number(0)),
    Row::command("shutdown.stop",            "UPS.Output.DelayBeforeShutdown",                             "-1", Read::number(0)),
    Row::command("shutdown.reboot",          "UPS.Output.DelayBeforeReboot",                               "10", Read::number(0)),
    Row::command("beeper.on",                "UPS.PowerSummary.AudibleAlarmControl",                       "2", Read::number(0)),
    Row::command("beeper.off",               "UPS.PowerSummary.AudibleAlarmControl",                       "3", Read::number(0)),
    Row::command("beeper.enable",            "UPS.PowerSummary.AudibleAlarmControl",                       "2", Read::number(0)),
    Row::command("beeper.disable",           "UPS.PowerSummary.AudibleAlarmControl",                       "1", Read::number(0)),
    Row::command("beeper.mute",              "UPS.PowerSummary.AudibleAlarmControl",                       "3", Read::number(0)),
];

const CPS_SENSITIVITY: Texts = &[(0, "low"), (1, "normal"), (2, "high")];
const CPS_BATTCHARGE: Read<Known> =
    Read::with(|_, charge| Some(format!("{:.0}", charge.min(100.0))));
const CPS_BATTSTATUS: Read<Known> = Read::with(|_, value| Some(format!("{value:.0}%")));
const CPS_BATTVOLT: Read<Known> = Read::with(|known, volts| Some(battery_voltage(known, volts)));
const CPS_INPUT_FREQ: Read<Known> =
    Read::with(|known, hertz| Some(frequency(known, Side::Input, hertz)));
const CPS_OUTPUT_FREQ: Read<Known> =
    Read::with(|known, hertz| Some(frequency(known, Side::Output, hertz)));

/// What is found out about a device whose numbers are on another scale than its descriptor says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scales {
    /// Whether this device is one of those.
    pub(crate) guess: bool,
    battery: Option<f64>,
    input: Option<f64>,
    output: Option<f64>,
}

#[derive(Clone, Copy)]
enum Side {
    Input,
    Output,
}

/// Some count half cells as cells: far above the nominal voltage two thirds are true.
fn battery_voltage(known: &mut Known, volts: f64) -> String {
    if known.cps.guess && known.cps.battery.is_none() {
        let nominal = known
            .number("battery.voltage.nominal")
            .filter(|nominal| *nominal != 0.0);
        known.cps.battery = nominal.map(|nominal| {
            if volts / nominal > 1.4 {
                2.0 / 3.0
            } else {
                1.0
            }
        });
    }
    format!("{:.1}", volts * known.cps.battery.unwrap_or(1.0))
}

/// Some say tenths of a hertz. What is possible is told by the limits, or by the number itself.
fn frequency(known: &mut Known, side: Side, hertz: f64) -> String {
    let (name, settled) = match side {
        Side::Input => ("input", known.cps.input),
        Side::Output => ("output", known.cps.output),
    };
    if !known.cps.guess || settled.is_some() {
        return format!("{:.1}", hertz * settled.unwrap_or(1.0));
    }
    let limit = |known: &Known, which: &str| {
        known
            .number(&format!("{name}.frequency.{which}"))
            .unwrap_or(0.0)
    };
    let (low, high) = (limit(known, "low"), limit(known, "high"));
    let nominal = match limit(known, "nominal") {
        0.0 => likely_nominal(low, high, hertz),
        nominal => nominal,
    };
    let or = |limit: f64, factor: f64, otherwise: f64| match (limit, nominal) {
        (0.0, 0.0) => otherwise,
        (0.0, nominal) => nominal * factor,
        (limit, _) => limit,
    };
    let possible = or(low, 0.95, 45.0)..=or(high, 1.05, 65.0);
    let factor = [1.0, 0.1]
        .into_iter()
        .find(|factor| possible.contains(&(hertz * factor)));
    match side {
        Side::Input => known.cps.input = factor,
        Side::Output => known.cps.output = factor,
    }
    format!("{:.1}", hertz * factor.unwrap_or(1.0))
}

/// 50 or 60, or 0 when nothing tells.
fn likely_nominal(low: f64, high: f64, hertz: f64) -> f64 {
    let within = |value: f64, above: f64, to: f64| value > above && value <= to;
    let is_fifty = within(low, 45.0, 50.0)
        || (50.0..=55.0).contains(&high)
        || within(hertz, 45.0, 55.0)
        || within(hertz, 450.0, 550.0);
    let is_sixty = within(low, 55.0, 60.0)
        || (60.0..=65.0).contains(&high)
        || within(hertz, 55.0, 65.0)
        || within(hertz, 550.0, 650.0);
    match (is_fifty, is_sixty) {
        (true, _) => 50.0,
        (false, true) => 60.0,
        (false, false) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessing(values: &[(&str, &str)]) -> Known {
        let mut known = Known::default();
        known.cps.guess = true;
        values
            .iter()
            .for_each(|(name, value)| known.publish(name, value));
        known
    }

    #[test]
    fn a_battery_far_above_its_nominal_voltage_is_on_another_scale() {
        let mut known = guessing(&[("battery.voltage.nominal", "12")]);
        assert_eq!(battery_voltage(&mut known, 20.4), "13.6");
        assert_eq!(battery_voltage(&mut known, 15.0), "10.0", "it is settled");
        let mut known = guessing(&[("battery.voltage.nominal", "12")]);
        assert_eq!(battery_voltage(&mut known, 13.6), "13.6");
        let mut known = guessing(&[]);
        assert_eq!(
            battery_voltage(&mut known, 20.4),
            "20.4",
            "nothing to compare with"
        );
        assert_eq!(battery_voltage(&mut Known::default(), 20.4), "20.4");
    }

    #[test]
    fn tenths_of_a_hertz_are_recognized() {
        for (hertz, shown) in [
            (499.0, "49.9"),
            (50.1, "50.1"),
            (600.0, "60.0"),
            (5.0, "5.0"),
        ] {
            assert_eq!(frequency(&mut guessing(&[]), Side::Input, hertz), shown);
        }
        let mut known = guessing(&[
            ("output.frequency.low", "47"),
            ("output.frequency.high", "53"),
        ]);
        assert_eq!(frequency(&mut known, Side::Output, 501.0), "50.1");
    }
}
