//! What agents send by themselves: traps of both versions, and informs, which want an answer (RFC 1157, 4.1.6; RFC 3416, 4.2.6 and 4.2.7).

use std::fmt;

use super::ber::{self, Reader};
use super::community::Message;
use super::{Garbled, Kind, Pdu};

/// The tag of version 1's traps, which are made unlike everything else.
const TRAP_V1: u8 = 0xa4;
/// Types of their parts.
const IP_ADDRESS: u8 = 0x40;
const TIME_TICKS: u8 = 0x43;

/// A trap or an inform of version 1 or 2c.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// Who sends it, as he says; never shown.
    pub community: Vec<u8>,
    /// What the sender waits for, if it is an inform.
    pub answer: Option<Vec<u8>>,
}

impl Notice {
    /// The notice that these bytes are; what follows it is ignored.
    ///
    /// # Errors
    /// They are none.
    pub fn read(bytes: &[u8]) -> Result<Self, Garbled> {
        let mut message = Reader::new(bytes).expect(ber::SEQUENCE)?;
        let version = message.integer()?;
        let community = message.expect(ber::OCTETS)?.bytes().to_vec();
        if version == 0 && message.tag() == Some(TRAP_V1) {
            first(&mut message)?;
            let answer = None;
            return Ok(Self { community, answer });
        }
        if version != 1 {
            return Err(Garbled("neither version 1 nor version 2c"));
        }
        let pdu = Pdu::read(&mut message)?;
        let answer = answer(&pdu)?.map(|pdu| {
            let community = community.clone();
            let answer = Message {
                version,
                community,
                pdu,
            };
            answer.bytes()
        });
        Ok(Self { community, answer })
    }
}

impl fmt::Debug for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notice")
            .field("is_inform", &self.answer.is_some())
            .finish_non_exhaustive()
    }
}

/// Reads a trap of version 1 over.
fn first(message: &mut Reader<'_>) -> Result<(), Garbled> {
    let mut trap = message.expect(TRAP_V1)?;
    let _enterprise = trap.oid()?;
    let _agent = trap.expect(IP_ADDRESS)?;
    let _generic = trap.integer()?;
    let _specific = trap.integer()?;
    let _since = trap.expect(TIME_TICKS)?;
    let _objects = trap.expect(ber::SEQUENCE)?;
    Ok(())
}

/// The answer that a notice wants, if any.
///
/// # Errors
/// It is no notice.
pub(crate) fn answer(pdu: &Pdu) -> Result<Option<Pdu>, Garbled> {
    match pdu.kind {
        Kind::Trap => Ok(None),
        Kind::Inform => Ok(Some(Pdu {
            kind: Kind::Response,
            status: 0,
            index: 0,
            ..pdu.clone()
        })),
        _ => Err(Garbled("neither a trap nor an inform")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oid::Oid;
    use crate::value::Value;

    fn message(version: i64, kind: Kind) -> Vec<u8> {
        let cold_start = Oid::new(&[1, 3, 6, 1, 6, 3, 1, 1, 5, 1]).unwrap();
        let pdu = Pdu {
            kind,
            request_id: 7,
            status: 0,
            index: 0,
            bindings: vec![(cold_start, Value::TimeTicks(9))],
        };
        let community = b"public".to_vec();
        Message {
            version,
            community,
            pdu,
        }
        .bytes()
    }

    /// A cold start, with nothing else to say.
    const FIRST: &[u8] =
        b"\x30\x28\x02\x01\x00\x04\x06public\xa4\x1b\x06\x08\x2b\x06\x01\x04\x01\x82\x3e\x01\
          \x40\x04\x0a\x00\x00\x01\x02\x01\x00\x02\x01\x00\x43\x01\x05\x30\x00";

    #[test]
    fn a_trap_wants_no_answer() {
        for bytes in [FIRST, &message(1, Kind::Trap)] {
            let notice = Notice::read(bytes).unwrap();
            assert_eq!(notice.community, b"public");
            assert_eq!(notice.answer, None);
            assert!(!format!("{notice:?}").contains("public"));
        }
    }

    #[test]
    fn an_inform_is_answered_with_what_it_says() {
        let notice = Notice::read(&message(1, Kind::Inform)).unwrap();
        assert_eq!(notice.answer, Some(message(1, Kind::Response)));
    }

    #[test]
    fn requests_answers_and_pieces_are_no_notices() {
        for kind in [
            Kind::Get,
            Kind::Next,
            Kind::Response,
            Kind::Set,
            Kind::Bulk,
            Kind::Report,
        ] {
            assert!(Notice::read(&message(1, kind)).is_err(), "{kind:?}");
        }
        assert!(Notice::read(&message(0, Kind::Trap)).is_err());
        assert!(Notice::read(&message(0, Kind::Inform)).is_err());
        for length in 0..FIRST.len() {
            assert!(Notice::read(&FIRST[..length]).is_err(), "{length}");
        }
    }
}
