//! Names of usages.

use std::collections::BTreeSet;

use super::facts;
use crate::subdrivers::SUBDRIVERS;
use hid::usage::{Names, standard};
use testkit::CsvLine;

#[test]
fn every_usage_of_the_reference_has_its_number() {
    let Some(dir) = facts("every_usage_of_the_reference_has_its_number") else {
        return;
    };
    let lines = CsvLine::read(&dir, "_usages.csv");
    let mut wrong = Vec::new();
    let tables: BTreeSet<&str> = lines.iter().map(|line| line.get("where")).collect();
    for table in tables {
        let (names, ours) = match table {
            "standard" => (
                Names::STANDARD,
                standard::POWER_DEVICE.len() + standard::BATTERY_SYSTEM.len(),
            ),
            id => {
                let subdriver = SUBDRIVERS.iter().find(|subdriver| subdriver.id == id);
                let subdriver = subdriver.unwrap_or_else(|| panic!("no subdriver {id}"));
                (subdriver.names(), subdriver.usages.len())
            }
        };
        let lines: Vec<_> = lines
            .iter()
            .filter(|line| line.get("where") == table)
            .collect();
        let mut right = 0;
        for line in &lines {
            // the first of a name counts
            let first = lines
                .iter()
                .find(|other| other.get("usage").eq_ignore_ascii_case(line.get("usage")));
            let expected = first.map(|first| first.number("code"));
            let code = names.code(line.get("usage"));
            if code.map(i64::from) == expected {
                right += 1;
            } else {
                wrong.push(format!(
                    "{table}: {}: {code:x?}, not {expected:x?}",
                    line.get("usage")
                ));
            }
        }
        println!(
            "usages of {table} {right}/{} (ours has {ours})",
            lines.len()
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
