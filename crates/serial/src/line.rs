//! What a driver sees of an open line. Every call has a deadline.

use std::time::Duration;

use crate::error::Error;

/// Where a reply ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until<'a> {
    /// Any of these bytes ends it, and belongs to it.
    pub stops: &'a [u8],
    /// So many bytes end it.
    pub max: usize,
    /// So long a silence after its first byte ends it.
    pub quiet: Option<Duration>,
}

impl<'a> Until<'a> {
    /// The longest reply that is read unless the caller knows better.
    pub const MAX: usize = 512;

    /// Until one of these bytes.
    #[must_use]
    pub const fn any_of(stops: &'a [u8]) -> Self {
        Self {
            stops,
            max: Self::MAX,
            quiet: None,
        }
    }

    /// Until there are so many bytes.
    #[must_use]
    pub const fn length(max: usize) -> Self {
        Self {
            stops: &[],
            max,
            quiet: None,
        }
    }

    /// At most so many bytes.
    #[must_use]
    pub const fn max(self, max: usize) -> Self {
        Self { max, ..self }
    }

    /// A silence ends it, too.
    #[must_use]
    pub const fn or_quiet(self, quiet: Duration) -> Self {
        Self {
            quiet: Some(quiet),
            ..self
        }
    }
}

/// Why a reply ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// One of the bytes it ends with.
    Stop,
    /// It has as many bytes as were wanted.
    Full,
    /// Nothing more came in time.
    Quiet,
}

/// What was read. Nothing at all is an [`End::Quiet`] without bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The bytes, with the one that ended them.
    pub bytes: Vec<u8>,
    /// Why there are no more.
    pub end: End,
}

impl Input {
    /// Whether it is as long as it was meant to be.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.end != End::Quiet
    }
}

/// An output of the line beside its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Data terminal ready.
    Dtr,
    /// Request to send.
    Rts,
    /// A break: the data line held low.
    Break,
}

impl Signal {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Dtr, Self::Rts, Self::Break];

    /// Its name in recordings.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dtr => "dtr",
            Self::Rts => "rts",
            Self::Break => "break",
        }
    }
}

/// An open line. Calls block, each for a bounded time; they come from one thread.
pub trait Line: Send {
    /// Writes all bytes, with a pause of `pace` after each when the other side is slow.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::Timeout`] when the line does not take the bytes.
    fn write(&mut self, bytes: &[u8], pace: Duration, within: Duration) -> Result<(), Error>;

    /// Reads until the reply ends or the time is over. Bytes behind its end stay for the next call.
    ///
    /// # Errors
    /// See [`Error`]. That nothing comes is none.
    fn read(&mut self, until: Until<'_>, within: Duration) -> Result<Input, Error>;

    /// Forgets what has come and was not read, and what was written and is not sent.
    ///
    /// # Errors
    /// See [`Error`].
    fn discard(&mut self) -> Result<(), Error>;

    /// Switches an output.
    ///
    /// # Errors
    /// [`Error::Unsupported`] where there is no such output, as on a pseudo terminal.
    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error>;
}

impl<L: Line + ?Sized> Line for Box<L> {
    fn write(&mut self, bytes: &[u8], pace: Duration, within: Duration) -> Result<(), Error> {
        (**self).write(bytes, pace, within)
    }

    fn read(&mut self, until: Until<'_>, within: Duration) -> Result<Input, Error> {
        (**self).read(until, within)
    }

    fn discard(&mut self) -> Result<(), Error> {
        (**self).discard()
    }

    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error> {
        (**self).set(signal, on)
    }
}
