//! The trait of everything that can be asked as an SNMP agent.

use crate::error::Error;
use crate::oid::Oid;
use crate::value::Value;

/// An agent. Every call ends: it has a deadline, and bounds on what it takes.
pub trait Agent: Send {
    /// The values of these objects, as many and in the same order, [`Value::Missing`] for what is not there. It takes as few
    /// requests as the agent lets it.
    ///
    /// # Errors
    /// The agent did not answer, or it refuses everything.
    fn get(&mut self, oids: &[Oid]) -> Result<Vec<Value>, Error>;

    /// The first object behind `oid`. Nothing behind the last.
    ///
    /// # Errors
    /// The agent did not answer, or with one that is not behind it.
    fn next(&mut self, oid: &Oid) -> Result<Option<(Oid, Value)>, Error>;

    /// What lies below `root`, at most `limit` objects, in ascending order.
    ///
    /// # Errors
    /// The agent did not answer, or one object is not behind the one before: such a walk would never end.
    fn walk(&mut self, root: &Oid, limit: usize) -> Result<Vec<(Oid, Value)>, Error> {
        let mut found: Vec<(Oid, Value)> = Vec::new();
        while found.len() < limit {
            let last = found.last().map_or(root, |(oid, _)| oid);
            match self.next(last)? {
                Some((oid, value)) if oid.starts_with(root) => found.push((oid, value)),
                _ => break,
            }
        }
        Ok(found)
    }

    /// Sets an object.
    ///
    /// # Errors
    /// The agent did not answer, or it refuses.
    fn set(&mut self, oid: &Oid, value: &Value) -> Result<(), Error>;

    /// How many requests were sent until now, without repetitions.
    fn requests(&self) -> u64;
}

impl<A: Agent + ?Sized> Agent for Box<A> {
    fn get(&mut self, oids: &[Oid]) -> Result<Vec<Value>, Error> {
        (**self).get(oids)
    }

    fn next(&mut self, oid: &Oid) -> Result<Option<(Oid, Value)>, Error> {
        (**self).next(oid)
    }

    fn walk(&mut self, root: &Oid, limit: usize) -> Result<Vec<(Oid, Value)>, Error> {
        (**self).walk(root, limit)
    }

    fn set(&mut self, oid: &Oid, value: &Value) -> Result<(), Error> {
        (**self).set(oid, value)
    }

    fn requests(&self) -> u64 {
        (**self).requests()
    }
}
