//! Messages of multicast DNS, as far as finding a service needs them: the question, and what answers say.
//!
//! ```text
//! query("_nut._tcp.local") --> bytes to 224.0.0.251, port 5353
//! bytes back --> records --> services: instance, port, addresses
//! ```
//!
//! Whoever is on the network can answer anything, so everything is bounded: names, records, services, and how often a name refers
//! to an earlier one. Nothing here sends or waits.
//!
//! Facts are those of RFC 1035 (messages), RFC 2782 (SRV), RFC 6762 (multicast DNS) and RFC 6763 (services).

#![forbid(unsafe_code)]

mod message;
mod name;
mod service;

pub use message::{Data, Malformed, RECORDS_MAX, Record, query, records};
pub use name::{BadName, Name};
pub use service::{SERVICES_MAX, Service, services};
