//! A real agent, over UDP.

use std::time::Duration;

use crate::agent::Agent;
use crate::error::Error;
use crate::login::Login;
use crate::oid::Oid;
use crate::peer::Peer;
use crate::value::Value;

/// What a session needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the agent is.
    pub peer: Peer,
    /// Who asks.
    pub login: Login,
    /// How long an answer is waited for before the question is repeated: `snmp_timeout`.
    pub timeout: Duration,
    /// How often a question is repeated: `snmp_retries`.
    pub retries: u32,
}

/// An agent on the network.
#[derive(Debug)]
pub struct Session {
    settings: Settings,
}

impl Session {
    /// Looks up the agent's name. Nothing is sent yet but with version 3, where the agent says who it is.
    ///
    /// # Errors
    /// The name is not known, or the agent does not answer.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        Ok(Self { settings })
    }

    fn todo<T>(&self) -> Result<T, Error> {
        Err(Error::Io(format!("{}: not built yet", self.settings.peer)))
    }
}

impl Agent for Session {
    fn get(&mut self, _: &[Oid]) -> Result<Vec<Value>, Error> {
        self.todo()
    }

    fn next(&mut self, _: &Oid) -> Result<Option<(Oid, Value)>, Error> {
        self.todo()
    }

    fn set(&mut self, _: &Oid, _: &Value) -> Result<(), Error> {
        self.todo()
    }

    fn requests(&self) -> u64 {
        0
    }
}
