//! Requests of commands and settings.

use super::identity::ADDRESS;
use crate::dialect::{Effect, Plan, Refused};
use crate::dialects::common;
use crate::known::Known;
use crate::number::whole;

/// The log's name for what the output may be set to.
pub(super) const OUTPUT_VOLTAGES: &str = "output_voltages";

/// Delays are not rounded.
pub(super) fn as_it_is(seconds: i64) -> i64 {
    seconds
}

/// The delay until the load loses power.
pub(super) fn off(known: &Known, _: Option<&str>) -> Result<String, Refused> {
    common::off(known, None)
}

/// The same, and the minutes until it gets power again; at least one, as `R0000` is never.
pub(super) fn off_and_on(known: &Known, _: Option<&str>) -> Result<String, Refused> {
    let start = known.value("ups.delay.start").and_then(whole);
    let start = start.ok_or_else(|| Refused::new("ups.delay.start is no delay"))?;
    let off = off(known, None)?;
    Ok(format!("{off}R{:04}", (start / 60).max(1)))
}

/// Ten seconds are `T`, others `T02` minutes. There is no length that goes without saying.
pub(super) fn test(_: &Known, param: Option<&str>) -> Result<String, Refused> {
    match param.filter(|param| !param.is_empty()) {
        None => Err(Refused::new(
            "how many seconds shall the test last? 10, or 60 to 5940",
        )),
        Some("10") => Ok(String::new()),
        Some(seconds) => {
            common::test_seconds(Some(seconds), 60).map(|seconds| format!("{:02}", seconds / 60))
        }
    }
}

/// Another address: told to the one of now, good for all requests afterwards.
pub(super) fn new_address(_: &Known, value: Option<&str>) -> Result<Plan, Refused> {
    let number = value
        .and_then(whole)
        .filter(|number| (0..=99).contains(number));
    let number = number.ok_or_else(|| Refused::new("an address is 0 to 99"))?;
    Ok(Plan {
        requests: vec![format!("SS{number:02}--,XX")],
        then: vec![Effect::Note(ADDRESS, format!("{number:02}"))],
    })
}

/// Seconds, or days and time as the device writes them, `0012:03:04:05`.
pub(super) fn uptime(_: &Known, value: Option<&str>) -> Result<String, Refused> {
    const DAYS_MAX: i64 = 9999;
    let value = value.unwrap_or_default();
    let parts: Vec<i64> = value.split(':').filter_map(whole).collect();
    let (days, hours, minutes, seconds) = match parts.as_slice() {
        [seconds] if !value.contains([':', '.']) => (
            seconds / 86_400,
            seconds / 3600 % 24,
            seconds / 60 % 60,
            seconds % 60,
        ),
        [days, hours, minutes, seconds] if value.matches(':').count() == 3 => {
            (*days, *hours, *minutes, *seconds)
        }
        _ => (-1, 0, 0, 0),
    };
    let is_time = (0..=DAYS_MAX).contains(&days) && hours < 24 && minutes < 60 && seconds < 60;
    if is_time {
        Ok(format!("{days:04}:{hours:02}:{minutes:02}:{seconds:02}"))
    } else {
        Err(Refused(format!(
            "{value:?} is neither seconds nor days:hours:minutes:seconds"
        )))
    }
}

/// What the output may be set to, by the device's own list.
pub(super) fn output_voltages(known: &Known) -> Vec<String> {
    let list = known.note(OUTPUT_VOLTAGES);
    let list = list.or_else(|| known.value("output.voltage.nominal"));
    let words = list.unwrap_or_default().split_ascii_whitespace();
    words.map(str::to_owned).collect()
}
