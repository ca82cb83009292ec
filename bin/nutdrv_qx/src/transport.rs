//! How a request reaches the device and its answer comes back: a serial line, or one of the packet framings over USB.

pub(crate) mod serial;

use std::fmt;

use driver::{Error, Settings};

use crate::options::OF_USB;

/// Opens the device that ups.conf means: over USB if an option says so, else the serial port.
pub(crate) fn open(settings: &Settings) -> Result<Box<dyn Transport>, Error> {
    let option = OF_USB.iter().find(|option| settings.flag(option));
    if let Some(option) = option {
        return Err(Error::Config(format!("{option}: USB is not supported yet")));
    }
    if settings.port.eq_ignore_ascii_case("auto") {
        return Err(Error::Config(
            "port = auto: USB is not supported yet".to_owned(),
        ));
    }
    Ok(Box::new(serial::Serial::open(settings)?))
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
