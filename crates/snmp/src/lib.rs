//! SNMP agents for drivers: values by object identifier, in few requests, with deadlines, and doing without an agent in tests.
//!
//! ```text
//! Session::open --> Agent: get, next, walk, set
//!   |  bundle, sieve, behind   how many objects go into a request; what an agent does not take is asked for otherwise
//!   |  link, patience   a request, its repetitions and its answer, by ids that are fresh; a deadline
//!   |  speech, usm      the version that is spoken; version 3's engines, clocks and reports
//!   |  wire             messages as bytes
//!   '- udp              the socket
//! ```
//!
//! What an agent sends by itself comes in by [`Traps`]: that it calls, and nothing else.
//!
//! Three things are an [`Agent`] beside a session: a [`Recorder`] around any, one that a [`Replay`] plays from a recording, and a
//! [`Simulated`] one, a table in memory.
//!
//! Nothing here knows what a value means. Communities and passwords are [`Secret`]s: they are in no message, no recording and no
//! `Debug`.
//!
//! The facts are those of RFC 1157, 1901, 3411 to 3417, 3826 and 7860; that AES with 192 and 256 bits gets its keys by Blumenthal's
//! draft is what Net-SNMP does.

#![forbid(unsafe_code)]

mod agent;
mod behind;
mod bundle;
mod ears;
mod error;
mod link;
mod login;
mod oid;
mod patience;
mod peer;
mod record;
mod replay;
mod session;
mod sieve;
mod simulated;
pub mod snmprec;
mod speech;
mod status;
#[cfg(test)]
mod testing;
pub mod traffic;
mod traps;
mod udp;
mod usm;
mod value;
pub mod wire;

pub use agent::Agent;
pub use ears::{Call, Ears};
pub use error::Error;
pub use login::{Auth, AuthProtocol, Login, PrivProtocol, Privacy, User};
pub use oid::{ARCS_MAX, BadOid, Oid};
pub use peer::{BadPeer, Peer};
pub use record::Recorder;
pub use replay::Replay;
pub use secret::Secret;
pub use session::{Session, Settings};
pub use simulated::Simulated;
pub use status::Status;
pub use traps::{Traps, Waited};
pub use value::Value;
