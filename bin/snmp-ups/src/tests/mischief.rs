//! Agents that do anything, for a long time: whatever happens, each value that clients see is one that the device had, and when all
//! is well again they see what a driver sees that was started then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use proptest::prelude::*;
use snmp::{Agent, Error, Oid, Simulated, Status, Value, snmprec};

use super::lab::{Lab, UPS, oid};

/// Full walks until whatever was missing has been looked for again, and one.
const EXPLORED: u64 = 23;
const POLL_FREQ: u64 = 30;
/// Objects whose values change; the first two tell the status.
const LIVING: [&str; 6] = [
    "m.33.1.4.1.0",
    "m.33.1.2.1.0",
    "m.33.1.2.3.0",
    "m.33.1.2.4.0",
    "m.33.1.4.3.0",
    "m.33.1.9.8.0",
];
const OF_STATUS: usize = 2;

/// What goes wrong in a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Nothing,
    Silent,
    Garbled,
    Refused,
    /// After so many requests it is silent.
    FallsSilent(u64),
    /// Of the living objects these are noSuchInstance, a bit for each.
    Missing(u8),
}

#[derive(Clone, Debug)]
enum Event {
    Put(usize, i64),
    Remove(usize),
    Poll { after: u64, fault: Fault },
}

fn any_fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        4 => Just(Fault::Nothing),
        1 => Just(Fault::Silent),
        1 => Just(Fault::Garbled),
        1 => Just(Fault::Refused),
        1 => (0..3_u64).prop_map(Fault::FallsSilent),
        2 => any::<u8>().prop_map(Fault::Missing),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let seconds = prop_oneof![Just(2), Just(POLL_FREQ)];
    prop_oneof![
        2 => (0..LIVING.len(), 1..9_i64).prop_map(|(which, number)| Event::Put(which, number)),
        1 => (0..LIVING.len()).prop_map(Event::Remove),
        4 => (seconds, any_fault()).prop_map(|(after, fault)| Event::Poll { after, fault }),
    ]
}

/// An agent with a fault. Clones are the same.
#[derive(Clone)]
struct Mischief {
    agent: Simulated,
    fault: Arc<Mutex<Fault>>,
}

impl Mischief {
    fn set(&self, fault: Fault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    /// A request comes: why it is not answered, or which objects are missing from the answer.
    fn request(&self) -> Result<BTreeSet<Oid>, Error> {
        let peer = "mischief".to_owned();
        let silent = |peer| Error::Silent {
            peer,
            after: Duration::from_secs(6),
        };
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *fault {
            Fault::Nothing => Ok(BTreeSet::new()),
            Fault::Silent | Fault::FallsSilent(0) => Err(silent(peer)),
            Fault::FallsSilent(left) => {
                *left -= 1;
                Ok(BTreeSet::new())
            }
            Fault::Garbled => Err(Error::Malformed {
                peer,
                what: "no sense".to_owned(),
            }),
            Fault::Refused => Err(Error::Refused {
                oid: oid(LIVING[0]),
                status: Status::NO_ACCESS,
            }),
            Fault::Missing(bits) => Ok(missing(*bits)),
        }
    }
}

fn missing(bits: u8) -> BTreeSet<Oid> {
    let chosen = |(index, _): &(usize, &&str)| bits & (1 << index) != 0;
    let living = LIVING.iter().enumerate();
    living.filter(chosen).map(|(_, text)| oid(text)).collect()
}

impl Agent for Mischief {
    fn get(&mut self, oids: &[Oid]) -> Result<Vec<Value>, Error> {
        let missing = self.request()?;
        let mut values = self.agent.get(oids)?;
        for (value, oid) in values.iter_mut().zip(oids) {
            if missing.contains(oid) {
                *value = Value::Missing;
            }
        }
        Ok(values)
    }

    fn next(&mut self, oid: &Oid) -> Result<Option<(Oid, Value)>, Error> {
        self.request()?;
        self.agent.next(oid)
    }

    fn set(&mut self, oid: &Oid, value: &Value) -> Result<(), Error> {
        self.request()?;
        self.agent.set(oid, value)
    }

