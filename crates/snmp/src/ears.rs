//! Whose traps and informs are believed to be the agent's.
//!
//! Nothing is taken from them but that it calls: a replayed one does no harm beyond that, so no clock is kept of it.

use crate::error::Error;
use crate::login::{Auth, Login, User};
use crate::wire::keys::Master;
use crate::wire::notice::{self, Notice};
use crate::wire::{Garbled, v3, version};
use secret::Secret;

const STRANGER: Garbled = Garbled("from somebody else: another community or user, or not signed");

/// What a notice has to have: a community, or the signature of a user.
#[derive(Debug)]
pub struct Ears {
    community: Option<Secret>,
    user: Option<(User, Option<Master>)>,
}

/// The agent calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What it is to be told, if it waits for an answer.
    pub answer: Option<Vec<u8>>,
}

impl Ears {
    /// For who logs in so. `community` is that of notices, where it is another one, or where version 3 asks and they come in an
    /// older version.
    ///
    /// # Errors
    /// A password that cannot be used.
    pub fn new(login: &Login, community: Option<Secret>) -> Result<Self, Error> {
        Ok(match login {
            Login::V1(own) | Login::V2c(own) => Self {
                community: Some(community.unwrap_or_else(|| own.clone())),
                user: None,
            },
            Login::V3(user) => Self {
                community,
                user: Some((user.clone(), master(user.auth.as_ref())?)),
            },
        })
    }

    /// What a datagram from the agent's address is.
    ///
    /// # Errors
    /// It is no notice, or nothing shows that it is the agent's.
    pub fn hear(&self, bytes: &[u8]) -> Result<Call, Garbled> {
        if version(bytes)? == 3 {
            return self.hear_third(bytes);
        }
        let notice = Notice::read(bytes)?;
        let theirs = String::from_utf8(notice.community).map_err(|_| STRANGER)?;
        let theirs = Secret::new(theirs);
        let is_ours = |ours: &Secret| ours.is(&theirs);
        if self.community.as_ref().is_some_and(is_ours) {
            return Ok(Call {
                answer: notice.answer,
            });
        }
        Err(STRANGER)
    }

    /// Traps only: an inform of version 3 is for an engine of ours, which there is not.
    fn hear_third(&self, bytes: &[u8]) -> Result<Call, Garbled> {
        let (user, master) = self.user.as_ref().ok_or(STRANGER)?;
        let keys = match master {
            None => None,
            Some(master) => {
                let engine = v3::engine_of(bytes)?;
                Some(master.localized(&engine).ok_or(STRANGER)?)
            }
        };
        let received = v3::Message::read(bytes, keys.as_ref())?;
        let message = received.message;
        let is_private = user
            .auth
            .as_ref()
            .is_some_and(|auth| auth.privacy.is_some());
        let is_safe =
            (received.is_signed || master.is_none()) && (received.is_enciphered || !is_private);
        if !is_safe || message.user != user.name.as_bytes() {
            return Err(STRANGER);
        }
        match notice::answer(&message.pdu)? {
            None => Ok(Call { answer: None }),
            Some(_) => Err(Garbled(
                "an inform of version 3, which is not spoken; have the device send traps",
            )),
        }
    }
}

fn master(auth: Option<&Auth>) -> Result<Option<Master>, Error> {
    let Some(auth) = auth else { return Ok(None) };
    let short = || Error::Config("a password of version 3 is empty".to_owned());
    Master::new(auth).map(Some).ok_or_else(short)
}

#[cfg(test)]
mod tests;
