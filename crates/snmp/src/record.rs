//! Records what a driver asks an agent.

use recording::Tape;

use crate::agent::Agent;
use crate::error::Error;
use crate::oid::Oid;
use crate::traffic::{Answer, Call};
use crate::value::Value;

/// Bytes of a text that are written down.
const TEXT_MAX: usize = 4_000;

/// The system's contact, name and location: whose device it is.
const PERSONAL: [&[u32]; 3] = [
    &[1, 3, 6, 1, 2, 1, 1, 4],
    &[1, 3, 6, 1, 2, 1, 1, 5],
    &[1, 3, 6, 1, 2, 1, 1, 6],
];

/// An agent that writes down everything that it is asked.
#[derive(Debug)]
pub struct Recorder<A> {
    agent: A,
    tape: Tape,
    /// At these or below, texts say whose device it is.
    personal: Vec<Oid>,
}

impl<A: Agent> Recorder<A> {
    /// Writes down which version is spoken (`v1`, `v2c`, `v3`), and the traffic from now on. Of texts that say whose device it is,
    /// letters and digits are written down as `X`: recordings are public.
    pub fn new(agent: A, tape: Tape, version: &str) -> Self {
        tape.device(&[format!("snmp {version}")], &[]);
        let personal = PERSONAL.iter().filter_map(|arcs| Oid::new(arcs).ok());
        Self {
            agent,
            tape,
            personal: personal.collect(),
        }
    }

    /// The texts at these objects or below say whose device it is, too: serial numbers, for instance.
    #[must_use]
    pub fn masking(mut self, personal: impl IntoIterator<Item = Oid>) -> Self {
        self.personal.extend(personal);
        self
    }

    /// What may be written down of a value.
    fn public(&self, oid: &Oid, value: &Value) -> Value {
        let is_personal = || self.personal.iter().any(|root| oid.starts_with(root));
        match value {
            Value::Text(bytes) => {
                let kept = bytes.iter().copied().take(TEXT_MAX);
                Value::Text(if is_personal() {
                    kept.map(mask).collect()
                } else {
                    kept.collect()
                })
            }
            Value::Opaque(bytes) => Value::Opaque(bytes.iter().copied().take(TEXT_MAX).collect()),
            other => other.clone(),
        }
    }

    fn failed(&self, call: &Call, error: &Error) {
        let answer = Answer::Failed(error.words());
        self.tape.say(&call.to_string(), &answer.to_string());
    }
}

/// `X` for a letter or a digit, of any alphabet: a byte that is no ASCII is a part of one.
fn mask(byte: u8) -> u8 {
    if byte.is_ascii_alphanumeric() || !byte.is_ascii() {
        b'X'
    } else {
        byte
    }
}

impl<A: Agent> Agent for Recorder<A> {
    fn get(&mut self, oids: &[Oid]) -> Result<Vec<Value>, Error> {
        let result = self.agent.get(oids);
        match &result {
            Ok(values) => {
                for (oid, value) in oids.iter().zip(values) {
                    let call = Call::Get(oid.clone());
                    let answer = Answer::Value(self.public(oid, value));
                    self.tape.say_news(&call.to_string(), &answer.to_string());
                }
            }
            Err(error @ Error::Refused { oid, .. }) => self.failed(&Call::Get(oid.clone()), error),
            // it was about all of them; one tells it
            Err(error) => {
                for oid in oids.iter().take(1) {
                    self.failed(&Call::Get(oid.clone()), error);
                }
            }
        }
        result
    }

    fn next(&mut self, oid: &Oid) -> Result<Option<(Oid, Value)>, Error> {
        let result = self.agent.next(oid);
        let call = Call::Next(oid.clone());
        match &result {
            Ok(next) => {
                let public = |(oid, value): &(Oid, Value)| (oid.clone(), self.public(oid, value));
                let answer = Answer::Next(next.as_ref().map(public));
                self.tape.say_news(&call.to_string(), &answer.to_string());
            }
            Err(error) => self.failed(&call, error),
        }
        result
    }

    fn set(&mut self, oid: &Oid, value: &Value) -> Result<(), Error> {
        let result = self.agent.set(oid, value);
        let call = Call::Set(oid.clone(), self.public(oid, value));
        match &result {
            Ok(()) => self.tape.say(&call.to_string(), &Answer::Ok.to_string()),
            Err(error) => self.failed(&call, error),
        }
        result
    }

    fn requests(&self) -> u64 {
        self.agent.requests()
    }
}

#[cfg(test)]
mod tests;
