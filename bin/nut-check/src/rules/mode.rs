//! MODE in nut.conf: which services run on this host.

use config::nut::MODES;

use crate::facts::Facts;
use crate::finding::{At, Fix, Spot};

use super::listening::is_loopback;

/// The MODE that the other files are for.
fn wanted(facts: &Facts) -> &'static str {
    if !facts.has_sections() {
        "netclient"
    } else if facts.upsd.value.listeners().iter().all(is_loopback) {
        "standalone"
    } else {
        "netserver"
    }
}

fn spot(facts: &Facts, what: String) -> Vec<Spot> {
    let file = &facts.nut;
    let place = file.value.place("MODE");
    vec![Spot {
        at: At::File(file.path.clone(), place),
        what,
        fix: Fix::line(&file.path, place, format!("MODE={}", wanted(facts))),
    }]
}

pub(super) fn missing(facts: &Facts) -> Vec<Spot> {
    let file = &facts.nut;
    let is_broken = !file.value.odd.is_empty() || !file.problems.is_empty();
    match facts.mode().as_deref() {
        None | Some("") if !is_broken && (file.is_read || !file.is_there) => {
            spot(facts, "MODE is not set".to_owned())
        }
        _ => Vec::new(),
    }
}

pub(super) fn none(facts: &Facts) -> Vec<Spot> {
    match facts.mode().as_deref() {
        Some("none") => spot(
            facts,
            "MODE=none: NUT is switched off on this host".to_owned(),
        ),
        _ => Vec::new(),
    }
}

pub(super) fn unknown(facts: &Facts) -> Vec<Spot> {
    match facts.mode() {
        Some(mode) if !mode.is_empty() && !MODES.contains(&mode.as_str()) => {
            spot(facts, format!("MODE={mode}: there is no such mode"))
        }
        _ => Vec::new(),
    }
}

pub(super) fn unfit(facts: &Facts) -> Vec<Spot> {
    let watches_itself = facts.watched.iter().any(|watched| watched.is_local);
    let mode = facts.mode();
    match mode.as_deref() {
        Some("netclient") if facts.has_sections() && watches_itself => spot(
            facts,
            "MODE=netclient: upsmon watches a UPS of this host, but neither its driver nor upsd is started"
                .to_owned(),
        ),
        Some(mode @ ("standalone" | "netserver"))
            if facts.ups.is_read && !facts.has_sections() && !watches_itself =>
        {
            let text = format!("MODE={mode}: upsd is started, but there is no UPS in ups.conf");
            spot(facts, text)
        }
        _ => Vec::new(),
    }
}
