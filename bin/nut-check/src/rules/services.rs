//! Services: those that must run, those that fight, and the script that runs last.

use crate::facts::{Facts, Unit};
use crate::finding::{At, Fix, Spot};

/// What starts all others at boot.
const TARGET: &str = "nut.target";
const MONITOR: &str = "nut-monitor.service";
const SERVER: &str = "nut-server.service";
/// Services that take UPSes for themselves.
pub(crate) const RIVALS: [&str; 4] = [
    "apcupsd.service",
    "nut-driver.service",
    "pwrstatd.service",
    "upsmon-cyberpower.service",
];
/// Those that this program asks about.
pub(crate) const ASKED: [&str; 5] = [
    TARGET,
    "nut-driver.target",
    "nut-driver-enumerator.path",
    SERVER,
    MONITOR,
];

/// Whether the services of this host are those of MODE, and not what its administrator starts.
fn are_ours(facts: &Facts) -> bool {
    matches!(
        facts.mode().as_deref(),
        Some("standalone" | "netserver" | "netclient")
    )
}

/// What must run here, as far as it is installed.
fn needed(facts: &Facts) -> Vec<&Unit> {
    if !are_ours(facts) {
        return Vec::new();
    }
    let server = facts.serves().then_some(SERVER);
    let names = server.into_iter().chain([MONITOR]);
    let units = names.filter_map(|name| facts.unit(name));
    units
        .filter(|unit| unit.is_installed || unit.is_masked)
        .collect()
}

fn spot(unit: &str, what: &str, fix: String) -> Spot {
    Spot {
        at: At::Thing(unit.to_owned()),
        what: what.to_owned(),
        fix: Fix::Run(fix),
    }
}

pub(super) fn masked(facts: &Facts) -> Vec<Spot> {
    let target = facts.unit(TARGET).filter(|_| are_ours(facts));
    let units = needed(facts).into_iter().chain(target);
    let masked = units.filter(|unit| unit.is_masked);
    masked
        .map(|unit| {
            let name = &unit.name;
            let fix = format!("systemctl unmask {name} && systemctl enable --now {name}");
            spot(name, "it is masked", fix)
        })
        .collect()
}

/// What starts a service at boot: the target if there is one, else the service itself.
fn starter<'f>(facts: &'f Facts, unit: &'f Unit) -> &'f Unit {
    let target = facts.unit(TARGET);
    target.filter(|target| target.is_installed).unwrap_or(unit)
}

fn is_disabled(facts: &Facts, unit: &Unit) -> bool {
    let starter = starter(facts, unit);
    !starter.is_enabled && !starter.is_masked && !unit.is_masked
}

pub(super) fn disabled(facts: &Facts) -> Vec<Spot> {
    let disabled = needed(facts)
        .into_iter()
        .filter(|unit| is_disabled(facts, unit));
    let mut starters: Vec<&str> = disabled
        .map(|unit| starter(facts, unit).name.as_str())
        .collect();
    starters.dedup();
    let told = starters.into_iter().map(|name| {
        spot(
            name,
            "it is not enabled",
            format!("systemctl enable --now {name}"),
        )
    });
    told.collect()
}

fn is_down(facts: &Facts, unit: &Unit) -> bool {
    let stopped = unit
        .state
        .as_deref()
        .is_some_and(|state| !matches!(state, "active" | "activating" | "reloading"));
    stopped && !unit.is_masked && !is_disabled(facts, unit)
}

pub(super) fn down(facts: &Facts) -> Vec<Spot> {
    let down = needed(facts)
        .into_iter()
        .filter(|unit| is_down(facts, unit));
    down.map(|unit| {
        let state = unit.state.as_deref().unwrap_or_default();
        let fix = format!("systemctl start {0} || journalctl -u {0}", unit.name);
        spot(&unit.name, &format!("it is {state}"), fix)
    })
    .collect()
}

pub(super) fn upsmon(facts: &Facts) -> Vec<Spot> {
    let told = !(masked(facts).is_empty() && disabled(facts).is_empty() && down(facts).is_empty());
    let is_off = matches!(facts.mode().as_deref(), None | Some("none"));
    if facts.upsmon_runs != Some(false) || told || is_off || !facts.upsmon.is_there {
        return Vec::new();
    }
    let fix = match facts.units {
        Some(_) => format!("systemctl start {MONITOR}"),
        None => "upsmon".to_owned(),
    };
    vec![spot("upsmon", "it does not run", fix)]
}

pub(super) fn stray(facts: &Facts) -> Vec<Spot> {
    if !facts.ups.is_read && facts.ups.is_there {
        return Vec::new();
    }
    let units = facts.units.iter().flatten();
    let stray = units.filter_map(|unit| Some((unit, units::name::device(&unit.name)?)));
    let stray = stray
        .filter(|(_, ups)| facts.ups.value.section(ups).is_none() && !facts.has_broken_sections());
    stray
        .map(|(unit, ups)| {
            let fix = format!("systemctl disable --now {}", unit.name);
            spot(
                &unit.name,
                &format!("there is no [{ups}] in {}", facts.ups.name()),
                fix,
            )
        })
        .collect()
}

pub(super) fn rival(facts: &Facts) -> Vec<Spot> {
    let rivals = RIVALS.iter().filter_map(|name| facts.unit(name));
    let running = rivals.filter(|unit| unit.is_enabled || unit.state.as_deref() == Some("active"));
    let running = running.filter(|_| facts.serves());
    running
        .map(|unit| {
            let fix = format!("systemctl disable --now {}", unit.name);
            spot(
                &unit.name,
                "it takes UPSes for itself, as the drivers of ups.conf do",
                fix,
            )
        })
        .collect()
}

pub(super) fn hook(facts: &Facts) -> Vec<Spot> {
    if facts.has_hook != Some(false)
        || !facts.cuts_power()
        || facts.upsmon.value.powerdownflag.is_none()
    {
        return Vec::new();
    }
    vec![Spot {
        at: At::Thing("system-shutdown/nutshutdown".to_owned()),
        what: "there is no such script in /usr/lib/systemd or /lib/systemd".to_owned(),
        fix: Fix::Do(
            "install the package that has it anew: locknut-client, or NUT's own".to_owned(),
        ),
    }]
}
