//! The bus as libusb sees it. Everything that decides is elsewhere; here are the calls, and the names of their errors.
//!
//! Every listing makes a new libusb context: one that was made before a replug may not see it (spec usbhid.md, section 15),
//! and a list is never stale. What may hang without a deadline, closing a handle and with it the context, is done on a thread of
//! its own that is waited for a while only.

mod opened;
mod parting;
mod standing;

use std::time::Duration;

use rusb::{Context, Device, DeviceHandle, TransferType, UsbContext};

use crate::access;
use crate::device::UsbDevice;
use crate::error::Error;
use crate::find::Bus;
use crate::identity::Identity;
use crate::options::Place;
use crate::select::{Endpoint, Setting, select};
use crate::string;

pub use opened::Opened;

/// How long reading one string of a device may take while it is looked at.
const STRING: Duration = Duration::from_secs(2);

/// How often claiming is tried (spec usbhid.md, section 2, point 5).
const CLAIMS: u32 = 3;

/// All devices of this machine.
#[derive(Debug)]
pub struct Libusb {
    context: Option<Context>,
    group: fn() -> String,
}

impl Libusb {
    /// `group` tells the one that drivers run as, for the udev rule in error texts. It is not asked without need: to look
    /// groups up loads libraries.
    #[must_use]
    pub const fn new(group: fn() -> String) -> Self {
        Self {
            context: None,
            group,
        }
    }

    /// The device that was listed.
    fn device(&self, identity: &Identity) -> Result<Device<Context>, Error> {
        let context = self
            .context
            .as_ref()
            .ok_or_else(|| Error::Other("no devices were listed".to_owned()))?;
        let devices = context
            .devices()
            .map_err(|error| named(error, "listing devices"))?;
        let same = |device: &Device<Context>| {
            (device.bus_number(), device.address()) == (identity.bus, identity.address)
        };
        devices
            .iter()
            .find(same)
            .ok_or_else(|| Error::Gone(identity.to_string()))
    }

    fn open_handle(
        &self,
        device: &Device<Context>,
        identity: &Identity,
    ) -> Result<DeviceHandle<Context>, Error> {
        device.open().map_err(|error| match error {
            rusb::Error::Access => access::denied(identity, &(self.group)()),
            other => named(other, &format!("opening {identity}")),
        })
    }
}

impl Bus for Libusb {
    fn list(&mut self) -> Result<Vec<Identity>, Error> {
        let context = Context::new().map_err(|error| named(error, "starting libusb"))?;
        let devices = context
            .devices()
            .map_err(|error| named(error, "listing devices"))?;
        let listed = devices
            .iter()
            .filter_map(|device| identify(&device))
            .collect();
        self.context = Some(context);
        Ok(listed)
    }

    fn describe(&mut self, listed: &Identity) -> Result<Identity, Error> {
        let device = self.device(listed)?;
        let handle = self.open_handle(&device, listed)?;
        strings(&device, &handle, listed)
    }

    fn open(&mut self, described: &Identity, place: &Place) -> Result<Box<dyn UsbDevice>, Error> {
        let device = self.device(described)?;
        let index = place.config_index.unwrap_or(0);
        let configuration = device.config_descriptor(index).map_err(|error| {
            named(
                error,
                &format!("{described}: reading configuration {index} (usb_config_index)"),
            )
        })?;
        let interface = select(&settings(&configuration), place, described)?;
        let handle = self.open_handle(&device, described)?;
        let detached = claim(&handle, interface.number).map_err(|error| match error {
            rusb::Error::Busy => access::busy(described, configuration.number(), interface.number),
            other => named(
                other,
                &format!("claiming interface {} of {described}", interface.number),
            ),
        })?;
        let opened = Opened::new(handle, described.clone(), interface, detached);
        if let Some(alternate) = place.alternate {
            opened.set_alternate(alternate)?;
        }
        Ok(Box::new(opened))
    }
}

/// What is known without opening it; nothing of a device that vanishes meanwhile.
fn identify(device: &Device<Context>) -> Option<Identity> {
    let descriptor = device.device_descriptor().ok()?;
    let rusb::Version(major, minor, sub) = descriptor.device_version();
    Some(Identity {
        vid: descriptor.vendor_id(),
        pid: descriptor.product_id(),
        release: bcd(major, minor, sub),
        bus: device.bus_number(),
        address: device.address(),
        ports: device.port_numbers().unwrap_or_default(),
        ..Identity::default()
    })
}

/// `bcdDevice` again, of which rusb has made three numbers.
fn bcd(major: u8, minor: u8, sub: u8) -> u16 {
    u16::from(major / 10) << 12
        | u16::from(major % 10) << 8
        | u16::from(minor & 15) << 4
        | u16::from(sub & 15)
}

/// The device's strings; one that cannot be read is none, as for the reference.
fn strings(
    device: &Device<Context>,
    handle: &DeviceHandle<Context>,
    listed: &Identity,
) -> Result<Identity, Error> {
    let descriptor = device
        .device_descriptor()
        .map_err(|error| named(error, &format!("reading {listed}")))?;
    let mut language = None;
    let mut read = |index: Option<u8>| {
        let Some(index) = index else { return Ok(None) };
        let text = string::read(
            index,
            &mut language,
            STRING,
            &mut |setup, buffer, within| opened::control_in(handle, setup, buffer, within),
        );
        match text {
            Err(error @ Error::Gone(_)) => Err(error),
            text => Ok(text.ok()),
        }
    };
    Ok(Identity {
        vendor: read(descriptor.manufacturer_string_index())?,
        product: read(descriptor.product_string_index())?,
        serial: read(descriptor.serial_number_string_index())?,
        ..listed.clone()
    })
}

