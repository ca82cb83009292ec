//! Which interface, alternate setting and endpoints of a configuration are used (spec usbhid.md, section 2, points 5 and 6).
//!
//! The interface is the one with the wanted number; that it exists is checked here, where the reference crashes. The endpoint is
//! the wanted one if the interface has it, and else its first interrupt endpoint, so that few devices need an option.

use crate::class::usual_descriptor_index;
use crate::device::Interface;
use crate::error::Error;
use crate::identity::Identity;
use crate::options::Place;

/// One alternate setting of one interface, as the configuration descriptor has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// `bInterfaceNumber`.
    pub number: u8,
    /// `bAlternateSetting`.
    pub alternate: u8,
    /// `bInterfaceClass`; 3 is HID.
    pub class: u8,
    /// Its interrupt endpoints.
    pub endpoints: Vec<Endpoint>,
    /// Class descriptors of the interface, and behind them those of its endpoints, where some firmware has them.
    pub extra: Vec<u8>,
}

/// An interrupt endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// `bEndpointAddress`.
    pub address: u8,
    /// `wMaxPacketSize`.
    pub packet: u16,
}

const TOWARDS_HOST: u8 = 0x80;
const HID_CLASS: u8 = 3;

/// Chooses among the settings of a configuration.
///
/// # Errors
/// [`Error::NotFound`] with what the device has instead.
pub fn select(
    settings: &[Setting],
    place: &Place,
    identity: &Identity,
) -> Result<Interface, Error> {
    let number = place.interface.unwrap_or(0);
    let alternate = place.alternate.unwrap_or(0);
    let chosen = settings
        .iter()
        .find(|setting| (setting.number, setting.alternate) == (number, alternate));
    let setting = chosen.ok_or_else(|| {
        let what = if alternate == 0 {
            format!("interface {number}")
        } else {
            format!("interface {number} alternate {alternate}")
        };
        Error::NotFound(format!(
            "{identity} has no {what}; it has {}",
            listing(settings)
        ))
    })?;
    let from_device = endpoint(setting, TOWARDS_HOST, place.endpoint_in);
    let to_device = endpoint(setting, 0, place.endpoint_out);
    Ok(Interface {
        number,
        endpoint_in: from_device.map(|endpoint| endpoint.address),
        packet_in: from_device.map_or(0, |endpoint| endpoint.packet),
        endpoint_out: to_device.map(|endpoint| endpoint.address),
        descriptor_index: place
            .descriptor_index
            .unwrap_or_else(|| usual_descriptor_index(identity)),
        extra: setting.extra.clone(),
    })
}

/// The wanted endpoint (number 1, if nothing is said) or the first one of that direction.
fn endpoint(setting: &Setting, direction: u8, wanted: Option<u8>) -> Option<Endpoint> {
    let mut there = setting
        .endpoints
        .iter()
        .copied()
        .filter(|endpoint| endpoint.address & TOWARDS_HOST == direction);
    let first = there.clone().next();
    let wanted = direction | wanted.unwrap_or(1);
    there.find(|endpoint| endpoint.address == wanted).or(first)
}

fn listing(settings: &[Setting]) -> String {
    let told: Vec<String> = settings
        .iter()
        .map(
            |Setting {
                 number,
                 alternate,
                 class,
                 ..
             }| {
                let class = if *class == HID_CLASS {
                    "HID".to_owned()
                } else {
                    format!("class {class:#04x}")
                };
                if *alternate == 0 {
                    format!("{number} ({class})")
                } else {
                    format!("{number} alternate {alternate} ({class})")
                }
            },
        )
        .collect();
    if told.is_empty() {
        "none".to_owned()
    } else {
        format!("{} (see usb_hid_rep_index)", told.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(number: u8, alternate: u8, endpoints: &[u8]) -> Setting {
        Setting {
            number,
            alternate,
            class: 3,
            endpoints: endpoints
                .iter()
                .map(|address| Endpoint {
                    address: *address,
                    packet: 8,
                })
                .collect(),
            extra: vec![number, alternate],
        }
    }

    fn choose(settings: &[Setting], place: Place) -> Result<Interface, Error> {
        select(
            settings,
            &place,
            &Identity {
                vid: 0x2341,
                pid: 0x8036,
                ..Identity::default()
            },
        )
    }

    #[test]
    fn the_usual_device_has_interface_0_and_endpoint_81() {
        let chosen = choose(&[setting(0, 0, &[0x82, 0x81, 0x02])], Place::default()).unwrap();
        assert_eq!(
            (chosen.number, chosen.endpoint_in, chosen.endpoint_out),
            (0, Some(0x81), Some(2))
        );
        assert_eq!(chosen.packet_in, 8);
        assert_eq!((chosen.descriptor_index, chosen.extra), (0, vec![0, 0]));
    }

    #[test]
    fn what_is_wanted_is_taken_if_it_is_there() {
        let place = Place {
            interface: Some(2),
            endpoint_in: Some(4),
            alternate: Some(1),
            ..Place::default()
        };
        let settings = [
            setting(0, 0, &[0x81]),
            setting(2, 0, &[0x83]),
            setting(2, 1, &[0x83, 0x84]),
        ];
        let chosen = choose(&settings, place.clone()).unwrap();
        assert_eq!(
            (chosen.number, chosen.endpoint_in, chosen.extra),
            (2, Some(0x84), vec![2, 1])
        );
        let chosen = choose(
            &settings,
            Place {
                alternate: None,
                ..place
            },
        )
        .unwrap();
        assert_eq!(chosen.endpoint_in, Some(0x83), "it has no other");
    }

    #[test]
    fn a_device_without_interrupt_endpoint_is_fine() {
        let chosen = choose(&[setting(0, 0, &[])], Place::default()).unwrap();
        assert_eq!((chosen.endpoint_in, chosen.endpoint_out), (None, None));
    }

    #[test]
    fn a_missing_interface_is_told_with_those_that_are_there() {
        let settings = [
            setting(0, 0, &[]),
            Setting {
                class: 0xff,
                ..setting(1, 2, &[])
            },
        ];
        let error = choose(
            &settings,
            Place {
                interface: Some(2),
                ..Place::default()
            },
        )
        .unwrap_err()
        .to_string();
        assert!(
            error.contains("has no interface 2; it has 0 (HID), 1 alternate 2 (class 0xff)"),
            "{error}"
        );
        assert!(
            choose(&[], Place::default())
                .unwrap_err()
                .to_string()
                .ends_with("it has none")
        );
    }

    #[test]
    fn one_firmware_of_eatons_has_its_descriptor_elsewhere() {
        let eaton = Identity {
            vid: 0x0463,
            pid: 1,
            release: 0x0202,
            ..Identity::default()
        };
        let index = |place| {
            select(&[setting(0, 0, &[])], &place, &eaton)
                .unwrap()
                .descriptor_index
        };
        assert_eq!(index(Place::default()), 1);
        assert_eq!(
            index(Place {
                descriptor_index: Some(0),
                ..Place::default()
            }),
            0
        );
    }
}
