//! Commands: what a device offers, what each sends, and how a shutdown is done.

use std::collections::BTreeMap;

use snmp::{Agent, Oid, Value};
use tracing::{info, warn};

use crate::encode;
use crate::explored::Explored;
use crate::object::plain;
use crate::row::Order;

/// How long a shutdown and a start wait when nobody says it.
const OFF_DELAY: u32 = 20;
const ON_DELAY: u32 = 30;

/// RFC 1628: whether it comes back by itself (1 yes, 2 no), when it starts, when it stops.
const AUTO_RESTART: &str = "m.33.1.8.5.0";
const START_AFTER: &str = "m.33.1.8.3.0";
const STOP_AFTER: &str = "m.33.1.8.2.0";

/// How long things wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Delays {
    pub(crate) on: u32,
    pub(crate) off: u32,
}

impl Default for Delays {
    fn default() -> Self {
        Self {
            on: ON_DELAY,
            off: OFF_DELAY,
        }
    }
}

/// One object and what it is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) oid: Oid,
    pub(crate) value: Value,
    /// Whether without it the rest is of no use.
    pub(crate) is_needed: bool,
}

/// A command that has no object of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Composite {
    Off,
    On,
    Return,
    StayOff,
}

impl Composite {
    const ALL: [(&'static str, Self); 4] = [
        ("load.off", Self::Off),
        ("load.on", Self::On),
        ("shutdown.return", Self::Return),
        ("shutdown.stayoff", Self::StayOff),
    ];
}

/// The commands that a device offers, by name.
pub(crate) fn offered(explored: &Explored) -> Vec<String> {
    let mut names: Vec<String> = explored.commands.keys().cloned().collect();
    let more = Composite::ALL.iter().filter(|(name, kind)| {
        !explored.commands.contains_key(*name) && is_possible(explored, *kind)
    });
    names.extend(more.map(|(name, _)| (*name).to_owned()));
    names
}

/// Whether the objects for it are there.
fn is_possible(explored: &Explored, kind: Composite) -> bool {
    let oid = |name: &str| explored.commands.get(name)?.oid.as_ref();
    let (off, on) = (oid("load.off.delay"), oid("load.on.delay"));
    match kind {
        Composite::Off => off.is_some(),
        Composite::On => on.is_some(),
        // one object for both: the second order would undo the first
        Composite::Return | Composite::StayOff => off.is_some() && on.is_some() && off != on,
    }
}

/// Why a command is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Unknown,
    /// It needs a value.
    NoValue,
    /// What is given is no number, or not one that fits.
    NoNumber,
}

/// What is sent for a command. `old` are the values that objects had.
pub(crate) fn steps(
    explored: &Explored,
    old: &BTreeMap<Oid, Value>,
    delays: Delays,
    name: &str,
    given: Option<&str>,
) -> Result<Vec<Step>, Refused> {
    if let Some(place) = explored.commands.get(name) {
        let (Some(oid), Some(order)) = (&place.oid, place.row.order()) else {
            return Err(Refused::Unknown);
        };
        let value = value(order, old.get(oid), delays, given)?;
        return Ok(vec![needed(oid, value)]);
    }
    let composite = Composite::ALL.iter().find(|(known, _)| *known == name);
    let kind = composite.map(|(_, kind)| *kind).ok_or(Refused::Unknown)?;
    if !is_possible(explored, kind) {
        return Err(Refused::Unknown);
    }
    let of = |name: &str| {
        explored
            .commands
            .get(name)
            .and_then(|place| place.oid.clone())
    };
    let set = |name: &str, seconds: i64, is_needed: bool| {
        let oid = of(name)?;
        let value = encode::of_number(seconds, old.get(&oid), false)?;
        Some(Step {
            oid,
            value,
            is_needed,
        })
    };
    let restart = |number: i64| {
        let oid = plain(AUTO_RESTART)?;
        // only where the device was seen to have it
        let value = encode::of_number(
            number,
            Some(old.get(&oid).filter(|old| !old.is_missing())?),
            false,
        )?;
        Some(Step {
            oid,
            value,
            is_needed: false,
        })
    };
    let off = match given {
        // below 0 a device forgets what it counts, and would start all the same
        Some(text) => i64::from(text.trim().parse::<u32>().map_err(|_| Refused::NoNumber)?),
        None => i64::from(delays.off),
    };
    let on = off.saturating_add(i64::from(delays.on));
    let steps: Vec<Option<Step>> = match kind {
        Composite::Off => vec![set("load.off.delay", 0, true)],
        Composite::On => vec![set("load.on.delay", 0, true)],
        Composite::Return => vec![
            restart(1),
            set("load.on.delay", on, false),
            set("load.off.delay", off, true),
        ],
        Composite::StayOff => vec![restart(2), set("load.off.delay", off, true)],
    };
    Ok(steps.into_iter().flatten().collect())
}

