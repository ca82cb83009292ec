//! MONITOR lines: what upsmon watches, and whether the upsd of this host will let it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use config::{User, nearest};

use crate::facts::{Facts, Watched};
use crate::finding::{At, Fix, Spot};

fn at(facts: &Facts, watched: &Watched) -> At {
    At::File(facts.upsmon.path.clone(), Some(watched.line.place))
}

pub(super) fn missing(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsmon;
    if !file.is_read || !file.value.monitors.is_empty() || file.is_wrong_about("MONITOR") {
        return Vec::new();
    }
    let ups = facts.ups.value.sections.first();
    let ups = ups.map_or("<ups>@<host>".to_owned(), |section| {
        format!("{}@localhost", section.name)
    });
    vec![Spot {
        at: At::File(file.path.clone(), None),
        what: "there is no MONITOR line".to_owned(),
        fix: Fix::Do(format!(
            "to {} add: MONITOR {ups} 1 <user> <password> primary, with a user of upsd.users that has \"upsmon primary\"",
            file.name()
        )),
    }]
}

pub(super) fn address(facts: &Facts) -> Vec<Spot> {
    let wrong = facts
        .watched
        .iter()
        .filter(|watched| watched.address.is_none());
    wrong
        .map(|watched| Spot {
            at: at(facts, watched),
            what: format!("MONITOR: {:?} names no UPS", watched.line.system),
            fix: Fix::Do("write <ups>@<host>, or <ups>@<host>:<port>".to_owned()),
        })
        .collect()
}

pub(super) fn minsupplies(facts: &Facts) -> Vec<Spot> {
    let (file, conf) = (&facts.upsmon, &facts.upsmon.value);
    let (power, needed) = (conf.power_total(), conf.minsupplies());
    if conf.monitors.is_empty() || power >= needed {
        return Vec::new();
    }
    let place = conf.place("MINSUPPLIES");
    let fix = if power > 0 {
        Fix::line(&file.path, place, format!("MINSUPPLIES {power}"))
    } else {
        Fix::Do("give the MONITOR lines of UPSes that feed this host a power value of 1".to_owned())
    };
    vec![Spot {
        at: At::File(file.path.clone(), place),
        what: format!(
            "the power values of the MONITOR lines add up to {power}, MINSUPPLIES is {needed}"
        ),
        fix,
    }]
}

pub(super) fn only(facts: &Facts) -> Vec<Spot> {
    let (file, conf) = (&facts.upsmon, &facts.upsmon.value);
    if facts.shuts_down() {
        return Vec::new();
    }
    let place = conf.place("MINSUPPLIES");
    let power = conf.power_total().max(1);
    vec![Spot {
        at: At::File(file.path.clone(), place),
        what: "MINSUPPLIES is 0".to_owned(),
        fix: Fix::line(&file.path, place, format!("MINSUPPLIES {power}")),
    }]
}

/// Lines that the upsd of this host serves, and the UPS of each.
fn local(facts: &Facts) -> impl Iterator<Item = (&Watched, &str)> {
    let local = facts.watched.iter().filter(|watched| watched.is_local);
    let local = local.filter(|_| facts.has_sections() || facts.serves());
    local.filter_map(|watched| Some((watched, watched.address.as_ref()?.ups.as_str())))
}

/// Whether ups.conf has no such section, as far as one can tell.
pub(super) fn is_unknown(facts: &Facts, ups: &str) -> bool {
    let file = &facts.ups;
    file.is_read && !facts.has_broken_sections() && file.value.section(ups).is_none()
}

pub(super) fn ups(facts: &Facts) -> Vec<Spot> {
    let unknown = local(facts).filter(|(_, ups)| is_unknown(facts, ups));
    unknown
        .map(|(watched, ups)| {
            let sections = &facts.ups.value.sections;
            let names = sections.iter().map(|section| section.name.as_str());
            let meant = match sections.as_slice() {
                [only] => Some(only.name.clone()),
                _ => closest(ups, names),
            };
            let conf = facts.ups.name();
            let fix = match meant {
                Some(meant) => format!("write {meant:?} in place of {ups:?} there, or call the section of {conf} [{ups}]"),
                None => format!("to {conf} add a section [{ups}] with driver and port"),
            };
            Spot {
                at: at(facts, watched),
                what: format!("MONITOR: there is no UPS {ups:?} in {conf}"),
                fix: Fix::Do(fix),
            }
        })
        .collect()
}

/// The name that is nearly the same.
pub(super) fn closest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(word, names).map(ToOwned::to_owned)
}

