//! Programs that the configuration names, and the directory where they meet.

use config::Place;

use crate::facts::{Facts, Fault, Program};
use crate::finding::{At, Fix, Spot};

use super::drivers::at;

/// What shuts a host down wherever NUT runs.
const SHUTDOWNCMD: &str = "SHUTDOWNCMD \"/sbin/shutdown -h +0\"";

pub(super) fn no_shutdown(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsmon;
    let given = file.value.shutdowncmd.is_some() || file.is_wrong_about("SHUTDOWNCMD");
    if !file.is_read || given || !facts.shuts_down() {
        return Vec::new();
    }
    vec![Spot {
        at: At::File(file.path.clone(), None),
        what: "there is no SHUTDOWNCMD".to_owned(),
        fix: Fix::Add(file.path.clone(), None, SHUTDOWNCMD.to_owned()),
    }]
}

pub(super) fn shutdown(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsmon;
    let place = file.value.place("SHUTDOWNCMD");
    let instead = Fix::line(&file.path, place, SHUTDOWNCMD.to_owned());
    let at = At::File(file.path.clone(), place);
    let is_told = file.is_wrong_about("SHUTDOWNCMD");
    useless(
        "SHUTDOWNCMD",
        facts.shutdown.as_ref(),
        is_told,
        &at,
        instead,
    )
}

pub(super) fn notify(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsmon;
    let place = file.value.place("NOTIFYCMD");
    let at = At::File(file.path.clone(), place);
    useless(
        "NOTIFYCMD",
        facts.notify.as_ref(),
        file.is_wrong_about("NOTIFYCMD"),
        &at,
        other("NOTIFYCMD", place),
    )
}

pub(super) fn script(facts: &Facts) -> Vec<Spot> {
    let at = At::File(facts.upssched.path.clone(), None);
    useless(
        "CMDSCRIPT",
        facts.script.as_ref(),
        facts.upssched.is_wrong_about("CMDSCRIPT"),
        &at,
        other("CMDSCRIPT", None),
    )
}

fn other(directive: &str, place: Option<Place>) -> Fix {
    let line = place.map_or(String::new(), |place| format!(" in line {}", place.line));
    Fix::Do(format!(
        "write a program that is there behind {directive}{line}"
    ))
}

/// `is_told`: what is wrong with the directive stands in another finding.
fn useless(
    directive: &str,
    program: Option<&Program>,
    is_told: bool,
    at: &At,
    instead: Fix,
) -> Vec<Spot> {
    let program = program.filter(|_| !is_told);
    let fault = program.and_then(|program| Some((&program.path, program.fault.as_ref()?)));
    let Some((path, fault)) = fault else {
        return Vec::new();
    };
    let path = path.display();
    let (what, fix) = match fault {
        Fault::Missing => (format!("{directive}: {path} is not there"), instead),
        Fault::Useless(why) => (
            format!("{directive}: {path} can not be run: {why}"),
            Fix::Run(format!("chmod a+rx {path}")),
        ),
    };
    vec![Spot {
        at: at.clone(),
        what,
        fix,
    }]
}

/// Accounts that nobody has made.
pub(super) fn strangers(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsmon;
    let upsmon = facts.stranger.iter().map(|name| {
        let place = file.value.place("RUN_AS_USER");
        let at = At::File(file.path.clone(), place);
        (at, format!("RUN_AS_USER: there is no account {name:?}"))
    });
    let sections = facts.sections().filter(|_| facts.serves());
    let drivers = sections.filter_map(|(section, device)| {
        let name = device.stranger.as_ref()?;
        let text = format!("[{}] user: there is no account {name:?}", section.name);
        Some((at(facts, section, "user"), text))
    });
    let account = &facts.account;
    upsmon
        .chain(drivers)
        .map(|(at, what)| Spot {
            at,
            what,
            fix: Fix::Do(format!(
                "write the name of one that is there, or remove the line: then it is {account}"
            )),
        })
        .collect()
}

/// upsd and drivers that would meet in different directories.
pub(super) fn split(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsd;
    let Some(drivers) = facts.drivers_state.as_ref().filter(|_| facts.serves()) else {
        return Vec::new();
    };
    let (drivers, place) = (drivers.display(), file.value.place("STATEPATH"));
    vec![Spot {
        at: At::File(file.path.clone(), place),
        what: format!(
            "STATEPATH: drivers do not read this file; their sockets are in {drivers}, unless {} has a statepath, too",
            facts.ups.name()
        ),
        fix: Fix::line(&file.path, place, format!("STATEPATH {drivers}")),
    }]
}

pub(super) fn state(facts: &Facts) -> Vec<Spot> {
    let Some(fault) = facts.state.fault.as_ref().filter(|_| facts.serves()) else {
        return Vec::new();
    };
    let (path, group) = (facts.state.path.display(), &facts.group);
    let (what, fix) = match fault {
        Fault::Missing => (
            "there is no such directory".to_owned(),
            format!("install -d -m 0770 -o root -g {group} {path}"),
        ),
        Fault::Useless(why) => (
            format!("{} may not write there: {why}", facts.account),
            format!("chgrp {group} {path} && chmod 0770 {path}"),
        ),
    };
    vec![Spot {
        at: At::Thing(path.to_string()),
        what,
        fix: Fix::Run(fix),
    }]
}