fn needed(oid: &Oid, value: Value) -> Step {
    Step {
        oid: oid.clone(),
        value,
        is_needed: true,
    }
}

fn value(
    order: Order,
    old: Option<&Value>,
    delays: Delays,
    given: Option<&str>,
) -> Result<Value, Refused> {
    // a device that has made a number of the names
    let is_number = matches!(old, Some(Value::Integer(_)));
    let number = match (given, order) {
        (None, Order::Object(name)) => {
            let object = plain(name).ok_or(Refused::Unknown)?;
            if !is_number {
                return Ok(Value::Oid(object));
            }
            object.arcs().last().copied().map_or(0, i64::from)
        }
        (Some(text), Order::Object(_)) if !is_number => {
            return text
                .trim()
                .parse()
                .map(Value::Oid)
                .map_err(|_| Refused::NoNumber);
        }
        (Some(text), _) => text.trim().parse().map_err(|_| Refused::NoNumber)?,
        (None, Order::Asked) => return Err(Refused::NoValue),
        (None, Order::Number(number)) => i64::from(number),
        (None, Order::OffDelay) => i64::from(delays.off),
        (None, Order::OnDelay) => i64::from(delays.on),
    };
    encode::of_number(number, old, false).ok_or(Refused::NoNumber)
}

/// Takes the steps. What is needed and refused ends it.
///
/// # Errors
/// The device refused what is needed, or did not answer.
pub(crate) fn take(agent: &mut dyn Agent, steps: &[Step]) -> Result<(), snmp::Error> {
    for step in steps {
        match agent.set(&step.oid, &step.value) {
            Ok(()) => {}
            Err(error) if step.is_needed => return Err(error),
            Err(error) => info!("going on without this: {error}"),
        }
    }
    Ok(())
}

/// What is tried for a shutdown, in this order.
pub(crate) const SHUTDOWNS: [&str; 4] = [
    "shutdown.return",
    "shutdown.reboot",
    "load.off.delay",
    "shutdown.stayoff",
];

/// The standard's way for a device whose mapping has none: it comes back when the mains are there, and stops after the delay. Nothing for a device
/// that does not have it.
fn standard_shutdown(agent: &mut dyn Agent, delays: Delays) -> Result<Vec<Step>, snmp::Error> {
    let start = delays.off.saturating_add(delays.on);
    let wanted = [
        (AUTO_RESTART, 1),
        (START_AFTER, start),
        (STOP_AFTER, delays.off),
    ];
    let oids: Vec<Oid> = wanted.iter().filter_map(|(name, _)| plain(name)).collect();
    let old = agent.get(&oids)?;
    if old.last().is_none_or(Value::is_missing) {
        return Ok(Vec::new());
    }
    let steps = oids.into_iter().zip(old).zip(wanted);
    let step = |((oid, old), (name, number)): ((Oid, Value), (&str, u32))| {
        Some(Step {
            value: encode::of_number(i64::from(number), Some(&old), false)?,
            oid,
            is_needed: name == STOP_AFTER,
        })
    };
    Ok(steps.filter_map(step).collect())
}

/// Cuts the power in one of the ways that the device has; whether it obeyed.
///
/// # Errors
/// The device did not answer.
pub(crate) fn shut_down(
    agent: &mut dyn Agent,
    explored: &Explored,
    old: &BTreeMap<Oid, Value>,
    delays: Delays,
) -> Result<bool, snmp::Error> {
    for name in SHUTDOWNS {
        if let Ok(steps) = steps(explored, old, delays, name, None)
            && obeys(agent, name, &steps)?
        {
            return Ok(true);
        }
    }
    let steps = standard_shutdown(agent, delays)?;
    if !steps.is_empty() {
        return obeys(agent, "the standard's control (RFC 1628)", &steps);
    }
    warn!("this device has no command that cuts the power");
    Ok(false)
}

/// Whether the device did as told.
fn obeys(agent: &mut dyn Agent, name: &str, steps: &[Step]) -> Result<bool, snmp::Error> {
    match take(agent, steps) {
        Ok(()) => {
            info!("the device will: {name}");
            Ok(true)
        }
        Err(error @ snmp::Error::Refused { .. }) => {
            warn!("{name}: {error}");
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
