//! The emulator's process, and the way to tell it what happens to its devices.

use crate::failure::{fail, must};
use crate::{PATIENCE, Program, Running, Sandbox};
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, PoisonError};

/// It runs until the value is dropped.
#[derive(Debug)]
pub(super) struct Emulator {
    process: Running,
    control: Mutex<BufReader<UnixStream>>,
}

impl Emulator {
    /// Starts it with one of its ways to show devices; gives what it says of them, too.
    #[track_caller]
    pub(super) fn start(program: Program, sandbox: &Sandbox) -> (Self, String) {
        let control = sandbox.run().join("usb-control");
        let process = program.arg("--control").arg(&control).start();
        let ready = process.wait_for_line("upsemu: ready", PATIENCE);
        let control = must(UnixStream::connect(&control));
        let emulator = Self {
            process,
            control: Mutex::new(BufReader::new(control)),
        };
        (emulator, ready)
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
                self.process.printed()
            )),
        }
    }
}

/// An emulator that crashed is the cause of much else.
impl Drop for Emulator {
    fn drop(&mut self) {
        if let Some(status) = self.process.ended() {
            let printed = self.process.printed();
            // a closed terminal is no failure of the test
            let _ = writeln!(io::stderr(), "the USB emulator ended: {status}\n{printed}");
        }
    }
}
