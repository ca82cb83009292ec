//! Vendor and product ids, and what is particular about some of them.

use super::facts;
use crate::matches::{MATCHES, Quirk};
use testkit::CsvLine;

/// The reference's function for a device, and ours of the same effect.
const HANDLERS: &[(&str, Option<Quirk>)] = &[
    ("", None),
    ("battery_scale_1dot0", None),
    ("battery_scale_0dot1", Some(Quirk::Tenths)),
    ("cps_battery_scale", Some(Quirk::GuessScales)),
    ("disable_interrupt_pipe", Some(Quirk::PollOnly)),
    ("general_apc_check", Some(Quirk::ShortReports)),
    ("get_voltage_multiplier", Some(Quirk::Multipliers)),
    ("smart1500lcdt_scale", Some(Quirk::Smart1500lcdt)),
];

#[test]
fn every_id_of_the_reference_is_known_with_what_is_particular_about_it() {
    let Some(dir) = facts("every_id_of_the_reference_is_known_with_what_is_particular_about_it")
    else {
        return;
    };
    let theirs: Vec<_> = CsvLine::read(&dir, "_usb_ids.csv")
        .iter()
        .map(|line| {
            let handler = line.get("handler");
            let known = HANDLERS.iter().find(|(name, _)| *name == handler);
            let (_, quirk) = known.unwrap_or_else(|| panic!("no quirk for {handler}"));
            (
                line.get("subdriver").to_owned(),
                line.number("vid"),
                line.number("pid"),
                *quirk,
            )
        })
        .collect();
    let ours: Vec<_> = MATCHES
        .iter()
        .map(|row| {
            (
                row.subdriver.to_owned(),
                row.vid.into(),
                row.pid.into(),
                row.quirk,
            )
        })
        .collect();
    let missing: Vec<_> = theirs.iter().filter(|row| !ours.contains(row)).collect();
    let more: Vec<_> = ours.iter().filter(|row| !theirs.contains(row)).collect();
    println!("ids {}/{}", theirs.len() - missing.len(), theirs.len());
    assert!(
        missing.is_empty() && more.is_empty(),
        "missing: {missing:x?}\nmore: {more:x?}"
    );
}
