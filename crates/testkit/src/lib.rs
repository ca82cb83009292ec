//! For tests: a sandbox that starts the real programs, and fake NUT peers.
//!
//! - [`Sandbox`] is a directory with `etc/` for configuration and `run/` for sockets and PID files.
//! - [`Program`] runs one of our programs in it, or one of C NUT's ([`CNut`]), as [`Running`] or to its end.
//! - [`expect_file`] compares a text with a file, and makes the file when it is told to; [`expect_files`] does so for a folder.
//! - [`reference()`] finds facts that are no part of the project, [`CsvLine`] reads them.
//! - [`Wire`] is a client that sees every byte; [`FakeDriver`] and [`FakeUpsd`] stand in for a driver and a server.
//! - [`pki`] makes certificates, [`NssTools`] the databases in which C NUT has them.
//! - [`connect_from`] makes clients of other addresses.
//! - [`pki`] makes certificates, [`NssTools`] the databases in which C NUT has them.
//! - [`UsbBus`] is a bus with emulated USB devices, for drivers over the real libusb, [`RedirectedUsb`] such a device for a
//!   virtual machine; [`SerialDevice`] is a device on a pseudo terminal, [`Simulator`] one that a script plays; [`DriverSocket`]
//!   hears what a driver says.
//!
//! Every wait has a deadline and ends as soon as it can. What a test expects and does not get is a panic that
//! names the caller's line and shows what came instead; functions named `try_…` return an error, for `xtask`.

mod attacker;
mod capture;
mod control;
mod driver_socket;
mod expected;
mod failure;
mod fake_driver;
mod fake_upsd;
mod nss;
mod orphan;
mod peers;
mod pinger;
pub mod pki;
mod port;
mod program;
mod reference;
mod running;
mod sandbox;
mod serial_device;
mod served;
mod simulator;
mod skip;
mod snmp;
mod usb;
mod wait;
mod wire;

pub use attacker::{connect_from, may_open};
pub use driver_socket::DriverSocket;
pub use expected::{UPDATE, expect_file, expect_files};
pub use failure::Error;
pub use fake_driver::FakeDriver;
pub use fake_upsd::FakeUpsd;
pub use nix::sys::signal::Signal;
pub use nss::{NSS_PASSWORD, NssContents, NssTools};
pub use orphan::{is_running, signal_process};
pub use peers::{CNut, peers_dir};
pub use pinger::Pinger;
pub use port::free_port;
pub use program::{Finished, Program, installed, our_programs};
pub use reference::{CsvLine, reference};
pub use running::Running;
pub use sandbox::Sandbox;
pub use serde_json::{Value, json};
pub use serial_device::SerialDevice;
pub use simulator::Simulator;
pub use skip::{skipped, skipped_unless_ci};
pub use snmp::{SnmpAgent, Snmpd};
pub use usb::{DeviceFile, RedirectedUsb, Umockdev, UsbBus, UsbDevice};
pub use wait::{PATIENCE, eventually};
pub use wire::Wire;