    fn requests(&self) -> u64 {
        self.agent.requests()
    }
}

type Objects = BTreeMap<Oid, Value>;
type Values = BTreeMap<String, String>;

fn values(lab: &Lab) -> Values {
    let listing = lab.seen.listing();
    let pairs = listing.lines().filter_map(|line| line.split_once(": "));
    pairs
        .map(|(name, value)| (name.to_owned(), without_guesses(value)))
        .collect()
}

/// The framework guesses from a charge that falls or rises, which a driver that is just started has not seen.
fn without_guesses(value: &str) -> String {
    let words = value.split(' ');
    let told: Vec<&str> = words
        .filter(|word| !matches!(*word, "CHRG" | "DISCHRG"))
        .collect();
    told.join(" ")
}

/// What a driver sees of these objects that is started now.
fn seen_of(objects: &Objects) -> Values {
    let agent = Simulated::default();
    for (oid, value) in objects {
        agent.put(oid, value.clone());
    }
    let handle = agent.clone();
    let open = move || -> Box<dyn Agent> { Box::new(handle.clone()) };
    values(&Lab::on(agent, open, &[]).unwrap())
}

/// Everything that a client may see.
#[derive(Default)]
struct Possible(BTreeMap<String, BTreeSet<String>>);

impl Possible {
    fn add(&mut self, objects: &Objects) {
        for (name, value) in seen_of(objects) {
            self.0.entry(name).or_default().insert(value);
        }
    }

