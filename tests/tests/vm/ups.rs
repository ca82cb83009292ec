//! The emulated UPS, which QEMU takes for a USB device that is passed on from elsewhere.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use testkit::{PATIENCE, Program, Running, Sandbox};

use crate::machine::LIMIT;

/// SET_REPORT to an interface, as the first bytes of a request.
const SET_REPORT: &str = "2109";

/// The UPS; it is gone when the value is dropped.
pub(crate) struct Ups {
    control: PathBuf,
    _emulator: Running,
}

impl Ups {
    /// A device of `tests/devices/usb/devices`. QEMU finds it at `socket`.
    #[track_caller]
    pub(crate) fn new(device: &str, socket: &Path, sandbox: &Sandbox) -> Self {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("devices/usb");
        let control = sandbox.run().join("ups-control");
        let emulator = Program::at(Path::new("/usr/bin/env"), sandbox)
            .args(["timeout", "--kill-after=10s", LIMIT])
            .args(["python3", "-m", "upsemu", "usbredir"])
            .arg(dir.join(format!("devices/{device}.json")))
            .arg("--listen")
            .arg(format!("unix:{}", socket.display()))
            .arg("--control")
            .arg(&control)
            .env("PYTHONPATH", &dir)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .start();
        emulator.wait_for_line("upsemu: ready", PATIENCE);
        Self {
            control,
            _emulator: emulator,
        }
    }

    /// Pulls the plug of its USB cable.
    #[track_caller]
    pub(crate) fn unplug(&self) {
        self.tell(&json!({"unplug": true}));
    }

    /// Puts the plug back.
    #[track_caller]
    pub(crate) fn plug(&self) {
        self.tell(&json!({"plug": true}));
    }

    /// Whether the mains are there.
    #[track_caller]
    pub(crate) fn mains(&self, there: bool) {
        self.tell(&json!({"mains": there}));
    }

    /// Its battery runs low.
    #[track_caller]
    pub(crate) fn battery_low(&self) {
        self.tell(&json!({"battery_low": true}));
    }

    /// The reports that were written to it, as hexadecimal digits.
    #[track_caller]
    pub(crate) fn written(&self) -> Vec<String> {
        let answer = self.tell(&json!({"log": 0}));
        let transfers = answer["log"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let written = transfers
            .iter()
            .filter(|transfer| text(&transfer[0]).starts_with(SET_REPORT));
        written.map(|transfer| text(&transfer[1])).collect()
    }

    #[track_caller]
    fn tell(&self, command: &Value) -> Value {
        let told = self
            .ask(command)
            .unwrap_or_else(|why| panic!("the emulator, at {command}: {why}"));
        assert_eq!(told["ok"], true, "the emulator, at {command}: {told}");
        told
    }

    fn ask(&self, command: &Value) -> std::io::Result<Value> {
        let mut stream = UnixStream::connect(&self.control)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(format!("{command}\n").as_bytes())?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }
}