/// Lines with the user that they name, if there is one.
fn with_users(facts: &Facts) -> impl Iterator<Item = (&Watched, Option<&User>)> {
    let lines = local(facts).filter(|_| facts.users.is_read);
    lines.map(|(watched, _)| (watched, facts.users.value.find(&watched.line.user)))
}

fn role(watched: &Watched) -> &'static str {
    if watched.is_primary() {
        "primary"
    } else {
        "secondary"
    }
}

pub(super) fn user(facts: &Facts) -> Vec<Spot> {
    let file = &facts.users;
    let spot = |(watched, user): (&Watched, Option<&User>)| {
        let name = &watched.line.user;
        let (what, fix) = match user {
            None => (
                format!("MONITOR: there is no user {name:?} in {}", file.name()),
                format!(
                    "to {} add: [{name}] | password = \"<that of the MONITOR line>\" | upsmon {}; then run: upsd -c reload",
                    file.name(),
                    role(watched)
                ),
            ),
            Some(user) if !may_come_from_here(user) => (
                format!(
                    "MONITOR: the networks of user {name:?} in {} leave out this host",
                    file.name()
                ),
                format!(
                    "to the networks of [{name}] in {} add: 127.0.0.1 ::1",
                    file.name()
                ),
            ),
            Some(_) => return None,
        };
        Some(Spot {
            at: at(facts, watched),
            what,
            fix: Fix::Do(fix),
        })
    };
    with_users(facts).filter_map(spot).collect()
}

fn may_come_from_here(user: &User) -> bool {
    user.may_come_from(IpAddr::V4(Ipv4Addr::LOCALHOST))
        || user.may_come_from(IpAddr::V6(Ipv6Addr::LOCALHOST))
}

pub(super) fn password(facts: &Facts) -> Vec<Spot> {
    let known = with_users(facts).filter_map(|(watched, user)| Some((watched, user?)));
    let wrong = known.filter(|(watched, _)| watched.password_fits != Some(true));
    wrong
        .map(|(watched, user)| {
            let has = watched.password_fits.is_some();
            let what = if has { "is not the one of" } else { "is given to" };
            let tail = if has { "" } else { ", which has none" };
            Spot {
                at: at(facts, watched),
                what: format!(
                    "MONITOR: the password {what} user {:?} in {}{tail}",
                    user.name,
                    facts.users.name()
                ),
                fix: Fix::Do(format!(
                    "make the two passwords the same, then run: upsd -c reload; upsmon -c reload (the user is in line {} of {})",
                    user.place.map_or(0, |place| place.line),
                    facts.users.name()
                )),
            }
        })
        .collect()
}

fn lacks_role(watched: &Watched, user: &User) -> bool {
    let has = |action: &str| user.actions.iter().any(|known| known == action);
    let is_primary = (has("primary") || has("master")) && has("fsd");
    !has("login") || (watched.is_primary() && !is_primary)
}

pub(super) fn role_rule(facts: &Facts) -> Vec<Spot> {
    let file = &facts.users;
    let known = with_users(facts).filter_map(|(watched, user)| Some((watched, user?)));
    let lacking = known.filter(|(watched, user)| lacks_role(watched, user));
    lacking
        .map(|(watched, user)| {
            let role = role(watched);
            Spot {
                at: At::File(file.path.clone(), user.place),
                what: format!(
                    "user {:?} has not the rights of upsmon as {role}, which line {} of {} needs",
                    user.name,
                    watched.line.place.line,
                    facts.upsmon.name()
                ),
                fix: Fix::Add(
                    file.path.clone(),
                    user.place.map(|place| place.line),
                    format!("  upsmon {role}"),
                ),
            }
        })
        .collect()
}

/// Lines that make this host the primary of a UPS whose driver runs elsewhere.
pub(super) fn primary(facts: &Facts) -> Vec<Spot> {
    let wrong = facts
        .watched
        .iter()
        .filter(|watched| watched.is_primary() && facts.is_only_client(watched));
    wrong
        .map(|watched| Spot {
            at: at(facts, watched),
            what: format!(
                "MONITOR: MODE=netclient, and {} is watched as by its primary",
                watched.line.system
            ),
            fix: Fix::Do("write secondary in place of the last word of the line, unless this host decides for all others that this UPS feeds".to_owned()),
        })
        .collect()
}

/// Whether the files of this host tell already why upsd will refuse this line.
pub(super) fn is_explained(facts: &Facts, watched: &Watched) -> bool {
    let at = at(facts, watched);
    let told = [user(facts), password(facts)].concat();
    let user = facts.users.value.find(&watched.line.user);
    let lacks = watched.is_local && user.is_some_and(|user| lacks_role(watched, user));
    lacks || told.iter().any(|spot| spot.at == at)
}
