//! Plays a recording back, for tests: an agent that answers as the device did.
//!
//! A driver of today need not ask what one of yesterday asked. So a question gets the answer that the device would have given at
//! that time:
//!
//! 1. a failure of the device in the present step, if there is one that was not played yet, whatever was asked; else
//! 2. the next answer to the same question in the present step; else
//! 3. the last one before it, as a recording leaves out what only repeats; else
//! 4. the first one after it.
//!
//! There is none of these: the object is missing, and [`Stage::notes`] tells. What was set is told there, too.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use recording::{Problem, Recording, Score, Stage};

use crate::agent::Agent;
use crate::error::Error;
use crate::oid::Oid;
use crate::traffic::{Answer, Call, Exchange, all};
use crate::value::Value;

/// A recording that is played. It is a handle: a test turns to the next step while the driver has the agent.
#[derive(Clone, Debug)]
pub struct Replay(Arc<Mutex<Scene>>);

/// What was recorded, and where the play is.
#[derive(Debug)]
struct Scene {
    score: Score<Call>,
    requests: u64,
    set: Vec<String>,
    /// Questions without an answer, each told once.
    unknown: BTreeSet<String>,
    told: BTreeSet<String>,
}

impl Replay {
    /// At the first step.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn new(recording: &Recording) -> Result<Self, Problem> {
        Ok(Self(Arc::new(Mutex::new(Scene {
            score: Score::new(all(recording)?),
            requests: 0,
            set: Vec::new(),
            unknown: BTreeSet::new(),
            told: BTreeSet::new(),
        }))))
    }

    /// The agent.
    #[must_use]
    pub fn agent(&self) -> Box<dyn Agent> {
        Box::new(self.clone())
    }

    fn scene(&self) -> MutexGuard<'_, Scene> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stage for Replay {
    fn turn_to(&self, step: usize) {
        self.scene().score.turn_to(step);
    }

    fn notes(&self) -> Vec<String> {
        let mut scene = self.scene();
        let set = std::mem::take(&mut scene.set).into_iter();
        let unknown = std::mem::take(&mut scene.unknown).into_iter();
        let unknown = unknown.map(|call| format!("asked what is not in the recording: {call}"));
        set.chain(unknown).collect()
    }
}

impl Scene {
    /// A request comes; an error when the device could not be asked then.
    fn request(&mut self, oid: &Oid) -> Result<(), Error> {
        self.requests += 1;
        let outage = self.score.now(|exchange| exchange.answer.is_outage());
        match outage {
            Some(answer) => failure(&answer, oid).map_or(Ok(()), Err),
            None => Ok(()),
        }
    }

    /// What the device answers to a question.
    fn answer(&mut self, call: &Call) -> Option<Answer> {
        let same = |exchange: &Exchange| exchange.call == *call && !exchange.answer.is_outage();
        let now = self.score.now(same);
        let answer = now.or_else(|| self.score.lasting(same));
        if answer.is_none() && self.told.insert(call.to_string()) {
            self.unknown.insert(call.to_string());
        }
        answer
    }
}

/// The error that an answer is.
fn failure(answer: &Answer, oid: &Oid) -> Option<Error> {
    match answer {
        Answer::Failed(words) => Error::from_words(words, oid),
        _ => None,
    }
}

impl Agent for Replay {
    fn get(&mut self, oids: &[Oid]) -> Result<Vec<Value>, Error> {
        let mut scene = self.scene();
        if let Some(first) = oids.first() {
            scene.request(first)?;
        }
        let mut value = |oid: &Oid| match scene.answer(&Call::Get(oid.clone())) {
            Some(Answer::Value(value)) => Ok(value),
            Some(answer) => failure(&answer, oid).map_or(Ok(Value::Missing), Err),
            None => Ok(Value::Missing),
        };
        oids.iter().map(&mut value).collect()
    }

    fn next(&mut self, oid: &Oid) -> Result<Option<(Oid, Value)>, Error> {
        let mut scene = self.scene();
        scene.request(oid)?;
        match scene.answer(&Call::Next(oid.clone())) {
            Some(Answer::Next(next)) => Ok(next),
            Some(answer) => failure(&answer, oid).map_or(Ok(None), Err),
            None => Ok(None),
        }
    }

    fn set(&mut self, oid: &Oid, value: &Value) -> Result<(), Error> {
        let call = Call::Set(oid.clone(), value.clone());
        let mut scene = self.scene();
        scene.request(oid)?;
        scene.set.push(call.to_string());
        let answer = scene.answer(&call);
        let error = answer.and_then(|answer| failure(&answer, oid));
        error.map_or(Ok(()), Err)
    }

    fn requests(&self) -> u64 {
        self.scene().requests
    }
}

#[cfg(test)]
mod tests;
