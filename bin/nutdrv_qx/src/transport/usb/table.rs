//! Which device is asked how. Where several makers have used the same numbers, strings decide, and the first row that fits counts.

use usb::{Claim, Identity, Known, Place};

use super::framing::Framing;
use super::{ablerex, armac, cypress, fabula, fuji, gtec, hunnox, ippon};
use super::{krauler, omron, phoenix, phoenixtec, sgs, snr};

/// All ways to carry requests.
pub(super) static FRAMINGS: &[&Framing] = &[
    &cypress::FRAMING,
    &phoenixtec::FRAMING,
    &phoenix::FRAMING,
    &ippon::FRAMING,
    &omron::FRAMING,
    &krauler::FRAMING,
    &fabula::FRAMING,
    &hunnox::FRAMING,
    &fuji::FRAMING,
    &sgs::FRAMING,
    &snr::FRAMING,
    &ablerex::FRAMING,
    &armac::FRAMING,
    &gtec::FRAMING,
];

/// A device that is known by its numbers.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) vid: u16,
    pub(crate) pid: u16,
    /// What its maker's string must be, whatever its case; empty: anything.
    vendor: &'static str,
    /// The same for the product's.
    product: &'static str,
    /// How it is asked; not at all over USB, if there is none.
    pub(crate) framing: Option<&'static Framing>,
    pub(crate) maker: &'static str,
    pub(crate) model: &'static str,
}

const fn row(
    (vid, pid): (u16, u16),
    (vendor, product): (&'static str, &'static str),
    framing: Option<&'static Framing>,
    (maker, model): (&'static str, &'static str),
) -> Row {
    Row {
        vid,
        pid,
        vendor,
        product,
        framing,
        maker,
        model,
    }
}

/// The devices.
#[rustfmt::skip]
pub(crate) static ROWS: &[Row] = &[
    row((0x05b8, 0x0000), ("", ""), Some(&cypress::FRAMING), ("Agiler", "UPS")),
    row((0xffff, 0x0000), ("", ""), Some(&ablerex::FRAMING), ("Ablerex", "625L USB")),
    row((0x1cb0, 0x0035), ("", ""), Some(&krauler::FRAMING), ("Legrand", "Daker DK, Daker DK Plus")),
    row((0x0665, 0x5161), ("", ""), Some(&cypress::FRAMING), ("Voltronic Power", "many, also as Belkin F6C1200-UNV")),
    row((0x06da, 0x0002), ("Phoenixtec Power", "USB Cable (V2.00)"), Some(&phoenixtec::FRAMING), ("Masterguard", "A series")),
    row((0x06da, 0x0002), ("", ""), Some(&cypress::FRAMING), ("Online", "Yunto YQ450")),
    row((0x06da, 0x0003), ("", ""), Some(&ippon::FRAMING),   ("Mustek", "Powermust")),
    row((0x06da, 0x0004), ("", ""), Some(&cypress::FRAMING), ("Phoenixtec", "Innova 3/1 T")),
    row((0x06da, 0x0005), ("", ""), Some(&cypress::FRAMING), ("Phoenixtec", "Innova RT")),
    row((0x06da, 0x0201), ("", ""), Some(&cypress::FRAMING), ("Phoenixtec", "Innova T")),
    row((0x06da, 0x0601), ("", ""), Some(&phoenix::FRAMING), ("Online", "Zinto A")),
    row((0x0f03, 0x0001), ("", ""), Some(&cypress::FRAMING), ("Unitek", "Alpha 1200Sx")),
    row((0x14f0, 0x00c9), ("", ""), Some(&phoenix::FRAMING), ("GE", "EP series")),
    row((0x1a86, 0x7523), ("", ""), None,                    ("Ippon", "Innova TAE")),
    row((0x0483, 0x0035), ("", ""), Some(&sgs::FRAMING),     ("TS Shara", "")),
    row((0x0590, 0x00b7), ("", ""), Some(&omron::FRAMING),   ("Omron", "BN150T")),
    row((0x0001, 0x0000), ("MEC", "MEC0003"), Some(&fabula::FRAMING), ("Fideltronik", "LUPUS 500 USB")),
    row((0x0001, 0x0000), ("", "MEC0003"),    Some(&hunnox::FRAMING), ("Hunnox", "HNX 850")),
    row((0x0001, 0x0000), ("ATCL FOR UPS", "ATCL FOR UPS"), Some(&fuji::FRAMING), ("Fuji", "")),
    row((0x0001, 0x0000), ("", ""), Some(&krauler::FRAMING), ("Krauler", "UP-M500VA")),
    row((0x0925, 0x1234), ("", ""), Some(&armac::FRAMING),   ("Armac", "also Vultech and others by Richcomm")),
];

/// The framing with this name.
pub(super) fn named(name: &str) -> Option<&'static Framing> {
    let found = FRAMINGS
        .iter()
        .find(|framing| framing.name.eq_ignore_ascii_case(name));
    found.copied()
}

