//! Devices that a driver knows, as data: what its own tables say, in a form that lists and udev rules are made of.

/// A device, or several that are one to the driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hardware {
    /// Who sells it.
    pub maker: &'static str,
    /// What it is called; empty when only its maker is known.
    pub model: &'static str,
    /// Which part of the driver serves it; empty when there is only one.
    pub part: &'static str,
    /// How it is found.
    pub port: Port,
    /// How its protocol became known.
    pub basis: Basis,
}

/// How a device is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// By its numbers on the USB.
    Usb {
        /// `idVendor`.
        vid: u16,
        /// `idProduct`.
        pid: u16,
    },
    /// On a serial port, which says nothing of what is there.
    Serial,
    /// On the network.
    Network,
}

/// How a protocol became known; NUT's list of hardware has one to five stars for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// By looking at what devices say.
    Observed = 1,
    /// Parts of it are published.
    Fragments = 2,
    /// It is published.
    Published = 3,
    /// The maker gave its description.
    Maker = 4,
    /// The maker gave its description and devices.
    MakerWithDevices = 5,
}

impl Basis {
    /// The number of stars.
    #[must_use]
    pub const fn stars(self) -> u8 {
        self as u8
    }
}
