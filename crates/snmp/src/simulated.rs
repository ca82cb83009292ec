//! An agent that is a table in memory; no time passes with it.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::agent::Agent;
use crate::error::Error;
use crate::oid::Oid;
use crate::snmprec::{self, BadLine};
use crate::status::Status;
use crate::value::Value;

/// Objects that are asked for in one request.
const BATCH: usize = 20;

/// An agent over a table. It is a handle: clones share the table, so that a test changes it, or counts, while a driver asks.
#[derive(Clone, Debug, Default)]
pub struct Simulated(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    objects: BTreeMap<Oid, Value>,
    refusals: BTreeMap<Oid, Status>,
    fault: Option<Error>,
    requests: u64,
    asked: Vec<Oid>,
    sets: Vec<(Oid, Value)>,
}

impl Simulated {
    /// With the objects of a `.snmprec` file.
    ///
    /// # Errors
    /// The first line that is not understood.
    pub fn new(snmprec: &str) -> Result<Self, BadLine> {
        let objects = snmprec::read(snmprec)?;
        Ok(Self(Arc::new(Mutex::new(State {
            objects,
            ..State::default()
        }))))
    }

    /// The device changes an object, or has a new one.
    pub fn put(&self, oid: &Oid, value: Value) {
        self.state().objects.insert(oid.clone(), value);
    }

    /// The device has an object no more.
    pub fn remove(&self, oid: &Oid) {
        self.state().objects.remove(oid);
    }

    /// What an object is now.
    #[must_use]
    pub fn value(&self, oid: &Oid) -> Value {
        self.state().value(oid)
    }

    /// Every SET of what is at `root` or below is refused with `status`.
    pub fn refuse(&self, root: &Oid, status: Status) {
        self.state().refusals.insert(root.clone(), status);
    }

    /// From now on every call fails so; nothing: it works again.
    pub fn fail(&self, fault: Option<Error>) {
        self.state().fault = fault;
    }

    /// From now on the agent does not answer.
    pub fn silence(&self) {
        self.fail(Some(Error::Silent {
            peer: "the simulated agent".to_owned(),
            after: Duration::from_secs(6),
        }));
    }

    /// What it was told to set, and did, since it was asked this the last time.
    #[must_use]
    pub fn sets(&self) -> Vec<(Oid, Value)> {
        std::mem::take(&mut self.state().sets)
    }

    /// The objects that were asked for with GET since it was asked this the last time.
    #[must_use]
    pub fn asked(&self) -> Vec<Oid> {
        std::mem::take(&mut self.state().asked)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request comes.
    fn request(&self) -> Result<MutexGuard<'_, State>, Error> {
        let mut state = self.state();
        state.requests += 1;
        match &state.fault {
            Some(error) => Err(error.clone()),
            None => Ok(state),
        }
    }
}

impl State {
    fn value(&self, oid: &Oid) -> Value {
        self.objects.get(oid).cloned().unwrap_or(Value::Missing)
    }

    /// Why a strict agent would not set it.
    fn refusal(&self, oid: &Oid, value: &Value) -> Option<Status> {
        let mut refusals = self.refusals.iter();
        if let Some((_, status)) = refusals.find(|(root, _)| oid.starts_with(root)) {
            return Some(*status);
        }
        match self.objects.get(oid) {
            None => Some(Status::NO_CREATION),
            Some(old) if old.kind() != value.kind() => Some(Status::WRONG_TYPE),
            Some(_) => None,
        }
    }
}

impl Agent for Simulated {
    fn get(&mut self, oids: &[Oid]) -> Result<Vec<Value>, Error> {
        let mut values = Vec::with_capacity(oids.len());
        for batch in oids.chunks(BATCH) {
            let mut state = self.request()?;
            state.asked.extend_from_slice(batch);
            values.extend(batch.iter().map(|oid| state.value(oid)));
        }
        Ok(values)
    }

    fn next(&mut self, oid: &Oid) -> Result<Option<(Oid, Value)>, Error> {
        let state = self.request()?;
        let behind = (Bound::Excluded(oid.clone()), Bound::Unbounded);
        let next = state.objects.range(behind).next();
        Ok(next.map(|(oid, value)| (oid.clone(), value.clone())))
    }

