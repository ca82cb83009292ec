//! Devices in a chain: how many there are, and their numbers.

use snmp::Oid;

use crate::decode::{Seen, number, text};
use crate::facts::Facts;
use crate::mibs::Mib;
use crate::object::{is_per_device, object};
use crate::probe::{first_index, guessed};
use crate::row::{Read, Row};

/// Longest chain that is believed.
const DEVICES_MAX: u32 = 100;

/// What hangs behind one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    /// How many devices.
    pub(crate) count: u32,
    /// Whether devices of this kind can hang on one another.
    pub(crate) is_chain: bool,
    /// The number of the first one in the device's objects.
    base: u32,
}

impl Chain {
    /// The chain of a device. Nothing while that is open.
    pub(crate) fn of(mib: &Mib, facts: &mut Facts) -> Option<Self> {
        let base = base(mib, facts);
        let count = match mib.row("device.count") {
            None => Some(0),
            Some(row) => count(row, facts),
        };
        let (base, count) = (base?, count?);
        Some(Self {
            count: count.clamp(1, DEVICES_MAX),
            is_chain: count > 0,
            base,
        })
    }

    /// Whether names say which device they are of.
    pub(crate) fn is_several(&self) -> bool {
        self.count > 1
    }

    /// The number of a device in the device's objects.
    pub(crate) fn index(&self, device: u32) -> u32 {
        self.base.saturating_add(device).saturating_sub(1)
    }

    /// The name of a variable of one device.
    pub(crate) fn name(&self, device: u32, name: &str) -> String {
        if !self.is_several() {
            return name.to_owned();
        }
        let rest = name.strip_prefix("device.").unwrap_or(name);
        format!("device.{device}.{rest}")
    }
}

/// How many devices there are; 1 when the device does not say it.
fn count(row: &'static Row, facts: &mut Facts) -> Option<u32> {
    if is_per_device(row.oid) {
        return guessed(facts, row, |index| object(row.oid, index, None)).map(|(_, count)| count);
    }
    let Some(oid) = object(row.oid, 0, None) else {
        return Some(1);
    };
    let seen = match row.read {
        Read::Listed => listed(facts, &oid),
        _ => number(facts, &oid),
    };
    match seen {
        Seen::This(count) => Some(u32::try_from(count).unwrap_or(0)),
        Seen::None => Some(1),
        Seen::Open => None,
    }
}

/// The items of a list with commas between.
fn listed(facts: &mut Facts, oid: &Oid) -> Seen<i64> {
    let items = |list: String| list.split(',').filter(|item| !item.is_empty()).count();
    let seen = text(facts, oid, &|number| Some(number.to_string())).map(items);
    seen.and_then(|count| i64::try_from(count).ok())
}

/// The number of the first device.
fn base(mib: &Mib, facts: &mut Facts) -> Option<u32> {
    let row = mib.row("device.model").filter(|row| is_per_device(row.oid));
    let Some(row) = row else {
        return Some(0);
    };
    let found = first_index(facts, row, |index| object(row.oid, index, None))?;
    Some(found.unwrap_or(0))
}
