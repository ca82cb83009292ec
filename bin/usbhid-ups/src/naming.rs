//! What a device is called: `ups.mfr`, `ups.model`, `ups.serial` (spec usbhid-conversions.md, section 3.3).

use usb::Identity;

/// Names of a device; what is `None` is not published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) mfr: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) serial: Option<String>,
    pub(crate) firmware: Option<String>,
    pub(crate) firmware_aux: Option<String>,
}

/// Names by the device's strings alone; `mfr` is for devices that do not say who made them.
pub(crate) fn plain(identity: &Identity, mfr: Option<&str>) -> Names {
    Names {
        mfr: identity.vendor.clone().or_else(|| mfr.map(str::to_owned)),
        model: identity.product.clone(),
        serial: identity.serial.clone(),
        ..Names::default()
    }
}

/// APC puts its firmware behind the model: `Back-UPS ES 700G FW:871.O4 .I USB FW:O4`.
pub(crate) fn apc(names: Names) -> Names {
    let product = names.model.unwrap_or_else(|| "unknown".to_owned());
    let Some((model, firmware)) = product.split_once("FW:") else {
        return Names {
            model: Some(product),
            ..names
        };
    };
    let model = cut_last(model).to_owned();
    let (firmware, aux) = match firmware.split_once("USB FW:") {
        Some((firmware, aux)) => (cut_last(firmware), Some(aux.to_owned())),
        None => (firmware, None),
    };
    Names {
        model: Some(model),
        firmware: Some(firmware.to_owned()),
        firmware_aux: aux,
        ..names
    }
}

/// Without its last character, which is what stands between two parts.
fn cut_last(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next_back();
    chars.as_str()
}

/// Belkin: blanks before the vendor, and a serial number that may stand in a report.
pub(crate) fn belkin(names: Names, serial: Option<String>) -> Names {
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let vendor = names
        .mfr
        .map(|vendor| vendor.trim_start_matches(' ').to_owned());
    Names {
        mfr: filled(vendor).or_else(|| Some("Belkin".to_owned())),
        model: filled(names.model).or_else(|| Some("unknown".to_owned())),
        serial: names.serial.or_else(|| filled(serial)),
        ..Names::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(product: &str) -> Names {
        apc(Names {
            model: Some(product.to_owned()),
            ..Names::default()
        })
    }

    #[test]
    fn the_firmware_is_cut_from_the_model() {
        let names = model("Back-UPS ES 700G FW:871.O4 .I USB FW:O4");
        assert_eq!(names.model.as_deref(), Some("Back-UPS ES 700G"));
        assert_eq!(names.firmware.as_deref(), Some("871.O4 .I"));
        assert_eq!(names.firmware_aux.as_deref(), Some("O4"));
        assert_eq!(model("Smart-UPS").model.as_deref(), Some("Smart-UPS"));
        assert_eq!(model("FW:1").model.as_deref(), Some(""));
        assert_eq!(apc(Names::default()).model.as_deref(), Some("unknown"));
    }

    #[test]
    fn who_says_nothing_gets_a_name() {
        let names = plain(&Identity::default(), Some("Eaton"));
        assert_eq!((names.mfr.as_deref(), names.model), (Some("Eaton"), None));
        let names = belkin(plain(&Identity::default(), None), Some("B1".to_owned()));
        assert_eq!(names.mfr.as_deref(), Some("Belkin"));
        assert_eq!(names.serial.as_deref(), Some("B1"));
    }
}
