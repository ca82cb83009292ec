//! Numbers and dates as clients see them.

/// A number times a factor: whole when it is whole, else with two decimals.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "what is measured has less digits than either type, and a cast of a float stops at the limits"
)]
pub(crate) fn scaled(number: i64, factor: f64) -> String {
    let value = number as f64 * factor;
    let whole = value.trunc();
    if (whole as f32 - value as f32).abs() <= f32::EPSILON {
        format!("{}", whole as i64)
    } else {
        format!("{:.2}", value as f32)
    }
}

/// A temperature, with one decimal.
#[allow(
    clippy::cast_precision_loss,
    reason = "a temperature has less digits than the type"
)]
pub(crate) fn temperature(number: i64, factor: f64) -> String {
    format!("{:.1}", number as f64 * factor)
}

/// Degrees Fahrenheit as Celsius, with one decimal.
#[allow(
    clippy::cast_precision_loss,
    reason = "a temperature has less digits than the type"
)]
pub(crate) fn fahrenheit(number: i64) -> String {
    format!("{:.1}", (number as f64 - 32.0) / 1.8)
}

/// Tenths of a degree in the sensors' unit (0 Kelvin, 1 Celsius, 2 Fahrenheit) as whole degrees Celsius.
pub(crate) fn sensor(tenths: i64, unit: i64) -> Option<String> {
    let degrees = tenths / 10;
    let celsius = match unit {
        // 273.15, and cut towards 0
        0 => degrees.checked_mul(100)?.checked_sub(27_315)? / 100,
        1 => degrees,
        2 => degrees.checked_sub(32)?.checked_mul(5)? / 9,
        _ => return None,
    };
    Some(celsius.to_string())
}

/// month/day/year as year-month-day.
pub(crate) fn iso_date(text: &str) -> Option<String> {
    let mut words = text.trim().splitn(3, '/');
    let month: u8 = words.next()?.parse().ok()?;
    let day: u8 = words.next()?.parse().ok()?;
    let year: u16 = words.next()?.get(..4)?.parse().ok()?;
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// year-month-day as month/day/year.
pub(crate) fn us_date(text: &str) -> Option<String> {
    let mut words = text.splitn(3, '-');
    let year: u16 = words.next()?.parse().ok()?;
    let month: u8 = words.next()?.parse().ok()?;
    let day: u8 = words.next()?.parse().ok()?;
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| format!("{month:02}/{day:02}/{year:04}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_whole_or_has_two_decimals() {
        assert_eq!(scaled(2305, 0.1), "230.50");
        assert_eq!(scaled(2300, 0.1), "230");
        assert_eq!(scaled(-1, 1.0), "-1");
        assert_eq!(scaled(5, 60.0), "300");
        assert_eq!(scaled(12345, 0.001), "12.35");
        assert_eq!(scaled(i64::MAX, 60.0), i64::MAX.to_string());
    }

    #[test]
    fn temperatures_and_dates() {
        assert_eq!(temperature(215, 0.1), "21.5");
        assert_eq!(fahrenheit(70), "21.1");
        assert_eq!(sensor(2981, 0).as_deref(), Some("24"));
        assert_eq!(sensor(219, 1).as_deref(), Some("21"));
        assert_eq!(sensor(700, 2).as_deref(), Some("21"));
        assert_eq!(sensor(700, 3), None);
        assert_eq!(iso_date("08/31/2024").as_deref(), Some("2024-08-31"));
        assert_eq!(iso_date("Unknown"), None);
        assert_eq!(us_date("2024-08-31").as_deref(), Some("08/31/2024"));
        assert_eq!(us_date("08/31/2024"), None);
    }
}
