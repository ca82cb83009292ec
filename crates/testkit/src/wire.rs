//! A client that sees every byte, for what our own client library would hide.

use crate::failure::{Error, fail, must};
use crate::wait::{PATIENCE, eventually};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

/// A connection to a server on loopback; every call ends within a deadline.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    /// Read, but not yet asked for.
    held: Vec<u8>,
    patience: Duration,
}

impl From<TcpStream> for Wire {
    fn from(stream: TcpStream) -> Self {
        Self {
            stream,
            held: Vec::new(),
            patience: PATIENCE,
        }
    }
}

impl Wire {
    /// Connects to a port of 127.0.0.1; a server that does not listen yet is waited for.
    #[track_caller]
    #[must_use]
    pub fn connect(port: u16) -> Self {
        let connected = eventually(PATIENCE, || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()
        });
        let Some(stream) = connected else {
            fail(format!("nobody listens on port {port}"));
        };
        must(stream.set_nodelay(true));
        Self {
            stream,
            held: Vec::new(),
            patience: PATIENCE,
        }
    }

    /// Sends a line.
    ///
    /// # Errors
    /// When it cannot be sent in time, or the connection has ended.
    pub fn try_send(&mut self, line: &str) -> Result<(), Error> {
        let set = self.stream.set_write_timeout(Some(self.patience));
        let sent = set.and_then(|()| self.stream.write_all(format!("{line}\n").as_bytes()));
        sent.map_err(Error::io("cannot send"))
    }

    /// Changes how long the calls wait.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Sends a line.
    #[track_caller]
    pub fn send(&mut self, line: &str) -> &mut Self {
        self.send_bytes(format!("{line}\n").as_bytes())
    }

    /// Sends bytes as they are.
    #[track_caller]
    pub fn send_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        must(self.stream.set_write_timeout(Some(self.patience)));
        must(self.stream.write_all(bytes));
        self
    }

    /// Reads one line, without its line end.
    #[track_caller]
    pub fn read_line(&mut self) -> String {
        must(self.try_read_line())
    }

    /// Reads one line, without its line end.
    ///
    /// # Errors
    /// When none comes in time, or the connection ends.
    pub fn try_read_line(&mut self) -> Result<String, Error> {
        let deadline = Instant::now() + self.patience;
        loop {
            if let Some(end) = self.held.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.held.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line)
                    .trim_end_matches('\n')
                    .to_owned());
            }
            let read = self.fill(deadline).map_err(Error::io("no line"))?;
            if read == 0 {
                let held = String::from_utf8_lossy(&self.held);
                return Err(Error::new(format!("the connection ended after {held:?}")));
            }
        }
    }

    /// Sends a line and reads one.
    #[track_caller]
    pub fn ask(&mut self, line: &str) -> String {
        self.send(line).read_line()
    }

    /// Reads lines up to and including one that begins with `end`.
    #[track_caller]
    pub fn read_until(&mut self, end: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = match self.try_read_line() {
                Ok(line) => line,
                Err(error) => fail(format!(
                    "no line that begins with `{end}`: {error}; before: {lines:#?}"
                )),
            };
            let last = line.starts_with(end);
            lines.push(line);
            if last {
                return lines;
            }
        }
    }

    /// Asks for a list and gives what stands between its `BEGIN` and its `END`.
    #[track_caller]
    pub fn list(&mut self, what: &str) -> Vec<String> {
        let begin = self.ask(&format!("LIST {what}"));
        if begin != format!("BEGIN LIST {what}") {
            fail(format!("`LIST {what}` was answered `{begin}`"));
        }
        let mut lines = self.read_until("END LIST");
        lines.pop();
        lines
    }

    /// Expects that the server closes the connection and sends nothing more.
    #[track_caller]
    pub fn expect_closed(&mut self) {
        if let Ok(line) = self.try_read_line() {
            fail(format!("expected the end of the connection, got `{line}`"));
        }
        match self.fill(Instant::now() + self.patience) {
            Ok(0) => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
            Ok(_) => fail(format!(
                "more came: {:?}",
                String::from_utf8_lossy(&self.held)
            )),
            Err(error) => fail(format!("the connection is not closed: {error}")),
        }
    }

    /// Expects that nothing comes for a while.
    #[track_caller]
    pub fn expect_silence(&mut self, during: Duration) {
        if self.held.is_empty()
            && self
                .fill(Instant::now() + during)
                .is_err_and(|error| is_timeout(&error))
        {
            return;
        }
        fail(format!(
            "expected silence, got {:?}",
            String::from_utf8_lossy(&self.held)
        ));
    }

    fn fill(&mut self, deadline: Instant) -> io::Result<usize> {
        let left = deadline.saturating_duration_since(Instant::now());
        self.stream
            .set_read_timeout(Some(left.max(Duration::from_millis(1))))?;
        let mut buffer = [0; 4096];
        let read = self.stream.read(&mut buffer)?;
        self.held.extend(buffer.iter().take(read));
        Ok(read)
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
