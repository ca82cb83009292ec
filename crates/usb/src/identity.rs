//! Who a device is, as the matching options see it (spec usbhid.md, section 2, point 2).

use std::fmt;
use std::path::PathBuf;

/// Facts about a device on the bus. Strings are as the device gives them, with their blanks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// `idVendor`.
    pub vid: u16,
    /// `idProduct`.
    pub pid: u16,
    /// `bcdDevice`, the firmware's release; a few quirks depend on it.
    pub release: u16,
    /// String `iManufacturer`.
    pub vendor: Option<String>,
    /// String `iProduct`.
    pub product: Option<String>,
    /// String `iSerialNumber`.
    pub serial: Option<String>,
    /// Number of the bus.
    pub bus: u8,
    /// Address on the bus; a new one after every plugging.
    pub address: u8,
    /// Ports from the root hub to the device; stays the same as long as the cable stays where it is.
    pub ports: Vec<u8>,
}

impl Identity {
    /// Option `vendorid` sees this: four lower-case hex digits.
    #[must_use]
    pub fn vid_text(&self) -> String {
        format!("{:04x}", self.vid)
    }

    /// Option `productid` sees this.
    #[must_use]
    pub fn pid_text(&self) -> String {
        format!("{:04x}", self.pid)
    }

    /// Option `bus` sees this: three decimal digits.
    #[must_use]
    pub fn bus_text(&self) -> String {
        format!("{:03}", self.bus)
    }

    /// Option `device` sees this: three decimal digits.
    #[must_use]
    pub fn device_text(&self) -> String {
        format!("{:03}", self.address)
    }

    /// Option `busport` sees this: the port of the nearest hub in three decimal digits, empty for a root hub.
    #[must_use]
    pub fn busport_text(&self) -> String {
        self.ports
            .last()
            .map(|port| format!("{port:03}"))
            .unwrap_or_default()
    }

    /// Where it is plugged in, as the kernel writes it: `1-4.2`.
    #[must_use]
    pub fn port_path(&self) -> String {
        let ports: Vec<String> = self.ports.iter().map(u8::to_string).collect();
        format!(
            "{}-{}",
            self.bus,
            if ports.is_empty() {
                "0".to_owned()
            } else {
                ports.join(".")
            }
        )
    }

    /// The file through which it is opened.
    #[must_use]
    pub fn node(&self) -> PathBuf {
        PathBuf::from(format!("/dev/bus/usb/{:03}/{:03}", self.bus, self.address))
    }

    /// Whether it is plugged into the same socket.
    #[must_use]
    pub fn same_port(&self, other: &Self) -> bool {
        self.bus == other.bus && self.ports == other.ports
    }
}

impl fmt::Display for Identity {
    /// `051d:0002 "American Power Conversion" "Back-UPS" serial "9B00" at bus 001 device 004 port 1-4.2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}:{:04x}", self.vid, self.pid)?;
        for text in [&self.vendor, &self.product].into_iter().flatten() {
            write!(f, " {text:?}")?;
        }
        if let Some(serial) = &self.serial {
            write!(f, " serial {serial:?}")?;
        }
        write!(
            f,
            " at bus {:03} device {:03} port {}",
            self.bus,
            self.address,
            self.port_path()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_are_those_that_options_are_written_for() {
        let id = Identity {
            vid: 0x051d,
            pid: 2,
            bus: 1,
            address: 14,
            ports: vec![4, 2],
            ..Identity::default()
        };
        assert_eq!(
            (id.vid_text(), id.pid_text()),
            ("051d".into(), "0002".into())
        );
        assert_eq!(
            (id.bus_text(), id.device_text(), id.busport_text()),
            ("001".into(), "014".into(), "002".into())
        );
        assert_eq!(id.port_path(), "1-4.2");
        assert_eq!(id.node().to_str(), Some("/dev/bus/usb/001/014"));
        assert_eq!(id.to_string(), "051d:0002 at bus 001 device 014 port 1-4.2");
    }

    #[test]
    fn a_root_hub_has_no_port() {
        let id = Identity {
            bus: 3,
            address: 1,
            ..Identity::default()
        };
        assert_eq!(
            (id.busport_text(), id.port_path()),
            (String::new(), "3-0".to_owned())
        );
    }
}
