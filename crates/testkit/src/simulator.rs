//! A simulated serial device: a script that plays it on a pseudo terminal and takes commands by a socket.

use crate::control::Control;
use crate::program::{Program, installed};
use crate::running::Running;
use crate::sandbox::Sandbox;
use crate::skip::skipped_unless_ci;
use crate::wait::PATIENCE;
use nix::sys::signal::Signal;
use std::path::{Path, PathBuf};

/// A simulator that runs; it ends when it is dropped.
#[derive(Debug)]
pub struct Simulator {
    port: PathBuf,
    control: Control,
    running: Running,
}

impl Simulator {
    /// Starts a Python script. Without Python, test `name` is noted as skipped.
    #[track_caller]
    #[must_use]
    pub fn start(name: &str, sandbox: &Sandbox, script: &Path, args: &[&str]) -> Option<Self> {
        let Some(python) = installed("python3") else {
            skipped_unless_ci(name, "python3");
            return None;
        };
        let (port, control) = (sandbox.run().join("tty"), sandbox.run().join("control"));
        let program = Program::at(&python, sandbox).arg("-u").arg(script);
        let program = program
            .arg("--link")
            .arg(&port)
            .arg("--control")
            .arg(&control);
        let running = program.args(args).start();
        running.wait_for_line("READY", PATIENCE);
        Some(Self {
            port,
            control: Control::connect(&control),
            running,
        })
    }

    /// What a driver takes for its serial port.
    #[must_use]
    pub fn port(&self) -> &Path {
        &self.port
    }

    /// Tells it a control line and gives what it says behind `OK`.
    #[track_caller]
    pub fn tell(&mut self, line: &str) -> String {
        self.control.tell(line)
    }

    /// Ends it, as if the adapter were unplugged.
    #[track_caller]
    pub fn pull(&mut self) {
        self.running.signal(Signal::SIGKILL);
        self.running.wait_for_end(PATIENCE);
    }
}
