//! Asking upsd what upsmon asks, and leaving again: who logs in for a moment is counted for that moment, and nothing else
//! happens.

use std::time::Duration;

use client::{Blocking, Error};
use config::{MonitorLine, Password};
use proto::{Address, Get, HostPort, Request};

use super::Place;
use crate::facts::{Facts, Link, Refused, Watched};

/// How long connecting may take, and each answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Finds out about each line of MONITOR.
pub(super) fn ask(
    facts: &mut Facts,
    place: &Place<'_>,
    offline: bool,
    encryption: Option<&tls::Client>,
) {
    let name = host_name(place);
    let lines = facts.upsmon.value.monitors.iter();
    let mut watched: Vec<Watched> = lines
        .map(|line| {
            let address = Address::parse(&line.system).ok();
            let host = address
                .as_ref()
                .map_or("", |address| address.server.host.as_str());
            Watched {
                line: line.clone(),
                is_local: is_this_host(host, &name),
                password_fits: password_fits(facts, line),
                address,
                link: Link::Untried,
            }
        })
        .collect();
    match encryption {
        Some(encryption) if !offline => ask_all(&mut watched, encryption),
        _ if watched.is_empty() => {}
        _ => {
            let why = if offline {
                "by --offline"
            } else {
                "because of its certificates"
            };
            facts
                .unchecked
                .push(format!("what upsd says: it was not asked, {why}"));
        }
    }
    facts.watched = watched;
}

fn host_name(place: &Place<'_>) -> String {
    let file = if place.is_running {
        "/proc/sys/kernel/hostname"
    } else {
        "/etc/hostname"
    };
    let name = std::fs::read_to_string(place.below(std::path::Path::new(file)));
    name.unwrap_or_default().trim().to_owned()
}

fn is_this_host(host: &str, name: &str) -> bool {
    let loopback = host
        .parse()
        .is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    loopback || host == "localhost" || (!name.is_empty() && host.eq_ignore_ascii_case(name))
}

fn password_fits(facts: &Facts, line: &MonitorLine) -> Option<bool> {
    let user = facts.users.value.find(&line.user)?;
    Some(match user.password.as_ref()? {
        Password::Plain(password) => password.is(&line.password),
        Password::Hashed(hash) => hash.is_of(&line.password),
    })
}

/// A server that does not answer is not asked again.
fn ask_all(watched: &mut [Watched], encryption: &tls::Client) {
    let mut silent: Vec<(HostPort, String)> = Vec::new();
    for watched in watched {
        let Some(address) = &watched.address else {
            continue;
        };
        let known = silent.iter().find(|(server, _)| *server == address.server);
        watched.link = match known {
            Some((_, why)) => Link::Silent(why.clone()),
            None => ask_one(address, &watched.line, encryption),
        };
        if let Link::Silent(why) = &watched.link {
            silent.push((address.server.clone(), why.clone()));
        }
    }
}

fn ask_one(address: &Address, line: &MonitorLine, encryption: &tls::Client) -> Link {
    converse(address, line, encryption).unwrap_or_else(|why| match why {
        Error::NoTls(_) | Error::Tls(_) => Link::Unencrypted(why.to_string()),
        _ => Link::Silent(why.to_string()),
    })
}

/// An error is one of the connection; refusals are answers.
fn converse(
    address: &Address,
    line: &MonitorLine,
    encryption: &tls::Client,
) -> Result<Link, Error> {
    let mut connection = Blocking::open_with(&address.server, PATIENCE, encryption)?;
    let ups = address.ups.as_str();
    let login = answered(log_in(&mut connection, ups, line))?;
    let var = "ups.status";
    let status = answered(connection.get(Get::Var { ups, var }))?;
    connection.logout();
    let status = status.map(|words| words.into_iter().next().unwrap_or_default());
    Ok(Link::Answered { login, status })
}

fn log_in(connection: &mut Blocking, ups: &str, line: &MonitorLine) -> Result<(), Error> {
    connection.login(&line.user, &line.password)?;
    connection.attach(ups)?;
    if line.role != config::Role::Primary {
        return Ok(());
    }
    let mut primary = |master| connection.ok(Request::Primary { ups, master });
    match primary(false) {
        // servers before 2.8 know only the old word
        Err(first) if first.is_refusal() => primary(true).map_err(|_| first),
        answer => answer,
    }
    .map(drop)
}

fn answered<T>(answer: Result<T, Error>) -> Result<Result<T, Refused>, Error> {
    match answer {
        Ok(value) => Ok(Ok(value)),
        Err(why) if why.is_refusal() => Ok(Err(Refused {
            refusal: why.refusal(),
            text: why.to_string(),
        })),
        Err(why) => Err(why),
    }
}
