//! What is looked for, as one table. A rule is a function of the facts, and each is in the file of its subject.
//!
//! A mistake is told once: where one makes another inevitable, the rule of the other looks away.

mod certificates;
mod drivers;
mod files;
mod flag;
mod listening;
mod mode;
mod monitor;
mod notices;
mod programs;
mod server;
pub(crate) mod services;
mod status;
mod timing;
mod usb;

use config::Severity;

use crate::facts::Facts;
use crate::finding::{Finding, Spot};

/// One thing that is looked for.
#[derive(Debug)]
pub(crate) struct Rule {
    /// What scripts know it by.
    pub(crate) name: &'static str,
    /// An error: a shutdown may not happen, come too late or when it should not, or end with the power on. A warning: it works, but
    /// something is not as it should be.
    pub(crate) severity: Severity,
    /// Why it matters, in one line.
    pub(crate) why: &'static str,
    find: fn(&Facts) -> Vec<Spot>,
}

const fn error(name: &'static str, find: fn(&Facts) -> Vec<Spot>, why: &'static str) -> Rule {
    let severity = Severity::Error;
    Rule {
        name,
        severity,
        why,
        find,
    }
}

const fn warning(name: &'static str, find: fn(&Facts) -> Vec<Spot>, why: &'static str) -> Rule {
    let severity = Severity::Warning;
    Rule {
        name,
        severity,
        why,
        find,
    }
}

