//! The status and the alarms of a device, from what its objects say.

use std::collections::BTreeMap;

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
