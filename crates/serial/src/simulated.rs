//! A line whose other end is a function; no time passes on it.

use std::fmt;
use std::time::Duration;

use crate::assembler::Assembler;
use crate::error::Error;
use crate::line::{Input, Line, Signal, Until};

/// What the other end does with what is written: the bytes that come back.
type Device = Box<dyn FnMut(&[u8]) -> Vec<u8> + Send>;

/// A line to a device that is a function from each write to what comes back.
pub struct Simulated {
    device: Device,
    pieces: Assembler,
    written: Vec<Vec<u8>>,
    outputs: Vec<(Signal, bool)>,
    gone: bool,
}

impl Simulated {
    /// A line to `device`.
    pub fn new(device: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) -> Self {
        Self {
            device: Box::new(device),
            pieces: Assembler::default(),
            written: Vec::new(),
            outputs: Vec::new(),
            gone: false,
        }
    }

    /// The device speaks by itself.
    pub fn say(&mut self, bytes: &[u8]) {
        self.pieces.feed(bytes);
    }

    /// The port is pulled.
    pub fn pull(&mut self) {
        self.gone = true;
    }

    /// What was written, one for each call.
    #[must_use]
    pub fn written(&self) -> &[Vec<u8>] {
        &self.written
    }

    /// What was switched, in order.
    #[must_use]
    pub fn outputs(&self) -> &[(Signal, bool)] {
        &self.outputs
    }

    fn there(&self) -> Result<(), Error> {
        if self.gone {
            return Err(Error::Gone("the simulated line".to_owned()));
        }
        Ok(())
    }
}

impl fmt::Debug for Simulated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulated")
            .field("pieces", &self.pieces)
            .field("written", &self.written)
            .finish_non_exhaustive()
    }
}

impl Line for Simulated {
    fn write(&mut self, bytes: &[u8], _: Duration, _: Duration) -> Result<(), Error> {
        self.there()?;
        self.written.push(bytes.to_vec());
        let reply = (self.device)(bytes);
        self.pieces.feed(&reply);
        Ok(())
    }

    fn read(&mut self, until: Until<'_>, _: Duration) -> Result<Input, Error> {
        self.there()?;
        let whole = self.pieces.whole(until);
        Ok(whole.unwrap_or_else(|| self.pieces.rest()))
    }

    fn discard(&mut self) -> Result<(), Error> {
        self.there()?;
        self.pieces.clear();
        Ok(())
    }

    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error> {
        self.there()?;
        self.outputs.push((signal, on));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pulled_line_is_gone() {
        let mut line = Simulated::new(<[u8]>::to_vec);
        line.set(Signal::Dtr, true).unwrap();
        assert_eq!(line.outputs(), [(Signal::Dtr, true)]);
        line.pull();
        assert!(matches!(line.discard(), Err(Error::Gone(_))));
        assert!(line.written().is_empty());
    }
}
