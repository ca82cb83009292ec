//! Numbers of seconds from the command line and the environment.

use std::time::Duration;

use client::DEFAULT_TIMEOUT;

use crate::Failure;

/// What `-W 0` means: as long as the kernel itself goes on trying.
const KERNEL: Duration = Duration::from_secs(135);
/// How long `-w` waits.
const TRACKING: Duration = Duration::from_secs(10);

/// How long connecting may take: `-W`, else NUT_DEFAULT_CONNECT_TIMEOUT, else ten seconds.
///
/// # Errors
/// It is not a number.
pub(crate) fn connect_timeout(option: Option<&str>) -> Result<Duration, Failure> {
    let env = std::env::var("NUT_DEFAULT_CONNECT_TIMEOUT").ok();
    let env = env.as_deref().filter(|text| !text.is_empty());
    match option.or(env) {
        None => Ok(DEFAULT_TIMEOUT),
        Some(text) => {
            let time = seconds("network timeout", text)?;
            Ok(if time.is_zero() { KERNEL } else { time })
        }
    }
}

/// How long to wait for an outcome: not at all without `-w`, with it `-t` or ten seconds.
///
/// # Errors
/// It is not a number.
pub(crate) fn patience(wait: bool, option: Option<&str>) -> Result<Option<Duration>, Failure> {
    let time = option.map_or(Ok(TRACKING), |text| seconds("tracking timeout", text))?;
    Ok(wait.then_some(time))
}

/// Reads a number of seconds, which may have a fraction; at most a day.
///
/// # Errors
/// It is not a number, or less than zero.
fn seconds(what: &'static str, text: &str) -> Result<Duration, Failure> {
    let number = text.trim().parse::<f64>().ok();
    let number = number.filter(|number| number.is_finite() && *number >= 0.0);
    match number {
        Some(number) => Ok(Duration::from_secs_f64(number.min(86_400.0))),
        None => Err(Failure::Seconds(what, text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_seconds_are_read() {
        assert_eq!(seconds("x", "2.5").unwrap(), Duration::from_millis(2500));
        assert_eq!(seconds("x", "1e300").unwrap(), Duration::from_secs(86_400));
        assert_eq!(connect_timeout(Some("3")).unwrap(), Duration::from_secs(3));
        assert_eq!(connect_timeout(Some("0")).unwrap(), KERNEL);
    }

    #[test]
    fn only_w_makes_patient() {
        assert_eq!(patience(false, Some("3")).unwrap(), None);
        assert_eq!(patience(true, None).unwrap(), Some(TRACKING));
        let three = Some(Duration::from_secs(3));
        assert_eq!(patience(true, Some("3")).unwrap(), three);
        assert!(patience(false, Some("x")).is_err());
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "five", "-1", "nan", "inf", "5s"] {
            assert!(seconds("x", text).is_err(), "{text}");
        }
        let error = connect_timeout(Some("five")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Error: invalid network timeout: five: write a number of seconds"
        );
    }
}
