//! A client of the driver's socket.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// A line-wise connection with a deadline for every read.
pub(crate) struct Client {
    pub(crate) stream: UnixStream,
    lines: BufReader<UnixStream>,
}

impl Client {
    pub(crate) fn connect(path: &Path) -> Self {
        let stream = UnixStream::connect(path).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream
            .set_write_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap());
        Self { stream, lines }
    }

    pub(crate) fn send(&mut self, line: &str) {
        self.stream
            .write_all(format!("{line}\n").as_bytes())
            .unwrap();
    }

    /// The next line; nothing at the end.
    pub(crate) fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => Some(line.trim_end().to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => None,
            Err(error) => panic!("no line: {error}"),
        }
    }

    pub(crate) fn ask(&mut self, line: &str) -> String {
        self.send(line);
        self.line().unwrap()
    }

    /// Lines up to and without the first for which `end` holds.
    pub(crate) fn until(&mut self, end: impl Fn(&str) -> bool) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(line) = self.line() {
            if end(&line) {
                return lines;
            }
            lines.push(line);
        }
        panic!("closed after {lines:?}");
    }

    /// Waits for a line.
    pub(crate) fn wait(&mut self, wanted: &str) -> Vec<String> {
        self.until(|line| line == wanted)
    }

    /// Waits until the driver says that a poll goes on, which it says of long ones, and to who asks.
    pub(crate) fn wait_for_a_poll(&mut self) {
        loop {
            self.send("PING");
            let told = self.wait("PONG");
            if told.contains(&r#"SETINFO driver.state "updateinfo""#.to_owned()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn dump(&mut self) -> Vec<String> {
        self.send("DUMPALL");
        self.wait("DUMPDONE")
    }

    pub(crate) fn is_closed(&mut self) -> bool {
        self.line().is_none()
    }
}
