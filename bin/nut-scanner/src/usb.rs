//! USB devices that the drivers' tables know.
//!
//! Each is opened as its driver opens it, so what is printed is what the driver will find, and why it cannot is told now.

use std::time::Duration;

use driver::Info;
use usb::real::Libusb;
use usb::{Bus, Identity};

use crate::drivers;
use crate::found::{Device, Kind, Setting, Use};
use crate::tell::Tell;

/// How long a driver may take to open a device.
const OPENING: Duration = Duration::from_secs(40);

/// A device with the drivers that know it.
struct Candidate {
    identity: Identity,
    drivers: Vec<&'static Info>,
}

/// All of them. `detail` is how often `-U` was given.
pub(crate) fn scan(detail: u8, tell: Tell) -> Vec<Device> {
    let candidates = match candidates(tell) {
        Ok(candidates) => candidates,
        Err(error) => {
            tell.problem(&format!("USB: {error}"));
            return Vec::new();
        }
    };
    let identities: Vec<Identity> = candidates.iter().map(|one| one.identity.clone()).collect();
    let device = |candidate: &Candidate| {
        let info = choose(candidate, tell);
        let place = Place::of(&candidate.identity, &identities, detail);
        info.map(|info| section(candidate, info, place))
    };
    candidates.iter().filter_map(device).collect()
}

fn candidates(tell: Tell) -> Result<Vec<Candidate>, usb::Error> {
    let mut bus = Libusb::new(driver::device_group);
    let mut candidates = Vec::new();
    for listed in bus.list()? {
        let drivers = drivers::of_usb(listed.vid, listed.pid);
        if drivers.is_empty() {
            continue;
        }
        // without its strings it can still be told where it is; its driver's attempt tells why they cannot be read
        let identity = bus.describe(&listed).unwrap_or(listed);
        candidates.push(Candidate { identity, drivers });
    }
    if candidates.is_empty() {
        tell.progress("USB: no device that a driver knows");
    }
    Ok(candidates)
}

/// The first driver that can open it; else the first, and why it cannot is told.
fn choose(candidate: &Candidate, tell: Tell) -> Option<&'static Info> {
    let identity = &candidate.identity;
    let exactly = [
        ("vendorid", identity.vid_text()),
        ("productid", identity.pid_text()),
        ("bus", identity.bus_text()),
        ("device", identity.device_text()),
    ];
    let exactly = exactly.map(|(name, value)| (name.to_owned(), Some(value)));
    let mut refusals = Vec::new();
    for info in &candidate.drivers {
        let settings = drivers::settings(info, "auto", exactly.to_vec());
        match drivers::open(info, settings, OPENING) {
            Ok(()) => return Some(info),
            Err(why) => refusals.push(format!("{}: {why}", info.name)),
        }
    }
    tell.problem(&format!(
        "USB: {identity} cannot be opened; its section is printed all the same\n  {}\n  nut-scanner opens devices as the driver \
         does: run it as root, or as the user of the drivers",
        refusals.join("\n  ")
    ));
    candidate.drivers.first().copied()
}

/// Which of the settings about its place count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    port: Use,
    address: Use,
    release: Option<Use>,
}

impl Place {
    /// As wished for, or as needed: two devices that nothing else tells apart are told apart by their places.
    fn of(identity: &Identity, all: &[Identity], detail: u8) -> Self {
        let alike = |other: &&Identity| names(identity) == names(other);
        let twins = || all.iter().filter(alike);
        let of_port = |each: &Identity| (each.bus_text(), each.busport_text());
        let beside = twins().filter(|twin| of_port(identity) == of_port(twin));
        let counts = |so: bool| if so { Use::Counts } else { Use::Comment };
        Self {
            port: counts(detail >= 2 || twins().count() > 1),
            address: counts(detail >= 3 || beside.count() > 1),
            release: (detail >= 4).then_some(Use::NoDriver),
        }
    }
}

/// What a section tells of a device beside its place.
fn names(identity: &Identity) -> impl PartialEq {
    let texts = [&identity.vendor, &identity.product, &identity.serial];
    (identity.vid, identity.pid, texts.map(Clone::clone))
}

