//! A line whose other end is a function. Its time is what readers wait for, and nobody really waits.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use crate::assembler::Assembler;
use crate::error::Error;
use crate::line::{Input, Line, Signal, Until};

/// Bytes that come back, and the silence before them.
pub type Piece = (Duration, Vec<u8>);
/// What the other end does with what is written.
type Device = Box<dyn FnMut(&[u8]) -> Vec<Piece> + Send>;

/// The time on a line.
pub trait Time: Send {
    /// Time since some start.
    fn now(&self) -> Duration;

    /// Lets time pass.
    fn pass(&mut self, span: Duration);
}

/// Nothing else takes time.
struct OwnTime(Duration);

impl Time for OwnTime {
    fn now(&self) -> Duration {
        self.0
    }

    fn pass(&mut self, span: Duration) {
        self.0 = self.0.saturating_add(span);
    }
}

/// A line to a device that is a function from each write to what comes back.
pub struct Simulated {
    device: Device,
    time: Box<dyn Time>,
    pieces: Assembler,
    /// What is still to come, and when.
    coming: VecDeque<Piece>,
    written: Vec<Vec<u8>>,
    outputs: Vec<(Signal, bool)>,
    gone: bool,
}

impl Simulated {
    /// A line to `device`, which answers at once.
    pub fn new(mut device: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) -> Self {
        Self::slow(move |request| vec![(Duration::ZERO, device(request))])
    }

    /// A line to `device`, which takes its time.
    pub fn slow(device: impl FnMut(&[u8]) -> Vec<Piece> + Send + 'static) -> Self {
        Self {
            device: Box::new(device),
            time: Box::new(OwnTime(Duration::ZERO)),
            pieces: Assembler::default(),
            coming: VecDeque::new(),
            written: Vec::new(),
            outputs: Vec::new(),
            gone: false,
        }
    }

    /// On a line where others let time pass, too.
    #[must_use]
    pub fn with_time(mut self, time: impl Time + 'static) -> Self {
        self.time = Box::new(time);
        self
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

    /// Lets at most `wait` pass until something comes; whether it did.
    fn pass(&mut self, wait: Duration) -> bool {
        let now = self.time.now();
        let next = self.coming.front().map(|(at, _)| at.saturating_sub(now));
        self.time.pass(next.map_or(wait, |next| next.min(wait)));
        self.take_in()
    }

    /// Takes in what has come; whether there was something.
    fn take_in(&mut self) -> bool {
        let now = self.time.now();
        let mut any = false;
        while self.coming.front().is_some_and(|(at, _)| *at <= now) {
            let (_, bytes) = self.coming.pop_front().unwrap_or_default();
            self.pieces.feed(&bytes);
            any = true;
        }
        any
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
        let last = self.coming.back().map(|(at, _)| *at);
        let mut at = last.unwrap_or_default().max(self.time.now());
        for (pause, bytes) in (self.device)(bytes) {
            at = at.saturating_add(pause);
            self.coming.push_back((at, bytes));
        }
        Ok(())
    }

    fn read(&mut self, until: Until<'_>, within: Duration) -> Result<Input, Error> {
        self.there()?;
        let deadline = self.time.now().saturating_add(within);
        self.take_in();
        loop {
            if let Some(whole) = self.pieces.whole(until) {
                return Ok(whole);
            }
            let left = deadline.saturating_sub(self.time.now());
            let gap = until.quiet.filter(|_| !self.pieces.is_empty());
            if !self.pass(gap.map_or(left, |gap| gap.min(left))) {
                return Ok(self.pieces.rest());
            }
        }
    }

    fn discard(&mut self) -> Result<(), Error> {
        self.there()?;
        self.take_in();
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
    fn a_slow_device_is_waited_for_and_what_comes_late_comes_next() {
        let pause = Duration::from_millis(400);
        let mut line =
            Simulated::slow(move |_| vec![(pause, b"a".to_vec()), (pause, b"b\r".to_vec())]);
        line.write(b"x", Duration::ZERO, pause).unwrap();
        let until = Until::any_of(b"\r");
        let read = |line: &mut Simulated, until, millis| {
            let input = line.read(until, Duration::from_millis(millis)).unwrap();
            let now = line.time.now().as_millis();
            (String::from_utf8(input.bytes).unwrap(), now)
        };
        assert_eq!(read(&mut line, until, 300), (String::new(), 300));
        let soon = until.or_quiet(Duration::from_millis(50));
        assert_eq!(read(&mut line, soon, 1000), ("a".to_owned(), 450));
        assert_eq!(read(&mut line, until, 1000), ("b\r".to_owned(), 800));
        assert_eq!(read(&mut line, until, 0), (String::new(), 800));
    }

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
