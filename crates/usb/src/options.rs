//! How a device is opened: the `usb_*` options, all in hexadecimal (spec usbhid.md, section 13), and what a subdriver
//! knows about its devices. What the user says goes before what the subdriver knows.

use crate::error::Error;

/// Names of the options.
pub const OPTIONS: &[&str] = &[
    "usb_config_index",
    "usb_hid_rep_index",
    "usb_hid_desc_index",
    "usb_hid_ep_in",
    "usb_hid_ep_out",
    "usb_set_altinterface",
];

/// Where on the device the reports are. `None` is the default: configuration, interface and descriptor 0, endpoint 1, no
/// alternate setting chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// `usb_config_index`: index of the configuration descriptor.
    pub config_index: Option<u8>,
    /// `usb_hid_rep_index`: number of the interface.
    pub interface: Option<u8>,
    /// `usb_hid_desc_index`: index of the HID descriptor, for GET_DESCRIPTOR.
    pub descriptor_index: Option<u8>,
    /// `usb_hid_ep_in`: number of the interrupt endpoint towards us.
    pub endpoint_in: Option<u8>,
    /// `usb_hid_ep_out`: number of the interrupt endpoint towards the device.
    pub endpoint_out: Option<u8>,
    /// `usb_set_altinterface`: alternate setting to choose; without a value it is 0.
    pub alternate: Option<u8>,
}

impl Place {
    /// Takes the options from the driver's settings: `value(name)` is `None` when the option is absent, and empty when it
    /// stands there without a value.
    ///
    /// # Errors
    /// [`Error::Config`] with all values that are no numbers.
    pub fn new<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Error> {
        let mut problems = Vec::new();
        let mut number = |option: &str, max: u8| {
            let text = value(option)?.trim();
            if text.is_empty() && option == "usb_set_altinterface" {
                return Some(0);
            }
            let number = hex(text).filter(|number| *number <= max);
            if number.is_none() {
                problems.push(format!(
                    "{option}: {text:?} is no hexadecimal number from 0 to {max:x}"
                ));
            }
            number
        };
        let place = Self {
            config_index: number("usb_config_index", u8::MAX),
            interface: number("usb_hid_rep_index", u8::MAX),
            descriptor_index: number("usb_hid_desc_index", u8::MAX),
            endpoint_in: number("usb_hid_ep_in", 15),
            endpoint_out: number("usb_hid_ep_out", 15),
            alternate: number("usb_set_altinterface", u8::MAX),
        };
        if problems.is_empty() {
            Ok(place)
        } else {
            Err(Error::Config(problems.join("; ")))
        }
    }

    /// What is said here, and where nothing is said, what `other` says.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self {
            config_index: self.config_index.or(other.config_index),
            interface: self.interface.or(other.interface),
            descriptor_index: self.descriptor_index.or(other.descriptor_index),
            endpoint_in: self.endpoint_in.or(other.endpoint_in),
            endpoint_out: self.endpoint_out.or(other.endpoint_out),
            alternate: self.alternate.or(other.alternate),
        }
    }
}

fn hex(text: &str) -> Option<u8> {
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .unwrap_or(text);
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(options: &[(&str, &'static str)]) -> Result<Place, Error> {
        Place::new(|name| {
            options
                .iter()
                .find(|(option, _)| *option == name)
                .map(|(_, value)| *value)
        })
    }

    #[test]
    fn numbers_are_hexadecimal_with_and_without_prefix() {
        let read = place(&[
            ("usb_config_index", "10"),
            ("usb_hid_ep_in", "0xf"),
            ("usb_hid_rep_index", "2"),
        ])
        .unwrap();
        assert_eq!(
            (read.config_index, read.endpoint_in, read.interface),
            (Some(16), Some(15), Some(2))
        );
    }

    #[test]
    fn the_alternate_setting_is_0_when_it_has_no_value() {
        assert_eq!(
            place(&[("usb_set_altinterface", "")]).unwrap().alternate,
            Some(0)
        );
        assert_eq!(place(&[]).unwrap().alternate, None);
    }

    #[test]
    fn every_bad_number_is_told() {
        let error = place(&[
            ("usb_hid_ep_in", "81"),
            ("usb_config_index", ""),
            ("usb_hid_desc_index", "-1"),
        ]);
        let error = error.unwrap_err().to_string();
        for option in ["usb_hid_ep_in", "usb_config_index", "usb_hid_desc_index"] {
            assert!(error.contains(option), "{error}");
        }
    }

    #[test]
    fn the_user_goes_before_the_subdriver() {
        let user = Place {
            interface: Some(1),
            ..Place::default()
        };
        let subdriver = Place {
            interface: Some(2),
            endpoint_in: Some(4),
            ..Place::default()
        };
        assert_eq!(
            user.or(&subdriver),
            Place {
                interface: Some(1),
                endpoint_in: Some(4),
                ..Place::default()
            }
        );
    }
}
