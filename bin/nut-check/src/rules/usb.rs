//! UPSes on USB: whether they are there, and whether drivers may open them.

use config::Section;

use crate::facts::{Facts, Fault, Link};
use crate::finding::{At, Fix, Spot};

use super::drivers::is_on_usb;

/// Sections whose driver has not shown by its work that all is well.
fn unproven(facts: &Facts) -> Vec<&Section> {
    let works = |section: &Section| {
        facts.watched.iter().any(|watched| {
            let is_this = watched
                .address
                .as_ref()
                .is_some_and(|address| address.ups == section.name);
            let tells = matches!(&watched.link, Link::Answered { status: Ok(_), .. });
            watched.is_local && is_this && tells
        })
    };
    let sections = facts.ups.value.sections.iter().filter(|_| facts.serves());
    sections
        .filter(|section| is_on_usb(section) && !works(section))
        .collect()
}

pub(super) fn missing(facts: &Facts) -> Vec<Spot> {
    if facts.usb.as_ref().is_none_or(|usb| !usb.devices.is_empty()) {
        return Vec::new();
    }
    let sections = unproven(facts).into_iter();
    let spot = |section: &Section| {
        Spot {
        at: At::File(facts.ups.path.clone(), section.place),
        what: format!("[{}] there is no UPS on USB that NUT knows", section.name),
        fix: Fix::Do(
            "connect its cable; if lsusb shows it, write its numbers here: vendorid = .... and productid = ....".to_owned(),
        ),
    }
    };
    sections.map(spot).collect()
}

pub(super) fn access(facts: &Facts) -> Vec<Spot> {
    let Some(usb) = facts.usb.as_ref().filter(|_| !unproven(facts).is_empty()) else {
        return Vec::new();
    };
    let closed = usb
        .devices
        .iter()
        .filter_map(|device| match &device.node.fault {
            Some(Fault::Useless(why)) => Some((device, why)),
            _ => None,
        });
    let fix = if usb.has_rules {
        // plugged in before the rules were there
        Fix::Run(
            "udevadm control --reload && udevadm trigger --subsystem-match=usb --action=change"
                .to_owned(),
        )
    } else {
        Fix::Do("install udev's rules for NUT (62-nut-usbups.rules, of locknut-server or nut-server), and plug the UPS in anew".to_owned())
    };
    closed
        .map(|(device, why)| Spot {
            at: At::Thing(device.node.path.display().to_string()),
            what: format!(
                "{} may not use the UPS {}: {why}",
                facts.account, device.name
            ),
            fix: fix.clone(),
        })
        .collect()
}
