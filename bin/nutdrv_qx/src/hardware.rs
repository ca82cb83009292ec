//! Devices that are known by their numbers on the USB, as a list for udev's rules and for people.

use driver::{Basis, Hardware, Port};

use crate::transport::usb::table::ROWS;

/// The rows of the table that are asked over USB. The protocol is published, how adapters carry it was found out.
pub(crate) fn hardware() -> Vec<Hardware> {
    let device = |row: &crate::transport::usb::table::Row| {
        Some(Hardware {
            maker: row.maker,
            model: row.model,
            part: row.framing?.name,
            port: Port::Usb {
                vid: row.vid,
                pid: row.pid,
            },
            basis: Basis::Observed,
        })
    };
    ROWS.iter().filter_map(device).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_converter_is_nothing_that_udev_shall_give_to_us() {
        let devices = hardware();
        assert_eq!(devices.len(), ROWS.len() - 1);
        let converter = Port::Usb {
            vid: 0x1a86,
            pid: 0x7523,
        };
        assert!(devices.iter().all(|device| device.port != converter));
        assert!(devices.iter().all(|device| !device.maker.is_empty()));
    }
}
