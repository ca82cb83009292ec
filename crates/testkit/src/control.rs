//! The control channel of a simulator: lines on a Unix socket, each answered with one.

use crate::failure::{Error, fail, must};
use crate::wait::PATIENCE;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

/// A connection to a simulator.
#[derive(Debug)]
pub(crate) struct Control(BufReader<UnixStream>);

impl Control {
    #[track_caller]
    pub(crate) fn connect(path: &Path) -> Self {
        let control = must(UnixStream::connect(path));
        must(control.set_read_timeout(Some(PATIENCE)));
        Self(BufReader::new(control))
    }

    /// Tells it a line and gives what it says behind `OK`.
    #[track_caller]
    pub(crate) fn tell(&mut self, line: &str) -> String {
        must(writeln!(self.0.get_mut(), "{line}"));
        let mut answer = String::new();
        must(self.0.read_line(&mut answer).map_err(Error::io(line)));
        match answer.trim_end().strip_prefix("OK") {
            Some(said) => said.trim_start().to_owned(),
            None => fail(format!("`{line}` was answered `{answer}`")),
        }
    }
}
