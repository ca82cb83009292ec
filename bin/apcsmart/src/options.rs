//! Options of ups.conf.

use std::time::Duration;

use driver::{Error, OptionSpec, Settings};

use crate::commands::{is_delay, padded};
use crate::methods::Plan;

#[rustfmt::skip]
pub(crate) static OPTIONS: &[OptionSpec] = &[
    OptionSpec::value("ttymode",  "raw or another word: the line is always raw, so that alerts are heard in either"),
    OptionSpec::value("cable",    "940-0095B for that cable, which needs DTR on and RTS off"),
    OptionSpec::value("awd",      "delay before it wakes up after a hard hibernation, 1 to 3 digits, in units of 6 minutes (000)"),
    OptionSpec::value("sdtype",   "how -k switches off: 0 by line state, 1 soft then hard, 2 at once, 3 delayed, 4 simulated failure, 5 hard"),
    OptionSpec::value("advorder", "ways of switching off to try in turn: 0 soft, 1 hard, 2 delayed, 3 at once, 4 simulated failure; or no"),
    OptionSpec::value("cshdelay", "seconds between simulated failure and soft way, 0 to 9.9 (3.5)"),
    OptionSpec::value("wugrace",  "apcsmart-old's name of awd"),
];

/// The cable whose outputs have to be set.
const DUAL_CABLE: &str = "940-0095B";
/// Name of the older driver that this one stands in for.
pub(crate) const OLD_NAME: &str = "apcsmart-old";

/// The options, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// Variables and commands that only apcsmart-old had are there, too.
    pub(crate) old: bool,
    /// The cable needs its outputs set.
    pub(crate) dual_cable: bool,
    pub(crate) plan: Plan,
    /// Digits of the delay before it wakes up.
    pub(crate) wake_up: String,
    /// Between a simulated failure and the soft way.
    pub(crate) forced_pause: Duration,
}

impl Options {
    pub(crate) fn of(settings: &Settings) -> Result<Self, Error> {
        let old = settings.driver == OLD_NAME;
        let cable = settings.value("cable").unwrap_or_default();
        let checked = Self {
            old,
            dual_cable: cable.eq_ignore_ascii_case(DUAL_CABLE),
            plan: plan(settings, old)?,
            wake_up: wake_up(settings, old)?,
            forced_pause: forced_pause(settings)?,
        };
        Ok(checked)
    }

    /// A cable that is named and not known, so that nothing is done for it.
    pub(crate) fn unknown_cable(settings: &Settings) -> Option<&str> {
        settings
            .value("cable")
            .filter(|cable| !cable.eq_ignore_ascii_case(DUAL_CABLE))
    }
}

fn wrong(name: &str, value: &str, usage: &str) -> Error {
    Error::Config(format!(
        "invalid value ({value}) for option '{name}'; it is {usage}"
    ))
}

fn plan(settings: &Settings, old: bool) -> Result<Plan, Error> {
    let last_type = if old { '6' } else { '5' };
    let (last_method, most) = if old { ('5', 6) } else { ('4', 5) };
    let order = settings
        .value("advorder")
        .filter(|order| !order.eq_ignore_ascii_case("no"));
    if let Some(order) = order {
        let usage = format!("1 to {most} digits from 0 to {last_method}, or no");
        let plan = Plan::of_order(order).filter(|_| {
            (1..=most).contains(&order.len()) && order.chars().all(|digit| digit <= last_method)
        });
        return plan.ok_or_else(|| wrong("advorder", order, &usage));
    }
    let kind = settings.value("sdtype").unwrap_or("0");
    let mut digits = kind.chars();
    let digit = digits
        .next()
        .filter(|digit| *digit <= last_type && digits.next().is_none());
    let usage = format!("a digit from 0 to {last_type}");
    digit
        .and_then(Plan::of_type)
        .ok_or_else(|| wrong("sdtype", kind, &usage))
}

/// Type 5 of apcsmart-old takes two digits, its others three; for apcsmart two digits are two.
fn wake_up(settings: &Settings, old: bool) -> Result<String, Error> {
    let given = ["awd", "wugrace"]
        .into_iter()
        .find_map(|name| settings.value(name).map(|value| (name, value)));
    let (name, digits) = given.unwrap_or(("awd", "000"));
    if !is_delay(digits) {
        return Err(wrong(name, digits, "1 to 3 digits"));
    }
    if !old {
        return Ok(padded(digits));
    }
    let width = if settings.value("sdtype") == Some("5") {
        2
    } else {
        3
    };
    let digits = format!("{:0>width$}", digits.trim_start_matches('0'));
    if digits.len() > width {
        return Err(wrong(name, &digits, "at most 99 with sdtype=5"));
    }
    Ok(digits)
}

