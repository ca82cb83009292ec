//! What depends on the model, and what is worked out from other variables.

use hid::table::Read;
use hid::whole;

use super::models::Family;
use crate::known::Known;

/// The kind of the one Evolution whose battery is always 12 V.
const EVOLUTION_650: u16 = 0x0301;
/// Load times apparent power is real power by this, where the device does not say.
const POWER_FACTOR: f64 = 0.8;

/// The country is not published, and nothing depends on it any more.
pub(super) const EATON_CHECK_COUNTRY: Read<Known> = Read::with(|_, _| None);

pub(super) const MGE_BATTERY_VOLTAGE: Read<Known> = Read::with(|known, volts| {
    (known.mge.family == Family::Measured).then(|| format!("{volts:.1}"))
});

pub(super) const MGE_BATTERY_VOLTAGE_NOMINAL: Read<Known> = Read::with(|known, volts| {
    let volts = if known.mge.model == EVOLUTION_650 {
        12.0
    } else {
        volts
    };
    (known.mge.family == Family::Measured).then(|| format!("{volts:.0}"))
});

/// Ampere-seconds as ampere-hours.
pub(super) const MGE_BATTERY_CAPACITY: Read<Known> =
    Read::with(|_, charge| Some(format!("{:.2}", charge / 3600.0)));

/// While the output is off mains says nothing of it.
pub(super) const EATON_CONVERTER_ONLINE: Read<Known> = Read::with(|known, value| {
    let online = if value == 0.0 { "!online" } else { "online" };
    (!known.is_off).then(|| online.to_owned())
});

pub(super) const EATON_COMPUTE_REALPOWER: Read<Known> = Read::with(|known, _| {
    let (load, nominal) = (known.whole("ups.load")?, known.whole("ups.power.nominal")?);
    let factor = known.number("output.powerfactor").unwrap_or(POWER_FACTOR);
    let power = load as f64 * 0.01 * nominal as f64 * factor;
    Some(format!("{:.0}", power.round()))
});

pub(super) const PEGASUS_THRESHOLD: Read<Known> = Read::With {
    show: Some(|known, value| (known.mge.family == Family::Pegasus).then(|| format!("{value:.0}"))),
    parse: None,
    texts: &[(10, "10"), (25, "25"), (60, "60")],
};

pub(super) const PEGASUS_YES_NO: Read<Known> = Read::With {
    show: Some(|known, value| {
        let text = if value == 0.0 { "no" } else { "yes" };
        (known.mge.family == Family::Pegasus).then(|| text.to_owned())
    }),
    parse: Some(|known, text| match text? {
        "yes" if known.mge.family == Family::Pegasus => Some(1),
        "no" if known.mge.family == Family::Pegasus => Some(0),
        _ => None,
    }),
    texts: &[],
};

/// Voltages of one region may be chosen; an on-line UPS can make those of the neighbouring one, too.
pub(super) const NOMINAL_OUTPUT_VOLTAGE: Read<Known> = Read::With {
    show: Some(|known, value| {
        let volts = whole(value);
        let first = *known.mge.nominal.get_or_insert(volts);
        let offline = known.mge.family.is_offline();
        let possible = match (region(first), region(volts)) {
            (None, _) => true,
            (Some(first), Some(other)) if first == other => true,
            (Some(Region::Low), _) | (_, Some(Region::Low) | None) => false,
            _ => !offline,
        };
        possible.then(|| volts.to_string())
    }),
    parse: None,
    texts: &[
        (200, "200"),
        (208, "208"),
        (220, "220"),
        (230, "230"),
        (240, "240"),
        (100, "100"),
        (110, "110"),
        (120, "120"),
        (127, "127"),
    ],
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Region {
    Low,
    Middle,
    High,
}

fn region(volts: i64) -> Option<Region> {
    match volts {
        100 | 110 | 120 | 127 => Some(Region::Low),
        200 | 208 => Some(Region::Middle),
        220 | 230 | 240 => Some(Region::High),
        _ => None,
    }
}

pub(super) const MGE_DATE: Read<Known> = Read::With {
    show: Some(|_, seconds| Some(clock(whole(seconds)).0)),
    parse: Some(|known, text| since_1970(text?, known.value("ups.time")?)),
    texts: &[],
};

pub(super) const MGE_TIME: Read<Known> = Read::With {
    show: Some(|_, seconds| Some(clock(whole(seconds)).1)),
    parse: Some(|known, text| since_1970(known.value("ups.date")?, text?)),
    texts: &[],
};

const DAY: i64 = 86_400;

/// Date and time of day of a number of seconds since 1970, in universal time.
fn clock(seconds: i64) -> (String, String) {
    let (days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let time = format!("{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60);
    (format!("{year:04}/{month:02}/{day:02}"), time)
}

/// The date of a number of days since 1970, in the Gregorian calendar. Eras are of 400 years, and begin in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The number of days since 1970 of a date.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn since_1970(date: &str, time: &str) -> Option<i64> {
    let [year, month, day] = three(date, '/')?;
    let [hour, minute, second] = three(time, ':')?;
    let is_date =
        (1..=12).contains(&month) && (1..=31).contains(&day) && (1970..=9999).contains(&year);
    let is_time = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    let seconds = days(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
    (is_date && is_time).then_some(seconds)
}

fn three(text: &str, between: char) -> Option<[i64; 3]> {
    let mut parts = text.trim().split(between).map(|part| part.parse().ok());
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_read_back() {
        assert_eq!(clock(0), ("1970/01/01".to_owned(), "00:00:00".to_owned()));
        assert_eq!(
            clock(951_827_696),
            ("2000/02/29".to_owned(), "12:34:56".to_owned())
        );
        for seconds in [0, 951_827_696, 1_767_225_600, 4_102_444_799] {
            let (date, time) = clock(seconds);
            assert_eq!(since_1970(&date, &time), Some(seconds));
        }
        for (date, time) in [
            ("2000/13/01", "00:00:00"),
            ("2000/01/01", "24:00:00"),
            ("x", "y"),
            ("2000/01/01/01", "00:00:00"),
        ] {
            assert_eq!(since_1970(date, time), None);
        }
    }

    #[test]
    fn the_first_nominal_voltage_says_which_may_be_chosen() {
        let choices = |first: f64, family| {
            let mut known = Known::default();
            known.mge.family = family;
            let _ = NOMINAL_OUTPUT_VOLTAGE.show(first, &mut known);
            NOMINAL_OUTPUT_VOLTAGE.choices(&mut known).join(" ")
        };
        assert_eq!(choices(120.0, Family::Default), "100 110 120 127");
        assert_eq!(choices(230.0, Family::Default), "200 208 220 230 240");
        assert_eq!(choices(230.0, Family::Offline), "220 230 240");
        assert_eq!(choices(208.0, Family::Pegasus), "200 208");
        assert_eq!(
            choices(115.0, Family::Default),
            "200 208 220 230 240 100 110 120 127"
        );
    }

    #[test]
    fn real_power_is_worked_out_from_load_and_apparent_power() {
        let mut known = Known::default();
        let shown = |known: &mut Known| match EATON_COMPUTE_REALPOWER.show(0.0, known) {
            hid::table::Shown::Text(text) => Some(text),
            _ => None,
        };
        assert_eq!(shown(&mut known), None);
        known.publish("ups.load", "25");
        known.publish("ups.power.nominal", "1500");
        assert_eq!(shown(&mut known).as_deref(), Some("300"));
        known.publish("output.powerfactor", "0.9");
        assert_eq!(shown(&mut known).as_deref(), Some("338"));
    }
}
