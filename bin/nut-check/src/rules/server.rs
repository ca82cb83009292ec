//! What upsd said when it was asked as upsmon asks.

use proto::Refusal;

use crate::facts::{Facts, Fault, Link, Refused, Watched};
use crate::finding::{At, Fix, Spot};

use super::listening::is_missed;
use super::monitor::{is_explained, is_unknown};

fn at(facts: &Facts, watched: &Watched) -> At {
    At::File(facts.upsmon.path.clone(), Some(watched.line.place))
}

/// The host of a line.
fn host(watched: &Watched) -> &str {
    let address = watched.address.as_ref();
    address.map_or("", |address| address.server.host.as_str())
}

/// The UPS of a line.
fn ups(watched: &Watched) -> &str {
    let address = watched.address.as_ref();
    address.map_or("", |address| address.ups.as_str())
}

/// On this host a command, on another one words.
fn here_or_there(facts: &Facts, watched: &Watched, service: &str, plain: &str, there: &str) -> Fix {
    match (watched.is_local, &facts.units) {
        (true, Some(_)) => Fix::Run(format!("systemctl {service}")),
        (true, None) => Fix::Run(plain.to_owned()),
        (false, _) => Fix::Do(format!("on {}: {there}", host(watched))),
    }
}

/// How upsd is made to forget.
pub(super) fn restart(facts: &Facts, watched: &Watched) -> Fix {
    here_or_there(
        facts,
        watched,
        "restart nut-server.service",
        "upsd -c stop; upsd",
        "start upsd anew",
    )
}

pub(super) fn silent(facts: &Facts) -> Vec<Spot> {
    let lines = facts.watched.iter().enumerate();
    let spots = lines.filter_map(|(number, watched)| {
        let Link::Silent(why) = &watched.link else {
            return None;
        };
        let server = &watched.address.as_ref()?.server;
        let mut before = facts.watched.iter().take(number);
        let is_told = before.any(|other| other.address.as_ref().is_some_and(|other| other.server == *server));
        if is_told || is_missed(facts, watched) {
            return None;
        }
        let (host, port) = (&server.host, server.port);
        let there = format!(
            "see that upsd runs, that a LISTEN in its upsd.conf has an address that this host reaches, and that no firewall closes port {port}"
        );
        Some(Spot {
            at: at(facts, watched),
            what: format!("MONITOR: upsd on port {port} of {host} does not answer: {why}"),
            fix: here_or_there(facts, watched, "start nut-server.service", "upsd", &there),
        })
    });
    spots.collect()
}

/// Servers with which no encryption comes about.
pub(super) fn unencrypted(facts: &Facts) -> Vec<Spot> {
    let spot = |watched: &Watched| {
        let Link::Unencrypted(why) = &watched.link else {
            return None;
        };
        let server = &watched.address.as_ref()?.server;
        let host = if watched.is_local {
            "this host"
        } else {
            &server.host
        };
        let fix = format!(
            "on {host}: see that CERTFILE in upsd.conf names a certificate that upsmon.conf here accepts (upsd-tls init makes one, and says \
             which lines go where), then start upsd anew; or remove FORCESSL and CERTVERIFY from {}",
            facts.upsmon.name()
        );
        Some(Spot {
            at: at(facts, watched),
            what: format!("MONITOR: upsd on {}: {why}", server.host),
            fix: Fix::Do(fix),
        })
    };
    facts.watched.iter().filter_map(spot).collect()
}

