//! Whose a device is (spec usbhid.md, section 3; usbhid-conversions.md, section 3.1).
//!
//! The subdrivers are asked in their order. A device in the table is its subdriver's; one of a vendor that is known but whose
//! product is not is taken when the user insists by giving `productid`. Some vendors share ids, and their strings decide.

use usb::Claim;
use usb::Identity;
use usb::Known as Told;
use usb::Place;

use crate::matches::{MATCHES, Match, Quirk};
use crate::subdrivers::{SUBDRIVERS, Subdriver};

/// What the user insists on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Insistence {
    /// `productid` is given.
    pub(crate) product: bool,
    /// `explore`: any device, to see what it has.
    pub(crate) explore: bool,
    /// `subdriver`: this one, whatever the device is.
    pub(crate) subdriver: Option<&'static str>,
}

/// A device's subdriver, and what is particular about the model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owner {
    pub(crate) subdriver: &'static Subdriver,
    pub(crate) quirk: Option<Quirk>,
}

/// The subdriver with this short name.
pub(crate) fn named(id: &str) -> Option<&'static Subdriver> {
    SUBDRIVERS.iter().find(|subdriver| subdriver.id == id)
}

/// Whose a device is, or why it is nobody's. Without its strings only what is sure is denied.
pub(crate) fn owner(identity: &Identity, told: Told, insists: Insistence) -> Result<Owner, String> {
    let forced = match insists {
        Insistence { explore: true, .. } => named("explore"),
        Insistence {
            subdriver: Some(id),
            ..
        } => named(id),
        _ => None,
    };
    if let Some(subdriver) = forced {
        return Ok(Owner {
            subdriver,
            quirk: None,
        });
    }
    let mut hint = None;
    for subdriver in SUBDRIVERS {
        let mut rows = MATCHES
            .iter()
            .filter(|row| row.subdriver == subdriver.id && row.vid == identity.vid);
        let Some(first) = rows.clone().next() else {
            continue;
        };
        let exact = rows.find(|row| row.pid == identity.pid);
        match ask(identity, told, insists, first, exact) {
            Answer::Mine => {
                let quirk = exact.and_then(|row| row.quirk);
                return Ok(Owner { subdriver, quirk });
            }
            Answer::Hint => hint = hint.or(Some(subdriver.id)),
            Answer::NotMine => {}
        }
    }
    Err(hint.map_or_else(
        || "no subdriver knows this vendor".to_owned(),
        |id| {
            format!(
                "product {:04x} of this vendor is not known; if it is a UPS, try productid = {:04x}, or subdriver ({id} may do)",
                identity.pid, identity.pid
            )
        },
    ))
}

enum Answer {
    Mine,
    NotMine,
    /// The vendor is known.
    Hint,
}

fn ask(
    identity: &Identity,
    told: Told,
    insists: Insistence,
    row: &Match,
    exact: Option<&Match>,
) -> Answer {
    let strings_are_known = told == Told::All;
    let has = |string: &Option<String>, part: &str| {
        string
            .as_deref()
            .is_some_and(|string| string.contains(part))
    };
    let says = |vendor: &str, product: &str| {
        !strings_are_known
            || has(&identity.vendor, vendor)
            || (!product.is_empty() && has(&identity.product, product))
    };
    let if_so = |so: bool| if so { Answer::Mine } else { Answer::NotMine };
    match (row.subdriver, row.vid, identity.pid) {
        // ids that several makers use
        ("mge", 0x06da, _) => if_so(says("AEG", "AEG")),
        ("idowell", 0x06da, 0xffff) => if_so(says("BMS", "Smart-Battery")),
        ("mge", 0x09d6, _) => if_so(says("KSTAR", "")),
        // a hub, and devices of other drivers
        ("belkin", 0x050d, 0x0218)
        | ("tripplite", 0x09ae, 0x0001)
        | ("powercom", 0x0d9f, 0x0002) => Answer::NotMine,
        // makers of much else
        ("mge", 0x03f0 | 0x047c, _) | ("tripplite", 0x03f0, _) => {
            if_so(exact.is_some() || insists.product)
        }
        ("tripplite", 0x05dd, _) => if_so(exact.is_some()),
        _ if exact.is_some() || insists.product => Answer::Mine,
        _ => Answer::Hint,
    }
}

