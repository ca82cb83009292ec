//! Mini-Box openUPS.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, section 14.

use hid::table::{Read, Row, texts};

use crate::known::Known;
use hid::whole;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("ups.serial",             "UPS.PowerSummary.iSerialNumber",                             Read::Index),
    Row::var("battery.type",           "UPS.PowerSummary.iDeviceChemistry",                          Read::Index).fixed(),
    Row::var("battery.mfr.date",       "UPS.PowerSummary.iOEMInformation",                           Read::Index).fixed(),
    Row::var("battery.voltage",        "UPS.PowerSummary.Voltage",                                   Read::number(2)).quick(),
    Row::var("battery.current",        "UPS.PowerSummary.Current",                                   Read::number(3)).quick(),
    Row::var("battery.capacity",       "UPS.PowerSummary.DesignCapacity",                            Read::number(0)).fixed(),
    Row::var("battery.charge",         "UPS.PowerSummary.RemainingCapacity",                         Read::number(0)).quick(),
    Row::var("battery.charge.low",     "UPS.PowerSummary.RemainingCapacityLimit",                    Read::number(0)).quick(),
    Row::var("battery.charge.warning", "UPS.PowerSummary.WarningCapacityLimit",                      Read::number(0)),
    Row::var("battery.runtime",        "UPS.PowerSummary.RunTimeToEmpty",                            Read::number(0)).quick(),
    Row::var("battery.temperature",    "UPS.PowerSummary.Temperature",                               OPENUPS_TEMPERATURE).quick(),
    Row::var("output.voltage",         "UPS.PowerSummary.Output.Voltage",                            OPENUPS_VOUT).quick(),
    Row::var("output.current",         "UPS.PowerSummary.Output.Current",                            OPENUPS_CDISCHARGE).quick(),
    Row::var("input.voltage",          "UPS.PowerSummary.Input.Voltage",                             OPENUPS_VIN).quick(),
    Row::var("input.current",          "UPS.PowerSummary.Input.Current",                             OPENUPS_CCHARGE).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.Good",                        OPENUPS_OFF).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.InternalFailure",             Read::Map(texts::COMMFAULT)).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.Overload",                    Read::Map(texts::OVERLOAD)).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.OverTemperature",             Read::Map(texts::OVERHEAT)).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.ShutdownImminent",            Read::Map(texts::SHUTDOWNIMM)).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", Read::Map(texts::LOWBATT)).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.RemainingTimeLimitExpired",   Read::Map(texts::TIMELIMITEXPIRED)).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.Charging",                    OPENUPS_CHARGING).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.Discharging",                 OPENUPS_DISCHARGING).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.NeedReplacement",             Read::Map(texts::REPLACEBATT)),
    Row::status(                       "UPS.PowerSummary.PresentStatus.ACPresent",                   OPENUPS_ONLINE).quick(),
    Row::status(                       "UPS.PowerSummary.PresentStatus.BatteryPresent",              Read::Map(texts::NOBATTERY)).quick(),
];

const OPENUPS_VIN: Read<Known> =
    Read::with(|known, value| Some(format!("{:.2}", value * known.openups.vin)));
const OPENUPS_VOUT: Read<Known> =
    Read::with(|known, value| Some(format!("{:.2}", value * known.openups.vout)));
const OPENUPS_CCHARGE: Read<Known> =
    Read::with(|known, value| Some(format!("{:.3}", value * known.openups.charge)));
const OPENUPS_CDISCHARGE: Read<Known> =
    Read::with(|known, value| Some(format!("{:.3}", value * known.openups.discharge)));
const OPENUPS_CHARGING: Read<Known> = Read::with(|_, value| said(value, "chrg", "!chrg"));
const OPENUPS_DISCHARGING: Read<Known> = Read::with(|_, value| said(value, "dischrg", "!dischrg"));
const OPENUPS_ONLINE: Read<Known> = Read::with(|_, value| said(value, "online", "!online"));
const OPENUPS_OFF: Read<Known> = Read::with(|_, value| said(value, "!off", "off"));
const OPENUPS_TEMPERATURE: Read<Known> =
    Read::with(|_, value| Some(temperature(whole(value * 100.0))));

/// What a model's numbers are multiplied by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scales {
    pub(crate) vin: f64,
    pub(crate) vout: f64,
    pub(crate) charge: f64,
    pub(crate) discharge: f64,
}

impl Default for Scales {
    fn default() -> Self {
        Self::all(1.0)
    }
}

impl Scales {
    /// The first model.
    pub(crate) fn first() -> Self {
        Self {
            vin: 3.545,
            vout: 2.571,
            charge: 0.08274,
            discharge: 1.6113,
        }
    }

    /// The second model.
    pub(crate) fn second() -> Self {
        Self::all(0.1)
    }

    fn all(scale: f64) -> Self {
        Self {
            vin: scale,
            vout: scale,
            charge: scale,
            discharge: scale,
        }
    }
}

fn said(value: f64, yes: &str, no: &str) -> Option<String> {
    Some(if value == 0.0 { no } else { yes }.to_owned())
}

/// The thermistor: what is measured from -40 to 125 degrees, in steps of 5.
const THERMISTOR: [i64; 34] = [
    49, 64, 83, 104, 130, 160, 195, 233, 275, 319, 366, 415, 463, 512, 559, 604, 646, 686, 723,
    756, 786, 813, 837, 858, 877, 894, 908, 921, 933, 943, 951, 959, 966, 972,
];
const COLDEST: i64 = -40;
const STEP: i64 = 5;

/// Degrees Celsius, between two steps on the line that joins them.
pub(crate) fn temperature(raw: i64) -> String {
    let above = THERMISTOR.iter().position(|known| *known >= raw);
    let at = |index: usize| COLDEST + STEP * i64::try_from(index).unwrap_or(0);
    match above {
        None => at(THERMISTOR.len() - 1).to_string(),
        Some(0) => COLDEST.to_string(),
        Some(index) => match THERMISTOR.get(index - 1).zip(THERMISTOR.get(index)) {
            Some((_, here)) if *here == raw => at(index).to_string(),
            Some((below, here)) => {
                let part = (raw - below) as f64 * STEP as f64 / (here - below) as f64;
                format!("{:.2}", at(index - 1) as f64 + part)
            }
            None => COLDEST.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temperatures_lie_on_the_lines_between_the_steps() {
        assert_eq!(temperature(0), "-40");
        assert_eq!(temperature(49), "-40");
        assert_eq!(temperature(64), "-35");
        assert_eq!(temperature(52), "-39.00");
        assert_eq!(temperature(5000), "125");
    }
}
