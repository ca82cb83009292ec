//! Messages of versions 1 and 2c.

use std::fmt;

use super::ber::{self, Reader};
use super::{Garbled, Pdu};

/// A message with a community.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// 0 for version 1, 1 for version 2c.
    pub version: i64,
    /// Who asks; never shown.
    pub community: Vec<u8>,
    /// What.
    pub pdu: Pdu,
}

impl Message {
    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        ber::nest(&mut out, ber::SEQUENCE, |out| {
            ber::put_integer(out, self.version);
            ber::put(out, ber::OCTETS, &self.community);
            self.pdu.put(out);
        });
        out
    }

    /// The message that these bytes are; what follows it is ignored.
    ///
    /// # Errors
    /// They are none of these versions.
    pub fn read(bytes: &[u8]) -> Result<Self, Garbled> {
        let mut message = Reader::new(bytes).expect(ber::SEQUENCE)?;
        let version = message.integer()?;
        if !(0..=1).contains(&version) {
            return Err(Garbled("another version than was asked in"));
        }
        let community = message.expect(ber::OCTETS)?.bytes().to_vec();
        let pdu = Pdu::read(&mut message)?;
        Ok(Self {
            version,
            community,
            pdu,
        })
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("version", &self.version)
            .field("pdu", &self.pdu)
            .finish_non_exhaustive()
    }
}
