//! Models whose firmware is known to say what is not so, by their names. What they are is shown as `driver.quirks`.
//!
//! Names are those that users have reported (spec usbhid-conversions.md, section 4; users.md, pain 4).

use std::time::Duration;

use usb::Identity;

/// A model, or a family of them.
struct Model {
    vendors: &'static [&'static str],
    /// How its name begins, alone or after a blank.
    begins: &'static str,
    ends: &'static [&'static str],
    /// The name has more bytes than this.
    longer: usize,
    quirk: Quirk,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quirk {
    /// It says LB and RB for a moment when nothing is wrong.
    Glimpses,
}

const APC: &[&str] = &["APC", "American Power Conversion"];

#[rustfmt::skip]
const MODELS: &[Model] = &[
    Model { vendors: APC, begins: "BX",  ends: &["MI"],             longer: 6, quirk: Quirk::Glimpses },
    Model { vendors: APC, begins: "BVK", ends: &["M2"],             longer: 7, quirk: Quirk::Glimpses },
    Model { vendors: APC, begins: "BK",  ends: &["M2-CH", "M2_CH"], longer: 9, quirk: Quirk::Glimpses },
];

impl Quirk {
    /// The quirk of a model, if it is known for one.
    pub(crate) fn of(identity: &Identity) -> Option<Self> {
        let vendor = identity.vendor.as_deref().unwrap_or_default();
        let product = identity.product.as_deref().unwrap_or_default();
        let found = MODELS.iter().find(|model| model.is(vendor, product));
        found.map(|model| model.quirk)
    }

    /// For `driver.quirks`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Glimpses => "false-LB-RB",
        }
    }

    /// How long LB and RB have to last on line, unless `lbrb_log_delay_sec` is set.
    pub(crate) const fn hold(self) -> Duration {
        match self {
            Self::Glimpses => Duration::from_secs(3),
        }
    }

    /// In how many polls an implausible LB or RB is held back, unless `implausible_hold_polls` is set.
    pub(crate) const fn polls(self) -> u32 {
        match self {
            Self::Glimpses => 3,
        }
    }
}

impl Model {
    fn is(&self, vendor: &str, product: &str) -> bool {
        let begins =
            product.starts_with(self.begins) || product.contains(&format!(" {}", self.begins));
        begins
            && product.len() > self.longer
            && self.vendors.contains(&vendor)
            && self.ends.iter().any(|end| product.ends_with(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_that_say_lb_for_a_moment_are_known_by_their_names() {
        let quirk = |vendor: &str, product: &str| {
            Quirk::of(&Identity {
                vendor: Some(vendor.to_owned()),
                product: Some(product.to_owned()),
                ..Identity::default()
            })
        };
        for (product, expected) in [
            ("BX1600MI", true),
            ("Back-UPS BX1600MI", true),
            ("BVK650M2", true),
            ("BK650M2-CH", true),
            ("BX1600", false),
            ("Smart-UPS 750", false),
        ] {
            assert_eq!(quirk("APC", product).is_some(), expected, "{product}");
        }
        assert_eq!(quirk("Eaton", "BX1600MI"), None);
    }
}
