//! The network protocol between clients and upsd (RFC 9271), as values.
//!
//! A client sends a line of words, a [`Request`]; the server answers with one line or a list. Words are
//! read by crate `text`; here they get their meaning, and answers get their shape: [`Line`] writes one
//! line of an answer within the limits that every client can read, [`Reply`] is what a client makes of
//! one. [`Refusal`] lists the `ERR` words.

#![forbid(unsafe_code)]

mod address;
mod line;
mod refusal;
mod reply;
mod request;
mod tracking;

pub use address::{Address, BadAddress, HostPort};
pub use line::{Line, TooLong};
pub use refusal::Refusal;
pub use reply::Reply;
pub use request::{Attach, Get, List, Request, Verb};
pub use tracking::{Outcome, TrackingId};

/// Version of the protocol, the answer to `PROTVER` and `NETVER`.
pub const PROTOCOL_VERSION: &str = "1.3";
/// The port that IANA lists for it.
pub const PORT: u16 = 3493;
/// Longest line that every client can read, without its LF: they read into 512 bytes.
pub const LINE_MAX: usize = 510;
/// Longest value on the wire, in escaped bytes.
pub const VALUE_MAX: usize = 255;
/// Our version as one word: the release of NUT whose behaviour we offer, and our own.
///
/// Clients take the fifth word of the answer to `VER` for the version, and some compare it with
/// releases of NUT.
pub const VERSION: &str = concat!("2.8.5+locknut.", env!("CARGO_PKG_VERSION"));
/// Where the protocol is described; clients expect an address at the end of the answer to `VER`.
pub const URL: &str = "https://www.rfc-editor.org/info/rfc9271";

/// The answer to `VER`: product, version, address. Clients parse it by its blanks.
#[must_use]
pub fn product_line() -> String {
    format!("Network UPS Tools upsd {VERSION} - {URL}")
}
