//! What must hold of every table, whatever it is compared with.

use std::collections::{BTreeMap, BTreeSet};

use model::catalog;

use crate::mibs::MIBS;
use crate::object::{is_per_device, is_per_item, object, plain};
use crate::row::{Order, Read, Row};

/// Names that NUT's list of names does not have; clients know them from C NUT's driver.
#[rustfmt::skip]
const UNLISTED: &[&str] = &[
    "ambient.1.humidity.alarm.high", "ambient.1.humidity.alarm.low", "ambient.1.temperature.alarm.high",
    "ambient.1.temperature.alarm.low", "ambient.n.contacts.1.config", "ambient.n.contacts.1.name",
    "ambient.n.contacts.1.status", "ambient.n.contacts.2.config", "ambient.n.contacts.2.name",
    "ambient.n.contacts.2.status", "ambient.n.serial", "ambient.n.temperature.unit", "battery.runtime.elapsed",
    "device.firmware", "device.name", "device.revision", "device.version", "experimental.ups.type",
    "input.1.frequency", "input.1.frequency.status", "input.1.id", "input.1.voltage", "input.1.voltage.status",
    "input.2.frequency", "input.2.frequency.status", "input.2.id", "input.2.voltage", "input.2.voltage.status",
    "input.L1.current.nominal", "input.L1.frequency", "input.L1.voltage", "input.L1.voltage.high.critical",
    "input.L1.voltage.high.warning", "input.L1.voltage.low.critical", "input.L1.voltage.low.warning",
    "input.L1.voltage.status", "input.L2.current.nominal", "input.L2.frequency", "input.L2.voltage",
    "input.L2.voltage.high.critical", "input.L2.voltage.high.warning", "input.L2.voltage.low.critical",
    "input.L2.voltage.low.warning", "input.L2.voltage.status", "input.L3.current.nominal", "input.L3.frequency",
    "input.L3.voltage", "input.L3.voltage.high.critical", "input.L3.voltage.high.warning",
    "input.L3.voltage.low.critical", "input.L3.voltage.low.warning", "input.L3.voltage.status", "input.bypass.phases",
    "input.count", "outlet.frequency", "outlet.group.n.current.nominal", "outlet.group.n.desc", "outlet.group.n.load",
    "outlet.group.n.power", "outlet.group.n.powerfactor", "outlet.group.n.realpower", "outlet.n.current.nominal",
    "outlet.n.delay.reboot", "outlet.n.load", "output.L1.frequency", "output.L2.frequency", "output.L3.frequency",
    "output.power.apparent", "output.power.nominal", "output.realpower.nominal", "output.voltage.high",
    "output.voltage.low", "ups.L1.load", "ups.L1.realpower", "ups.L2.load", "ups.L2.realpower", "ups.L3.load",
    "ups.L3.realpower", "ups.macaddr", "ups.temperature.high", "ups.temperature.low",
];

fn rows() -> impl Iterator<Item = (&'static str, &'static Row)> {
    MIBS.iter()
        .flat_map(|mib| mib.rows().map(|row| (mib.name, row)))
}

#[test]
fn every_object_has_a_name_that_can_be_asked_for() {
    for (mib, row) in rows() {
        let is_item = row.kind().is_some();
        if row.oid.is_empty() {
            assert!(
                row.is_local(),
                "{mib}: {} has neither an object nor a value",
                row.name
            );
            continue;
        }
        assert!(
            object(row.oid, 1, is_item.then_some(1)).is_some(),
            "{mib}: {} {}",
            row.name,
            row.oid
        );
        assert!(is_item || !is_per_item(row.oid), "{mib}: {}", row.name);
        let is_chain = || {
            MIBS.iter()
                .any(|known| known.name == mib && known.row("device.count").is_some())
        };
        assert!(!is_per_device(row.oid) || is_chain(), "{mib}: {}", row.name);
        if let Read::Alarms(list) = row.read {
            assert!(plain(list.column).is_some());
            assert!(
                list.known.iter().all(|(name, ..)| plain(name).is_some()),
                "{mib}"
            );
        }
        if let Some(Order::Object(name)) = row.order() {
            assert!(plain(name).is_some(), "{mib}: {name}");
        }
    }
    assert!(MIBS.iter().all(|mib| plain(mib.sysoid).is_some()));
}

