//! How a request reaches the device and its answer comes back: a serial line, or one of the packet framings over USB.

pub(crate) mod serial;
pub(crate) mod usb;

use std::fmt;

use driver::{Error, Settings};
use tracing::warn;

use crate::options::OF_USB;

/// Opens the device that ups.conf means: over USB if an option says so, else the serial port.
pub(crate) fn open(settings: &Settings) -> Result<Box<dyn Transport>, Error> {
    let option = OF_USB.iter().find(|option| settings.flag(option));
    let is_auto = settings.port.eq_ignore_ascii_case("auto");
    if option.is_none() && !is_auto {
        return Ok(Box::new(serial::Serial::open(settings)?));
    }
    if let Some(option) = option.filter(|_| !is_auto) {
        let port = &settings.port;
        warn!("port = {port} does not count, as {option} means that the device is on the USB");
    }
    let bus = ::usb::bus(
        driver::device_group,
        settings.tape.as_ref(),
        ::usb::Reports::Answers,
    );
    Ok(Box::new(usb::Usb::find(bus, settings)?))
}

/// Something that carries requests.
pub(crate) trait Transport: Send {
    /// Sends `request`, with its end, and waits for the answer. It comes as the device sent it, with its end if that came;
    /// empty if the device said nothing within the time that it has.
    ///
    /// # Errors
    /// See [`Fault`].
    fn exchange(&mut self, request: &[u8]) -> Result<Vec<u8>, Fault>;

    /// What came made no sense: lets the device finish whatever it is saying, so that the next answer is one.
    fn settle(&mut self);

    /// Vendor and product numbers of a USB device.
    fn usb(&self) -> Option<(u16, u16)> {
        None
    }

    /// The device is not needed any more.
    fn close(&mut self) {}

    /// Lets go of a device that is lost; see [`driver::Driver::lose`].
    fn lose(self: Box<Self>) -> Option<Box<dyn Away>> {
        None
    }
}

/// What is left of a transport whose device is lost.
pub(crate) trait Away: Send {
    /// One attempt to get the same device back.
    fn find(self: Box<Self>) -> Result<Box<dyn Transport>, (Box<dyn Away>, Error)>;

    /// Whether it was plugged in anew since the last attempt.
    fn is_back(&mut self) -> bool;
}

/// Why there is no answer at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The port or device is not there any more; it is to be opened anew.
    Gone(String),
    /// This exchange failed, and perhaps the next will not.
    Failed(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone(why) | Self::Failed(why) => f.write_str(why),
        }
    }
}

#[cfg(test)]
pub(crate) mod fake;
