//! A client of a driver's socket, as upsd is one.

use crate::failure::{fail, must};
use crate::wait::{PATIENCE, eventually};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// A connection to a driver.
#[derive(Debug)]
pub struct DriverSocket(BufReader<UnixStream>);

impl DriverSocket {
    /// Connects to the socket at `path`, which may take so long to be there. Nothing is told that was not asked for.
    #[track_caller]
    #[must_use]
    pub fn connect(path: &Path, within: Duration) -> Self {
        let connected = eventually(within, || UnixStream::connect(path).ok());
        let Some(stream) = connected else {
            fail(format!("nobody serves {}", path.display()));
        };
        must(stream.set_read_timeout(Some(PATIENCE * 3)));
        let mut socket = Self(BufReader::new(stream));
        socket.send("NOBROADCAST");
        // what was told before that is behind us now
        socket.send("PING");
        socket.until("PONG");
        socket
    }

    /// Everything that is published.
    #[track_caller]
    pub fn dump(&mut self) -> Vec<String> {
        self.send("DUMPALL");
        self.until("DUMPDONE")
    }

    /// The value of a variable in a dump.
    #[track_caller]
    pub fn value(&mut self, var: &str) -> Option<String> {
        let begin = format!("SETINFO {var} \"");
        let dump = self.dump();
        let line = dump.iter().find_map(|line| line.strip_prefix(&begin))?;
        line.strip_suffix('"').map(str::to_owned)
    }

    /// Whether the data are good.
    #[track_caller]
    pub fn is_fresh(&mut self) -> bool {
        self.dump().iter().any(|line| line == "DATAOK")
    }

    /// The result of a command or setting.
    #[track_caller]
    pub fn ask(&mut self, request: &str) -> u8 {
        self.send(&format!("{request} TRACKING T1"));
        let line = self.line();
        let result = line.strip_prefix("TRACKING T1 ");
        match result.and_then(|number| number.parse().ok()) {
            Some(number) => number,
            None => fail(format!("`{request}` was answered `{line}`")),
        }
    }

    /// Waits for a sign of life.
    #[track_caller]
    pub fn ping(&mut self) {
        self.send("PING");
        self.until("PONG");
    }

    #[track_caller]
    fn send(&mut self, line: &str) {
        must(writeln!(self.0.get_mut(), "{line}"));
    }

    #[track_caller]
    fn line(&mut self) -> String {
        let mut line = String::new();
        must(self.0.read_line(&mut line));
        line.trim_end().to_owned()
    }

    #[track_caller]
    fn until(&mut self, end: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            match self.line() {
                line if line == end => return lines,
                line if line.is_empty() => fail(format!("closed after {lines:#?}")),
                line => lines.push(line),
            }
        }
    }
}
