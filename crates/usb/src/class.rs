//! Requests of the HID class (Device Class Definition for HID 1.11, section 7) on any [`UsbDevice`], and how the report
//! descriptor is fetched.
//!
//! A device tells the descriptor's length twice, and firmware exists where one of the two is wrong. So both are candidates,
//! in an order that depends on the device, and the caller goes on to the next when what it gets makes no sense (spec
//! usbhid.md, section 2, points 6 and 7).

use std::time::Duration;

use crate::device::{CONTROL, CONTROL_MAX, Interface, Setup, UsbDevice};
use crate::error::Error;
use crate::identity::Identity;

/// Longest report descriptor that is asked for (spec usbhid.md, section 2, point 6); Linux gives [`CONTROL_MAX`] of it.
pub const DESCRIPTOR_MAX: usize = 6144;

const GET_DESCRIPTOR: u8 = 6;
const GET_REPORT: u8 = 1;
const SET_REPORT: u8 = 9;
const HID: u8 = 0x21;
const REPORT: u8 = 0x22;
/// Length of a HID descriptor with one class descriptor.
const HID_LENGTH: usize = 9;

/// Kinds of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// From the device, also on the interrupt endpoint.
    Input = 1,
    /// To the device.
    Output = 2,
    /// Both ways.
    Feature = 3,
}

impl Kind {
    /// The kind with that number in a request.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Input),
            2 => Some(Self::Output),
            3 => Some(Self::Feature),
            _ => None,
        }
    }
}

/// The request that reads a report.
#[must_use]
pub fn get_report_request(kind: Kind, id: u8, interface: u8) -> Setup {
    Setup {
        request_type: 0xa1,
        request: GET_REPORT,
        value: u16::from_be_bytes([kind as u8, id]),
        index: interface.into(),
    }
}

/// The request that writes a report.
#[must_use]
pub fn set_report_request(kind: Kind, id: u8, interface: u8) -> Setup {
    Setup {
        request_type: 0x21,
        request: SET_REPORT,
        ..get_report_request(kind, id, interface)
    }
}

/// The request for a class descriptor.
#[must_use]
pub fn descriptor_request(kind: u8, index: u8, interface: u8) -> Setup {
    Setup {
        request_type: 0x81,
        request: GET_DESCRIPTOR,
        value: u16::from_be_bytes([kind, index]),
        index: interface.into(),
    }
}

/// Reads report `id`, its id first if the device uses ids; returns how many bytes came.
///
/// # Errors
/// See [`Error`].
pub fn get_report(
    device: &mut dyn UsbDevice,
    kind: Kind,
    id: u8,
    buffer: &mut [u8],
    within: Duration,
) -> Result<usize, Error> {
    let setup = get_report_request(kind, id, device.interface().number);
    device.control_in(setup, buffer, within)
}

/// Writes report `id`; `data` begins with the id if the device uses ids.
///
/// # Errors
/// See [`Error`]; [`Error::Io`] when the device took a part of it only.
pub fn set_report(
    device: &mut dyn UsbDevice,
    kind: Kind,
    id: u8,
    data: &[u8],
    within: Duration,
) -> Result<(), Error> {
    let setup = set_report_request(kind, id, device.interface().number);
    let taken = device.control_out(setup, data, within)?;
    if taken < data.len() {
        return Err(Error::Io(format!(
            "{setup}: {taken} of {} bytes written",
            data.len()
        )));
    }
    Ok(())
}

/// How long the report descriptor may be, most credible first, each length once.
///
/// # Errors
/// [`Error::Gone`] and others that a second request cannot help; [`Error::NotFound`] when neither place tells a length.
pub fn descriptor_lengths(device: &mut dyn UsbDevice) -> Result<Vec<usize>, Error> {
    let in_configuration = length_in(&device.interface().extra);
    let on_request = match length_on_request(device) {
        Err(error @ Error::Gone(_)) => return Err(error),
        other => other.ok().flatten(),
    };
    let mut lengths = match first(device.identity()) {
        First::Configuration => vec![in_configuration, on_request],
        First::Request => vec![on_request, in_configuration],
        First::Longer => vec![
            in_configuration.max(on_request),
            in_configuration.min(on_request),
        ],
    };
    lengths.retain(|length| length.is_some_and(|length| (1..=DESCRIPTOR_MAX).contains(&length)));
    lengths.dedup();
    if lengths.is_empty() {
        return Err(no_length(device, in_configuration.or(on_request)));
    }
    Ok(lengths.into_iter().flatten().collect())
}

fn no_length(device: &dyn UsbDevice, told: Option<usize>) -> Error {
    let interface = device.interface().number;
    Error::NotFound(match told {
        None => {
            format!("interface {interface} has no HID descriptor; see usb_hid_rep_index")
        }
        Some(length) => format!(
            "interface {interface} claims a report descriptor of {length} bytes; there are 1 to {DESCRIPTOR_MAX}"
        ),
    })
}

/// The report descriptor, asked for with `length`; it may come shorter.
///
/// # Errors
/// See [`Error`].
pub fn report_descriptor(device: &mut dyn UsbDevice, length: usize) -> Result<Vec<u8>, Error> {
    let mut buffer = vec![0; length.min(CONTROL_MAX)];
    let Interface {
        number,
        descriptor_index,
        ..
    } = *device.interface();
    let setup = descriptor_request(REPORT, descriptor_index, number);
    let length = device
        .control_in(setup, &mut buffer, CONTROL)
        .map_err(|error| error.during("reading the report descriptor"))?;
    buffer.truncate(length);
    Ok(buffer)
}

