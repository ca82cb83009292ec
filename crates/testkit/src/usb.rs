//! USB devices that are emulated, for drivers that use the real libusb.
//!
//! The emulator is `tests/devices/usb`; its README tells how it works and what a device file is. Here it is started, and
//! told what happens to its devices:
//!
//! ```text
//! Umockdev::find --> UsbBus::start(device files) --> UsbBus::device(0).command(json!({..}))
//!                         | UsbBus::lead(program): the program sees these devices and no others
//! RedirectedUsb::start(device file) --> RedirectedUsb::device().command(json!({..}))
//!                         | RedirectedUsb::socket(): a virtual machine has the device at one of its ports
//! ```

mod bus;
mod device;
mod emulator;
mod file;
mod redirected;
mod umockdev;

pub use bus::UsbBus;
pub use device::UsbDevice;
pub use file::DeviceFile;
pub use redirected::RedirectedUsb;
pub use umockdev::Umockdev;

use std::path::PathBuf;

/// The emulator and its device files.
fn home() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/devices/usb"
    ))
}