fn section(candidate: &Candidate, info: &'static Info, place: Place) -> Device {
    let identity = &candidate.identity;
    let mut device = Device::new(Kind::Usb, info.name, "auto");
    let others = candidate.drivers.iter().map(|other| other.name);
    device.alternates = others.filter(|name| *name != info.name).collect();
    device = device
        .with("vendorid", &format!("{:04X}", identity.vid))
        .with("productid", &format!("{:04X}", identity.pid));
    for (name, text) in [
        ("product", &identity.product),
        ("serial", &identity.serial),
        ("vendor", &identity.vendor),
    ] {
        if let Some(text) = text {
            device = device.with(name, &expression(text));
        }
    }
    let release = format!("{:04x}", identity.release);
    for (name, value, usage) in [
        ("bus", identity.bus_text(), Some(place.port)),
        ("device", identity.device_text(), Some(place.address)),
        ("busport", identity.busport_text(), Some(place.port)),
        ("bcdDevice", release, place.release),
    ] {
        let setting = usage.map(|usage| Setting::new(name, &value, usage));
        device.settings.extend(setting);
    }
    device
}

/// A device's text as the settings have it: a regular expression, without the blanks around. A dot is left as it is, as it
/// matches itself.
fn expression(text: &str) -> String {
    let mut expression = String::new();
    for letter in text.trim_matches([' ', '\t', '\n']).chars() {
        if letter.is_control() {
            expression.push('.');
            continue;
        }
        if r"\[](){}*+?|^$".contains(letter) {
            expression.push('\\');
        }
        expression.push(letter);
    }
    expression
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use usb::Matcher;

    fn identity(serial: &str, port: u8) -> Identity {
        Identity {
            vid: 0x0463,
            pid: 0xffff,
            release: 0x0100,
            vendor: Some("EATON".to_owned()),
            product: Some("Ellipse (X)".to_owned()),
            serial: Some(serial.to_owned()),
            bus: 1,
            address: 7 + port,
            ports: vec![port],
        }
    }

    fn sections(all: &[Identity], detail: u8) -> Vec<Device> {
        let section = |identity: &Identity| {
            let candidate = Candidate {
                identity: identity.clone(),
                drivers: drivers::of_usb(identity.vid, identity.pid),
            };
            let place = Place::of(identity, all, detail);
            section(&candidate, candidate.drivers[0], place)
        };
        all.iter().map(section).collect()
    }

    fn counting(device: &Device) -> Vec<&str> {
        let counts = |one: &&Setting| one.usage == Use::Counts;
        let counting = device.settings.iter().filter(counts);
        counting.map(|one| one.name).collect()
    }

    const NAMES: [&str; 5] = ["vendorid", "productid", "product", "serial", "vendor"];

    #[test]
    fn a_place_counts_when_it_is_wished_for() {
        let all = [identity("S1", 2)];
        for (detail, more) in [
            (0, &[][..]),
            (1, &[]),
            (2, &["bus", "busport"]),
            (3, &["bus", "device", "busport"]),
        ] {
            let device = &sections(&all, detail)[0];
            assert_eq!(counting(device), [&NAMES[..], more].concat(), "{detail}");
            assert_eq!(device.value("bcdDevice"), None);
        }
        let device = &sections(&all, 4)[0];
        assert_eq!(device.value("bcdDevice"), Some("0100"));
        assert_eq!(device.value("productid"), Some("FFFF"));
        assert_eq!(device.value("product"), Some(r"Ellipse \(X\)"));
        assert_eq!(device.value("bus"), Some("001"));
    }

    #[test]
    fn a_place_counts_when_nothing_else_tells_two_apart() {
        let twins = sections(
            &[identity("S1", 1), identity("S1", 2), identity("S2", 3)],
            0,
        );
        for twin in &twins[..2] {
            assert_eq!(counting(twin), [&NAMES[..], &["bus", "busport"]].concat());
        }
        assert_eq!(counting(&twins[2]), NAMES);
        // behind two hubs
        let mut other = identity("S1", 1);
        (other.ports, other.address) = (vec![4, 1], 20);
        let beside = sections(&[identity("S1", 1), other], 0);
        assert!(counting(&beside[0]).contains(&"device"));
    }

    proptest! {
        #[test]
        fn a_section_means_the_device_that_it_was_made_of(vendor: String, product: String, serial in "[ -~]{0,20}") {
            let mut device = identity(&serial, 1);
            device.vendor = Some(vendor);
            device.product = Some(product);
            let section = sections(std::slice::from_ref(&device), 4).remove(0);
            let value = |name: &str| match name {
                "bcdDevice" => None,
                name => section.value(name),
            };
            let matcher = Matcher::new(value).unwrap();
            prop_assert!(matcher.matches(&device), "{:?} {section:?}", matcher.explain(&device, usb::Known::All));
        }
    }
}
