//! A device for a virtual machine: QEMU takes it for a real one that is passed on to it from elsewhere.

use super::emulator::Emulator;
use super::{DeviceFile, UsbDevice, home};
use crate::{Program, Sandbox};
use std::path::{Path, PathBuf};

/// How long it runs at most, even if nobody is left to end it.
const LIMIT: &str = "35m";

/// An emulated device at a socket, for `-device usb-redir`. It is gone when the value is dropped.
#[derive(Debug)]
pub struct RedirectedUsb {
    emulator: Emulator,
    socket: PathBuf,
}

impl RedirectedUsb {
    /// Starts the emulator; its files are in the sandbox.
    #[track_caller]
    #[must_use]
    pub fn start(sandbox: &Sandbox, device: &DeviceFile) -> Self {
        let socket = sandbox.run().join("usb");
        let program = Program::at(Path::new("/usr/bin/env"), sandbox)
            .env("PYTHONPATH", home())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .args(["timeout", "--kill-after=10s", LIMIT])
            .args(["python3", "-m", "upsemu", "usbredir"])
            .arg(device.write(sandbox, "usb.json"))
            .arg("--listen")
            .arg(format!("unix:{}", socket.display()));
        let (emulator, _) = Emulator::start(program, sandbox);
        Self { emulator, socket }
    }

    /// Where it waits for QEMU.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The device.
    #[must_use]
    pub fn device(&self) -> UsbDevice<'_> {
        UsbDevice::new(&self.emulator, 0)
    }
}
