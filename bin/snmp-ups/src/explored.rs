//! A device's variables and commands: of all that its table knows those that it has, and which object each is read from.

use std::collections::BTreeMap;

use snmp::Value;

use crate::decode::{Seen, number};
use crate::facts::Facts;
use crate::layout::{Layout, Place};
use crate::mibs::Mib;
use crate::object::plain;
use crate::options::Quirks;
use crate::reading;
use crate::row::Read;

/// A variable of a device.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    pub(crate) place: Place,
    /// What it was when the device was explored.
    pub(crate) value: String,
}

/// What a device has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Explored {
    /// How many devices hang behind the address.
    pub(crate) devices: u32,
    /// Variables that no object is behind.
    pub(crate) told: Vec<(String, String)>,
    /// Variables by name, each once.
    pub(crate) variables: BTreeMap<String, Variable>,
    /// Objects that give words of the status.
    pub(crate) status: Vec<Place>,
    /// Objects that give alarms.
    pub(crate) alarms: Vec<Place>,
    /// Commands by name.
    pub(crate) commands: BTreeMap<String, Place>,
}

/// Explores a device, as far as it is known.
pub(crate) fn explore(mib: &Mib, quirks: Quirks, facts: &mut Facts) -> Explored {
    let Some(layout) = Layout::of(mib, quirks, facts) else {
        return Explored::default();
    };
    let mut explored = Explored {
        devices: layout.chain.count,
        told: layout.told,
        ..Explored::default()
    };
    let mut found: Vec<Variable> = Vec::new();
    for place in layout.places {
        if place.row.order().is_some() {
            if is_offered(&place, facts) {
                explored.commands.entry(place.name.clone()).or_insert(place);
            }
        } else if place.row.is_status() || place.row.is_alarm() {
            let seen = place.oid.as_ref().map(|oid| number(facts, oid));
            // the list itself, in the same go
            let _ = list_of(&place, facts);
            match seen {
                Some(Seen::This(_)) if place.row.is_status() => explored.status.push(place),
                Some(Seen::This(_)) => explored.alarms.push(place),
                _ => {}
            }
        } else if let Seen::This(value) = current(&place, quirks, facts) {
            found.push(Variable { place, value });
        }
    }
    explored.variables = chosen(found);
    explored
}

/// The list that an object has the length of.
pub(crate) fn list_of(place: &Place, facts: &mut Facts) -> Option<Vec<Value>> {
    let Read::Alarms(list) = place.row.read else {
        return None;
    };
    let count = number(facts, place.oid.as_ref()?).known()?;
    if count <= 0 {
        return Some(Vec::new());
    }
    facts.list(&plain(list.column)?)
}

/// The value of a place now.
pub(crate) fn current(place: &Place, quirks: Quirks, facts: &mut Facts) -> Seen<String> {
    match &place.oid {
        Some(oid) => reading::value(place.row, oid, quirks, facts),
        None if place.row.default().is_empty() => Seen::None,
        None => Seen::This(place.default()),
    }
}

/// A command is offered when its object is there; those of outlets always, as some devices do not let them be read.
fn is_offered(place: &Place, facts: &mut Facts) -> bool {
    let Some(oid) = &place.oid else { return false };
    let value = facts.get(oid);
    place.item.is_some() || value.is_some_and(|value| !value.is_missing())
}

/// One for each name: the first that says that it alone counts, else the last that changes, else the last.
fn chosen(found: Vec<Variable>) -> BTreeMap<String, Variable> {
    let mut by_name: BTreeMap<String, Vec<Variable>> = BTreeMap::new();
    for variable in found {
        let name = variable.place.name.clone();
        by_name.entry(name).or_default().push(variable);
    }
    let mut chosen = BTreeMap::new();
    for (name, mut rivals) in by_name {
        let best = best(&rivals);
        if best < rivals.len() {
            chosen.insert(name, rivals.swap_remove(best));
        }
    }
    chosen
}

fn best(rivals: &[Variable]) -> usize {
    // rows for outlets and so on follow each other from the general to the special, whatever they say
    let alone = |rival: &Variable| rival.place.row.is_unique() && rival.place.item.is_none();
    let changes = |rival: &Variable| {
        let row = rival.place.row;
        !row.is_fixed() && !row.is_seldom()
    };
    let alone = rivals.iter().position(alone);
    let living = || rivals.iter().rposition(changes);
    alone
        .or_else(living)
        .unwrap_or(rivals.len().saturating_sub(1))
}
