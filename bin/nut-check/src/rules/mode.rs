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
    instead(facts, what, wanted(facts))
}

fn instead(facts: &Facts, what: String, mode: &str) -> Vec<Spot> {
    let file = &facts.nut;
    let place = file.value.place("MODE");
    vec![Spot {
        at: At::File(file.path.clone(), place),
        what,
        fix: Fix::line(&file.path, place, format!("MODE={mode}")),
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
    match facts.nut.value.get("MODE") {
        Some("none") => spot(
            facts,
            "MODE=none: NUT is switched off on this host".to_owned(),
        ),
        _ => Vec::new(),
    }
}

pub(super) fn unknown(facts: &Facts) -> Vec<Spot> {
    let Some(mode) = facts.nut.value.get("MODE").filter(|mode| !mode.is_empty()) else {
        return Vec::new();
    };
    // scripts compare letter by letter
    let lower = mode.to_ascii_lowercase();
    match MODES.iter().find(|known| **known == lower) {
        Some(known) if *known == mode => Vec::new(),
        Some(known) => instead(
            facts,
            format!("MODE={mode}: modes are in small letters"),
            known,
        ),
        None => spot(facts, format!("MODE={mode}: there is no such mode")),
    }
}

fn watches_itself(facts: &Facts) -> bool {
    facts.watched.iter().any(|watched| watched.is_local)
}

/// Whether there is something to watch, and none of it is here.
fn watches_others(facts: &Facts) -> bool {
    !watches_itself(facts) && (facts.ups.is_there || !facts.watched.is_empty())
}

pub(super) fn unfit(facts: &Facts) -> Vec<Spot> {
    let mode = facts.mode();
    match mode.as_deref() {
        Some("netclient") if facts.has_sections() && watches_itself(facts) => spot(
            facts,
            "MODE=netclient: upsmon watches a UPS of this host, but neither its driver nor upsd is started"
                .to_owned(),
        ),
        Some(mode @ ("standalone" | "netserver"))
            if (facts.ups.is_read || !facts.ups.is_there)
                && !facts.has_sections()
                && watches_others(facts) =>
        {
            let text = format!("MODE={mode}: upsd is started, but there is no UPS in ups.conf");
            spot(facts, text)
        }
        _ => Vec::new(),
    }
}
