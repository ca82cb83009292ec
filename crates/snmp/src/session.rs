//! A real agent, over UDP.

use std::time::Duration;

use crate::agent::Agent;
use crate::behind::{self, Walks};
use crate::bundle::Bundles;
use crate::error::Error;
use crate::link::{Exchange, Link};
use crate::login::Login;
use crate::oid::Oid;
use crate::peer::Peer;
use crate::status::Status;
use crate::value::Value;
use crate::wire::{Kind, Pdu};

/// What a session needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the agent is.
    pub peer: Peer,
    /// Who asks.
    pub login: Login,
    /// `snmp_timeout`. A request takes at most this times `retries` + 1.
    pub timeout: Duration,
    /// How often a question is repeated: `snmp_retries`.
    pub retries: u32,
}

/// An agent on the network.
///
/// When it falls silent the socket is closed; the next call looks up its name anew, and with version 3 asks who it is.
#[derive(Debug)]
pub struct Session {
    link: Link,
    bundles: Bundles,
    walks: Walks,
}

impl Session {
    /// Looks up the agent's name. Nothing is sent yet.
    ///
    /// # Errors
    /// The name is not known, or the login cannot be used.
    pub fn open(settings: &Settings) -> Result<Self, Error> {
        let mut link = Link::new(settings)?;
        link.connect()?;
        Ok(Self {
            link,
            bundles: Bundles::default(),
            walks: Walks::default(),
        })
    }
}

impl Agent for Session {
    fn get(&mut self, oids: &[Oid]) -> Result<Vec<Value>, Error> {
        self.bundles.get(&mut self.link, oids)
    }

    fn next(&mut self, oid: &Oid) -> Result<Option<(Oid, Value)>, Error> {
        behind::next(&mut self.link, oid)
    }

    fn walk(&mut self, root: &Oid, limit: usize) -> Result<Vec<(Oid, Value)>, Error> {
        self.walks.walk(&mut self.link, root, limit)
    }

    fn set(&mut self, oid: &Oid, value: &Value) -> Result<(), Error> {
        let question = Pdu {
            bindings: vec![(oid.clone(), value.clone())],
            ..Pdu::asking(Kind::Set, [])
        };
        let patience = self.link.patience();
        match Status(self.link.exchange(question, patience)?.status) {
            Status(0) => Ok(()),
            status => {
                let oid = oid.clone();
                Err(Error::Refused { oid, status })
            }
        }
    }

    fn requests(&self) -> u64 {
        self.link.requests()
    }
}
