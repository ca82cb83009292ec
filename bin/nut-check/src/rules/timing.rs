//! Times that contradict each other: shutdowns that are false, late, or too early for others.

use std::time::Duration;

use config::Place;

use crate::facts::{Facts, File};
use crate::finding::{At, Fix, Spot};

/// Seconds between polls that are too long, and the silence after which C NUT's upsd drops a client.
const SLOW: Duration = Duration::from_secs(60);

fn spot<T>(file: &File<T>, place: Option<Place>, what: String, line: String) -> Vec<Spot> {
    vec![Spot {
        at: At::File(file.path.clone(), place),
        what,
        fix: Fix::line(&file.path, place, line),
    }]
}

/// The longest pause between two polls while a UPS is in trouble. C NUT's upsmon may fall back to POLLFREQ.
fn pause(facts: &Facts) -> Duration {
    let conf = &facts.upsmon.value;
    conf.pollfreq().max(conf.pollfreqalert())
}

fn deadtime(facts: &Facts, is: fn(Duration, Duration) -> bool) -> Vec<Spot> {
    let (file, conf) = (&facts.upsmon, &facts.upsmon.value);
    let (deadtime, pause) = (conf.deadtime(), pause(facts));
    if !is(deadtime, pause) || pause >= SLOW {
        return Vec::new();
    }
    let (seconds, every) = (deadtime.as_secs(), pause.as_secs());
    spot(
        file,
        conf.place("DEADTIME"),
        format!("DEADTIME is {seconds} s, but upsmon asks every {every} s only"),
        format!("DEADTIME {}", every * 3),
    )
}

pub(super) fn deadtime_short(facts: &Facts) -> Vec<Spot> {
    deadtime(facts, |deadtime, pause| deadtime < pause * 2)
}

pub(super) fn deadtime_tight(facts: &Facts) -> Vec<Spot> {
    deadtime(facts, |deadtime, pause| {
        deadtime >= pause * 2 && deadtime < pause * 3
    })
}

pub(super) fn polls(facts: &Facts) -> Vec<Spot> {
    let (file, conf) = (&facts.upsmon, &facts.upsmon.value);
    let slow = [
        ("POLLFREQ", conf.pollfreq()),
        ("POLLFREQALERT", conf.pollfreqalert()),
    ];
    let slow = slow.into_iter().filter(|(_, pause)| *pause >= SLOW);
    slow.flat_map(|(name, pause)| {
        let what = format!("{name}: upsmon asks every {} s only", pause.as_secs());
        spot(file, conf.place(name), what, format!("{name} 5"))
    })
    .collect()
}

/// Secondaries notice within a poll, and take their own FINALDELAY; they are taken to be set up like this host.
pub(super) fn hostsync(facts: &Facts) -> Vec<Spot> {
    let (file, conf) = (&facts.upsmon, &facts.upsmon.value);
    let needed = conf.pollfreqalert() + conf.finaldelay();
    let has_secondaries = facts.mode().as_deref() == Some("netserver") && facts.cuts_power();
    if !has_secondaries || conf.hostsync() >= needed || conf.finaldelay() >= SLOW {
        return Vec::new();
    }
    let (hostsync, needed) = (conf.hostsync().as_secs(), needed.as_secs());
    spot(
        file,
        conf.place("HOSTSYNC"),
        format!(
            "HOSTSYNC is {hostsync} s, but secondaries need {needed} s (POLLFREQALERT and FINALDELAY)"
        ),
        format!("HOSTSYNC {}", needed + 5),
    )
}

pub(super) fn finaldelay(facts: &Facts) -> Vec<Spot> {
    let (file, conf) = (&facts.upsmon, &facts.upsmon.value);
    let delay = conf.finaldelay();
    if delay < SLOW {
        return Vec::new();
    }
    let what = format!(
        "FINALDELAY: SHUTDOWNCMD is run {} s after the decision",
        delay.as_secs()
    );
    spot(
        file,
        conf.place("FINALDELAY"),
        what,
        "FINALDELAY 5".to_owned(),
    )
}

fn maxage(facts: &Facts, is: fn(u64) -> bool) -> Vec<Spot> {
    let (file, conf) = (&facts.upsd, &facts.upsd.value);
    let age = conf.maxage().as_secs();
    if !is(age) || !facts.serves() {
        return Vec::new();
    }
    let what = format!("MAXAGE: a driver counts as dead after {age} s of silence");
    spot(file, conf.place("MAXAGE"), what, "MAXAGE 15".to_owned())
}

pub(super) fn maxage_short(facts: &Facts) -> Vec<Spot> {
    maxage(facts, |age| age < 5)
}

pub(super) fn maxage_long(facts: &Facts) -> Vec<Spot> {
    maxage(facts, |age| age > 120)
}
