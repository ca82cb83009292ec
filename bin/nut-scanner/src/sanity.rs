//! What is odd about serial numbers: they are what tells devices apart.

use std::collections::BTreeMap;

use crate::found::Device;

/// Warnings about devices of one bus.
pub(crate) fn warnings(devices: &[&Device]) -> Vec<String> {
    let serials = || devices.iter().filter_map(|device| device.value("serial"));
    let mut warnings: Vec<String> = serials().filter_map(odd).collect();
    let mut counts = BTreeMap::new();
    for serial in serials() {
        *counts.entry(serial).or_insert(0) += 1;
    }
    for (serial, count) in counts {
        if count > 1 {
            warnings.push(format!(
                "{count} sections have the serial number {serial:?}; bus and busport tell such devices apart"
            ));
        }
    }
    warnings
}

/// What makes a serial number worth little.
fn odd(serial: &str) -> Option<String> {
    let mut letters = serial.chars();
    match letters.next() {
        None => return Some("a serial number is empty".to_owned()),
        Some(first) if serial.len() > first.len_utf8() && letters.all(|each| each == first) => {
            return Some(format!(
                "serial number {serial:?} is {} times {first:?} (0x{:02x}), which many devices of this maker may have",
                serial.chars().count(),
                u32::from(first)
            ));
        }
        Some(_) => {}
    }
    if serial.ends_with(char::is_whitespace) {
        return Some(format!("serial number {serial:?} ends with a blank"));
    }
    let is_placeholder = ["<empty>", "<null>", "empty", "null"]
        .iter()
        .any(|word| serial.eq_ignore_ascii_case(word));
    is_placeholder.then(|| format!("serial number {serial:?} is none"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::found::Kind;

    fn of(serials: &[&str]) -> Vec<String> {
        let device = |serial: &&str| Device::new(Kind::Usb, "d", "auto").with("serial", serial);
        let devices: Vec<Device> = serials.iter().map(device).collect();
        warnings(&devices.iter().collect::<Vec<_>>())
    }

    #[test]
    fn serial_numbers_that_tell_nothing_are_told() {
        for (serial, told) in [
            ("", "is empty"),
            ("0000", "4 times '0' (0x30)"),
            ("S1 ", "ends with a blank"),
            ("<null>", "is none"),
        ] {
            let warnings = of(&[serial]);
            assert!(warnings[0].contains(told), "{warnings:?}");
            assert_eq!(warnings.len(), 1);
        }
        assert_eq!(of(&["G123H45678", "7"]), [""; 0]);
    }

    #[test]
    fn a_serial_number_that_several_have_is_told_once() {
        let warnings = of(&["S1", "S2", "S1"]);
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].starts_with("2 sections have the serial number \"S1\""));
    }
}
