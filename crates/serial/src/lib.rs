//! Serial lines for drivers: requests and replies with deadlines, and doing without a line in tests.
//!
//! ```text
//! Port::open --> Box<dyn Line>: write, read until a byte, a length or silence, discard, DTR, RTS, break
//!   | lock, exclusive access        |
//!   '-- Missing, Denied, Busy       '--> ask: discard, write, read; settle: wait until the other side is silent
//! ```
//!
//! The line is raw: lines are assembled here, so that a reply without an end, a single alert character or binary bytes are
//! read as well as a whole line. Three things are a [`Line`] beside the real one: a [`Recorder`] around any, one that a [`Replay`]
//! plays from a recording, and a [`Simulated`] one, a function from what is written to what comes back.
//!
//! Nothing here knows what a reply means.

#![forbid(unsafe_code)]

mod access;
mod ask;
mod assembler;
mod error;
mod line;
mod lock;
mod open;
mod quote;
mod real;
mod record;
mod replay;
mod simulated;
pub mod traffic;

pub use ask::{ask, settle};
pub use error::Error;
pub use line::{End, Input, Line, Signal, Until};
pub use open::open;
pub use real::{Mode, Parity, Port};
pub use record::Recorder;
pub use replay::Replay;
pub use simulated::{Piece, Simulated, Time};
