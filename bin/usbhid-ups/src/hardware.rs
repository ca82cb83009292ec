//! The table of ids as a list of hardware, for udev's rules and for people.

use driver::{Basis, Hardware, Port};

use crate::matches::MATCHES;

/// Who sells what has a vendor number; several makers use the numbers of others.
#[rustfmt::skip]
const MAKERS: &[(&str, u16, &str)] = &[
    ("apc",       0x051d, "APC"),
    ("arduino",   0x2341, "Arduino"),
    ("arduino",   0x2a03, "Arduino"),
    ("belkin",    0x050d, "Belkin"),
    ("belkin",    0x10af, "Liebert"),
    ("cps",       0x0764, "CyberPower"),
    ("cps",       0x0483, "CyberPower"),
    ("delta_ups", 0x05dd, "Delta"),
    ("ecoflow",   0x3746, "EcoFlow"),
    ("ever",      0x0483, "EVER"),
    ("ever",      0x2e51, "EVER"),
    ("idowell",   0x075d, "iDowell"),
    ("idowell",   0x06da, "GoldenMate"),
    ("legrand",   0x1cb0, "Legrand"),
    ("liebert",   0x06da, "Phoenixtec"),
    ("mge",       0x0463, "Eaton"),
    ("mge",       0x047c, "Dell"),
    ("mge",       0x0592, "Powerware"),
    ("mge",       0x03f0, "HP"),
    ("mge",       0x2b2d, "AEG"),
    ("mge",       0x06da, "AEG"),
    ("mge",       0x04b3, "IBM"),
    ("mge",       0x09d6, "KSTAR"),
    ("openups",   0x04d8, "Mini-Box"),
    ("powercom",  0x0d9f, "PowerCOM"),
    ("powervar",  0x4234, "Powervar"),
    ("salicru",   0x2e66, "Salicru"),
    ("tripplite", 0x09ae, "Tripp Lite"),
    ("tripplite", 0x03f0, "HP"),
    ("tripplite", 0x05dd, "Delta"),
];

/// All devices of the table. That they are power devices is published; what they make of it, users have told.
pub(crate) fn hardware() -> Vec<Hardware> {
    let device = |row: &crate::matches::Match| Hardware {
        maker: maker(row.subdriver, row.vid),
        model: row.model,
        part: row.subdriver,
        port: Port::Usb {
            vid: row.vid,
            pid: row.pid,
        },
        basis: Basis::Published,
    };
    MATCHES.iter().map(device).collect()
}

fn maker(subdriver: &str, vid: u16) -> &'static str {
    let found = MAKERS
        .iter()
        .find(|(id, number, _)| (*id, *number) == (subdriver, vid));
    found.map_or("", |(_, _, maker)| *maker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_device_has_a_maker_and_every_maker_a_device() {
        let devices = hardware();
        assert!(devices.iter().all(|device| !device.maker.is_empty()));
        for (subdriver, vid, maker) in MAKERS {
            let has = MATCHES
                .iter()
                .any(|row| (row.subdriver, row.vid) == (*subdriver, *vid));
            assert!(has, "{maker}");
        }
    }
}