fn forced_pause(settings: &Settings) -> Result<Duration, Error> {
    let text = settings.value("cshdelay").unwrap_or("3.5");
    let (whole, tenths) = text.split_once('.').unwrap_or((text, ""));
    let digit = |part: &str| match part.as_bytes() {
        [] => Some(0),
        [digit @ b'0'..=b'9'] => Some(u64::from(digit - b'0')),
        _ => None,
    };
    let parsed = digit(whole)
        .zip(digit(tenths))
        .filter(|_| text.len() > 1 || text != ".");
    match parsed {
        Some((whole, tenths)) if !text.is_empty() => {
            Ok(Duration::from_millis(whole * 1000 + tenths * 100))
        }
        _ => Err(wrong("cshdelay", text, "seconds from 0 to 9.9")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::Method;

    fn settings(driver: &str, options: &[(&str, &str)]) -> Settings {
        let option = |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
        Settings {
            driver: driver.to_owned(),
            options: options.iter().map(option).collect(),
            ..Settings::default()
        }
    }

    fn read(options: &[(&str, &str)]) -> Result<Options, String> {
        Options::of(&settings("apcsmart", options)).map_err(|why| why.to_string())
    }

    #[test]
    fn nothing_given_is_a_type_of_0_without_delay() {
        let options = read(&[]).unwrap();
        let expected = Options {
            old: false,
            dual_cable: false,
            plan: Plan::ByLine,
            wake_up: "000".to_owned(),
            forced_pause: Duration::from_millis(3500),
        };
        assert_eq!(options, expected);
    }

    #[test]
    fn values_are_understood() {
        for (given, expected) in [("7", "007"), ("12", "12"), ("00", "00"), ("123", "123")] {
            assert_eq!(read(&[("awd", given)]).unwrap().wake_up, expected);
        }
        for (given, expected) in [("0", 0), ("9.9", 9900), ("2.", 2000), (".5", 500)] {
            let pause = read(&[("cshdelay", given)]).unwrap().forced_pause;
            assert_eq!(pause, Duration::from_millis(expected), "{given}");
        }
        assert!(
            read(&[("cable", "940-0095b"), ("ttymode", "raw")])
                .unwrap()
                .dual_cable
        );
        let order = [("advorder", "03"), ("sdtype", "2")];
        let plan = read(&order).unwrap().plan;
        assert_eq!(plan, Plan::Fixed(vec![Method::Soft, Method::Instant]));
        let plan = read(&[("advorder", "NO"), ("sdtype", "3")]).unwrap().plan;
        assert_eq!(plan, Plan::Fixed(vec![Method::Delayed]));
    }

    #[test]
    fn wrong_values_are_refused() {
        for (name, values) in [
            ("awd", &["", "1234", "-1", "1x"][..]),
            ("sdtype", &["", "6", "7", "00", "x"]),
            ("advorder", &["", "5", "012340", "n"]),
            ("cshdelay", &["", ".", "10", "1.55", "x", "-1"]),
        ] {
            for value in values {
                let why = read(&[(name, value)]).unwrap_err();
                let begin = format!("invalid value ({value}) for option '{name}'");
                assert!(why.starts_with(&begin), "{why}");
            }
        }
    }

    #[test]
    fn the_old_driver_counts_otherwise() {
        let read = |options: &[(&str, &str)]| Options::of(&settings(OLD_NAME, options));
        let hard = Plan::Fixed(vec![Method::Hibernate]);
        for (kind, grace, wake_up) in [("6", "12", "012"), ("5", "7", "07"), ("5", "012", "12")] {
            let options = read(&[("sdtype", kind), ("wugrace", grace)]).unwrap();
            assert_eq!((&options.plan, options.wake_up.as_str()), (&hard, wake_up));
            assert!(options.old);
        }
        assert!(read(&[("sdtype", "5"), ("wugrace", "100")]).is_err());
        assert_eq!(read(&[("advorder", "5")]).unwrap().plan, hard);
        assert!(read(&[("sdtype", "7")]).is_err());
    }
}
