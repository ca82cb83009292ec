use std::collections::BTreeSet;
use std::time::Duration;

use super::*;
use crate::patience::Patience;

/// An agent whose objects are 1.3.N, with the value N, and who is odd in some way.
#[derive(Default)]
struct Odd {
    /// It does not have these.
    missing: BTreeSet<u32>,
    /// It says genErr for these.
    broken: BTreeSet<u32>,
    /// More than these it does not take…
    takes: Option<usize>,
    /// …and does that then.
    beyond: Beyond,
    is_first: bool,
    /// These may not be read, which it says so.
    hidden: BTreeSet<u32>,
    denial: Option<Status>,
    /// It names no object when it refuses.
    is_vague: bool,
    /// It answers with others.
    is_confused: bool,
    /// How many were asked for, each time.
    asked: Vec<usize>,
}

#[derive(Clone, Copy, Default)]
enum Beyond {
    #[default]
    TooBig,
    Silent,
    Cuts,
    Empty,
}

fn silent() -> Error {
    Error::Silent {
        peer: "odd".to_owned(),
        after: Duration::ZERO,
    }
}

impl Odd {
    fn refusal(&self, bindings: &[(Oid, Value)]) -> Option<(Status, u32)> {
        let last = |oid: &Oid| *oid.arcs().last().unwrap();
        (1..).zip(bindings).find_map(|(index, (oid, _))| {
            let index = if self.is_vague { 0 } else { index };
            if self.is_first && self.missing.contains(&last(oid)) {
                return Some((Status::NO_SUCH_NAME, index));
            }
            if let (Some(denial), true) = (self.denial, self.hidden.contains(&last(oid))) {
                return Some((denial, index));
            }
            let is_broken = self.broken.contains(&last(oid));
            is_broken.then_some((Status::GEN_ERR, index))
        })
    }

    /// It has the objects up to 1.3.99 and one more.
    fn behind(&self, mut pdu: Pdu) -> Pdu {
        for (oid, value) in &mut pdu.bindings {
            let number = oid.arcs().get(2).map_or(0, |number| number + 1);
            let there = (number..).find(|number| !self.missing.contains(number));
            *oid = Oid::new(&[1, 3, there.unwrap()]).unwrap();
            *value = self.value(oid);
        }
        pdu
    }

    fn value(&self, oid: &Oid) -> Value {
        let number = *oid.arcs().last().unwrap();
        if self.missing.contains(&number) {
            Value::Missing
        } else {
            Value::Gauge32(number)
        }
    }
}

impl Exchange for Odd {
    fn exchange(&mut self, mut pdu: Pdu, _: Patience) -> Result<Pdu, Error> {
        self.asked.push(pdu.bindings.len());
        if pdu.kind == Kind::Next && !self.is_vague {
            return Ok(self.behind(pdu));
        }
        pdu.kind = Kind::Response;
        let most = self.takes.unwrap_or(usize::MAX);
        if pdu.bindings.len() > most {
            match self.beyond {
                Beyond::TooBig => pdu.status = Status::TOO_BIG.0,
                Beyond::Silent => return Err(silent()),
                Beyond::Cuts => pdu.bindings.truncate(most),
                Beyond::Empty => pdu.bindings.clear(),
            }
        }
        if pdu.status == 0
            && let Some((status, index)) = self.refusal(&pdu.bindings)
        {
            (pdu.status, pdu.index) = (status.0, index);
        }
        if pdu.status == 0 {
            for (oid, value) in &mut pdu.bindings {
                *value = self.value(oid);
                if self.is_confused {
                    *oid = oid.child(1).unwrap();
                }
            }
        }
        Ok(pdu)
    }

    fn peer(&self) -> String {
        "the table".to_owned()
    }

    fn patience(&self) -> Patience {
        Patience::new(Duration::from_secs(1), 5)
    }

    fn is_first_version(&self) -> bool {
        self.is_first
    }
}

fn oids(count: u32) -> Vec<Oid> {
    (0..count)
        .map(|number| Oid::new(&[1, 3, number]).unwrap())
        .collect()
}

/// What is published of 100 objects of an agent, and how many requests it takes, the first time and the second.
fn ask(odd: &mut Odd) -> (Vec<Value>, usize, usize) {
    let mut bundles = Bundles::default();
    let values = bundles.get(odd, &oids(100)).unwrap();
    let first = odd.asked.len();
    assert_eq!(bundles.get(odd, &oids(100)).unwrap(), values);
    (values, first, odd.asked.len() - first)
}

fn expected(absent: &[u32]) -> Vec<Value> {
    let value = |number| {
        if absent.contains(&number) {
            Value::Missing
        } else {
            Value::Gauge32(number)
        }
    };
    (0..100).map(value).collect()
}

#[test]
fn a_hundred_objects_take_four_requests() {
    let mut odd = Odd::default();
    assert_eq!(ask(&mut odd), (expected(&[]), 4, 4));
    assert_eq!(odd.asked[..4], [32, 32, 32, 4]);
    assert!(Bundles::default().get(&mut odd, &[]).unwrap().is_empty());
}

