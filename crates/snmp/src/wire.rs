//! Messages as bytes: pure, and of no bytes anything but a message or [`Garbled`] can come.
//!
//! ```text
//! community::Message   version, community, Pdu           (versions 1 and 2c)
//! v3::Message          header, security parameters, Pdu  (version 3; Keys sign and encipher it)
//! notice::Notice       a trap or an inform                   (versions 1 and 2c)
//!   '-- Pdu            kind, request id, status, bindings
//!         '-- ber      tag, length, content
//! ```

pub(crate) mod ber;
pub mod community;
mod crypt;
pub mod keys;
pub mod notice;
mod pdu;
pub mod v3;

pub use pdu::{BINDINGS_MAX, Kind, Pdu};

/// Bytes that are no message; what was wrong first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Garbled(pub &'static str);

/// The version that a message says it has: 0 for 1, 1 for 2c, 3.
///
/// # Errors
/// It is no message at all.
pub fn version(bytes: &[u8]) -> Result<i64, Garbled> {
    let mut message = ber::Reader::new(bytes).expect(ber::SEQUENCE)?;
    message.integer()
}