/// How a device is asked: as the user wants it, or as its row says. Without its strings, any row with its numbers will do.
pub(super) fn framing(
    identity: &Identity,
    known: Known,
    wanted: Option<&'static Framing>,
) -> Result<&'static Framing, String> {
    if let Some(wanted) = wanted {
        return Ok(wanted);
    }
    let mut rows = ROWS
        .iter()
        .filter(|row| (row.vid, row.pid) == (identity.vid, identity.pid));
    let fits = |row: &&Row| {
        known == Known::Place
            || (is(row.vendor, &identity.vendor) && is(row.product, &identity.product))
    };
    match rows.find(fits) {
        Some(Row {
            framing: Some(framing),
            ..
        }) => Ok(framing),
        Some(_) => Err("it is a serial port to programs; name that as port".to_owned()),
        None if ROWS.iter().any(|row| row.vid == identity.vid) => Err(format!(
            "product {:04x} of this vendor is not known; if it is a UPS, try subdriver with vendorid and productid",
            identity.pid
        )),
        None => Err("nothing is known of this vendor".to_owned()),
    }
}

/// The same as an answer to who looks for a device.
pub(super) fn claim(identity: &Identity, known: Known, wanted: Option<&'static Framing>) -> Claim {
    // endpoint 2 towards the device is what those have that need one
    let place = Place {
        interface: Some(0),
        endpoint_out: Some(2),
        ..Place::default()
    };
    framing(identity, known, wanted).map_or_else(Claim::No, |_| Claim::Yes(place))
}

fn is(wanted: &str, found: &Option<String>) -> bool {
    let same = |found: &String| found.eq_ignore_ascii_case(wanted);
    wanted.is_empty() || found.as_ref().is_some_and(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(vid: u16, pid: u16, vendor: &str, product: &str) -> Identity {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Identity {
            vid,
            pid,
            vendor: text(vendor),
            product: text(product),
            ..Identity::default()
        }
    }

    fn found(vid: u16, pid: u16, vendor: &str, product: &str) -> Result<&'static str, String> {
        let identity = identity(vid, pid, vendor, product);
        framing(&identity, Known::All, None).map(|framing| framing.name)
    }

    #[test]
    fn strings_decide_where_numbers_are_shared() {
        for (vendor, product, expected) in [
            ("MEC", "MEC0003", "fabula"),
            ("mec", "mec0003", "fabula"),
            ("", "MEC0003", "hunnox"),
            ("Other", "MEC0003", "hunnox"),
            ("ATCL FOR UPS", "ATCL FOR UPS", "fuji"),
            ("ATCL FOR UPS", "", "krauler"),
            ("", "", "krauler"),
        ] {
            assert_eq!(
                found(1, 0, vendor, product).unwrap(),
                expected,
                "{vendor} {product}"
            );
        }
        assert_eq!(
            found(0x06da, 2, "Phoenixtec Power", "USB Cable (V2.00)").unwrap(),
            "phoenixtec"
        );
        assert_eq!(found(0x06da, 2, "Phoenixtec Power", "").unwrap(), "cypress");
    }

    #[test]
    fn what_cannot_be_asked_is_told_why() {
        assert!(
            found(0x1a86, 0x7523, "", "")
                .unwrap_err()
                .contains("serial port")
        );
        assert!(found(0x06da, 0x9999, "", "").unwrap_err().contains("9999"));
        assert!(
            found(0x046d, 0xc077, "", "")
                .unwrap_err()
                .contains("vendor")
        );
    }

    #[test]
    fn without_strings_nobody_is_refused_for_them() {
        let nameless = identity(1, 0, "", "");
        assert!(matches!(
            claim(&nameless, Known::Place, None),
            Claim::Yes(_)
        ));
        let mouse = identity(0x046d, 0xc077, "", "");
        assert!(matches!(claim(&mouse, Known::Place, None), Claim::No(_)));
        let wanted = named("GTEC");
        assert_eq!(framing(&mouse, Known::All, wanted).unwrap().name, "gtec");
    }

    #[test]
    fn every_row_can_be_reached_and_every_framing_but_two_has_a_row() {
        for row in ROWS {
            let identity = identity(row.vid, row.pid, row.vendor, row.product);
            let found = framing(&identity, Known::All, None).ok();
            assert_eq!(
                found.map(|framing| framing.name),
                row.framing.map(|framing| framing.name),
                "{row:?}"
            );
        }
        let without: Vec<&str> = FRAMINGS
            .iter()
            .filter(|framing| {
                let has = |row: &Row| row.framing.is_some_and(|its| its.name == framing.name);
                !ROWS.iter().any(has)
            })
            .map(|framing| framing.name)
            .collect();
        assert_eq!(without, ["snr", "gtec"]);
        assert_eq!((FRAMINGS.len(), ROWS.len()), (14, 21));
    }
}
