//! A way to look into the machine: a serial port, at whose other end a shell carries out lines (`tests/vm/guest`).

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// How long a command may take; the machine itself ends it a little earlier.
const COMMAND: Duration = Duration::from_secs(30);

/// What a command printed and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: String,
    pub(crate) text: String,
}

/// The port. It is in use only when a test asks.
pub(crate) struct Shell {
    port: BufReader<UnixStream>,
}

impl Shell {
    /// Connects to the port, which QEMU serves once it runs.
    pub(crate) fn connect(port: &Path) -> std::io::Result<Self> {
        let port = BufReader::new(UnixStream::connect(port)?);
        Ok(Self { port })
    }

    /// Waits until somebody listens, which is when the machine is up.
    pub(crate) fn await_ready(&mut self, within: Duration) -> std::io::Result<()> {
        // what it was doing when the machine went down may come first
        while self.answer(within)?.code != "ready" {}
        Ok(())
    }

    /// Runs a command as root.
    pub(crate) fn run(&mut self, command: &str) -> std::io::Result<Said> {
        let line = format!("{command}\n");
        self.port.get_mut().write_all(line.as_bytes())?;
        self.answer(COMMAND)
    }

    fn answer(&mut self, within: Duration) -> std::io::Result<Said> {
        self.port.get_ref().set_read_timeout(Some(within))?;
        let mut text = String::new();
        loop {
            let mut line = String::new();
            if self.port.read_line(&mut line)? == 0 {
                return Err(std::io::Error::other("the machine is gone"));
            }
            let line = line.trim_end_matches(['\r', '\n']);
            if let Some(code) = line.strip_prefix("= ") {
                let code = code.to_owned();
                return Ok(Said { code, text });
            }
            if let Some(more) = line.strip_prefix("| ") {
                text = text + more + "\n";
            }
        }
    }
}
