//! What the device has said, and what is still to be asked.
//!
//! Whatever is decided here is decided by functions that look values up, again from the beginning whenever more is known: an object
//! nobody has asked for yet is noted, and all that were noted are asked for together. So a decision reads like one that asks one thing after
//! the other, and takes a few requests instead of hundreds.

use std::collections::{BTreeMap, BTreeSet};

use snmp::{Agent, Error, Oid, Value};
use tracing::debug;

/// How often a decision may find that it needs to know more.
const ROUNDS: usize = 200;
/// Longest list of objects that is read.
const LIST_MAX: usize = 200;

/// Answers, and questions that are open.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    values: BTreeMap<Oid, Value>,
    lists: BTreeMap<Oid, Vec<Value>>,
    wanted: BTreeSet<Oid>,
    wanted_lists: BTreeSet<Oid>,
}

impl Facts {
    /// An object's value, [`Value::Missing`] for one that the device has not. Nothing while nobody has asked.
    pub(crate) fn get(&mut self, oid: &Oid) -> Option<Value> {
        let value = self.values.get(oid).cloned();
        if value.is_none() {
            self.wanted.insert(oid.clone());
        }
        value
    }

    /// The values of what lies below an object, in order. Nothing while nobody has asked.
    pub(crate) fn list(&mut self, root: &Oid) -> Option<Vec<Value>> {
        let list = self.lists.get(root).cloned();
        if list.is_none() {
            self.wanted_lists.insert(root.clone());
        }
        list
    }

    /// A value that is known already.
    pub(crate) fn known(&self, oid: &Oid) -> Option<&Value> {
        self.values.get(oid)
    }

    /// Decides, and asks the device what that needs, until nothing is open any more.
    ///
    /// # Errors
    /// The device did not answer.
    pub(crate) fn settle<T>(
        &mut self,
        agent: &mut dyn Agent,
        mut decide: impl FnMut(&mut Self) -> T,
    ) -> Result<T, Error> {
        for _ in 0..ROUNDS {
            let decision = decide(self);
            if self.wanted.is_empty() && self.wanted_lists.is_empty() {
                return Ok(decision);
            }
            self.ask(agent)?;
        }
        Err(Error::Malformed {
            peer: "the device".to_owned(),
            what: "it has more and more objects, without an end".to_owned(),
        })
    }

    fn ask(&mut self, agent: &mut dyn Agent) -> Result<(), Error> {
        let oids: Vec<Oid> = std::mem::take(&mut self.wanted).into_iter().collect();
        if !oids.is_empty() {
            let values = agent.get(&oids)?;
            self.values.extend(oids.into_iter().zip(values));
        }
        for root in std::mem::take(&mut self.wanted_lists) {
            let list = match agent.walk(&root, LIST_MAX) {
                // like an object that it does not tell: the others are worth no less
                Err(error @ Error::Refused { .. }) => {
                    debug!("a list is not told: {error}");
                    Vec::new()
                }
                told => told?,
            };
            let values = list.into_iter().map(|(_, value)| value).collect();
            self.lists.insert(root, values);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use snmp::{Simulated, Status};

    #[test]
    fn what_a_decision_needs_is_asked_for_together() {
        let agent =
            Simulated::new("1.3.6.1.1|2|2\n1.3.6.1.2|2|7\n1.3.6.1.3.1|4|a\n1.3.6.1.3.2|4|b\n");
        let mut agent = agent.unwrap();
        let oid = |text: &str| text.parse::<Oid>().unwrap();
        let mut facts = Facts::default();
        let decide = |facts: &mut Facts| {
            let first = facts.get(&oid("1.3.6.1.1"));
            let other = facts.get(&oid("1.3.6.1.9"));
            let second = match first {
                Some(Value::Integer(2)) => facts.get(&oid("1.3.6.1.2")),
                _ => None,
            };
            (second, other, facts.list(&oid("1.3.6.1.3")))
        };
        let (second, other, list) = facts.settle(&mut agent, decide).unwrap();
        assert_eq!(second, Some(Value::Integer(7)));
        assert_eq!(other, Some(Value::Missing));
        assert_eq!(list.map(|list| list.len()), Some(2));
        assert_eq!(agent.asked().len(), 3);
    }

    /// It can be asked for objects, and not for what is behind them.
    struct Unlisted(Simulated);

    impl Agent for Unlisted {
        fn get(&mut self, oids: &[Oid]) -> Result<Vec<Value>, Error> {
            self.0.get(oids)
        }

        fn next(&mut self, oid: &Oid) -> Result<Option<(Oid, Value)>, Error> {
            Err(Error::Refused {
                oid: oid.clone(),
                status: Status::GEN_ERR,
            })
        }

        fn set(&mut self, oid: &Oid, value: &Value) -> Result<(), Error> {
            self.0.set(oid, value)
        }

        fn requests(&self) -> u64 {
            self.0.requests()
        }
    }

    #[test]
    fn a_list_that_the_device_refuses_is_empty_and_the_rest_is_told() {
        let table = Simulated::new("1.3.6.1.1|2|2\n1.3.6.1.3.1|4|a\n").unwrap();
        let oid = |text: &str| text.parse::<Oid>().unwrap();
        let decide = |facts: &mut Facts| {
            let value = facts.get(&oid("1.3.6.1.1"));
            (value, facts.list(&oid("1.3.6.1.3")))
        };
        let told = Facts::default().settle(&mut Unlisted(table), decide);
        assert_eq!(told, Ok((Some(Value::Integer(2)), Some(Vec::new()))));
    }
}