fn settings(configuration: &rusb::ConfigDescriptor) -> Vec<Setting> {
    let descriptors = configuration
        .interfaces()
        .flat_map(|interface| interface.descriptors().collect::<Vec<_>>());
    let made = descriptors.map(|descriptor| {
        let mut setting = Setting {
            number: descriptor.interface_number(),
            alternate: descriptor.setting_number(),
            class: descriptor.class_code(),
            endpoints: Vec::new(),
            extra: descriptor.extra().to_vec(),
        };
        for endpoint in descriptor.endpoint_descriptors() {
            if endpoint.transfer_type() == TransferType::Interrupt {
                setting.endpoints.push(Endpoint {
                    address: endpoint.address(),
                    packet: endpoint.max_packet_size(),
                });
            }
            setting.extra.extend(endpoint.extra().unwrap_or_default());
        }
        setting
    });
    made.collect()
}

/// Takes the interface, from the kernel's driver if need be; tells whether that was detached by hand.
fn claim(handle: &DeviceHandle<Context>, number: u8) -> Result<bool, rusb::Error> {
    // where it is not supported, detaching by hand is not needed either
    let _ = handle.set_auto_detach_kernel_driver(true);
    let mut detached = false;
    let mut tries = 0;
    loop {
        tries += 1;
        match handle.claim_interface(number) {
            Ok(()) => return Ok(detached),
            Err(error @ rusb::Error::NoDevice) => return Err(error),
            Err(error) if tries >= CLAIMS => return Err(error),
            Err(_) => detached |= handle.detach_kernel_driver(number).is_ok(),
        }
    }
}

/// Our name of a libusb error; `what` was tried.
fn named(error: rusb::Error, what: &str) -> Error {
    let text = what.to_owned();
    match error {
        rusb::Error::NoDevice => Error::Gone(text),
        rusb::Error::Timeout => Error::Timeout(text),
        rusb::Error::Pipe => Error::Stalled(text),
        rusb::Error::Overflow => Error::Overflow(text),
        rusb::Error::Io => Error::Io(text),
        rusb::Error::Access => Error::Denied {
            node: "/dev/bus/usb".into(),
            hint: text,
        },
        rusb::Error::Busy => Error::Busy {
            what: text,
            holder: "somebody else".to_owned(),
        },
        // these reopen, as in the reference
        rusb::Error::NotFound | rusb::Error::NotSupported | rusb::Error::NoMem => {
            Error::NotFound(format!("{what}: {error}"))
        }
        other => Error::Other(format!("{what}: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::{Claim, Search};
    use crate::matcher::Matcher;

    #[test]
    fn releases_are_binary_coded_decimals_again() {
        assert_eq!(
            (bcd(1, 0, 6), bcd(12, 3, 4), bcd(0, 0, 0)),
            (0x0106, 0x1234, 0)
        );
    }

    /// A machine for tests may have no USB at all; then that is what is told.
    #[test]
    fn the_bus_of_this_machine_is_listed_and_nothing_on_it_is_claimed() {
        let mut bus = Libusb::new(|| "nut".to_owned());
        let Ok(listed) = bus.list() else { return };
        let matcher = Matcher::default();
        let claim = |_: &Identity, _| Claim::No("this is a test".into());
        let search = Search {
            matcher: &matcher,
            place: Place::default(),
            allow_duplicates: false,
            claim: &claim,
        };
        let error = search.find(&mut bus).err().unwrap();
        assert!(
            matches!(error, Error::NotFound(_)),
            "{error} with {listed:?}"
        );
    }

    #[test]
    fn a_device_that_is_not_there_is_gone() {
        let mut bus = Libusb::new(|| "nut".to_owned());
        let nowhere = Identity {
            bus: 250,
            address: 251,
            ..Identity::default()
        };
        assert!(
            matches!(bus.describe(&nowhere), Err(Error::Other(_))),
            "nothing was listed"
        );
        if bus.list().is_ok() {
            assert!(matches!(bus.describe(&nowhere), Err(Error::Gone(_))));
            assert!(matches!(
                bus.open(&nowhere, &Place::default()).err(),
                Some(Error::Gone(_))
            ));
        }
    }

    #[test]
    fn errors_of_libusb_have_our_names() {
        for (error, word) in [
            (rusb::Error::NoDevice, "gone"),
            (rusb::Error::Timeout, "timeout"),
            (rusb::Error::Pipe, "stalled"),
            (rusb::Error::Overflow, "overflow"),
            (rusb::Error::Io, "io"),
            (rusb::Error::Access, "denied"),
            (rusb::Error::Busy, "busy"),
            (rusb::Error::NotFound, "notfound"),
            (rusb::Error::NotSupported, "notfound"),
            (rusb::Error::NoMem, "notfound"),
            (rusb::Error::Interrupted, "other"),
            (rusb::Error::InvalidParam, "other"),
        ] {
            assert_eq!(named(error, "x").word(), word);
        }
    }
}
