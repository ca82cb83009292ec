//! Devices that a program on this machine sees, and nobody else.

use super::emulator::Emulator;
use super::{DeviceFile, Umockdev, UsbDevice};
use crate::{Program, Sandbox};
use std::ffi::OsString;
use std::path::PathBuf;

/// A USB bus with emulated devices, one on each port, from 1. It ends when the value is dropped, so programs that were
/// led to it are to be dropped before.
#[derive(Debug)]
pub struct UsbBus {
    emulator: Emulator,
    root: PathBuf,
    preload: OsString,
}

impl UsbBus {
    /// Starts the emulator; its files are in the sandbox.
    #[track_caller]
    #[must_use]
    pub fn start(umockdev: &Umockdev, sandbox: &Sandbox, devices: &[DeviceFile]) -> Self {
        let files = devices.iter().enumerate();
        let files = files.map(|(port, device)| device.write(sandbox, &format!("usb-{port}.json")));
        let program = umockdev
            .python(sandbox)
            .env("TMPDIR", sandbox.run())
            .args(["-m", "upsemu", "umockdev"])
            .args(files);
        let (emulator, ready) = Emulator::start(program, sandbox);
        let root = ready
            .split_once('(')
            .and_then(|(_, root)| root.strip_suffix(')'));
        Self {
            root: PathBuf::from(root.unwrap_or_default()),
            preload: umockdev.preload(),
            emulator,
        }
    }

    /// Has a program see the devices of this bus, and no others.
    #[must_use]
    pub fn lead(&self, program: Program) -> Program {
        program
            .env("LD_PRELOAD", &self.preload)
            .env("UMOCKDEV_DIR", &self.root)
    }

    /// The device on port `index` + 1.
    #[must_use]
    pub fn device(&self, index: usize) -> UsbDevice<'_> {
        UsbDevice::new(&self.emulator, index)
    }

    /// The file that stands for a file of `/dev` or `/sys`.
    #[must_use]
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }
}
