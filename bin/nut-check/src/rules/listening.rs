//! LISTEN in upsd.conf: who can reach the upsd of this host.

use std::net::IpAddr;

use config::{Listen, upsd::ListenPort};
use proto::HostPort;

use crate::facts::{Facts, Watched};
use crate::finding::{At, Fix, Spot};

/// Whether only this host can reach the address.
pub(super) fn is_loopback(listen: &Listen) -> bool {
    is_own(&listen.host)
}

fn is_own(host: &str) -> bool {
    host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

fn is_every(host: &str) -> bool {
    host == "*"
        || host
            .parse()
            .is_ok_and(|address: IpAddr| address.is_unspecified())
}

/// Whether who connects to `server`, an address of this host, gets to this listener. A name may stand for any address.
fn covers(listen: &Listen, server: &HostPort) -> bool {
    let port = match &listen.port {
        ListenPort::Number(number) => *number == server.port,
        ListenPort::Service(_) => true,
    };
    let named = listen.host == "localhost" || server.host == "localhost";
    let host = is_every(&listen.host)
        || listen.host == server.host
        || (named && is_own(&listen.host) && is_own(&server.host));
    port && host
}

/// Whether upsd does not listen where a line of upsmon.conf looks for it.
pub(super) fn is_missed(facts: &Facts, watched: &Watched) -> bool {
    let Some(address) = &watched.address else {
        return false;
    };
    let conf = &facts.upsd;
    let own = is_own(&address.server.host) && conf.is_read && facts.serves();
    own && !conf
        .value
        .listeners()
        .iter()
        .any(|listen| covers(listen, &address.server))
}

pub(super) fn local(facts: &Facts) -> Vec<Spot> {
    if facts.upsd.is_wrong_about("LISTEN") {
        return Vec::new();
    }
    let missed = facts
        .watched
        .iter()
        .filter(|watched| is_missed(facts, watched));
    let spot = |watched: &Watched| {
        let server = &watched.address.as_ref()?.server;
        let host = if server.host == "localhost" {
            "127.0.0.1"
        } else {
            &server.host
        };
        let line = format!("LISTEN {host} {}", server.port);
        Some(Spot {
            at: At::File(facts.upsmon.path.clone(), Some(watched.line.place)),
            what: format!(
                "MONITOR: by {} upsd does not listen on port {} of {}",
                facts.upsd.name(),
                server.port,
                server.host
            ),
            fix: Fix::Add(facts.upsd.path.clone(), None, line),
        })
    };
    missed.filter_map(spot).take(1).collect()
}

fn port(listen: &Listen) -> String {
    match &listen.port {
        ListenPort::Number(number) => number.to_string(),
        ListenPort::Service(name) => name.clone(),
    }
}

pub(super) fn loopback(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsd;
    let listeners = file.value.listeners();
    let is_told = !file.is_read || file.is_wrong_about("LISTEN");
    let is_server = facts.mode().as_deref() == Some("netserver") && !is_told;
    let Some(first) = listeners
        .first()
        .filter(|_| is_server && listeners.iter().all(is_loopback))
    else {
        return Vec::new();
    };
    vec![Spot {
        at: At::File(file.path.clone(), first.place),
        what: "MODE=netserver, but upsd listens for clients of this host only".to_owned(),
        fix: Fix::line(
            &file.path,
            first.place,
            format!("LISTEN 0.0.0.0 {}", port(first)),
        ),
    }]
}

pub(super) fn open(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsd;
    if facts.mode().as_deref() != Some("standalone") {
        return Vec::new();
    }
    let open = file
        .value
        .listen
        .iter()
        .filter(|listen| !is_loopback(listen));
    open.map(|listen| Spot {
        at: At::File(file.path.clone(), listen.place),
        what: format!("MODE=standalone, but upsd listens on {}", listen.host),
        fix: Fix::line(
            &file.path,
            listen.place,
            format!("LISTEN 127.0.0.1 {}", port(listen)),
        ),
    })
    .collect()
}