#[test]
fn long_names_make_a_request_no_longer_than_a_packet() {
    let mut odd = Odd::default();
    let long: Vec<Oid> = (0..30)
        .map(|number| Oid::new(&[[1, 3].as_slice(), &[9; 60], &[number]].concat()).unwrap())
        .collect();
    let values = Bundles::default().get(&mut odd, &long).unwrap();
    assert_eq!(values[29], Value::Gauge32(29));
    assert_eq!(odd.asked, [11, 11, 8]);
}

#[test]
fn what_is_too_big_is_halved_and_that_is_remembered() {
    let mut odd = Odd {
        takes: Some(9),
        ..Odd::default()
    };
    let (values, first, second) = ask(&mut odd);
    assert_eq!((values, first, second), (expected(&[]), 2 + 13, 13));
}

#[test]
fn an_agent_that_is_silent_to_many_is_asked_for_few() {
    let mut odd = Odd {
        takes: Some(9),
        beyond: Beyond::Silent,
        ..Odd::default()
    };
    let (values, first, second) = ask(&mut odd);
    assert_eq!((values, first, second), (expected(&[]), 4 + 13, 13));
    odd.takes = Some(0);
    odd.asked.clear();
    assert_eq!(Bundles::default().get(&mut odd, &oids(5)), Err(silent()));
    assert_eq!(odd.asked, [5, 1], "one question shows that it is away");
}

#[test]
fn an_agent_that_answers_with_fewer_is_asked_for_the_rest() {
    let mut odd = Odd {
        takes: Some(10),
        beyond: Beyond::Cuts,
        ..Odd::default()
    };
    assert_eq!(ask(&mut odd), (expected(&[]), 11, 10));
    let mut odd = Odd {
        takes: Some(1),
        beyond: Beyond::Empty,
        ..Odd::default()
    };
    assert_eq!(ask(&mut odd), (expected(&[]), 101, 100));
}

#[test]
fn one_that_is_missing_does_not_spoil_the_others() {
    let missing = [0, 5, 31, 99];
    let with = |is_first, is_vague| Odd {
        missing: missing.into(),
        is_first,
        is_vague,
        ..Odd::default()
    };
    assert_eq!(ask(&mut with(false, false)), (expected(&missing), 4, 4));
    assert_eq!(ask(&mut with(true, false)), (expected(&missing), 6, 6));
    // the agent cannot be sifted
    let (values, ..) = ask(&mut with(true, true));
    assert_eq!(values, expected(&missing));
}

#[test]
fn half_of_the_objects_missing_does_not_take_as_many_requests() {
    let missing: Vec<u32> = (0..100).filter(|number| number % 2 == 0).collect();
    let mut odd = Odd {
        missing: missing.iter().copied().collect(),
        is_first: true,
        ..Odd::default()
    };
    assert_eq!(ask(&mut odd), (expected(&missing), 8, 8));
}

#[test]
fn one_that_is_broken_is_asked_for_alone_and_then_missing() {
    let broken = [7, 40];
    let with = |is_vague| Odd {
        broken: broken.into(),
        is_vague,
        ..Odd::default()
    };
    assert_eq!(ask(&mut with(false)).0, expected(&broken));
    assert_eq!(ask(&mut with(true)).0, expected(&broken));
}

#[test]
fn an_answer_about_others_is_not_taken() {
    let mut odd = Odd {
        is_confused: true,
        ..Odd::default()
    };
    let answer = Bundles::default().get(&mut odd, &oids(3));
    let Err(error @ Error::Malformed { .. }) = answer else {
        panic!("{answer:?}")
    };
    assert!(error.to_string().starts_with("the table: "), "{error}");
}

#[test]
fn whoever_may_not_read_is_told_and_who_may_not_read_something_gets_the_rest() {
    for status in [Status::AUTHORIZATION_ERROR, Status::NO_ACCESS] {
        let mut odd = Odd {
            hidden: (0..100).collect(),
            denial: Some(status),
            ..Odd::default()
        };
        let nothing = Bundles::default().get(&mut odd, &oids(100));
        assert!(matches!(nothing, Err(Error::Refused { status: told, .. }) if told == status));
        for (hidden, is_vague) in [
            ([0, 7, 40], false),
            ([0, 7, 40], true),
            ([97, 98, 99], false),
        ] {
            let mut odd = Odd {
                hidden: hidden.into(),
                denial: Some(status),
                is_vague,
                ..Odd::default()
            };
            let mut bundles = Bundles::default();
            let values = bundles.get(&mut odd, &oids(100)).unwrap();
            assert_eq!(values, expected(&hidden), "{hidden:?}");
            let one: Vec<Oid> = oids(100).split_off(99);
            assert!(bundles.get(&mut odd, &one).is_ok());
        }
    }
}
