//! SNMP agents for drivers: values by object identifier, in few requests, with deadlines, and doing without an agent in tests.
//!
//! Nothing here knows what a value means.

#![forbid(unsafe_code)]

mod agent;
mod behind;
mod bundle;
mod error;
mod link;
mod login;
mod oid;
mod patience;
mod peer;
mod record;
mod replay;
mod session;
mod simulated;
pub mod snmprec;
mod speech;
mod status;
#[cfg(test)]
mod testing;
pub mod traffic;
mod udp;
mod usm;
mod value;
pub mod wire;

pub use agent::Agent;
pub use error::Error;
pub use login::{Auth, AuthProtocol, Login, PrivProtocol, Privacy, Secret, User};
pub use oid::{ARCS_MAX, BadOid, Oid};
pub use peer::{BadPeer, Peer};
pub use record::Recorder;
pub use replay::Replay;
pub use session::{Session, Settings};
pub use simulated::Simulated;
pub use status::Status;
pub use value::Value;
