//! Which of many objects there are, in the first version, where one that is missing makes the agent refuse the whole request.
//!
//! A device has half of what a table knows, so asking for the rest without each that is missing would take as many requests as
//! there are missing. Instead the agent is asked for what is behind each object's predecessor: that is the object itself, with its
//! value; or it is one further on, and the object is missing; or there is nothing behind it, and so is every object from there on.

use crate::error::Error;
use crate::link::Exchange;
use crate::oid::Oid;
use crate::status::Status;
use crate::value::Value;
use crate::wire::{Kind, Pdu};

/// What became of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Value(Value),
    Missing,
    /// Another is in between; it has to be asked for by its name.
    Unknown,
}

/// What became of each of these objects. Nothing when the agent cannot be asked so.
pub(crate) fn sieve(link: &mut dyn Exchange, oids: &[&Oid]) -> Result<Option<Vec<Found>>, Error> {
    let mut found = vec![Found::Unknown; oids.len()];
    let places = oids.iter().enumerate();
    let mut open: Vec<(usize, &Oid, Oid)> = places
        .filter_map(|(place, oid)| Some((place, *oid, predecessor(oid)?)))
        .collect();
    // so that the first that has nothing behind it tells of most others
    open.sort_by(|(_, _, one), (_, _, other)| one.cmp(other));
    while !open.is_empty() {
        let question = Pdu::asking(Kind::Next, open.iter().map(|(_, _, before)| before));
        let answer = match link.exchange(question, link.patience()) {
            Ok(answer) => answer,
            Err(Error::Silent { .. } | Error::Malformed { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut set = |place: usize, what| {
            if let Some(found) = found.get_mut(place) {
                *found = what;
            }
        };
        match Status(answer.status) {
            Status(0) if answer.bindings.len() == open.len() => {
                for ((place, oid, before), (name, value)) in open.iter().zip(answer.bindings) {
                    if name <= *before || value.is_missing() {
                        return Ok(None);
                    }
                    set(*place, judge(oid, &name, value));
                }
                return Ok(Some(found));
            }
            Status::NO_SUCH_NAME => {
                let index = usize::try_from(answer.index).unwrap_or_default();
                let last = index.checked_sub(1).and_then(|place| open.get(place));
                let Some((_, _, last)) = last.cloned() else {
                    return Ok(None);
                };
                let (gone, rest) = open.into_iter().partition(|(_, oid, _)| **oid > last);
                let gone: Vec<_> = gone;
                gone.iter()
                    .for_each(|(place, ..)| set(*place, Found::Missing));
                open = rest;
            }
            _ => return Ok(None),
        }
    }
    Ok(Some(found))
}

fn judge(oid: &Oid, name: &Oid, value: Value) -> Found {
    match name.cmp(oid) {
        std::cmp::Ordering::Equal => Found::Value(value),
        std::cmp::Ordering::Greater => Found::Missing,
        std::cmp::Ordering::Less => Found::Unknown,
    }
}

/// The last name before an object that an instance can have beside it: of `x.4` it is `x.3`, of `x.0` it is `x`.
fn predecessor(oid: &Oid) -> Option<Oid> {
    let (last, before) = oid.arcs().split_last()?;
    let arcs = match last.checked_sub(1) {
        None => before.to_vec(),
        Some(less) => [before, &[less]].concat(),
    };
    Oid::new(&arcs).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patience::Patience;
    use std::time::Duration;

    /// An agent with these objects, whose value is their last arc.
    struct Table(Vec<Oid>, usize);

    impl Exchange for Table {
        fn exchange(&mut self, mut pdu: Pdu, _: Patience) -> Result<Pdu, Error> {
            self.1 += 1;
            for (index, binding) in (1..).zip(&mut pdu.bindings) {
                let Some(next) = self.0.iter().find(|oid| **oid > binding.0) else {
                    (pdu.status, pdu.index) = (Status::NO_SUCH_NAME.0, index);
                    break;
                };
                let last = *next.arcs().last().unwrap();
                *binding = (next.clone(), Value::Gauge32(last));
            }
            Ok(pdu)
        }

        fn peer(&self) -> String {
            "the table".to_owned()
        }

        fn patience(&self) -> Patience {
            Patience::new(Duration::from_secs(1), 0)
        }

        fn is_first_version(&self) -> bool {
            true
        }
    }

    fn oids(texts: &[&str]) -> Vec<Oid> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn ask(there: &[&str], asked: &[&str]) -> (Option<Vec<Found>>, usize) {
        let mut table = Table(oids(there), 0);
        let asked = oids(asked);
        let found = sieve(&mut table, &asked.iter().collect::<Vec<_>>()).unwrap();
        (found, table.1)
    }

    #[test]
    fn what_there_is_and_what_is_missing_takes_one_request() {
        let there = ["1.3.1.0", "1.3.3.1", "1.3.3.2", "1.3.3.7", "1.3.9.0"];
        let asked = [
            "1.3.1.0", "1.3.2.0", "1.3.3.2", "1.3.3.3", "1.3.3.7", "1.3.8.5",
        ];
        let value = |number| Found::Value(Value::Gauge32(number));
        let expected = vec![
            value(0),
            Found::Missing,
            value(2),
            Found::Missing,
            value(7),
            Found::Missing,
        ];
        assert_eq!(ask(&there, &asked), (Some(expected), 1));
    }

    #[test]
    fn behind_the_last_object_all_is_missing_at_once() {
        let there = ["1.3.1.0"];
        let asked = ["1.3.9.0", "1.3.8.0", "1.3.1.0", "1.3.7.0", "1.3.0.0"];
        let expected = vec![
            Found::Missing,
            Found::Missing,
            Found::Value(Value::Gauge32(0)),
            Found::Missing,
            Found::Missing,
        ];
        let (found, requests) = ask(&there, &asked);
        assert_eq!(found, Some(expected));
        assert_eq!(requests, 2);
        assert_eq!(ask(&[], &["1.3.1", "1.3.2"]).1, 1);
    }

    #[test]
    fn an_object_in_between_leaves_it_open() {
        let found = ask(&["1.3.4.1", "1.3.5"], &["1.3.5"]).0;
        assert_eq!(found, Some(vec![Found::Unknown]));
    }

    #[test]
    fn an_agent_that_goes_back_cannot_be_asked_so() {
        struct Back;
        impl Exchange for Back {
            fn exchange(&mut self, pdu: Pdu, _: Patience) -> Result<Pdu, Error> {
                Ok(pdu)
            }
            fn peer(&self) -> String {
                "the table".to_owned()
            }
            fn patience(&self) -> Patience {
                Patience::new(Duration::from_secs(1), 0)
            }
            fn is_first_version(&self) -> bool {
                true
            }
        }
        let asked = oids(&["1.3.5"]);
        assert_eq!(sieve(&mut Back, &[&asked[0]]), Ok(None));
    }
}
