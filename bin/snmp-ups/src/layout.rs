//! Which variables and commands a device has, and the object of each.

use std::collections::BTreeMap;

use snmp::Oid;

use crate::chain::Chain;
use crate::decode::{Seen, number};
use crate::facts::Facts;
use crate::mibs::Mib;
use crate::object::{is_per_device, is_per_item, object};
use crate::options::Quirks;
use crate::probe::{COUNT_MAX, first_index, guessed};
use crate::reading;
use crate::row::{Kind, Row, Side};

/// More outlets than any chain has, on all of its devices together.
const CHAINED_MAX: u32 = 4 * COUNT_MAX;

/// A row as one device, outlet, group or sensor has it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) row: &'static Row,
    /// What clients call it.
    pub(crate) name: String,
    /// The object; nothing when the driver knows the value.
    pub(crate) oid: Option<Oid>,
    /// Which device of a chain it belongs to, from 1.
    pub(crate) device: u32,
    /// Which outlet, group or sensor.
    pub(crate) item: Option<u32>,
}

impl Place {
    /// The value that the driver knows.
    pub(crate) fn default(&self) -> String {
        let default = self.row.default();
        let Some(item) = self.item else {
            return default.to_owned();
        };
        let words = default.split(' ').map(|word| match word {
            "n" => item.to_string(),
            word => word.to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// All that a device may have.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) chain: Chain,
    pub(crate) places: Vec<Place>,
    /// Variables that no row is about: counts that were found out.
    pub(crate) told: Vec<(String, String)>,
}

impl Layout {
    /// The layout of a device, as far as it is known. Nothing while even the number of devices is open.
    pub(crate) fn of(mib: &Mib, quirks: Quirks, facts: &mut Facts) -> Option<Self> {
        let chain = Chain::of(mib, facts)?;
        let mut plan = Plan {
            mib,
            quirks,
            chain,
            facts,
            bases: BTreeMap::new(),
            layout: Self {
                chain,
                places: Vec::new(),
                told: told_of(mib, chain),
            },
        };
        for device in 1..=chain.count {
            plan.device(device);
        }
        Some(plan.layout)
    }
}

/// What is told of a chain as a whole.
fn told_of(mib: &Mib, chain: Chain) -> Vec<(String, String)> {
    if !chain.is_chain {
        return Vec::new();
    }
    let mut told = vec![("device.count".to_owned(), chain.count.to_string())];
    let kind = mib.row("device.type").map_or("", |row| row.default());
    let blank = if kind.is_empty() { "" } else { " " };
    let others = chain.count.saturating_sub(1);
    told.push((
        "device.model".to_owned(),
        format!("daisychain{blank}{kind} (1+{others})"),
    ));
    if !kind.is_empty() {
        told.push(("device.type".to_owned(), kind.to_owned()));
    }
    told
}

struct Plan<'a> {
    mib: &'a Mib,
    quirks: Quirks,
    chain: Chain,
    facts: &'a mut Facts,
    /// The first number of each kind, which is the same for all devices.
    bases: BTreeMap<Kind, u32>,
    layout: Layout,
}

impl Plan<'_> {
    fn device(&mut self, device: u32) {
        let items: BTreeMap<Kind, (u32, u32)> = Kind::ALL
            .into_iter()
            .filter(|kind| self.mib.rows().any(|row| row.kind() == Some(*kind)))
            .filter_map(|kind| Some((kind, self.items(kind, device)?)))
            .collect();
        let sides = [Side::Input, Side::Output, Side::Bypass].map(|side| self.phases(side, device));
        for row in self.mib.rows() {
            if row.name == "device.count" || (self.quirks.no_transfer && is_transfer(row)) {
                continue;
            }
            let fits = row.phases.is_none_or(|(side, phases)| match side {
                // who has bypass objects is believed
                Side::Bypass => true,
                Side::Input => sides[0] == Some(u32::from(phases)),
                Side::Output => sides[1] == Some(u32::from(phases)),
            });
            if !fits {
                continue;
            }
            match row.kind() {
                Some(kind) => self.several(row, device, items.get(&kind).copied()),
                None => self.single(row, device),
            }
        }
    }

    /// The places of a row that there is one of on each device.
    fn single(&mut self, row: &'static Row, device: u32) {
        let several = self.chain.is_several();
        let is_read =
            !row.oid.is_empty() && (!row.is_local() || (several && is_per_device(row.oid)));
        // what the chain has as a whole is told of its first device
        if is_read && several && !is_per_device(row.oid) && device != 1 {
            return;
        }
        let oid = match is_read {
            true => match object(row.oid, self.chain.index(device), None) {
                Some(oid) => Some(oid),
                None => return,
            },
            false => None,
        };
        self.put(row, row.name, oid, device, None);
    }

    /// The places of a row that there is one of for each outlet and so on.
    fn several(&mut self, row: &'static Row, device: u32, items: Option<(u32, u32)>) {
        if row.is_first_device() && self.chain.is_chain && device != 1 {
            return;
        }
        let Some((base, count)) = items else { return };
        for item in base..base.saturating_add(count) {
            let oid = object(row.oid, self.chain.index(device), Some(item));
            if oid.is_none() && !row.oid.is_empty() {
                continue;
            }
            let name = row.name.replacen(".n.", &format!(".{item}."), 1);
            self.put(row, &name, oid, device, Some(item));
        }
    }

    fn put(
        &mut self,
        row: &'static Row,
        name: &str,
        oid: Option<Oid>,
        device: u32,
        item: Option<u32>,
    ) {
        let name = self.chain.name(device, name);
        self.layout.places.push(Place {
            row,
            name,
            oid,
            device,
            item,
        });
    }

    /// The first number of a kind on a device, and how many there are. Nothing while that is open.
    fn items(&mut self, kind: Kind, device: u32) -> Option<(u32, u32)> {
        let name = format!("{}.count", kind.prefix());
        // what the chain tells as a whole is its first device's
        let Some(counted) = self.told(&name, device) else {
            // asked for already, to save a round
            let _ = self.base(kind, device);
            return None;
        };
        let most = COUNT_MAX.min(CHAINED_MAX / self.chain.count.max(1));
        let (guess, count) = match counted.filter(|count| *count <= most) {
            // one that no device has is none: its objects are counted
            Some(count) => (None, count),
            None => self
                .guess(kind, device)?
                .map_or((None, 0), |(row, base, count)| {
                    (Some((row, base)), count.min(most))
                }),
        };
        if count == 0 {
            return Some((1, 0));
        }
        if counted.is_none() {
            let told = (self.chain.name(device, &name), count.to_string());
            self.layout.told.push(told);
        }
        if let Some(base) = self.bases.get(&kind) {
            return Some((*base, count));
        }
        let base = match guess {
            Some((_, base)) => base,
            None => self.base(kind, device)?,
        };
        self.bases.insert(kind, base);
        Some((base, count))
    }

    /// The number that a variable of a device is. Nothing while that is open, then nothing when there is none.
    fn told(&mut self, name: &str, device: u32) -> Option<Option<u32>> {
        let rows: Vec<&'static Row> = self.mib.rows().filter(|row| row.name == name).collect();
        let mut found = None;
        for row in rows {
            if self.chain.is_several() && !is_per_device(row.oid) && device != 1 {
                continue;
            }
            if let Some(value) = self.value(row, device)? {
                found = Some(leading(&value));
            }
        }
        Some(found)
    }

    /// The value of a row that there is one of on each device. Nothing while that is open, then nothing when there is none.
    fn value(&mut self, row: &'static Row, device: u32) -> Option<Option<String>> {
        if row.oid.is_empty() || row.is_local() {
            return Some(Some(row.default().to_owned()));
        }
        let Some(oid) = object(row.oid, self.chain.index(device), None) else {
            return Some(None);
        };
        match reading::value(row, &oid, self.quirks, self.facts) {
            Seen::This(value) => Some(Some(value)),
            Seen::None => Some(None),
            Seen::Open => None,
        }
    }

    /// Counts them with the first row whose objects are there. Rows that need two numbers cannot be used.
    fn guess(&mut self, kind: Kind, device: u32) -> Option<Option<(&'static Row, u32, u32)>> {
        let index = self.chain.index(device);
        for row in self.mib.rows().filter(|row| row.kind() == Some(kind)) {
            if row.oid.is_empty() || is_per_device(row.oid) || !is_per_item(row.oid) {
                continue;
            }
            let (base, count) =
                guessed(self.facts, row, |item| object(row.oid, index, Some(item)))?;
            if count > 0 {
                return Some(Some((row, base, count)));
            }
        }
        Some(None)
    }

    /// Whether they are counted from 0 or from 1, by the first row that tells.
    fn base(&mut self, kind: Kind, device: u32) -> Option<u32> {
        let index = self.chain.index(device);
        for row in self.mib.rows().filter(|row| row.kind() == Some(kind)) {
            if row.oid.is_empty() || !is_per_item(row.oid) {
                continue;
            }
            let found = first_index(self.facts, row, |item| object(row.oid, index, Some(item)))?;
            if let Some(base) = found {
                return Some(base);
            }
        }
        Some(1)
    }

    /// How many phases one side of a device has, where rows depend on it. It is told, too.
    fn phases(&mut self, side: Side, device: u32) -> Option<u32> {
        let depends = |row: &'static Row| row.phases.is_some_and(|(of, _)| of == side);
        if !self.mib.rows().any(depends) {
            return None;
        }
        let name = match side {
            Side::Input => "input.phases",
            Side::Output => "output.phases",
            Side::Bypass => "input.bypass.phases",
        };
        if let Some(count) = self.told(name, device)? {
            return Some(count);
        }
        let row = self.mib.row(name);
        let oid = row.and_then(|row| object(row.oid, self.chain.index(device), None));
        let count = match oid.map(|oid| number(self.facts, &oid)) {
            Some(Seen::This(count)) => count,
            Some(Seen::Open) => return None,
            Some(Seen::None) | None => 1,
        };
        self.layout.told.push((name.to_owned(), count.to_string()));
        u32::try_from(count).ok()
    }
}

fn is_transfer(row: &Row) -> bool {
    matches!(row.name, "input.transfer.low" | "input.transfer.high")
}

/// The number that a text begins with.
fn leading(text: &str) -> u32 {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..end)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}
