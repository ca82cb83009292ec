//! What a driver says on its socket, as upsd hears it.

use crate::failure::{Error, fail, must};
use crate::wait::{PATIENCE, eventually};
use crate::{Running, Sandbox};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// A connection to a driver, and all that it has said.
#[derive(Debug)]
pub struct DriverSocket {
    stream: UnixStream,
    held: Vec<u8>,
    state: Said,
}

/// What was said so far.
#[derive(Clone, Debug, Default)]
struct Said {
    values: BTreeMap<String, String>,
    commands: BTreeSet<String>,
    results: BTreeMap<String, String>,
    fresh: Option<bool>,
    dumped: bool,
    ended: bool,
}

impl DriverSocket {
    /// Connects when the driver serves its socket, and has it say all it knows.
    #[track_caller]
    #[must_use]
    pub fn connect(sandbox: &Sandbox, driver: &str, ups: &str, running: &mut Running) -> Self {
        let path = sandbox.socket(driver, ups);
        let stream = eventually(PATIENCE, || {
            if running.ended().is_some() {
                return Some(None);
            }
            UnixStream::connect(&path).ok().map(Some)
        });
        let Some(Some(stream)) = stream else {
            fail(format!(
                "nobody serves {}; the driver printed:\n{}",
                path.display(),
                running.printed()
            ));
        };
        let mut socket = Self {
            stream,
            held: Vec::new(),
            state: Said::default(),
        };
        socket.send("DUMPALL");
        socket.expect("the end of its dump", PATIENCE, |socket| {
            socket.state.dumped
        });
        socket
    }

    /// Sends a line.
    #[track_caller]
    pub fn send(&mut self, line: &str) {
        must(self.stream.write_all(format!("{line}\n").as_bytes()));
    }

    /// The value of a variable.
    #[must_use]
    pub fn value(&self, var: &str) -> Option<&str> {
        self.state.values.get(var).map(String::as_str)
    }

    /// Whether a word stands in `ups.status`.
    #[must_use]
    pub fn status_has(&self, word: &str) -> bool {
        let status = self.value("ups.status").unwrap_or_default();
        status.split(' ').any(|each| each == word)
    }

    /// Whether the data are good; `None` when nothing was said about that.
    #[must_use]
    pub fn is_fresh(&self) -> Option<bool> {
        self.state.fresh
    }

    /// The commands that the driver offers.
    #[must_use]
    pub fn commands(&self) -> &BTreeSet<String> {
        &self.state.commands
    }

    /// Sends INSTCMD or SET and gives the number of the result.
    #[track_caller]
    pub fn ask(&mut self, line: &str) -> String {
        let ticket = format!("t{}", self.state.results.len());
        self.send(&format!("{line} TRACKING {ticket}"));
        self.expect("a result", PATIENCE, |socket| {
            socket.state.results.contains_key(&ticket)
        });
        self.state.results.get(&ticket).cloned().unwrap_or_default()
    }

    /// Listens until `wanted`; how long that took.
    #[track_caller]
    pub fn expect(
        &mut self,
        what: &str,
        within: Duration,
        wanted: impl Fn(&Self) -> bool,
    ) -> Duration {
        match self.wait(within, wanted) {
            Ok(took) => took,
            Err(error) => fail(format!(
                "the driver did not say {what} within {within:?} ({error}), but: {:#?}",
                self.state
            )),
        }
    }

    /// Listens until `wanted`; how long that took.
    ///
    /// # Errors
    /// When it does not come within the time, or the driver has ended.
    pub fn wait(
        &mut self,
        within: Duration,
        wanted: impl Fn(&Self) -> bool,
    ) -> Result<Duration, Error> {
        let begin = Instant::now();
        // what has come already counts, and nothing that waits to be read is older than `begin`
        while self.read(Duration::ZERO)? {}
        loop {
            if wanted(self) {
                return Ok(begin.elapsed());
            }
            let left = within.saturating_sub(begin.elapsed());
            if !self.read(left)? {
                return Err(Error::new("time is over"));
            }
        }
    }

    /// Takes in what comes; whether anything came.
    fn read(&mut self, within: Duration) -> Result<bool, Error> {
        if self.state.ended {
            return Err(Error::new("the connection has ended"));
        }
        let timeout = within.max(Duration::from_millis(1));
        self.stream
            .set_read_timeout(Some(timeout))
            .map_err(Error::io("driver's socket"))?;
        let mut buffer = [0; 16384];
        match self.stream.read(&mut buffer) {
            Ok(0) => self.state.ended = true,
            Ok(read) => self.held.extend(buffer.iter().take(read)),
            Err(error) if is_timeout(&error) => return Ok(false),
            Err(error) => return Err(Error::io("driver's socket")(error)),
        }
        while let Some(end) = self.held.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.held.drain(..=end).collect();
            self.state.take(&String::from_utf8_lossy(&line));
        }
        Ok(true)
    }
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

impl Said {
    fn take(&mut self, line: &str) {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["SETINFO", var, value] => {
                self.values.insert((*var).to_owned(), (*value).to_owned());
            }
            ["DELINFO", var] => {
                self.values.remove(*var);
            }
            ["ADDCMD", name] => {
                self.commands.insert((*name).to_owned());
            }
            ["DELCMD", name] => {
                self.commands.remove(*name);
            }
            ["TRACKING", id, result] => {
                self.results.insert((*id).to_owned(), (*result).to_owned());
            }
            ["DATAOK"] => self.fresh = Some(true),
            ["DATASTALE"] => self.fresh = Some(false),
            ["DUMPDONE"] => self.dumped = true,
            _ => {}
        }
    }
}

/// The words of a line; quotes hold blanks together, a backslash takes away what a character means.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    let mut characters = line.trim_end().chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            '\\' => word.get_or_insert_default().extend(characters.next()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_and_escaped() {
        assert_eq!(
            words("SETINFO ups.model \"A \\\"B\\\" \\\\\"\n"),
            ["SETINFO", "ups.model", "A \"B\" \\"]
        );
        assert_eq!(words("SETINFO x \"\"\n"), ["SETINFO", "x", ""]);
    }

    #[test]
    fn what_is_said_is_remembered() {
        let mut said = Said::default();
        for line in [
            "SETINFO ups.status \"OL CHRG\"",
            "ADDCMD load.off",
            "DATASTALE",
            "DELINFO ups.x",
            "TRACKING t0 3",
            "DATAOK",
        ] {
            said.take(line);
        }
        assert_eq!(said.fresh, Some(true));
        assert_eq!(said.values["ups.status"], "OL CHRG");
        assert_eq!(said.results["t0"], "3");
        assert!(said.commands.contains("load.off"));
    }
}
