//! The status and the alarms of a device, from what its objects say.

use std::collections::{BTreeMap, BTreeSet};

use model::status::Status;
use snmp::Value;

use crate::decode::{Seen, number};
use crate::explored::list_of;
use crate::facts::Facts;
use crate::layout::Place;
use crate::object::plain;
use crate::row::{AlarmList, Kind, Read};

/// Nothing is known yet.
const WAIT: &str = "WAIT";

/// So many numbers that nobody knows are told of. A device that has no end of them is known as such by then.
const COMPLAINTS_MAX: usize = 50;

/// What a device's objects say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Words of the status, in the table's order.
    pub(crate) status: Vec<&'static str>,
    /// Numbers that the table has no text for, by the names of their objects.
    pub(crate) unknown: Vec<(String, i64)>,
    /// Objects that were there and are not any more.
    pub(crate) gone: Vec<String>,
}

/// Words of the status.
pub(crate) fn status(places: &[Place], facts: &mut Facts) -> Words {
    let mut words = Words::default();
    for place in places {
        let Some(oid) = &place.oid else { continue };
        match number(facts, oid) {
            Seen::This(number) => match place.row.text_of(number) {
                Some(text) => words.status.push(text),
                None => words.unknown.push((oid.to_string(), number)),
            },
            Seen::None => words.gone.push(oid.to_string()),
            Seen::Open => {}
        }
    }
    words
}

/// Alarms of each device of a chain, and the words of the status that come with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alarms {
    pub(crate) texts: BTreeMap<u32, Vec<String>>,
    pub(crate) status: Vec<&'static str>,
}

/// The alarms that are active.
pub(crate) fn alarms(places: &[Place], facts: &mut Facts) -> Alarms {
    let mut alarms = Alarms::default();
    for place in places {
        if let Read::Alarms(AlarmList { known, .. }) = place.row.read {
            let list = list_of(place, facts).unwrap_or_default();
            for (object, word, text) in *known {
                let object = plain(object).map(Value::Oid);
                if object.is_some_and(|object| list.contains(&object)) {
                    alarms.status.push(word);
                    alarms.add(place.device, (*text).to_owned());
                }
            }
        } else if let Some(oid) = &place.oid {
            let text = number(facts, oid).and_then(|number| place.row.text_of(number));
            if let Seen::This(text) = text {
                alarms.add(place.device, told(place, text));
            }
        }
    }
    alarms
}

impl Alarms {
    fn add(&mut self, device: u32, text: String) {
        if !text.is_empty() {
            self.texts.entry(device).or_default().push(text);
        }
    }
}

/// An alarm's text, with the outlet, group or phase in front that it is about.
fn told(place: &Place, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let of_item = match (place.row.kind(), place.item) {
        (Some(Kind::Outlet), Some(item)) => format!("outlet {item} {text}"),
        (Some(Kind::Group), Some(item)) => format!("outlet group {item} {text}"),
        _ => text.to_owned(),
    };
    match place.row.name.split_once('.') {
        Some((phase, _)) if phase.starts_with('L') => format!("phase {phase} {of_item}"),
        _ => of_item,
    }
}

/// The status that is published. A device with objects for it that say nothing is waited for: an empty status would tell clients that nothing is
/// wrong.
pub(crate) fn composed<'a>(words: impl IntoIterator<Item = &'a str>, is_expected: bool) -> Status {
    let mut status = Status::default();
    words.into_iter().for_each(|word| status.set(word));
    if is_expected && status.is_empty() {
        status.set(WAIT);
    }
    status
}

/// Numbers of the status that were told as unknown, by their objects.
#[derive(Debug, Default)]
pub(crate) struct Complaints(BTreeSet<(String, i64)>);

impl Complaints {
    /// Whether this one is to be told: once, and not for ever new ones.
    pub(crate) fn is_due(&mut self, object: &str, number: i64) -> bool {
        self.0.len() < COMPLAINTS_MAX && self.0.insert((object.to_owned(), number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_nobody_knows_is_told_once_and_not_all_that_there_are() {
        let mut complaints = Complaints::default();
        assert!(complaints.is_due("1.3.6", 7));
        assert!(!complaints.is_due("1.3.6", 7));
        assert!(complaints.is_due("1.3.7", 7));
        let told = (100..1000).filter(|number| complaints.is_due("1.3.6", *number));
        assert_eq!(told.count(), COMPLAINTS_MAX - 2);
    }
}
