//! Sections of ups.conf: drivers, their devices, and limits that are not what they seem.

use config::{Section, Setting};

use crate::facts::{Device, Facts, Fault};
use crate::finding::{At, Fix, Spot};

/// Limits that only `ignorelb` makes count.
const LIMITS: [&str; 2] = ["battery.charge.low", "battery.runtime.low"];
/// Drivers that find their device on USB by themselves.
const USB: [&str; 10] = [
    "usbhid-ups",
    "nutdrv_qx",
    "blazer_usb",
    "bcmxcp_usb",
    "richcomm_usb",
    "riello_usb",
    "tripplite_usb",
    "nutdrv_atcl_usb",
    "powervar_cx_usb",
    "belkinunv",
];

fn setting<'s>(section: &'s Section, key: &str) -> Option<&'s Setting> {
    let mut settings = section.settings.iter().rev();
    settings.find(|setting| setting.key.eq_ignore_ascii_case(key))
}

/// Where a setting of a section stands.
pub(super) fn at(facts: &Facts, section: &Section, key: &str) -> At {
    let place = setting(section, key).map(|setting| setting.place);
    At::File(facts.ups.path.clone(), place.or(section.place))
}

pub(super) fn thresholds(facts: &Facts) -> Vec<Spot> {
    let sections = facts.ups.value.sections.iter();
    let sections = sections.filter(|section| !section.ignorelb);
    let limit = |section: &&Section| {
        let mut settings = section.settings.iter();
        settings.rfind(|setting| is_limit(&setting.key)).cloned()
    };
    let found = sections.filter_map(|section| Some((section, limit(&section)?)));
    found
        .map(|(section, limit)| Spot {
            at: At::File(facts.ups.path.clone(), Some(limit.place)),
            what: format!(
                "[{}] {} has no effect without ignorelb",
                section.name, limit.key
            ),
            fix: Fix::Add(
                facts.ups.path.clone(),
                Some(limit.place.line),
                "  ignorelb".to_owned(),
            ),
        })
        .collect()
}

fn is_limit(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let name = key
        .strip_prefix("override.")
        .or_else(|| key.strip_prefix("default."));
    name.is_some_and(|name| LIMITS.contains(&name))
}

/// Sections of a host that runs drivers.
fn served(facts: &Facts) -> impl Iterator<Item = (&Section, &Device)> {
    facts.sections().filter(|_| facts.serves())
}

pub(super) fn program(facts: &Facts) -> Vec<Spot> {
    let faulty = served(facts)
        .filter_map(|(section, device)| Some((section, device, device.program.fault.as_ref()?)));
    faulty
        .map(|(section, device, fault)| {
            let path = device.program.path.display();
            let line = setting(section, "driver").map_or(0, |setting| setting.place.line);
            let (what, fix) = match (fault, &device.meant) {
                (Fault::Missing, Some(meant)) => (
                    format!("[{}] there is no driver {path}", section.name),
                    Fix::Replace(facts.ups.path.clone(), line, format!("  driver = {meant}")),
                ),
                (Fault::Missing, None) => (
                    format!("[{}] there is no driver {path}", section.name),
                    Fix::Do(format!(
                        "install the package that has {}, or write the driver of this device: nut-scanner",
                        section.driver
                    )),
                ),
                (Fault::Useless(why), _) => (
                    format!("[{}] the driver {path} can not be run: {why}", section.name),
                    Fix::Run(format!("chmod a+rx {path}")),
                ),
            };
            Spot { at: at(facts, section, "driver"), what, fix }
        })
        .collect()
}

pub(super) fn port(facts: &Facts) -> Vec<Spot> {
    let missing = served(facts).filter_map(|(section, device)| {
        let port = device.port.as_ref()?;
        (port.fault == Some(Fault::Missing)).then_some((section, port))
    });
    missing
        .map(|(section, port)| {
            let fix = if section.port.starts_with("/dev/") {
                "connect the device, or write the port that is there: ls -l /dev/serial/by-id"
            } else {
                "write the name of a file that is there"
            };
            Spot {
                at: at(facts, section, "port"),
                what: format!("[{}] there is no {}", section.name, port.path.display()),
                fix: Fix::Do(fix.to_owned()),
            }
        })
        .collect()
}

pub(super) fn access(facts: &Facts) -> Vec<Spot> {
    let closed = served(facts).filter_map(|(section, device)| {
        let port = device.port.as_ref()?;
        match &port.fault {
            Some(Fault::Useless(why)) => Some((section, port, why)),
            _ => None,
        }
    });
    closed
        .map(|(section, port, why)| {
            let user = facts.ups.value.user(section).unwrap_or(&facts.account);
            let path = port.path.display();
            let fix = match &port.group {
                Some(group) => format!("usermod -a -G {group} {user}"),
                None => format!("chgrp {} {path} && chmod g+rw {path}", facts.group),
            };
            Spot {
                at: at(facts, section, "port"),
                what: format!("[{}] {user} may not use {path}: {why}", section.name),
                fix: Fix::Run(fix),
            }
        })
        .collect()
}

pub(super) fn shared(facts: &Facts) -> Vec<Spot> {
    let sections = &facts.ups.value.sections;
    let is_device = |section: &&Section| section.port.starts_with("/dev/");
    let spot = |(number, section): (usize, &Section)| {
        let mut before = sections.iter().take(number);
        let first = before.find(|other| other.port == section.port)?;
        Some(Spot {
            at: at(facts, section, "port"),
            what: format!(
                "[{}] has the port of [{}]: {}",
                section.name, first.name, section.port
            ),
            fix: Fix::Do(
                "write the port that its own device has, or remove one of the two sections"
                    .to_owned(),
            ),
        })
    };
    let devices = sections
        .iter()
        .enumerate()
        .filter(|(_, section)| is_device(section));
    devices.filter_map(spot).collect()
}

/// Whether the driver of a section looks for its device on USB.
pub(super) fn is_on_usb(section: &Section) -> bool {
    USB.contains(&section.driver.as_str()) && !section.port.starts_with("/dev/")
}

pub(super) fn twins(facts: &Facts) -> Vec<Spot> {
    let sections = facts.ups.value.sections.iter();
    let sections: Vec<&Section> = sections.filter(|section| is_on_usb(section)).collect();
    let spot = |(number, section): (usize, &&Section)| {
        let mut before = sections.iter().take(number);
        let first = before.find(|other| matchers(other) == matchers(section))?;
        Some(Spot {
            at: At::File(facts.ups.path.clone(), section.place),
            what: format!(
                "[{}] may find the same USB device as [{}]",
                section.name, first.name
            ),
            fix: Fix::Do(
                "give each of the two its serial = \"...\" (or busport =), as nut-scanner -U tells"
                    .to_owned(),
            ),
        })
    };
    sections.iter().enumerate().filter_map(spot).collect()
}

fn matchers(section: &Section) -> Vec<Option<&str>> {
    let value = |key: &&str| setting(section, key).and_then(|setting| setting.value.as_deref());
    units::USB_KEYS.iter().map(value).collect()
}
