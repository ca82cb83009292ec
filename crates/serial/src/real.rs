//! The real line, by way of the `serialport` crate: raw, one owner, every wait bounded.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serialport::{ClearBuffer, DataBits, FlowControl, SerialPort, StopBits, TTYPort};

use crate::access;
use crate::assembler::Assembler;
use crate::error::Error;
use crate::line::{Input, Line, Signal, Until};
use crate::lock::{self, LockFile};

/// Bytes written at once, so that a line that stands still is noticed.
const PIECE: usize = 64;

/// The parity bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parity {
    /// There is none.
    #[default]
    None,
    /// An even number of ones.
    Even,
    /// An odd number of ones.
    Odd,
}

/// How the line is set up. Flow control is off: no UPS has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// Bits a second.
    pub baud: u32,
    /// The parity bit.
    pub parity: Parity,
    /// Eight data bits, else seven.
    pub eight_bits: bool,
    /// Two stop bits, else one.
    pub two_stops: bool,
    /// Nobody else may have the port, and nobody else gets it (`nolock` turns it off).
    pub locked: bool,
}

impl Mode {
    /// 8N1, locked.
    #[must_use]
    pub const fn new(baud: u32) -> Self {
        Self {
            baud,
            parity: Parity::None,
            eight_bits: true,
            two_stops: false,
            locked: true,
        }
    }
}

/// An open port.
#[derive(Debug)]
pub struct Port {
    path: PathBuf,
    tty: TTYPort,
    pieces: Assembler,
    /// Goes with the port.
    _lock: Option<LockFile>,
}

impl Port {
    /// Opens the port at `path`, which may be a link.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Denied`], [`Error::Busy`], or the line cannot be set up so.
    pub fn open(path: &Path, mode: Mode) -> Result<Self, Error> {
        let real = path.canonicalize().map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => access::denied(path),
            _ => access::missing(path),
        })?;
        let lock = if mode.locked {
            LockFile::take(Path::new(lock::DIR), &real)
                .map_err(|taken| access::locked(path, &taken))?
        } else {
            None
        };
        let tty =
            TTYPort::open(&builder(&real, mode)).map_err(|error| refusal(path, &real, &error))?;
        Ok(Self {
            path: path.to_owned(),
            tty,
            pieces: Assembler::default(),
            _lock: lock,
        })
    }

    /// Takes in what comes within `wait`; whether anything did.
    fn take_in(&mut self, wait: Duration) -> Result<bool, Error> {
        let mut piece = [0; 256];
        // the smallest wait of all is one that does not look at the line
        self.set_timeout(wait.max(Duration::from_micros(1)))?;
        match self.tty.read(&mut piece) {
            Ok(0) => Err(self.gone("reading")),
            Ok(length) => {
                self.pieces.feed(piece.get(..length).unwrap_or_default());
                Ok(true)
            }
            Err(error) if is_silence(&error) => Ok(false),
            Err(error) => Err(self.failed("reading", &error)),
        }
    }

    fn write_piece(&mut self, piece: &[u8], deadline: Instant) -> Result<usize, Error> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Error::Timeout(format!(
                "writing to {}",
                self.path.display()
            )));
        }
        self.set_timeout(left)?;
        match self.tty.write(piece) {
            Ok(0) => Err(self.gone("writing")),
            Ok(length) => Ok(length),
            Err(error) if is_silence(&error) => Ok(0),
            Err(error) => Err(self.failed("writing", &error)),
        }
    }

    fn set_timeout(&mut self, timeout: Duration) -> Result<(), Error> {
        self.tty
            .set_timeout(timeout)
            .map_err(|error| Error::Other(error.to_string()))
    }

    fn gone(&self, doing: &str) -> Error {
        Error::Gone(format!("{doing} {}", self.path.display()))
    }

    /// A terminal that hung up fails in many ways.
    fn failed(&self, doing: &str, error: &io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::BrokenPipe | io::ErrorKind::NotFound | io::ErrorKind::Other => {
                self.gone(doing)
            }
            _ => Error::Other(format!("{doing} {}: {error}", self.path.display())),
        }
    }
}

impl Line for Port {
    fn write(&mut self, bytes: &[u8], pace: Duration, within: Duration) -> Result<(), Error> {
        let deadline = Instant::now() + within;
        let step = if pace.is_zero() { PIECE } else { 1 };
        for piece in bytes.chunks(step) {
            let mut rest = piece;
            while !rest.is_empty() {
                let length = self.write_piece(rest, deadline)?;
                rest = rest.get(length..).unwrap_or_default();
            }
            if !pace.is_zero() {
                sleep(pace);
            }
        }
        Ok(())
    }

    fn read(&mut self, until: Until<'_>, within: Duration) -> Result<Input, Error> {
        let deadline = Instant::now() + within;
        loop {
            if let Some(input) = self.pieces.whole(until) {
                return Ok(input);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let gap = until.quiet.filter(|_| !self.pieces.is_empty());
            let begun = Instant::now();
            if self.take_in(gap.map_or(left, |gap| gap.min(left)))? {
                continue;
            }
            // a signal may have cut the wait short
            if Instant::now() >= deadline || gap.is_some_and(|gap| begun.elapsed() >= gap) {
                return Ok(self.pieces.rest());
            }
        }
    }

    fn discard(&mut self) -> Result<(), Error> {
        self.pieces.clear();
        let cleared = self.tty.clear(ClearBuffer::All);
        cleared.map_err(|_| self.gone("clearing"))
    }

    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error> {
        let done = match (signal, on) {
            (Signal::Dtr, on) => self.tty.write_data_terminal_ready(on),
            (Signal::Rts, on) => self.tty.write_request_to_send(on),
            (Signal::Break, true) => self.tty.set_break(),
            (Signal::Break, false) => self.tty.clear_break(),
        };
        done.map_err(|error| {
            Error::Unsupported(format!(
                "switching {} of {}: {error}",
                signal.word(),
                self.path.display()
            ))
        })
    }
}

fn builder(path: &Path, mode: Mode) -> serialport::SerialPortBuilder {
    let parity = match mode.parity {
        Parity::None => serialport::Parity::None,
        Parity::Even => serialport::Parity::Even,
        Parity::Odd => serialport::Parity::Odd,
    };
    let data = if mode.eight_bits {
        DataBits::Eight
    } else {
        DataBits::Seven
    };
    let stops = if mode.two_stops {
        StopBits::Two
    } else {
        StopBits::One
    };
    serialport::new(path.to_string_lossy(), mode.baud)
        .parity(parity)
        .data_bits(data)
        .stop_bits(stops)
        .flow_control(FlowControl::None)
        .exclusive(mode.locked)
        .preserve_dtr_on_open()
}

fn refusal(path: &Path, real: &Path, error: &serialport::Error) -> Error {
    use serialport::ErrorKind as Kind;
    match error.kind() {
        Kind::Io(io::ErrorKind::PermissionDenied) => access::denied(path),
        Kind::Io(io::ErrorKind::NotFound) => access::missing(path),
        Kind::NoDevice | Kind::Io(io::ErrorKind::WouldBlock) => access::busy(real),
        _ => Error::Config(format!(
            "{}: cannot be used as a serial port: {error}",
            path.display()
        )),
    }
}

/// Nothing came, or a signal did.
fn is_silence(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests;
