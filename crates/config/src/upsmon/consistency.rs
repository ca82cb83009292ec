//! What no single line shows: directives that contradict or weaken each other.

use super::table::host_and_port;
use super::{CertHost, PasswordFile, Role, UpsmonConf};
use crate::problem::Severity;
use crate::read::Remark;
use crate::upsd::PORT;
use std::time::Duration;

/// upsd of C NUT drops clients that say nothing for so long.
const IDLE_LIMIT: Duration = Duration::from_secs(60);

pub(super) fn check(conf: &UpsmonConf) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut add = |severity, at: &str, text: String| {
        remarks.push((severity, conf.places.of(at), text));
    };
    let (power, needed) = (conf.power_total(), conf.minsupplies());
    if power < needed {
        add(
            Severity::Error,
            "MINSUPPLIES",
            format!(
                "the power values add up to {power}, but MINSUPPLIES is {needed}: this host would shut down at once; \
                 edit the MONITOR lines or MINSUPPLIES"
            ),
        );
    }
    for missing in without_monitor(conf) {
        let text = format!(
            "PASSWORDFILE: there is no MONITOR line for {:?}",
            missing.system
        );
        remarks.push((Severity::Error, Some(missing.file.place), text));
    }
    for rule in conf.certhosts.iter().filter(|rule| !is_watched(conf, rule)) {
        let text = format!(
            "CERTHOST: no MONITOR line is for {:?}; write the host as it stands there",
            rule.host
        );
        remarks.push((Severity::Warning, Some(rule.place), text));
    }
    let mut add = |severity, at: &str, text: String| {
        remarks.push((severity, conf.places.of(at), text));
    };
    let mut warn = |at: &str, text: &str| add(Severity::Warning, at, text.to_owned());
    if conf.shutdowncmd.is_none() && needed > 0 {
        warn("", "SHUTDOWNCMD is missing: this host can not be shut down");
    }
    if conf.powerdownflag.is_none() && feeds_as_primary(conf) {
        warn(
            "",
            "POWERDOWNFLAG is missing: the UPS will not be told to cut its power after a shutdown",
        );
    }
    if conf.deadtime() < conf.pollfreqalert() {
        warn(
            "DEADTIME",
            "DEADTIME is shorter than POLLFREQALERT: one missed poll is silence; make it a multiple",
        );
    }
    for (name, span) in [
        ("POLLFREQ", conf.pollfreq()),
        ("POLLFREQALERT", conf.pollfreqalert()),
        ("FINALDELAY", conf.finaldelay()),
    ] {
        if span >= IDLE_LIMIT {
            let text = format!("{name} is so long that upsd of C NUT drops the login of this host");
            warn(name, &text);
        }
    }
    if conf.notifycmd.is_none() && conf.notifyflag.values().any(|flags| flags.exec) {
        warn(
            "NOTIFYFLAG",
            "a NOTIFYFLAG says EXEC, but NOTIFYCMD is missing",
        );
    }
    remarks
}

fn without_monitor(conf: &UpsmonConf) -> impl Iterator<Item = &PasswordFile> {
    let known = |file: &&PasswordFile| {
        let mut lines = conf.monitors.iter();
        lines.any(|line| line.system == file.system)
    };
    conf.password_files.iter().filter(move |file| !known(file))
}

/// Whether a rule of CERTHOST is for a server that is watched.
fn is_watched(conf: &UpsmonConf, rule: &CertHost) -> bool {
    let (host, port) = rule.server();
    conf.monitors.iter().any(|line| {
        let server = line.system.split_once('@');
        let server = server.map_or("localhost", |(_, server)| server);
        let (watched, at) = host_and_port(server);
        let same_port = port.is_none_or(|port| at.map_or(Ok(PORT), str::parse) == Ok(port));
        watched.eq_ignore_ascii_case(host) && same_port
    })
}

fn feeds_as_primary(conf: &UpsmonConf) -> bool {
    let mut lines = conf.monitors.iter();
    lines.any(|line| line.role == Role::Primary && line.power > 0)
}
