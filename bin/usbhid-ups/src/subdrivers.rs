//! The subdrivers: one for each family of devices. A table of rows and the names that its paths use; functions for what
//! a table cannot say.

mod apc;
mod arduino;
pub(crate) mod belkin;
pub(crate) mod cps;
mod delta_ups;
mod ecoflow;
mod ever;
mod idowell;
mod legrand;
mod liebert;
pub(crate) mod mge;
pub(crate) mod openups;
pub(crate) mod powercom;
mod powervar;
mod salicru;
pub(crate) mod tripplite;

use hid::Names;
use hid::packed;
use hid::table::Table;
use hid::usage::{Usage, vendor};

use crate::known::Known;

/// A subdriver.
#[derive(Debug)]
pub(crate) struct Subdriver {
    /// Its short name.
    pub(crate) id: &'static str,
    /// As `driver.version.data` and the option `subdriver` have it.
    pub(crate) name: &'static str,
    /// `ups.mfr` of devices that do not say who made them.
    pub(crate) mfr: Option<&'static str>,
    /// What its devices say.
    pub(crate) rows: Table<Known>,
    /// Names of its own in paths.
    pub(crate) usages: &'static [Usage],
}

impl Subdriver {
    /// Names for paths of its rows.
    pub(crate) fn names(&self) -> Names {
        Names::new(self.usages)
    }
}

const fn of(
    id: &'static str,
    name: &'static str,
    mfr: Option<&'static str>,
    rows: Table<Known>,
    usages: &'static [Usage],
) -> Subdriver {
    Subdriver {
        id,
        name,
        mfr,
        rows,
        usages,
    }
}

/// In the order in which they are asked whether a device is theirs.
#[rustfmt::skip]
pub(crate) static SUBDRIVERS: &[Subdriver] = &[
    of("explore",   "EXPLORE HID 0.2",             None,              Table::EMPTY,                    &[]),
    of("mge",       "MGE HID 1.59",                Some("Eaton"),     packed!(Known, mge::ROWS),       vendor::MGE),
    of("apc",       "APC HID 0.101",               Some("APC"),       packed!(Known, apc::ROWS),       vendor::APC),
    of("arduino",   "Arduino HID 0.22",            Some("Arduino"),   packed!(Known, arduino::ROWS),   &[]),
    of("belkin",    "Belkin/Liebert HID 0.23",     Some("Belkin"),    packed!(Known, belkin::ROWS),    vendor::BELKIN),
    of("cps",       "CyberPower HID 0.85",         Some("CPS"),       packed!(Known, cps::ROWS),       vendor::CPS),
    of("delta_ups", "Delta UPS HID 0.6",           Some("Delta"),     packed!(Known, delta_ups::ROWS), vendor::DELTA_UPS),
    of("ecoflow",   "EcoFlow HID 0.01",            Some("EcoFlow"),   packed!(Known, ecoflow::ROWS),   &[]),
    of("ever",      "EVER HID 0.10",               Some("Ever"),      packed!(Known, ever::ROWS),      vendor::EVER),
    of("idowell",   "iDowell HID 0.22",            Some("iDowell"),   packed!(Known, idowell::ROWS),   &[]),
    of("legrand",   "Legrand HID 0.2",             Some("Legrand"),   packed!(Known, legrand::ROWS),   &[]),
    of("liebert",   "Phoenixtec/Liebert HID 0.41", Some("Liebert"),   packed!(Known, liebert::ROWS),   &[]),
    of("openups",   "openUPS HID 0.50",            Some("openUPS"),   packed!(Known, openups::ROWS),   vendor::OPENUPS),
    of("powercom",  "PowerCOM HID 0.75",           Some("PowerCOM"),  packed!(Known, powercom::ROWS),  vendor::POWERCOM),
    of("powervar",  "Powervar HID 0.21",           Some("Powervar"),  packed!(Known, powervar::ROWS),  vendor::POWERVAR),
    of("salicru",   "Salicru HID 0.4",             Some("Salicru"),   packed!(Known, salicru::ROWS),   &[]),
    of("tripplite", "TrippLite HID 0.85",          None,              packed!(Known, tripplite::ROWS), vendor::TRIPPLITE),
];

#[cfg(test)]
mod tests {
    use super::*;
    use hid::table::When;

    /// For each subdriver: all rows, those of the status, commands (spec usbhid.md, section 12).
    #[rustfmt::skip]
    const COUNTS: &[(&str, usize, usize, usize)] = &[
        ("explore",   0,   0,  0),
        ("mge",       251, 32, 31),
        ("apc",       97, 17, 28),
        ("arduino",   31, 11, 4),
        ("belkin",    83, 18, 14),
        ("cps",       57, 9, 12),
        ("delta_ups", 70, 18, 12),
        ("ecoflow",   31, 12, 0),
        ("ever",      116, 18, 2),
        ("idowell",   37, 11, 3),
        ("legrand",   44, 5, 12),
        ("liebert",   39, 10, 5),
        ("openups",   27, 12, 0),
        ("powercom",  82, 31, 12),
        ("powervar",  17, 13, 0),
        ("salicru",   44, 11, 3),
        ("tripplite", 77, 20, 15),
    ];

    #[test]
    fn the_tables_have_all_rows() {
        let counted = SUBDRIVERS.iter().map(|subdriver| {
            let rows = &subdriver.rows;
            let commands = rows.iter().filter(|row| row.when == When::Command).count();
            let status = rows.iter().filter(|row| row.is_status()).count();
            (subdriver.id, rows.len(), status, commands)
        });
        let counted: Vec<_> = counted.collect();
        for row in &counted {
            println!("{row:?}");
        }
        assert_eq!(counted, COUNTS);
        assert_eq!(counted.iter().map(|row| row.1).sum::<usize>(), 1103);
    }

    #[test]
    fn every_word_of_every_path_is_known() {
        for subdriver in SUBDRIVERS {
            for row in subdriver.rows.iter() {
                let parsed = subdriver.names().path(row.path);
                assert!(
                    parsed.dropped.is_empty(),
                    "{}: {}: {:?}",
                    subdriver.id,
                    row.path,
                    parsed.dropped
                );
            }
        }
    }
}
