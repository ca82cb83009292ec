//! UPSes on USB, as the kernel lists them. Which devices are UPSes say udev's rules for NUT, and sections with `vendorid`.

use std::fs;
use std::path::{Path, PathBuf};

use daemon::access::{Right, Who};

use super::Place;
use crate::facts::{Facts, Node, Usb, UsbDevice};

/// Where the kernel lists devices.
const DEVICES: &str = "/sys/bus/usb/devices";
/// Where udev has its rules.
const RULES: [&str; 4] = [
    "/etc/udev/rules.d",
    "/run/udev/rules.d",
    "/usr/lib/udev/rules.d",
    "/lib/udev/rules.d",
];
/// What the names of those for NUT have in common.
const MARK: &str = "nut-usbups";

/// All of them; nothing where there is no USB.
pub(super) fn look(facts: &Facts, place: &Place<'_>, who: Option<&Who>) -> Option<Usb> {
    let entries = fs::read_dir(place.below(Path::new(DEVICES))).ok()?;
    let rules = rules(place);
    let mut known = rules.as_deref().map(ids).unwrap_or_default();
    known.extend(facts.ups.value.sections.iter().filter_map(wanted));
    let devices = entries.flatten().filter_map(|entry| read(&entry.path()));
    let devices = devices.filter(|(id, _)| known.contains(id));
    let devices = devices.map(|((vendor, product), path)| UsbDevice {
        name: format!("{vendor}:{product}"),
        node: node(place, place.below(&path), who),
    });
    Some(Usb {
        has_rules: rules.is_some(),
        devices: devices.collect(),
    })
}

type Id = (String, String);

/// The rules for NUT, of whatever number.
fn rules(place: &Place<'_>) -> Option<String> {
    let dirs = RULES.iter().map(|dir| place.below(Path::new(dir)));
    let files = dirs.flat_map(|dir| fs::read_dir(dir).into_iter().flatten().flatten());
    let mut ours = files.filter(|file| file.file_name().to_string_lossy().contains(MARK));
    fs::read_to_string(ours.next()?.path()).ok()
}

/// The devices that rules are for.
fn ids(rules: &str) -> Vec<Id> {
    let value = |line: &str, name: &str| {
        let (_, rest) = line.split_once(&format!("ATTR{{{name}}}==\""))?;
        rest.split_once('"').map(|(id, _)| id.to_ascii_lowercase())
    };
    let lines = rules.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| Some((value(line, "idVendor")?, value(line, "idProduct")?)))
        .collect()
}

/// The device that a section wants by its numbers.
fn wanted(section: &config::Section) -> Option<Id> {
    let value = |key: &str| {
        let mut settings = section.settings.iter();
        let setting = settings.find(|setting| setting.key.eq_ignore_ascii_case(key))?;
        setting.value.as_ref().map(|id| id.to_ascii_lowercase())
    };
    Some((value("vendorid")?, value("productid")?))
}

/// What a device is, and where its file is.
fn read(dir: &Path) -> Option<(Id, PathBuf)> {
    let text = |name: &str| {
        let text = fs::read_to_string(dir.join(name)).ok()?;
        Some(text.trim().to_ascii_lowercase())
    };
    let number = |name: &str| text(name)?.parse::<u32>().ok();
    let path = format!(
        "/dev/bus/usb/{:03}/{:03}",
        number("busnum")?,
        number("devnum")?
    );
    Some(((text("idVendor")?, text("idProduct")?), path.into()))
}

fn node(place: &Place<'_>, path: PathBuf, who: Option<&Who>) -> Node {
    let may = |right| who.and_then(|who| place.may(right, Some(who), &path));
    Node {
        fault: may(Right::Read).or_else(|| may(Right::Write)),
        group: None,
        path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_say_which_devices_are_meant() {
        let rules = "# ATTR{idVendor}==\"1\", ATTR{idProduct}==\"2\"\nACTION==\"remove\"\n\
                     ATTR{idVendor}==\"0463\", ATTR{idProduct}==\"FFFF\", MODE=\"0664\", GROUP=\"nut\"\n";
        assert_eq!(ids(rules), [("0463".to_owned(), "ffff".to_owned())]);
    }
}