    #[track_caller]
    fn check(&self, seen: &Values, after: &str) {
        for (name, value) in seen {
            let is_possible = self.0.get(name).is_some_and(|all| all.contains(value));
            assert!(is_possible, "{name} is {value:?} after {after}");
        }
    }
}

fn play(events: &[Event]) {
    let first = snmprec::read(UPS).unwrap();
    let mut objects = first.clone();
    let agent = Simulated::new(UPS).unwrap();
    let mischief = Mischief {
        agent: agent.clone(),
        fault: Arc::new(Mutex::new(Fault::Nothing)),
    };
    let handle = mischief.clone();
    let open = move || -> Box<dyn Agent> { Box::new(handle.clone()) };
    let mut lab = Lab::on(agent.clone(), open, &[]).unwrap();
    let mut possible = Possible::default();
    possible.add(&objects);
    let mut has_status = true;
    for event in events {
        match event {
            Event::Put(which, number) => {
                let (oid, value) = (oid(LIVING[*which]), Value::Integer(*number));
                agent.put(&oid, value.clone());
                objects.insert(oid, value);
                possible.add(&objects);
            }
            Event::Remove(which) => {
                has_status &= *which >= OF_STATUS;
                agent.remove(&oid(LIVING[*which]));
                objects.remove(&oid(LIVING[*which]));
                possible.add(&objects);
            }
            Event::Poll { after, fault } => {
                mischief.set(*fault);
                if let Fault::Missing(bits) = fault {
                    let missing = missing(*bits);
                    has_status &= bits.trailing_zeros() as usize >= OF_STATUS;
                    let mut less = objects.clone();
                    less.retain(|oid, _| !missing.contains(oid));
                    possible.add(&less);
                }
                let before = values(&lab);
                let told = lab.after(*after).map_err(|error| error.to_string());
                let after = format!("{event:?}: {told:?}");
                match fault {
                    Fault::Nothing if has_status => assert_eq!(told, Ok(())),
                    Fault::Silent | Fault::Garbled | Fault::Refused => assert!(told.is_err()),
                    _ => {}
                }
                match told {
                    Ok(()) => possible.check(&values(&lab), &after),
                    Err(_) => assert_eq!(values(&lab), before, "{after}"),
                }
                assert_eq!(lab.seen.dump().contains("DATASTALE"), told.is_err());
            }
        }
    }
    mischief.set(Fault::Nothing);
    for (oid, value) in &first {
        agent.put(oid, value.clone());
    }
    for _ in 0..EXPLORED {
        let _ = lab.after(POLL_FREQ);
    }
    lab.after(POLL_FREQ).unwrap();
    assert_eq!(values(&lab), seen_of(&first), "in the end");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn no_wrong_value_is_published_whatever_an_agent_does(
        events in prop::collection::vec(any_event(), 1..40)
    ) {
        play(&events);
    }
}

#[test]
fn a_value_that_goes_together_with_the_status_does_not_stay() {
    let mut lab = Lab::new(UPS, &[]);
    lab.agent.remove(&oid(LIVING[3]));
    let source = lab.agent.value(&oid(LIVING[0]));
    lab.agent.remove(&oid(LIVING[0]));
    assert!(lab.after(POLL_FREQ).is_err());
    assert_eq!(lab.value("battery.charge"), Some("100"), "stale");
    lab.agent.put(&oid(LIVING[0]), source);
    lab.after(2).unwrap();
    assert_eq!(lab.value("battery.charge"), None);
}

#[test]
fn after_an_error_what_was_not_read_is_read_at_once() {
    let mut lab = Lab::new(UPS, &[]);
    lab.agent.fail(Some(Error::Malformed {
        peer: "the agent".to_owned(),
        what: "no sense".to_owned(),
    }));
    assert!(lab.after(POLL_FREQ).is_err());
    lab.agent.fail(None);
    lab.put(LIVING[3], 42);
    lab.after(2).unwrap();
    assert_eq!(lab.value("battery.charge"), Some("42"));
}

#[test]
fn a_card_that_has_lost_its_device_is_stale_and_not_empty() {
    let mut lab = Lab::new(UPS, &[]);
    let objects = snmprec::read(UPS).unwrap();
    let of_ups: Vec<_> = objects
        .iter()
        .filter(|(known, _)| known.starts_with(&oid("m.33")))
        .collect();
    of_ups.iter().for_each(|(oid, _)| lab.agent.remove(oid));
    for seconds in [2, 2, 2, 2, 30, 30, 2] {
        assert!(lab.after(seconds).is_err());
        assert_eq!(lab.status(), "OL", "stale");
    }
    let told = lab.after(2).unwrap_err().to_string();
    assert!(told.contains("restart the driver"), "{told}");
    of_ups
        .iter()
        .for_each(|(oid, value)| lab.agent.put(oid, (*value).clone()));
    lab.after(2).unwrap();
    assert_eq!(lab.value("battery.charge"), Some("100"));
}

#[test]
fn a_value_of_another_type_is_what_it_says_or_nothing() {
    let text = |text: &str| Value::Text(text.as_bytes().to_vec());
    let mut lab = Lab::new(UPS, &[("pollfreq", "0")]);
    let charges = [
        (text("87"), Some("87")),
        (text("87 %"), Some("87")),
        (text("n/a"), None),
        (text(""), None),
        (Value::Text(vec![0xff, 0, 7]), None),
        (Value::Counter32(88), Some("88")),
        (Value::Gauge32(u32::MAX), Some("4294967295")),
        (Value::Counter64(89), Some("89")),
        (Value::Counter64(u64::MAX), None),
        (Value::Integer(-1), Some("-1")),
        (Value::TimeTicks(9_000), Some("90")),
        (Value::IpAddress([10, 0, 0, 9]), None),
        (Value::Null, None),
        (Value::Missing, None),
    ];
    for (value, shown) in charges {
        lab.agent.put(&oid(LIVING[3]), value.clone());
        lab.after(2).unwrap();
        assert_eq!(lab.value("battery.charge"), shown, "{value:?}");
        assert_eq!(without_guesses(lab.status()), "OL");
    }
    // the status: another number of the same meaning, one that nobody knows, and none at all
    let states = [
        (text("5"), Some("OB")),
        (Value::Counter64(3), Some("OL")),
        (Value::Integer(-3), Some("WAIT")),
        (Value::Integer(i64::MIN), Some("WAIT")),
        (Value::Counter64(u64::MAX), None),
        (text("on battery"), None),
        (Value::Null, None),
    ];
    for (value, shown) in states {
        let mut lab = Lab::new(UPS, &[]);
        lab.agent.put(&oid(LIVING[0]), value.clone());
        assert_eq!(lab.after(2).is_ok(), shown.is_some(), "{value:?}");
        assert_eq!(lab.status(), shown.unwrap_or("OL"), "{value:?}");
    }
}
