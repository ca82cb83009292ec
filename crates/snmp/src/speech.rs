//! What a version makes of requests and answers: bytes, and whether bytes are the answer.

use std::time::Instant;

use crate::error::Error;
use crate::login::Login;
use crate::usm::Usm;
use crate::wire::community::Message;
use crate::wire::{Kind, Pdu};

/// What a datagram is to who waits for an answer.
#[derive(Debug)]
pub(crate) enum Heard {
    /// The answer.
    Answer(Pdu),
    /// Not for this request: too late, or doubled.
    Other,
    /// No message; what is wrong with it.
    Garbled(String),
    /// What the request was made with is not right any more; it has to be made and sent again.
    Again,
    /// The agent will not answer.
    Failed(Error),
}

/// The version that is spoken.
#[derive(Debug)]
pub(crate) enum Speech {
    Community { version: i64, community: Vec<u8> },
    V3(Box<Usm>),
}

impl Speech {
    /// As `login` says; `peer` is for messages.
    pub(crate) fn new(login: &Login, peer: &str) -> Result<Self, Error> {
        Ok(match login {
            Login::V1(community) => Self::community(0, community.expose().as_bytes()),
            Login::V2c(community) => Self::community(1, community.expose().as_bytes()),
            Login::V3(user) => Self::V3(Box::new(Usm::new(user, peer)?)),
        })
    }

    fn community(version: i64, community: &[u8]) -> Self {
        let community = community.to_vec();
        Self::Community { version, community }
    }

    /// The first version has no types for what is missing, and no way to ask for many at once.
    pub(crate) const fn is_first(&self) -> bool {
        matches!(self, Self::Community { version: 0, .. })
    }

    /// The bytes of a request, sent now. `id` is for this sending of it.
    pub(crate) fn request(&mut self, pdu: &Pdu, id: i32, now: Instant) -> Result<Vec<u8>, Error> {
        match self {
            Self::Community { version, community } => Ok(Message {
                version: *version,
                community: community.clone(),
                pdu: pdu.clone(),
            }
            .bytes()),
            Self::V3(usm) => usm.request(pdu, id, now),
        }
    }

    /// What a datagram is for the request with this id, sent with these ids.
    pub(crate) fn hear(&mut self, bytes: &[u8], request: i32, ids: &[i32], now: Instant) -> Heard {
        match self {
            Self::Community { version, .. } => match Message::read(bytes) {
                Ok(message) if message.version != *version => {
                    Heard::Garbled("another version than was asked in".to_owned())
                }
                Ok(message) => answer(message.pdu, request),
                Err(garbled) => Heard::Garbled(garbled.to_string()),
            },
            Self::V3(usm) => usm.hear(bytes, request, ids, now),
        }
    }

    /// The agent fell silent: what is known of it may not be true any more. Nothing, or why it may be silent.
    pub(crate) fn lost(&mut self) -> Option<Error> {
        match self {
            Self::Community { .. } => None,
            Self::V3(usm) => usm.lost(),
        }
    }
}

/// Whether this is the answer.
pub(crate) fn answer(pdu: Pdu, request: i32) -> Heard {
    if pdu.kind == Kind::Response && pdu.request_id == request {
        Heard::Answer(pdu)
    } else {
        Heard::Other
    }
}
