//! usbhid-ups: UPSes that are USB HID power devices.
//!
//! * [`mod@matches`] and [`claim`](mod@claim): which devices are whose; [`hardware`](mod@hardware) lists them for others
//! * [`subdrivers`]: for each family a table of what its devices say; [`known`] is what its functions see
//! * [`opening`]: from a claimed device to one that can be walked; [`fix`] and [`naming`] on the way
//! * [`hid_ups`]: walks, events, commands; [`reports`] are read no oftener than needed, [`bits`] make the status,
//!   [`doubt`] what is too odd to be believed at once, [`quirks`] and [`discharge`] belong to it; [`told`] misses a status
//! * [`explore`]: what a device has that nobody knows yet
//! * [`finding`]: the device that is meant, and the same one again; [`mod@driver`]: what the framework asks of it
//!
//! Facts are those of the specifications usbhid.md and usbhid-conversions.md.

#![forbid(unsafe_code)]

mod bits;
mod claim;
mod discharge;
mod doubt;
mod driver;
mod explore;
mod finding;
mod fix;
mod hardware;
mod hid_ups;
mod known;
mod matches;
mod naming;
mod opening;
mod options;
mod quirks;
#[cfg(test)]
mod recordings;
mod reports;
mod subdrivers;
mod told;

use ::driver::{Driver, Error, Info, Settings};
use usb::Bus;

/// The driver.
pub static INFO: Info = Info {
    name: "usbhid-ups",
    aliases: &[],
    description: "USB HID power devices",
    version: env!("CARGO_PKG_VERSION"),
    options: options::OPTIONS,
    hardware: hardware::hardware,
    open,
};

/// Opens the device that the settings mean on any bus.
///
/// # Errors
/// Why none will do.
pub fn find(bus: Box<dyn Bus + Send>, settings: &Settings) -> Result<Box<dyn Driver>, Error> {
    Ok(Box::new(driver::UsbHidUps::find(bus, settings)?))
}

fn open(settings: &Settings) -> Result<Box<dyn Driver>, Error> {
    let bus = usb::bus(
        ::driver::device_group,
        settings.tape.as_ref(),
        usb::Reports::Spoken,
    );
    find(bus, settings)
}

#[cfg(test)]
mod tests;