    fn set(&mut self, oid: &Oid, value: &Value) -> Result<(), Error> {
        let mut state = self.request()?;
        if let Some(status) = state.refusal(oid, value) {
            let oid = oid.clone();
            return Err(Error::Refused { oid, status });
        }
        state.objects.insert(oid.clone(), value.clone());
        state.sets.push((oid.clone(), value.clone()));
        Ok(())
    }

    fn requests(&self) -> u64 {
        self.state().requests
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "1.3.6.1.1.0|2|7\n1.3.6.1.2.1|4|one\n1.3.6.1.2.2|4|two\n1.3.6.1.10.1|66|3\n";

    fn oid(text: &str) -> Oid {
        text.parse().unwrap()
    }

    #[test]
    fn values_come_in_the_order_of_the_question() {
        let mut agent = Simulated::new(TABLE).unwrap();
        let asked = [oid("1.3.6.1.10.1"), oid("1.3.6.9"), oid("1.3.6.1.1.0")];
        let values = agent.get(&asked).unwrap();
        assert_eq!(
            values,
            [Value::Gauge32(3), Value::Missing, Value::Integer(7)]
        );
        assert_eq!(agent.requests(), 1);
        assert_eq!(agent.asked(), asked);
        agent.get(&vec![oid("1.3.6.1.1.0"); BATCH + 1]).unwrap();
        assert_eq!(agent.requests(), 3);
    }

    #[test]
    fn a_walk_stays_below_its_root_and_ends() {
        let mut agent = Simulated::new(TABLE).unwrap();
        let found = agent.walk(&oid("1.3.6.1.2"), 10).unwrap();
        assert_eq!(
            found,
            [
                (oid("1.3.6.1.2.1"), Value::Text(b"one".to_vec())),
                (oid("1.3.6.1.2.2"), Value::Text(b"two".to_vec())),
            ]
        );
        assert_eq!(agent.walk(&oid("1.3.6.1"), 3).unwrap().len(), 3);
        assert_eq!(agent.walk(&oid("1.3.6.1"), 10).unwrap().len(), 4);
    }

    #[test]
    fn it_takes_only_what_it_has_with_the_type_it_has() {
        let mut agent = Simulated::new(TABLE).unwrap();
        let one = oid("1.3.6.1.1.0");
        let refused = |result: Result<(), Error>| match result {
            Err(Error::Refused { status, .. }) => Some(status),
            _ => None,
        };
        assert_eq!(agent.set(&one, &Value::Integer(8)), Ok(()));
        assert_eq!(agent.sets(), [(one.clone(), Value::Integer(8))]);
        let wrong = agent.set(&one, &Value::Null);
        assert_eq!(refused(wrong), Some(Status::WRONG_TYPE));
        let unknown = agent.set(&oid("1.3"), &Value::Null);
        assert_eq!(refused(unknown), Some(Status::NO_CREATION));
        agent.refuse(&oid("1.3.6.1.1"), Status::NOT_WRITABLE);
        let denied = agent.set(&one, &Value::Integer(9));
        assert_eq!(refused(denied), Some(Status::NOT_WRITABLE));
        assert_eq!(agent.value(&one), Value::Integer(8));
        assert_eq!(agent.sets(), []);
    }

    #[test]
    fn a_clone_is_the_same_agent() {
        let agent = Simulated::new(TABLE).unwrap();
        let mut driver = agent.clone();
        agent.put(&oid("1.3.6.1.3"), Value::Null);
        assert_eq!(driver.get(&[oid("1.3.6.1.3")]).unwrap(), [Value::Null]);
        agent.remove(&oid("1.3.6.1.3"));
        assert_eq!(driver.get(&[oid("1.3.6.1.3")]).unwrap(), [Value::Missing]);
        agent.silence();
        assert!(matches!(
            driver.next(&oid("1.3")),
            Err(Error::Silent { .. })
        ));
        agent.fail(None);
        assert!(driver.next(&oid("1.3")).is_ok());
    }
}
