//! A client's connection to upsd.
//!
//! [`Connection`] is one TCP connection with a deadline on everything it does; [`Blocking`] is the same for
//! code without a runtime: the tools, and the repeater's device thread. [`auth`] finds the credentials of
//! nutauth.conf.
//!
//! What a server sends is checked as libupsclient does (spec net-protocol.md, section 15): an answer must
//! begin with the words of its query, a list must have its frame. Anything else is [`Error::Protocol`], and
//! after an answer that was not understood or came too late the connection refuses further requests:
//! the next answer might belong to an earlier question.

#![forbid(unsafe_code)]

pub mod auth;
mod batch;
mod blocking;
mod connect;
mod connection;
mod error;
mod lines;
mod list;
mod login;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tracking;
mod transport;

pub use batch::{Answer, Ask};
pub use blocking::Blocking;
pub use connect::{DEFAULT_TIMEOUT, Family};
pub use connection::{Connection, OkReply};
pub use error::Error;
pub use list::ITEMS_MAX;
pub use secret::Secret as Password;
