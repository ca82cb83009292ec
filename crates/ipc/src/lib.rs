//! Messages on the Unix socket between a driver (which listens) and upsd or a tool (which connect).
//!
//! Lines of words in both directions (crate `text`); keywords ignore case. [`ToServer`] is what a driver
//! says, [`ToDriver`] what it is told. Parsing follows C NUT to the word count (spec sock-protocol.md,
//! sections 3 to 5), with its verdicts: values are compared decoded and with their case, ranges by both
//! ends. Writing is stricter than C: every value is quoted and escaped.

#![forbid(unsafe_code)]

mod apply;
mod dump;
mod to_driver;
mod to_server;
mod write;

pub use apply::{Applied, apply};
pub use dump::{dump, dump_value, variable_lines};
pub use to_driver::ToDriver;
pub use to_server::ToServer;

/// Longest value on the wire, in escaped bytes: what every reader of NUT can hold.
pub const VALUE_MAX: usize = 255;

/// A line that is no message: unknown, or with too few or too many words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMessage;
