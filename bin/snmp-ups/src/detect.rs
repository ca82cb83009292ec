//! Which mapping a device has.
//!
//! First the mappings that are for what the device calls itself, then all, in their order; one that fits is one whose model the device can tell. The models
//! of all mappings are asked for together, so this takes a few requests.

use snmp::{Agent, Oid, Value};
use tracing::{info, warn};

use crate::decode::{Seen, text};
use crate::facts::Facts;
use crate::mibs::{MIBS, Mib};
use crate::object::{object, plain};

/// What a device calls itself.
const SYS_OBJECT_ID: &str = "m.1.2.0";
/// Who serves RFC 1628 and nothing better has this mapping; the one before it has the same table for another name.
const STANDARD: &str = "ietf";
const SAME_TABLE: &str = "tripplite";

/// Why there is no mapping.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unknown {
    #[error(transparent)]
    Agent(#[from] snmp::Error),
    #[error("mibs: there is no mapping {0:?}; -x mibs=--list lists them")]
    NoSuchMib(String),
    #[error(
        "{0} MIB wasn't found: the device does not tell its model there; leave mibs out, and the mapping is found out"
    )]
    OtherDevice(String),
    #[error(
        "no supported device detected: the agent answers, calls its device {0}, and has none of the objects of any mapping; check that its view shows \
         them to this community or user"
    )]
    NoDevice(String),
}

/// The mapping of a device.
///
/// # Errors
/// The device does not answer, or has none.
pub(crate) fn detect(
    agent: &mut dyn Agent,
    wanted: Option<&str>,
    facts: &mut Facts,
) -> Result<&'static Mib, Unknown> {
    let candidates: Vec<&'static Mib> = MIBS
        .iter()
        .filter(|mib| wanted.is_none_or(|name| mib.name == name))
        .collect();
    if let (Some(name), true) = (wanted, candidates.is_empty()) {
        return Err(Unknown::NoSuchMib(name.to_owned()));
    }
    let decision = facts.settle(agent, |facts| choose(&candidates, wanted.is_some(), facts))?;
    let name = decision
        .own
        .as_ref()
        .map_or_else(|| "nothing".to_owned(), Oid::to_string);
    let Some(found) = decision.mib else {
        return Err(match wanted {
            Some(mib) => Unknown::OtherDevice(mib.to_owned()),
            None => Unknown::NoDevice(name),
        });
    };
    info!(
        "Detected {} (mib: {} {})",
        decision.model, found.name, found.version
    );
    if !decision.is_exact && wanted.is_none() {
        warn!(
            "no mapping is for sysObjectID {name}; {} was found by its objects. Please report it with what upsc says of the device",
            found.name
        );
    }
    Ok(found)
}

#[derive(Debug, Default)]
struct Decision {
    own: Option<Oid>,
    mib: Option<&'static Mib>,
    model: String,
    is_exact: bool,
}

fn choose(candidates: &[&'static Mib], is_wanted: bool, facts: &mut Facts) -> Decision {
    let own = own_name(facts);
    // all at once
    let models: Vec<Option<String>> = candidates
        .iter()
        .map(|mib| model(mib, facts).known())
        .collect();
    let fitting = || {
        candidates
            .iter()
            .copied()
            .zip(&models)
            .filter_map(|(mib, model)| Some((mib, model.as_ref()?)))
    };
    let is_own = |mib: &Mib| own.is_some() && plain(mib.sysoid) == own;
    let exact = fitting().find(|(mib, _)| !is_wanted && is_own(mib));
    let best = exact.or_else(|| fitting().next());
    Decision {
        is_exact: exact.is_some(),
        model: best.map(|(_, model)| model.clone()).unwrap_or_default(),
        mib: best.map(|(mib, _)| {
            if exact.is_none() && !is_wanted {
                standard(mib)
            } else {
                mib
            }
        }),
        own,
    }
}

/// A device that was found by RFC 1628's objects is not one of the vendor whose mapping has the same table.
fn standard(mib: &'static Mib) -> &'static Mib {
    if mib.name != SAME_TABLE {
        return mib;
    }
    MIBS.iter().find(|mib| mib.name == STANDARD).unwrap_or(mib)
}

/// Some devices tell it as a text.
fn own_name(facts: &mut Facts) -> Option<Oid> {
    match facts.get(&plain(SYS_OBJECT_ID)?)? {
        Value::Oid(oid) => Some(oid),
        Value::Text(bytes) => std::str::from_utf8(&bytes).ok()?.trim().parse().ok(),
        _ => None,
    }
}

/// What a device of this mapping says that it is.
pub(crate) fn model(mib: &Mib, facts: &mut Facts) -> Seen<String> {
    let oid = mib.model().and_then(|row| object(row.oid, 0, None));
    oid.map_or(Seen::None, |oid| {
        text(facts, &oid, &|number| Some(number.to_string()))
    })
}

/// All mappings, as `mibs = --list` prints them.
pub(crate) fn listing() -> String {
    let mut text = String::from(
        "NUMBER  MAPPING NAME         VERSION  SYSOBJECTID                        MODEL\n",
    );
    for (index, mib) in MIBS.iter().enumerate() {
        let written =
            |text: &str| object(text, 0, None).map_or_else(String::new, |oid| format!(".{oid}"));
        let model = mib.model().map_or_else(String::new, |row| written(row.oid));
        text.push_str(&format!(
            "{:6}  {:19}  {:7}  {:33}  {model}\n",
            index + 1,
            mib.name,
            mib.version,
            written(mib.sysoid),
        ));
    }
    text
}
