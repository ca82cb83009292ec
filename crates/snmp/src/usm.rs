//! Version 3's way of knowing each other: the agent's engine is asked who it is, keys are made for it, its clock is followed (RFC 3414).
//!
//! ```text
//! nobody known --request--> who are you?
//!      ^                        | report: unknownEngineIDs, with its id and clock
//!      | silence, or            v
//!      | a new engine       known --request--> signed, enciphered, with its clock
//!      '------------------------'  <-- report: notInTimeWindows, signed: the clock is set, and asked again
//! ```
//!
//! An answer is taken only with the id of what was sent, which is fresh and random, and with the user's signature. So nobody can
//! play an old one back, and the clock that comes with it is right, be it earlier or later than ours: some agents forget how often
//! they were started.

use std::fmt;
use std::time::Instant;

use crate::error::Error;
use crate::login::User;
use crate::oid::Oid;
use crate::speech::{Heard, answer};
use crate::wire::keys::{Keys, Master};
use crate::wire::v3::{Engine, Message, Received};
use crate::wire::{Kind, Pdu};

/// Bytes of a user's name.
const NAME_MAX: usize = 32;
/// Characters that Net-SNMP and the standard want of a password.
const PASSWORD_MIN: usize = 8;
/// What reports are about is below this, with one arc more and `.0`.
const STATS: [u32; 10] = [1, 3, 6, 1, 6, 3, 15, 1, 1, 0];

/// A user at an agent.
pub(crate) struct Usm {
    peer: String,
    user: User,
    /// Nothing at noAuthNoPriv.
    master: Option<Master>,
    engine: Option<Known>,
    /// The agent has answered the user.
    is_trusted: bool,
    salt: u64,
}

/// An engine, its clock, and the keys for it.
struct Known {
    engine: Engine,
    since: Instant,
    keys: Option<Keys>,
}

impl Known {
    /// The engine with its clock as it is now.
    fn at(&self, now: Instant) -> Engine {
        let gone = now.saturating_duration_since(self.since).as_secs();
        let time = u64::from(self.engine.time).saturating_add(gone);
        let last = i32::MAX.unsigned_abs();
        Engine {
            time: u32::try_from(time).map_or(last, |time| time.min(last)),
            ..self.engine.clone()
        }
    }

    fn set_clock(&mut self, engine: &Engine, now: Instant) {
        self.engine.boots = engine.boots;
        self.engine.time = engine.time;
        self.since = now;
    }
}

impl Usm {
    pub(crate) fn new(user: &User, peer: &str) -> Result<Self, Error> {
        check(user)?;
        let master = match &user.auth {
            None => None,
            Some(auth) => Some(Master::new(auth).ok_or_else(|| too_short("a password"))?),
        };
        Ok(Self {
            peer: peer.to_owned(),
            user: user.clone(),
            master,
            engine: None,
            is_trusted: false,
            salt: random()?,
        })
    }

    pub(crate) fn request(&mut self, pdu: &Pdu, id: i32, now: Instant) -> Result<Vec<u8>, Error> {
        self.salt = self.salt.wrapping_add(1);
        let Some(known) = &self.engine else {
            return Ok(who_are_you(id));
        };
        let message = Message {
            id,
            engine: known.at(now),
            user: self.user.name.clone().into_bytes(),
            pdu: pdu.clone(),
        };
        let bytes = message.bytes(known.keys.as_ref(), self.salt);
        bytes.ok_or_else(|| Error::Config("this request cannot be enciphered".to_owned()))
    }

    pub(crate) fn hear(&mut self, bytes: &[u8], request: i32, ids: &[i32], now: Instant) -> Heard {
        let keys = self.engine.as_ref().and_then(|known| known.keys.as_ref());
        let received = match Message::read(bytes, keys) {
            Ok(received) if ids.contains(&received.message.id) => received,
            Ok(_) => return Heard::Other,
            Err(garbled) => return Heard::Garbled(garbled.to_string()),
        };
        if received.message.pdu.kind == Kind::Report {
            return self.report(&received, now);
        }
        let Some(known) = &mut self.engine else {
            return Heard::Other;
        };
        let message = received.message;
        let privacy = self.user.auth.as_ref().map(|auth| auth.privacy.is_some());
        let is_safe = match privacy {
            None => true,
            Some(false) => received.is_signed,
            Some(true) => received.is_signed && received.is_enciphered,
        };
        let is_from_it =
            message.engine.id == known.engine.id && message.user == self.user.name.as_bytes();
        if !is_safe || !is_from_it {
            return Heard::Garbled("not signed or not enciphered by whom was asked".to_owned());
        }
        let heard = answer(message.pdu, request);
        if matches!(heard, Heard::Answer(_)) {
            known.set_clock(&message.engine, now);
            self.is_trusted = true;
        }
        heard
    }

