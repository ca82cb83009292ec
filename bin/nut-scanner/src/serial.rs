//! Devices on serial ports, which say nothing by themselves: they are asked.
//!
//! First as apcsmart asks: `Y`, which other devices take for nothing or echo. Only where no APC answers, as nutdrv_qx asks:
//! letters that to an APC could be commands. Both only ask; no setting and no switching is among it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use driver::Error;

use crate::drivers;
use crate::found::{Device, Kind};
use crate::sweep::sweep;
use crate::tell::Tell;

/// How long a driver may take to find out whether its device is there.
const ASKING: Duration = Duration::from_secs(60);
/// Ports that are asked in one run.
const PORTS_MAX: usize = 64;
/// Names of ports with a number behind, for `auto` and for a number alone.
const NAMES: [&str; 2] = ["ttyS", "ttyUSB"];

/// What is on these ports, all asked at the same time.
pub(crate) fn scan(ports: &[PathBuf], until: Instant, tell: Tell) -> Vec<Device> {
    let swept = sweep(ports, PORTS_MAX, until, |port| ask(port, tell));
    swept.answers.into_iter().flatten().collect()
}

fn ask(port: &Path, tell: Tell) -> Option<Device> {
    let name = port.display().to_string();
    match whose(&name) {
        Ok(Some(driver)) => return Some(Device::new(Kind::Serial, driver, name)),
        Ok(None) => tell.progress(&format!(
            "Serial: no device that a driver knows answers on {name}"
        )),
        Err(why) => tell.problem(&format!("Serial: {why}")),
    }
    None
}

/// The driver of what answers on a port.
fn whose(port: &str) -> Result<Option<&'static str>, Error> {
    let settings = drivers::settings(&apcsmart::INFO, port, Vec::new());
    let is_apc = move || apcsmart::answers(&settings);
    if drivers::attempt(apcsmart::INFO.name, ASKING, is_apc)? {
        return Ok(Some(apcsmart::INFO.name));
    }
    let settings = drivers::settings(&nutdrv_qx::INFO, port, Vec::new());
    match drivers::open(&nutdrv_qx::INFO, settings, ASKING) {
        Ok(()) => Ok(Some(nutdrv_qx::INFO.name)),
        // somebody else's device, or none
        Err(Error::Timeout(_) | Error::Garbled(_)) => Ok(None),
        Err(why) => Err(why),
    }
}

/// The ports that `-E` means: `auto`, a digit or letter, a range of them, or names with commas between.
pub(crate) fn ports(spec: &str) -> Result<Vec<PathBuf>, String> {
    let ports: Vec<PathBuf> = match spec.split_once('-') {
        _ if spec.eq_ignore_ascii_case("auto") => existing(Path::new("/dev")),
        Some((first, last)) if !spec.contains('/') => {
            let (Some(first), Some(last)) = (letter(first), letter(last)) else {
                return Err(format!("{spec:?} is no range of ports; write it as 0-3"));
            };
            (first.min(last)..=first.max(last))
                .flat_map(numbered)
                .collect()
        }
        _ => spec
            .split(',')
            .filter(|name| !name.is_empty())
            .flat_map(|name| letter(name).map_or_else(|| vec![named(name)], numbered))
            .collect(),
    };
    let once: BTreeSet<PathBuf> = ports.into_iter().collect();
    if once.len() > PORTS_MAX {
        let count = once.len();
        return Err(format!(
            "{count} ports are too many, at most {PORTS_MAX} are asked in one run"
        ));
    }
    Ok(once.into_iter().collect())
}

fn letter(text: &str) -> Option<char> {
    let mut letters = text.chars();
    let first = letters.next().filter(char::is_ascii_alphanumeric)?;
    letters.next().is_none().then_some(first)
}

/// The ports with this number, those that there are.
fn numbered(number: char) -> Vec<PathBuf> {
    let ports = NAMES.map(|name| PathBuf::from(format!("/dev/{name}{number}")));
    ports.into_iter().filter(|port| port.exists()).collect()
}

fn named(name: &str) -> PathBuf {
    if name.contains('/') {
        PathBuf::from(name)
    } else {
        Path::new("/dev").join(name)
    }
}

fn existing(dev: &Path) -> Vec<PathBuf> {
    let is_port = |name: &str| {
        let mut numbers = NAMES.iter().filter_map(|begin| name.strip_prefix(begin));
        numbers.any(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let entries = fs::read_dir(dev).into_iter().flatten().flatten();
    let ports = entries.filter(|entry| entry.file_name().to_str().is_some_and(is_port));
    ports.map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_may_be_told_in_several_ways() {
        let of = |spec: &str| {
            let ports = ports(spec).unwrap();
            ports
                .iter()
                .map(|port| port.display().to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of("/dev/ttyS1,/dev/ttyUSB4"),
            ["/dev/ttyS1", "/dev/ttyUSB4"]
        );
        assert_eq!(of("ttyS1,/run/my-tty,ttyS1"), ["/dev/ttyS1", "/run/my-tty"]);
        assert!(
            ports("zero-nine")
                .unwrap_err()
                .contains("no range of ports")
        );
        // those with a number alone are asked if they are there
        assert!(of("0-3").iter().all(|port| Path::new(port).exists()));
    }

    #[test]
    fn auto_means_serial_ports_and_adapters() {
        let dev = tempfile::tempdir().unwrap();
        for name in ["ttyUSB0", "ttyS12", "ttyS", "tty1", "ttyACM0", "ttyUSBx"] {
            fs::write(dev.path().join(name), "").unwrap();
        }
        let mut found = existing(dev.path());
        found.sort();
        assert_eq!(
            found,
            ["ttyS12", "ttyUSB0"].map(|name| dev.path().join(name))
        );
    }

    #[test]
    fn too_many_ports_are_refused() {
        let names: Vec<String> = (0..=PORTS_MAX)
            .map(|number| format!("ttyS{number}"))
            .collect();
        assert!(ports(&names.join(",")).unwrap_err().contains("too many"));
    }

    #[test]
    fn a_port_that_is_not_there_is_told() {
        let port = [PathBuf::from("/nonexistent/tty")];
        let until = Instant::now() + Duration::from_secs(60);
        assert_eq!(scan(&port, until, Tell { quiet: true }), []);
    }
}