#[test]
fn every_number_has_one_text() {
    for (mib, row) in rows() {
        let mut seen = BTreeSet::new();
        for (number, text) in row.texts() {
            assert!(
                seen.insert(number),
                "{mib}: {}: {number} {text} is never told",
                row.name
            );
        }
        if row.is_status() {
            let words = row.texts().iter().flat_map(|(_, text)| text.split(' '));
            let known = [
                "", "OL", "OB", "LB", "HB", "RB", "CHRG", "DISCHRG", "BYPASS", "CAL", "OFF",
                "OVER", "TRIM", "BOOST", "ECO", "TEST",
            ];
            words.for_each(|word| assert!(known.contains(&word), "{mib}: {word}"));
            assert!(!row.texts().is_empty(), "{mib}: {}", row.oid);
        }
    }
}

/// Numbers that the makers' MIBs and RFC 1628 have for what is told as a status, up to the last.
#[rustfmt::skip]
const STATES: &[(&str, i32)] = &[
    ("m.33.1.2.1.0",     4),
    ("m.33.1.4.1.0",     7),
    ("e.534.1.2.5.0",    6),
    ("e.232.165.3.2.5.0", 5),
];

#[test]
fn a_state_that_a_device_can_have_is_not_told_as_one_that_nobody_knows() {
    let known = |oid: &str| STATES.iter().find(|(name, _)| *name == oid);
    let mut checked = BTreeSet::new();
    for (mib, row) in rows().filter(|(_, row)| row.is_status()) {
        let Some((oid, last)) = known(row.oid) else {
            continue;
        };
        checked.insert(*oid);
        for number in 1..=*last {
            assert!(
                row.text_of(number.into()).is_some(),
                "{mib}: {oid}: {number}"
            );
        }
    }
    assert_eq!(checked.len(), STATES.len());
}

#[test]
fn the_value_of_a_phase_is_that_of_one_object() {
    for mib in MIBS {
        let mut objects: BTreeMap<&str, &str> = BTreeMap::new();
        let of_phase = |row: &&Row| {
            let mut words = row.name.split('.');
            words.any(|word| matches!(word, "L1" | "L2" | "L3"))
        };
        let rows = mib.rows().filter(of_phase);
        for row in rows.filter(|row| !row.is_unique() && !row.is_alarm()) {
            let before = objects.insert(row.name, row.oid);
            assert_eq!(before, None, "{}: {} {}", mib.name, row.name, row.oid);
        }
    }
}

#[test]
fn every_mapping_can_be_told_by_a_model() {
    for mib in MIBS {
        let row = mib.model().unwrap_or_else(|| panic!("{}", mib.name));
        assert!(object(row.oid, 0, None).is_some(), "{}", mib.name);
    }
}

#[test]
fn every_name_is_known() {
    let mut unknown = BTreeSet::new();
    for (_, row) in rows() {
        let is_known = match row.order() {
            Some(_) => catalog::command(row.name).is_some(),
            None if row.is_alarm() => true,
            None => catalog::variable(row.name).is_some(),
        };
        if !is_known && !UNLISTED.contains(&row.name) {
            unknown.insert(row.name);
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
    for name in UNLISTED {
        assert!(
            rows().any(|(_, row)| row.name == *name),
            "{name} is in no table"
        );
    }
}

#[test]
fn an_object_that_tells_the_status_alone_tells_that_the_device_is_on_line() {
    for mib in MIBS {
        let mut rows = mib.rows().filter(|row| row.is_status());
        let (Some(row), None) = (rows.next(), rows.next()) else {
            continue;
        };
        for (number, text) in row.texts() {
            let has = |word: &str| text.split(' ').any(|known| known == word);
            let on_line = has("TRIM") || has("BOOST");
            assert!(!on_line || has("OL"), "{}: {number} {text}", mib.name);
        }
    }
}