/// `usb_hid_desc_index` where the user does not say: one firmware of Eaton's has its HID descriptor at 1.
#[must_use]
pub const fn usual_descriptor_index(identity: &Identity) -> u8 {
    matches!(first(identity), First::Request) as u8
}

/// Which of the two lengths is tried first.
enum First {
    Configuration,
    Request,
    Longer,
}

const fn first(identity: &Identity) -> First {
    match (identity.vid, identity.pid, identity.release) {
        (0x0463, _, 0x0202) => First::Request,
        (0x3746, 0xffff, _) => First::Longer,
        _ => First::Configuration,
    }
}

fn length_on_request(device: &mut dyn UsbDevice) -> Result<Option<usize>, Error> {
    let mut buffer = [0; HID_LENGTH];
    let Interface {
        number,
        descriptor_index,
        ..
    } = *device.interface();
    let setup = descriptor_request(HID, descriptor_index, number);
    let length = device.control_in(setup, &mut buffer, CONTROL)?;
    Ok(length_in(buffer.get(..length).unwrap_or_default()))
}

/// Bytes 7 and 8 of the first HID descriptor among class descriptors.
fn length_in(mut descriptors: &[u8]) -> Option<usize> {
    while let [length, kind, ..] = *descriptors {
        if kind == HID && usize::from(length) >= HID_LENGTH {
            let low = *descriptors.get(7)?;
            let high = *descriptors.get(8)?;
            return Some(u16::from_le_bytes([low, high]).into());
        }
        descriptors = descriptors.get(usize::from(length.max(1))..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulated::Simulated;

    /// A device with these two lengths.
    fn device(
        vid: u16,
        release: u16,
        on_request: Option<u16>,
        in_configuration: Option<u16>,
    ) -> Simulated {
        let pid = if vid == 0x3746 { 0xffff } else { 1 };
        let mut device = Simulated::new(Identity {
            vid,
            pid,
            release,
            ..Identity::default()
        });
        device.set_descriptor(&[5; 40], on_request, in_configuration);
        device
    }

    fn lengths(
        vid: u16,
        release: u16,
        on_request: Option<u16>,
        in_configuration: Option<u16>,
    ) -> Vec<usize> {
        descriptor_lengths(&mut device(vid, release, on_request, in_configuration))
            .unwrap_or_default()
    }

    #[test]
    fn both_lengths_are_tried_in_the_order_that_the_device_needs() {
        assert_eq!(lengths(0x051d, 0x0202, Some(30), Some(20)), [20, 30]);
        assert_eq!(lengths(0x0463, 0x0202, Some(30), Some(40)), [30, 40]);
        assert_eq!(lengths(0x0463, 0x0201, Some(30), Some(40)), [40, 30]);
        assert_eq!(lengths(0x3746, 0, Some(403), Some(376)), [403, 376]);
        assert_eq!(lengths(0x051d, 0, Some(30), Some(30)), [30]);
    }

    #[test]
    fn one_length_is_enough_and_nonsense_is_none() {
        assert_eq!(lengths(0x051d, 0, None, Some(20)), [20]);
        assert_eq!(lengths(0x051d, 0, Some(30), None), [30]);
        assert_eq!(lengths(0x051d, 0, Some(7000), Some(0)), [0; 0]);
        let error = descriptor_lengths(&mut device(0x051d, 0, None, None)).unwrap_err();
        assert!(error.to_string().contains("usb_hid_rep_index"), "{error}");
        let error = descriptor_lengths(&mut device(0x051d, 0, Some(65535), None)).unwrap_err();
        assert!(error.to_string().contains("of 65535 bytes"), "{error}");
    }

    #[test]
    fn a_device_that_is_gone_is_not_asked_on() {
        let mut device = device(0x051d, 0, Some(30), Some(20));
        device.unplug();
        assert!(matches!(
            descriptor_lengths(&mut device),
            Err(Error::Gone(_))
        ));
    }

    #[test]
    fn a_short_answer_is_a_short_descriptor() {
        let mut device = device(0x051d, 0, None, Some(20));
        assert_eq!(report_descriptor(&mut device, 60).unwrap().len(), 40);
        assert_eq!(report_descriptor(&mut device, 20).unwrap(), [5; 20]);
    }

    #[test]
    fn class_descriptors_before_the_hid_one_are_passed_over_and_broken_ones_end_the_search() {
        let hid = [9, 0x21, 0x10, 1, 0, 1, 0x22, 0x34, 0x12];
        assert_eq!(length_in(&[&[3, 0x24, 1][..], &hid].concat()), Some(0x1234));
        for bytes in [&[][..], &[9], &[9, 0x21, 0x10], &[0, 0, 0, 0], &[200, 1, 2]] {
            assert_eq!(length_in(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn the_requests_are_those_of_the_class() {
        assert_eq!(
            get_report_request(Kind::Feature, 0x0c, 2).to_string(),
            "a1 01 030c 0002"
        );
        assert_eq!(
            set_report_request(Kind::Output, 7, 0).to_string(),
            "21 09 0207 0000"
        );
        assert_eq!(
            descriptor_request(REPORT, 1, 0).to_string(),
            "81 06 2201 0000"
        );
    }
}
