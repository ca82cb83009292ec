//! Recordings of real devices, from file to client, byte for byte.
//!
//! They are dumps of `upsc` from NUT's device dump library. One server serves all of them at once.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use testkit::{PATIENCE, Running, eventually, skipped};
use tests::Site;

/// Longest value that a driver publishes.
const VALUE_MAX: usize = 255;

#[test]
fn every_line_of_every_dump_is_listed() {
    let Some(dumps) = dumps() else {
        skipped(
            "every_line_of_every_dump_is_listed",
            "dumps of real devices in the directory that LOCKNUT_DUMPS names",
        );
        return;
    };
    let named: Vec<(String, String)> = dumps
        .iter()
        .enumerate()
        .map(|(number, path)| {
            (
                format!("dump{number}"),
                String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned(),
            )
        })
        .collect();
    let site = Site::new();
    let devices: Vec<(&str, &str)> = named
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    site.devices(&devices);
    let mut drivers: Vec<Running> = devices.iter().map(|(name, _)| site.launch(name)).collect();
    for ((name, _), driver) in devices.iter().zip(&mut drivers) {
        site.await_driver(name, driver);
    }
    let _upsd = site.upsd();
    let mut compared = 0;
    for ((name, text), path) in devices.iter().zip(&dumps) {
        compared += compare(&site, name, text, path);
    }
    println!(
        "{compared} lines of {} dumps are listed byte for byte",
        dumps.len()
    );
    assert!(
        compared > 50 * dumps.len() / 2,
        "only {compared} lines were compared"
    );
}

fn dumps() -> Option<Vec<PathBuf>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/devices/dumps");
    let dir = std::env::var_os("LOCKNUT_DUMPS").map_or(beside, PathBuf::from);
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "dev"));
    paths.sort();
    (!paths.is_empty()).then_some(paths)
}

fn compare(site: &Site, name: &str, text: &str, path: &Path) -> usize {
    let expected = expected(text);
    let missing = |listing: &str| -> Vec<String> {
        let lines = expected
            .iter()
            .map(|(name, value)| format!("{name}: {value}"));
        lines
            .filter(|line| !listing.lines().any(|each| each == line))
            .collect()
    };
    let mut last = String::new();
    let listed = eventually(PATIENCE, || {
        last = site.upsc(&[&site.address(name)]).stdout;
        missing(&last).is_empty().then_some(())
    });
    assert!(
        listed.is_some(),
        "{}: not listed: {:#?}\nlisted:\n{last}",
        path.display(),
        missing(&last)
    );
    expected.len()
}

/// What is to be published of a dump. Left out are lines that no driver publishes (`driver.*`, no value) and what NUT's
/// protocol has no bytes for.
fn expected(text: &str) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> = text
        .lines()
        .filter_map(|line| line.split('#').next()?.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), joined(value)))
        .filter(|(name, _)| !name.starts_with("driver."))
        .collect();
    copy_to_device(&mut values);
    values.retain(|_, value| !value.is_empty() && value.is_ascii() && value.len() <= VALUE_MAX);
    lead_with_alarm(&mut values);
    values
}

/// The framework knows the device by what it knows of the UPS; a line without value takes away what the driver began with.
fn copy_to_device(values: &mut BTreeMap<String, String>) {
    for (device, ups, default) in [
        ("device.mfr", "ups.mfr", Some("Dummy Manufacturer")),
        ("device.model", "ups.model", Some("Dummy UPS")),
        ("device.serial", "ups.serial", None),
    ] {
        let known = values.get(ups).cloned().or(default.map(ToOwned::to_owned));
        if let Some(copy) = known.filter(|copy| !copy.is_empty()) {
            values.insert(device.to_owned(), copy);
        }
    }
}

/// A text in `ups.alarm` is an alarm, which the status tells first. C NUT drops it here.
fn lead_with_alarm(values: &mut BTreeMap<String, String>) {
    let alarm = values.contains_key("ups.alarm");
    if let Some(status) = values
        .get_mut("ups.status")
        .filter(|status| alarm && !status.starts_with("ALARM"))
    {
        *status = format!("ALARM {status}");
    }
}

fn joined(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_expected_of_a_dump() {
    let values =
        expected("device.mfr: X\ndriver.name: y\nups.load: 5\t#BAD\nups.mfr: A  B\nups.serial:\n");
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        values,
        [
            ("device.mfr", "A B"),
            ("device.model", "Dummy UPS"),
            ("ups.load", "5"),
            ("ups.mfr", "A B")
        ]
    );
}