/// The answer in the terms of the search.
pub(crate) fn claim(identity: &Identity, told: Told, insists: Insistence) -> Claim {
    match owner(identity, told, insists) {
        Ok(owner) if insists.subdriver.is_none() => Claim::Yes(place(owner.subdriver, identity)),
        Ok(_) => Claim::Yes(Place::default()),
        Err(why) => Claim::No(why),
    }
}

/// Where on its devices the reports are, where that is not the usual place.
fn place(subdriver: &Subdriver, identity: &Identity) -> Place {
    match (subdriver.id, identity.vid, identity.pid) {
        ("arduino", ..) => Place {
            interface: Some(2),
            endpoint_in: Some(4),
            endpoint_out: Some(5),
            ..Place::default()
        },
        ("belkin", 0x10af, 0x0002) | ("powervar", ..) => Place {
            interface: Some(1),
            ..Place::default()
        },
        _ => Place::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(vid: u16, pid: u16, vendor: &str, product: &str) -> Identity {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Identity {
            vid,
            pid,
            vendor: text(vendor),
            product: text(product),
            ..Identity::default()
        }
    }

    fn id(device: &Identity, insists: Insistence) -> Option<&'static str> {
        owner(device, Told::All, insists)
            .ok()
            .map(|owner| owner.subdriver.id)
    }

    #[test]
    fn every_row_of_the_table_has_its_subdriver() {
        for row in MATCHES {
            let vendor = match (row.subdriver, row.vid) {
                ("mge", 0x06da) => "AEG",
                ("idowell", 0x06da) => "BMS",
                ("mge", 0x09d6) => "KSTAR",
                _ => "",
            };
            let device = identity(row.vid, row.pid, vendor, "");
            let owner = owner(&device, Told::All, Insistence::default()).unwrap();
            assert_eq!(
                (owner.subdriver.id, owner.quirk),
                (row.subdriver, row.quirk)
            );
        }
    }

    #[test]
    fn ids_that_several_makers_use_are_told_apart_by_strings() {
        for (vendor, product, expected) in [
            ("AEG Power", "", Some("mge")),
            ("", "Smart-Battery 2", Some("idowell")),
            ("Phoenixtec", "", Some("liebert")),
        ] {
            assert_eq!(
                id(
                    &identity(0x06da, 0xffff, vendor, product),
                    Insistence::default()
                ),
                expected
            );
        }
        assert_eq!(
            id(&identity(0x09d6, 1, "someone", ""), Insistence::default()),
            None
        );
    }

    #[test]
    fn an_unknown_product_is_taken_when_the_user_insists() {
        let insists = Insistence {
            product: true,
            ..Insistence::default()
        };
        let device = identity(0x051d, 0x9999, "", "");
        let told = owner(&device, Told::All, Insistence::default()).unwrap_err();
        assert!(told.contains("productid = 9999"), "{told}");
        assert_eq!(id(&device, insists), Some("apc"));
        for (vid, pid) in [(0x050d, 0x0218), (0x09ae, 1), (0x0d9f, 2), (0x05dd, 0x1234)] {
            let owner = id(&identity(vid, pid, "", ""), insists);
            assert!(
                owner.is_none() || vid == 0x05dd,
                "{vid:04x}:{pid:04x} {owner:?}"
            );
        }
    }

    #[test]
    fn a_keyboard_is_nobodys_and_explore_takes_all() {
        let keyboard = identity(0x046d, 0xc31c, "Logitech", "Keyboard");
        assert_eq!(id(&keyboard, Insistence::default()), None);
        let explore = Insistence {
            explore: true,
            ..Insistence::default()
        };
        assert_eq!(id(&keyboard, explore), Some("explore"));
    }
}
