//! Rules that give USB devices to the drivers' group, in the order and with the effect of NUT's own file: packages replace one by
//! the other.

use super::facts::{Device, Facts, Port};
use crate::failure::{Failure, Result};
use std::collections::BTreeMap;
use std::fmt::Write;

const HEAD: &str = r#"# USB devices that drivers may open. Made by `cargo xtask generate` from the drivers' tables; do not edit.

ACTION=="remove", GOTO="nut-usbups_rules_end"
SUBSYSTEM!="usb", GOTO="nut-usbups_rules_end"
"#;

const FOOT: &str = r#"
LABEL="nut-usbups_rules_end"
"#;

/// What is known of one pair of numbers.
#[derive(Default)]
struct Known<'a> {
    devices: Vec<(&'a Device, &'a str)>,
}

/// The text of the file.
pub(super) fn rules(all: &[Facts]) -> Result<String> {
    let group = group(all)?;
    let mut ids: BTreeMap<(&str, &str), Known> = BTreeMap::new();
    for facts in all {
        for device in &facts.devices {
            if let Port::Usb(vid, pid) = &device.port {
                let known = ids.entry((vid, pid)).or_default();
                known.devices.push((device, &facts.name));
            }
        }
    }
    let mut text = HEAD.to_owned();
    let mut last = "";
    for ((vid, pid), known) in &ids {
        if *vid != last {
            text.push('\n');
            last = vid;
        }
        // writing to a string cannot fail
        let _ = writeln!(text, "# {}", known.comment());
        let _ = writeln!(
            text,
            r#"ATTR{{idVendor}}=="{vid}", ATTR{{idProduct}}=="{pid}", MODE="0664", GROUP="{group}""#
        );
    }
    Ok(text + FOOT)
}

impl Known<'_> {
    /// Who it is, and for which driver.
    fn comment(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        let mut drivers: Vec<&str> = Vec::new();
        for (device, driver) in &self.devices {
            let name = format!("{} {}", device.maker, device.model);
            names.push(name.trim_end().to_owned());
            drivers.push(driver);
        }
        drivers.dedup();
        format!("{} - {}", names.join("; "), drivers.join(" "))
    }
}

/// The one group of all drivers.
fn group(all: &[Facts]) -> Result<&str> {
    let mut groups: Vec<&str> = all.iter().map(|facts| facts.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    match groups.as_slice() {
        [group] => Ok(group),
        _ => Err(Failure::told(format!(
            "the drivers were built for different groups: {}; build all of them with the same LOCKNUT_GROUP",
            groups.join(", ")
        ))),
    }
}

#[cfg(test)]
mod tests;
