//! Notices that get nowhere: NOTIFYCMD, NOTIFYFLAG and upssched's rules have to fit together.

use std::path::Path;

use config::{NotifyFlags, UpsschedConf};
use model::Notice;

use crate::facts::{Facts, Fault};
use crate::finding::{At, Fix, Spot};

fn flags(facts: &Facts, notice: Notice) -> NotifyFlags {
    let set = facts.upsmon.value.notifyflag.get(&notice);
    set.copied().unwrap_or_default()
}

fn is_run_for(flags: NotifyFlags) -> bool {
    flags.exec && !flags.ignore
}

fn has_notifycmd(facts: &Facts) -> bool {
    facts.upsmon.value.notifycmd.is_some() || facts.upsmon.is_wrong_about("NOTIFYCMD")
}

/// Whether upsmon runs upssched itself. A script may do so, too; that cannot be known.
fn runs_upssched(facts: &Facts) -> bool {
    let argv = facts.upsmon.value.notify_argv(|_| false);
    let program = argv.first().map(Path::new);
    program
        .and_then(Path::file_name)
        .is_some_and(|name| name == "upssched")
}

/// The rules of upssched, if there are any.
fn rules(facts: &Facts) -> Option<&UpsschedConf> {
    let conf = &facts.upssched.value;
    (!conf.rules.is_empty()).then_some(conf)
}

/// The line that has an event told to NOTIFYCMD, too.
fn line(facts: &Facts, notice: Notice) -> String {
    let old = flags(facts, notice);
    let words = [("SYSLOG", old.syslog), ("WALL", old.wall), ("EXEC", true)];
    let words = words
        .iter()
        .filter(|(_, is_set)| *is_set)
        .map(|(word, _)| *word);
    let words: Vec<&str> = words.collect();
    format!("NOTIFYFLAG {} {}", notice.name(), words.join("+"))
}

pub(super) fn unused(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsmon;
    let is_run = Notice::all().any(|notice| is_run_for(flags(facts, notice)));
    if file.value.notifycmd.is_none() || is_run || !unheard(facts).is_empty() {
        return Vec::new();
    }
    let events = ["ONBATT", "LOWBATT", "ONLINE", "COMMBAD", "SHUTDOWN"];
    let lines = events.iter().filter_map(|name| Notice::of(name));
    let lines: Vec<String> = lines.map(|notice| line(facts, notice)).collect();
    vec![Spot {
        at: At::File(file.path.clone(), file.value.place("NOTIFYCMD")),
        what: "NOTIFYCMD is never run: no NOTIFYFLAG says EXEC".to_owned(),
        fix: Fix::Add(file.path.clone(), None, lines.join("\n")),
    }]
}

/// upssched without anything to do.
pub(super) fn idle(facts: &Facts) -> Vec<Spot> {
    let (upsmon, sched) = (&facts.upsmon, &facts.upssched);
    let is_unread = sched.is_there && !sched.is_read;
    if !runs_upssched(facts) || rules(facts).is_some() || is_unread || sched.is_wrong_about("AT") {
        return Vec::new();
    }
    let what = if sched.is_there {
        "has no AT"
    } else {
        "is not there"
    };
    vec![Spot {
        at: At::File(upsmon.path.clone(), upsmon.value.place("NOTIFYCMD")),
        what: format!("NOTIFYCMD is upssched, but {} {what}", sched.name()),
        fix: Fix::Do(format!(
            "write CMDSCRIPT, PIPEFN, LOCKFN and AT lines into {}, as upssched.conf(5) says",
            sched.name()
        )),
    }]
}

/// Rules for events of which upssched is not told. A timer that nothing cancels shuts a host down while mains are back.
pub(super) fn unheard(facts: &Facts) -> Vec<Spot> {
    let Some(conf) = rules(facts).filter(|_| has_notifycmd(facts)) else {
        return Vec::new();
    };
    let mut known: Vec<Notice> = Vec::new();
    let mut spots = Vec::new();
    for rule in &conf.rules {
        let notice = Notice::of(&rule.event.to_ascii_uppercase());
        let Some(notice) = notice.filter(|notice| !known.contains(notice)) else {
            continue;
        };
        known.push(notice);
        if is_run_for(flags(facts, notice)) {
            continue;
        }
        let upsmon = &facts.upsmon;
        spots.push(Spot {
            at: At::File(facts.upssched.path.clone(), Some(rule.place)),
            what: format!(
                "AT {0}: upssched is never told of it: in {1} no NOTIFYFLAG {0} says EXEC",
                notice.name(),
                upsmon.name()
            ),
            fix: Fix::Add(upsmon.path.clone(), None, line(facts, notice)),
        });
    }
    spots
}

/// Rules for UPSes that nobody watches. Names are compared letter by letter.
pub(super) fn unwatched(facts: &Facts) -> Vec<Spot> {
    let lines = &facts.upsmon.value.monitors;
    let is_watched = |ups: &str| ups == "*" || lines.iter().any(|line| line.system == ups);
    let rules = rules(facts).filter(|_| !lines.is_empty());
    let rules = rules.into_iter().flat_map(|conf| &conf.rules);
    let names: Vec<String> = lines.iter().map(|line| line.system.clone()).collect();
    rules
        .filter(|rule| !is_watched(&rule.ups))
        .map(|rule| Spot {
            at: At::File(facts.upssched.path.clone(), Some(rule.place)),
            what: format!("AT: no MONITOR line watches {:?}", rule.ups),
            fix: Fix::Do(format!("write one of: {}, or * for all", names.join(", "))),
        })
        .collect()
}

/// The command that makes a directory, so that it is there after the next start, too.
fn make(facts: &Facts, path: &Path, account: &str) -> String {
    let (dir, group) = (path.display(), &facts.group);
    if facts.units.is_none() || !(path.starts_with("/run") || path.starts_with("/var/run")) {
        return format!("install -d -m 0770 -o {account} -g {group} {dir}");
    }
    let file = "/etc/tmpfiles.d/upssched.conf";
    format!("echo 'd {dir} 0770 {account} {group}' >> {file} && systemd-tmpfiles --create {file}")
}

/// Directories where upssched cannot make its files.
pub(super) fn places(facts: &Facts) -> Vec<Spot> {
    let mut known = Vec::new();
    let dirs = facts.sched.iter().filter(|_| rules(facts).is_some());
    let faulty = dirs.filter_map(|(name, dir)| Some((name, &dir.path, dir.fault.as_ref()?)));
    let mut spots = Vec::new();
    for (name, path, fault) in faulty {
        if known.contains(&path) {
            continue;
        }
        known.push(path);
        let account = facts.upsmon.value.run_as_user.as_ref();
        let account = account.unwrap_or(&facts.account);
        let dir = path.display();
        let (what, fix) = match fault {
            Fault::Missing => (
                format!("{name}: there is no directory {dir}"),
                make(facts, path, account),
            ),
            Fault::Useless(why) => (
                format!("{name}: {account} may not write in {dir}: {why}"),
                format!("chown {account} {dir} && chmod u+rwx {dir}"),
            ),
        };
        spots.push(Spot {
            at: At::File(facts.upssched.path.clone(), None),
            what,
            fix: Fix::Run(fix),
        });
    }
    spots
}
