//! The command line: one long option, as C NUT's script has them.

use std::time::Duration;

use crate::Error;
use crate::show::What;

pub(crate) const HELP: &str = "\
Keeps one systemd service nut-driver@NAME for each UPS of ups.conf.

usage: nut-driver-enumerator [option]

without an option, makes the services as ups.conf says, once
  --reconfigure                     the same, and restarts all of them
  --daemon[=SECONDS]                the same whenever ups.conf has changed
  --daemon-after[=SECONDS]          the same, with a first look after that time only
  --list-devices                    the UPSes of ups.conf
  --list-services                   their services
  --list-instances                  the instances of nut-driver@
  --list-services-for-devices       service and UPS, with a tab between
  --get-service-for-device NAME     the service of a UPS
  --get-device-for-service SERVICE  the UPS of a service
  --show-all-configs                all sections of ups.conf
  --show-device-config NAME         a section
  --show-device-config-value NAME KEY  a setting of a section
  --get-service-framework           systemd
  --help                            this

ends with 0: nothing was to do; 42: something was done (0 with REPORT_RESTART_42=no in the environment); 13: something could not be
done; 1: wrong usage or mistakes in ups.conf; 2: no ups.conf that can be read";

/// Seconds between two looks.
const EVERY: Duration = Duration::from_secs(60);

/// What it is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Help,
    Framework,
    Sync { again: bool },
    Daemon { every: Duration, late: bool },
    Show(What),
}

/// Reads the words behind the program's name.
pub(crate) fn read(words: &[String]) -> Result<Wanted, Error> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (option, value) = match words.first().copied().unwrap_or_default().split_once('=') {
        Some((option, value)) => (option, Some(value)),
        None => (words.first().copied().unwrap_or_default(), None),
    };
    let rest = words.get(1..).unwrap_or_default();
    let given: Vec<&str> = value.into_iter().chain(rest.iter().copied()).collect();
    let wanted = match (option, given.as_slice()) {
        ("", []) => Wanted::Sync { again: false },
        ("--reconfigure", []) => Wanted::Sync { again: true },
        ("-h" | "--help", []) => Wanted::Help,
        ("--get-service-framework", []) => Wanted::Framework,
        ("--daemon" | "--daemon-after", seconds @ ([] | [_])) => Wanted::Daemon {
            every: every(seconds.first().copied())?,
            late: option == "--daemon-after",
        },
        ("--list-devices", []) => Wanted::Show(What::Devices),
        ("--list-services", []) => Wanted::Show(What::Services),
        ("--list-instances", []) => Wanted::Show(What::Instances),
        ("--list-services-for-devices", []) => Wanted::Show(What::Pairs),
        ("--get-service-for-device", [device]) => {
            Wanted::Show(What::ServiceOf((*device).to_owned()))
        }
        ("--get-device-for-service", [unit]) => Wanted::Show(What::DeviceOf((*unit).to_owned())),
        ("--show-all-configs" | "--show-configs", []) => Wanted::Show(What::Configs),
        ("--show-device-config" | "--show-config", [device]) => {
            Wanted::Show(What::Config((*device).to_owned()))
        }
        ("--show-device-config-value" | "--show-config-value", [device, key]) => {
            Wanted::Show(What::Value((*device).to_owned(), (*key).to_owned()))
        }
        _ => {
            let line = words.join(" ");
            return Err(Error::Told(format!("{line:?} makes no sense; see --help")));
        }
    };
    Ok(wanted)
}

fn every(text: Option<&str>) -> Result<Duration, Error> {
    let Some(text) = text else {
        return Ok(EVERY);
    };
    let seconds = text
        .parse()
        .ok()
        .filter(|seconds| (1..=86_400).contains(seconds));
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| Error::Told(format!("{text:?} is no number of seconds")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Wanted, Error> {
        let words: Vec<String> = line.split_whitespace().map(ToOwned::to_owned).collect();
        read(&words)
    }

    #[test]
    fn each_line_is_understood() {
        assert_eq!(words("").unwrap(), Wanted::Sync { again: false });
        let daemon = Wanted::Daemon {
            every: Duration::from_secs(5),
            late: true,
        };
        assert_eq!(words("--daemon-after=5").unwrap(), daemon);
        assert_eq!(
            words("--show-device-config-value rack port").unwrap(),
            Wanted::Show(What::Value("rack".into(), "port".into()))
        );
        assert_eq!(
            words("--get-service-for-device=rack").unwrap(),
            Wanted::Show(What::ServiceOf("rack".into()))
        );
        for line in [
            "--lst",
            "rack",
            "--list-devices x",
            "--daemon=x",
            "--get-service-for-device",
        ] {
            assert!(words(line).is_err(), "{line}");
        }
    }
}