    /// The agent says what is wrong with what was sent.
    fn report(&mut self, received: &Received, now: Instant) -> Heard {
        let engine = &received.message.engine;
        let (peer, user) = (self.peer.clone(), self.user.name.clone());
        let stats = received.message.pdu.bindings.first().map(|(oid, _)| oid);
        match stats.and_then(about) {
            Some(Stats::UnknownEngineIds) => self.meet(engine, now),
            Some(Stats::NotInTimeWindows) => match &mut self.engine {
                Some(known) if received.is_signed && engine.id == known.engine.id => {
                    known.set_clock(engine, now);
                    Heard::Again
                }
                _ => Heard::Garbled("an unsigned report about the clock".to_owned()),
            },
            Some(Stats::UnsupportedSecLevels) => {
                Heard::Failed(Error::UnsupportedLevel { peer, user })
            }
            Some(Stats::UnknownUserNames) => Heard::Failed(Error::UnknownUser { peer, user }),
            Some(Stats::WrongDigests) => Heard::Failed(Error::WrongPassword { peer, user }),
            Some(Stats::DecryptionErrors) => Heard::Failed(Error::WrongPrivacy { peer, user }),
            None => Heard::Garbled("a report about something unknown".to_owned()),
        }
    }

    /// The agent tells who it is.
    fn meet(&mut self, engine: &Engine, now: Instant) -> Heard {
        if engine.id.is_empty() {
            return Heard::Garbled("an engine without an id".to_owned());
        }
        let keys = match &self.master {
            None => None,
            Some(master) => match master.localized(&engine.id) {
                Some(keys) => Some(keys),
                None => return Heard::Garbled("an engine that no keys fit".to_owned()),
            },
        };
        self.engine = Some(Known {
            engine: engine.clone(),
            since: now,
            keys,
        });
        Heard::Again
    }

    /// The agent fell silent. When it had told who it is and was silent to the user then, that is why.
    pub(crate) fn lost(&mut self) -> Option<Error> {
        let was_known = self.engine.take().is_some();
        (was_known && !self.is_trusted).then(|| Error::Unheard {
            peer: self.peer.clone(),
            user: self.user.name.clone(),
        })
    }
}

/// Asks an engine for its id: a message of nobody to nobody.
fn who_are_you(id: i32) -> Vec<u8> {
    let message = Message {
        id,
        engine: Engine::default(),
        user: Vec::new(),
        pdu: Pdu {
            request_id: id,
            ..Pdu::asking(Kind::Get, [])
        },
    };
    message.bytes(None, 0).unwrap_or_default()
}

/// What a report can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stats {
    UnsupportedSecLevels,
    NotInTimeWindows,
    UnknownUserNames,
    UnknownEngineIds,
    WrongDigests,
    DecryptionErrors,
}

fn about(oid: &Oid) -> Option<Stats> {
    let (last, counters) = STATS.split_last()?;
    let rest = oid.arcs().strip_prefix(counters)?;
    match rest {
        [1, end] if end == last => Some(Stats::UnsupportedSecLevels),
        [2, end] if end == last => Some(Stats::NotInTimeWindows),
        [3, end] if end == last => Some(Stats::UnknownUserNames),
        [4, end] if end == last => Some(Stats::UnknownEngineIds),
        [5, end] if end == last => Some(Stats::WrongDigests),
        [6, end] if end == last => Some(Stats::DecryptionErrors),
        _ => None,
    }
}

fn check(user: &User) -> Result<(), Error> {
    if user.name.is_empty() || user.name.len() > NAME_MAX {
        let length = user.name.len();
        return Err(Error::Config(format!(
            "secName has {length} characters; version 3 needs a user, with at most {NAME_MAX}"
        )));
    }
    let Some(auth) = &user.auth else {
        return Ok(());
    };
    if auth.password.expose().len() < PASSWORD_MIN {
        return Err(too_short("authPassword"));
    }
    let privacy = auth.privacy.as_ref();
    if privacy.is_some_and(|privacy| privacy.password.expose().len() < PASSWORD_MIN) {
        return Err(too_short("privPassword"));
    }
    Ok(())
}

fn too_short(what: &str) -> Error {
    Error::Config(format!(
        "{what} is too short; the standard wants at least {PASSWORD_MIN} characters"
    ))
}

/// A number that nobody can guess.
pub(crate) fn random() -> Result<u64, Error> {
    getrandom::u64().map_err(|error| Error::Io(format!("no random numbers: {error}")))
}

impl fmt::Debug for Usm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Usm")
            .field("peer", &self.peer)
            .field("user", &self.user)
            .field("is_trusted", &self.is_trusted)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