/// All rules, in the order in which an administrator would go through them.
#[rustfmt::skip]
pub(crate) static RULES: &[Rule] = &[
    error("file-missing",     files::missing,          "a program that finds no configuration does not start"),
    error("file-closed",      files::closed,           "a program that may not read its configuration does not start, or keeps its old one"),
    error("file-broken",      files::broken,           "what is not understood has no effect, and a reload is refused"),
    warning("file-odd",       files::odd,              "it works, but perhaps not as it was meant"),
    warning("file-open",      files::open,             "everybody on this host can read the passwords"),
    error("mode-missing",     mode::missing,           "without MODE the scripts of many systems take none, and start nothing"),
    error("mode-none",        mode::none,              "with MODE=none nothing is started, and no UPS is told to cut its power"),
    error("mode-unknown",     mode::unknown,           "a word that nobody knows starts nothing, or the wrong things"),
    error("mode-unfit",       mode::unfit,             "what MODE starts is not what the other files are for"),
    error("monitor-missing",  monitor::missing,        "upsmon watches nothing, so it never shuts this host down"),
    error("monitor-address",  monitor::address,        "what names no UPS is not watched"),
    error("minsupplies",      monitor::minsupplies,    "upsmon refuses to start: this host would have to be shut down at once"),
    warning("monitor-only",   monitor::only,           "with MINSUPPLIES 0 upsmon watches, and never shuts this host down by itself"),
    error("monitor-ups",      monitor::ups,            "upsmon is told that there is no such UPS, and never learns that power has failed"),
    error("monitor-user",     monitor::user,           "upsd does not know who upsmon is: no login, no waiting for this host, no forced shutdown"),
    error("monitor-password", monitor::password,       "upsd turns upsmon away: no login, no waiting for this host, no forced shutdown"),
    error("monitor-role",     monitor::role_rule,      "without the rights of its role upsmon cannot log in, or not tell the other hosts to shut down"),
    warning("monitor-primary", monitor::primary,       "two primaries: when this host shuts down, it takes down all others that this UPS feeds"),
    error("listen-local",     listening::local,        "upsmon looks for upsd where it does not listen"),
    error("listen-loopback",  listening::loopback,     "the other hosts cannot reach upsd, and are cut off without a shutdown"),
    warning("listen-open",    listening::open,         "upsd is for this host alone, and can be reached by all others"),
    error("upsd-silent",      server::silent,          "without upsd upsmon is blind; when power fails it shuts down late or not at all"),
    error("upsd-unencrypted", server::unencrypted,     "upsmon tells this upsd nothing without encryption, and is blind; when power fails it shuts down late or not at all"),
    error("login-refused",    server::refused,         "upsd turns upsmon away: no login, no waiting for this host, no forced shutdown"),
    error("ups-unknown",      server::unknown,         "upsmon is told that there is no such UPS, and never learns that power has failed"),
    error("driver-silent",    server::no_driver,       "without its driver nobody knows what the UPS does"),
    error("data-stale",       server::stale,           "the driver has lost the UPS; nobody knows what it does"),
    error("upsmon-down",      services::upsmon,        "nobody is there to shut this host down"),
    error("account-missing",  programs::strangers,     "a program that cannot become who it is to run as does not start"),
    error("shutdowncmd",      programs::no_shutdown,   "upsmon has no command to shut this host down with"),
    error("shutdown-program", programs::shutdown,      "the command that shuts this host down fails"),
    warning("notify-program", programs::notify,        "nobody is told"),
    warning("sched-program",  programs::script,        "upssched has nothing to run, also if that is to shut this host down"),
    warning("notify-unused",  notices::unused,         "nobody is told"),
    warning("sched-idle",     notices::idle,           "upssched ends with an error, and nobody is told"),
    error("sched-unheard",    notices::unheard,        "a timer that is not started shuts nothing down, and one that is not cancelled does so although mains are back"),
    warning("sched-ups",      notices::unwatched,      "the rule never counts"),
    error("sched-place",      notices::places,         "upssched cannot start a timer, also not one that is to shut this host down"),
    error("flag-missing",     flag::missing,           "the UPS is not told to cut its power, so this host stays off when mains return in the meantime"),
    error("flag-place",       flag::place,             "the flag cannot be written, so the UPS is not told to cut its power"),
    error("flag-volatile",    flag::volatile,          "the flag is gone when the last script of a shutdown looks for it, so the UPS is not told to cut its power"),
    error("flag-left",        flag::left,              "the next shutdown for whatever reason cuts the power of all that the UPS feeds"),
    error("flag-foreign",     flag::foreign,           "upsmon does not touch what it has not written, so the UPS is not told to cut its power"),
    error("hook-missing",     services::hook,          "nobody looks for the flag, so the UPS is not told to cut its power"),
    error("threshold",        drivers::thresholds,     "without ignorelb the limit is only shown: the UPS itself says when its battery is low, and some never do"),
    error("driver-program",   drivers::program,        "a driver that cannot be run leaves the UPS unwatched"),
    error("driver-port",      drivers::port,           "a driver without its device leaves the UPS unwatched"),
    error("driver-access",    drivers::access,         "a driver that may not use its device leaves the UPS unwatched"),
    error("port-shared",      drivers::shared,         "two drivers that talk to one device understand nothing"),
    warning("usb-twins",      drivers::twins,          "either driver may take either device, and another one after each restart"),
    error("usb-missing",      usb::missing,            "a driver without its device leaves the UPS unwatched"),
    error("usb-access",       usb::access,             "a driver that may not use its device leaves the UPS unwatched"),
    error("state-path",       programs::state,         "drivers and upsd meet in this directory"),
    error("state-split",      programs::split,         "upsd looks for the drivers where they are not"),
    error("deadtime-short",   timing::deadtime_short,  "while on battery a single answer that is late shuts this host down"),
    warning("deadtime-tight", timing::deadtime_tight,  "while on battery two answers that are late shut this host down"),
    error("poll-slow",        timing::polls,           "a battery may be empty before the next look at it, and NUT's upsd drops who is silent for a minute"),
    error("hostsync-short",   timing::hostsync,        "the power is cut before the other hosts have shut down"),
    warning("finaldelay-long", timing::finaldelay,     "a battery that is low may not last so long"),
    warning("maxage-short",   timing::maxage_short,    "a driver that is busy for a moment counts as dead"),
    warning("maxage-long",    timing::maxage_long,     "a driver that has died on battery is believed for too long"),
    error("service-masked",   services::masked,        "a masked service is not started by anything"),
    error("service-disabled", services::disabled,      "it is not started at the next boot"),
    error("service-down",     services::down,          "it is not running now"),
    warning("service-stray",  services::stray,         "the service of a UPS that is not in ups.conf fails, again and again"),
    error("service-rival",    services::rival,         "two programs for one UPS take it from each other"),
    error("certificate",      certificates::errors,    "a program whose certificates cannot be used does not start"),
    warning("certificate-odd", certificates::warnings, "others may not believe it"),
    error("ups-fsd",          status::fsd,             "a forced shutdown is in force: each upsmon that logs in shuts its host down"),
    warning("ups-condition",  status::condition,       "if power fails now, the UPS may not be of help"),
];

/// What is broken, rule by rule.
pub(crate) fn judge(rules: &'static [Rule], facts: &Facts) -> Vec<Finding> {
    let spots = |rule: &'static Rule| {
        let spots = (rule.find)(facts).into_iter();
        spots.map(move |spot| Finding { rule, spot })
    };
    rules.iter().flat_map(spots).collect()
}

#[cfg(test)]
mod tests;