/// Lines whose login was refused for a reason of its own.
pub(super) fn refused(facts: &Facts) -> Vec<Spot> {
    let spot = |watched: &Watched| {
        let Link::Answered {
            login: Err(refused),
            ..
        } = &watched.link
        else {
            return None;
        };
        if is_about_the_ups(refused) || is_explained(facts, watched) {
            return None;
        }
        let user = &watched.line.user;
        let role = if watched.is_primary() {
            "primary"
        } else {
            "secondary"
        };
        let there = format!(
            "see that its upsd.users has [{user}] with this password and \"upsmon {role}\"; then run: upsd -c reload"
        );
        let fix = if watched.is_local && facts.users.is_read {
            // the file is right, so upsd has not read it
            Fix::Run("upsd -c reload".to_owned())
        } else {
            Fix::Do(format!("on {}: {there}", host(watched)))
        };
        Some(Spot {
            at: at(facts, watched),
            what: format!(
                "MONITOR: upsd refuses user {user:?} as {role}: {}",
                refused.text
            ),
            fix,
        })
    };
    facts.watched.iter().filter_map(spot).collect()
}

fn is_about_the_ups(refused: &Refused) -> bool {
    let about = [
        Refusal::UnknownUps,
        Refusal::DriverNotConnected,
        Refusal::DataStale,
    ];
    refused
        .refusal
        .is_some_and(|refusal| about.contains(&refusal))
}

/// Lines of whose UPS upsd says so.
fn whose_status_is(facts: &Facts, refusal: Refusal) -> impl Iterator<Item = &Watched> {
    facts
        .watched
        .iter()
        .filter(move |watched| match &watched.link {
            Link::Answered {
                status: Err(refused),
                ..
            } => refused.refusal == Some(refusal),
            _ => false,
        })
}

pub(super) fn unknown(facts: &Facts) -> Vec<Spot> {
    let unknown = whose_status_is(facts, Refusal::UnknownUps);
    let unknown = unknown.filter(|watched| !(watched.is_local && is_unknown(facts, ups(watched))));
    let unknown = unknown.filter(|watched| !(watched.is_local && facts.has_broken_sections()));
    unknown
        .map(|watched| {
            let fix = if watched.is_local {
                Fix::Run("upsd -c reload".to_owned())
            } else {
                Fix::Do(format!(
                    "write the name of one of its UPSes: upsc -l {}",
                    host(watched)
                ))
            };
            Spot {
                at: at(facts, watched),
                what: format!(
                    "MONITOR: upsd on {} knows no UPS {:?}",
                    host(watched),
                    ups(watched)
                ),
                fix,
            }
        })
        .collect()
}

/// Whether the files tell already why the driver does not run.
fn cannot_run(facts: &Facts, name: &str) -> bool {
    let mut sections = facts.sections();
    let found = sections.find(|(section, _)| section.name == name);
    let is_faulty = |fault: &Option<Fault>| fault.is_some();
    found.is_some_and(|(_, device)| {
        is_faulty(&device.program.fault)
            || device
                .port
                .as_ref()
                .is_some_and(|port| is_faulty(&port.fault))
    })
}

fn driver(facts: &Facts, refusal: Refusal, what: &str, verb: &str) -> Vec<Spot> {
    let lines = whose_status_is(facts, refusal);
    let lines = lines.filter(|watched| !(watched.is_local && cannot_run(facts, ups(watched))));
    lines
        .map(|watched| {
            let name = ups(watched);
            let service = format!("{verb} {}", units::name::service(name));
            let plain = match verb {
                "restart" => format!("upsdrvctl stop {name}; upsdrvctl start {name}"),
                _ => format!("upsdrvctl {verb} {name}"),
            };
            Spot {
                at: At::Thing(watched.line.system.clone()),
                what: what.to_owned(),
                fix: here_or_there(
                    facts,
                    watched,
                    &service,
                    &plain,
                    &format!("{verb} the driver of {name}"),
                ),
            }
        })
        .collect()
}

pub(super) fn no_driver(facts: &Facts) -> Vec<Spot> {
    driver(
        facts,
        Refusal::DriverNotConnected,
        "its driver does not run",
        "start",
    )
}

pub(super) fn stale(facts: &Facts) -> Vec<Spot> {
    driver(
        facts,
        Refusal::DataStale,
        "its driver has no fresh data",
        "restart",
    )
}
