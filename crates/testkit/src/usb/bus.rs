//! The emulator, as it runs.

use super::{DeviceFile, Umockdev, UsbDevice};
use crate::failure::{fail, must};
use crate::{PATIENCE, Program, Running, Sandbox};
use serde_json::Value;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// A USB bus with emulated devices, one on each port, from 1. It ends when the value is dropped, so programs that were
/// led to it are to be dropped before.
#[derive(Debug)]
pub struct UsbBus {
    emulator: Running,
    root: PathBuf,
    preload: OsString,
    control: Mutex<BufReader<UnixStream>>,
}

impl UsbBus {
    /// Starts the emulator; its files are in the sandbox.
    #[track_caller]
    #[must_use]
    pub fn start(umockdev: &Umockdev, sandbox: &Sandbox, devices: &[DeviceFile]) -> Self {
        let control = sandbox.run().join("usb-control");
        let files = devices.iter().enumerate();
        let files = files.map(|(port, device)| device.write(sandbox, &format!("usb-{port}.json")));
        let emulator = umockdev
            .python(sandbox)
            .env("TMPDIR", sandbox.run())
            .args(["-m", "upsemu", "umockdev", "--control"])
            .arg(&control)
            .args(files)
            .start();
        let ready = emulator.wait_for_line("upsemu: ready", PATIENCE);
        let root = ready
            .split_once('(')
            .and_then(|(_, root)| root.strip_suffix(')'));
        Self {
            root: PathBuf::from(root.unwrap_or_default()),
            preload: umockdev.preload(),
            control: Mutex::new(BufReader::new(must(UnixStream::connect(&control)))),
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
        UsbDevice::new(self, index)
    }

    /// The file that stands for a file of `/dev` or `/sys`.
    #[must_use]
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    #[track_caller]
    pub(super) fn tell(&self, command: &Value) -> Value {
        let mut control = self.control.lock().unwrap_or_else(PoisonError::into_inner);
        must(
            control
                .get_mut()
                .write_all(format!("{command}\n").as_bytes()),
        );
        let mut line = String::new();
        must(control.read_line(&mut line));
        match serde_json::from_str(&line) {
            Ok(answer) => answer,
            Err(error) => fail(format!(
                "the emulator answered {line:?} ({error}) and printed:\n{}",
                self.emulator.printed()
            )),
        }
    }
}

/// An emulator that crashed is the cause of much else.
impl Drop for UsbBus {
    fn drop(&mut self) {
        if let Some(status) = self.emulator.ended() {
            let printed = self.emulator.printed();
            // a closed terminal is no failure of the test
            let _ = writeln!(io::stderr(), "the USB emulator ended: {status}\n{printed}");
        }
    }
}
