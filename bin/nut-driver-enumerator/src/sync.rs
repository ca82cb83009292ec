//! One pass: systemd is to run what ups.conf says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use config::UpsConf;
use daemon::Exit;
use units::name;
use units::systemctl::{self, Said};

use crate::{Error, complain, directory, load};

/// How long systemd may take for one thing. Stopping a driver is the longest.
const PATIENCE: Duration = Duration::from_secs(60);
/// Something was done.
const CHANGED: Exit = Exit::Code(42);
/// Something could not be done.
const STILL_WRONG: Exit = Exit::Code(13);
/// Where C NUT's script has put its files.
const OLD: &str = "/etc/systemd/system";
/// Who starts all drivers, and who serves them.
const TARGET: &str = "nut-driver.target";
const SERVER: &str = "nut-server.service";

/// What is to be done with a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Nobody wants it any more.
    Remove(String),
    Start(String),
    Reload(String),
    Restart(String),
}

/// What systemd says of an instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State {
    active: bool,
    masked: bool,
}

/// Makes it so.
pub(crate) fn once(conf: &UpsConf, again: bool) -> Result<Exit, Error> {
    if !systemctl::is_there() {
        return Err(Error::Told("systemd does not run this system".into()));
    }
    ask(&["daemon-reload"])?;
    let wanted: Vec<String> = conf
        .sections
        .iter()
        .map(|section| name::service(&section.name))
        .collect();
    let is_up = ask(&["is-active", "--quiet", TARGET])?.success;
    let steps = steps(&wanted, &states()?, is_up, again);
    let mut exit = Exit::Success;
    for step in &steps {
        match step.perform()? {
            true if !matches!(step, Step::Reload(_)) => exit = exit_after(exit, CHANGED),
            true => {}
            false => exit = exit_after(exit, STILL_WRONG),
        }
    }
    if ask(&["is-active", "--quiet", SERVER])?.success && !ask(&["reload", SERVER])?.success {
        exit = STILL_WRONG;
    }
    let quiet = std::env::var_os("REPORT_RESTART_42").is_some_and(|word| word == "no");
    Ok(if exit == CHANGED && quiet {
        Exit::Success
    } else {
        exit
    })
}

/// Makes it so whenever ups.conf has changed.
pub(crate) fn forever(every: Duration, late: bool) -> Result<Exit, Error> {
    let mut seen = late.then(changed_at);
    loop {
        let now = changed_at();
        if seen != Some(now) {
            seen = Some(now);
            match load().and_then(|conf| once(&conf, false)) {
                Ok(exit) => complain("INFO", &format!("ups.conf was read, code {}", exit.code())),
                Err(why) => complain("ERROR", &why.to_string()),
            }
        }
        sleep(every);
    }
}

fn changed_at() -> Option<SystemTime> {
    fs::metadata(directory().join("ups.conf"))
        .ok()?
        .modified()
        .ok()
}

fn exit_after(before: Exit, now: Exit) -> Exit {
    if before == STILL_WRONG { before } else { now }
}

fn ask(words: &[&str]) -> Result<Said, Error> {
    Ok(systemctl::run(words, PATIENCE)?)
}

/// What has to be done, as a function: first what is to go, so that a device is free for its new name.
fn steps(
    wanted: &[String],
    known: &BTreeMap<String, State>,
    is_up: bool,
    again: bool,
) -> Vec<Step> {
    let gone = known.keys().filter(|unit| !wanted.contains(unit));
    let mut steps: Vec<Step> = gone.cloned().map(Step::Remove).collect();
    for unit in wanted {
        let state = known.get(unit).copied().unwrap_or_default();
        steps.extend(match state {
            State { masked: true, .. } => None,
            State { active: true, .. } if again => Some(Step::Restart(unit.clone())),
            State { active: true, .. } => Some(Step::Reload(unit.clone())),
            State { .. } => is_up.then(|| Step::Start(unit.clone())),
        });
    }
    steps
}

/// All instances that are loaded, or enabled in `/etc` by C NUT's script or the administrator.
fn states() -> Result<BTreeMap<String, State>, Error> {
    let list = |verb, more: &[&str]| {
        let words = [
            &[verb, "--plain", "--no-legend", "nut-driver@*.service"][..],
            more,
        ]
        .concat();
        ask(&words)
    };
    let loaded = list("list-units", &["--all"])?.text;
    let files = list("list-unit-files", &[])?.text;
    Ok(understood(&loaded, &files))
}

fn understood(loaded: &str, files: &str) -> BTreeMap<String, State> {
    let mut states: BTreeMap<String, State> = BTreeMap::new();
    for line in files.lines() {
        let mut words = line.split_whitespace();
        let unit = words.next().unwrap_or_default();
        let masked = words.next().is_some_and(|word| word.starts_with("masked"));
        states.insert(
            unit.to_owned(),
            State {
                active: false,
                masked,
            },
        );
    }
    for line in loaded.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [unit, load, active, ..] = words.as_slice() else {
            continue;
        };
        let state = states.entry((*unit).to_owned()).or_default();
        state.masked |= *load == "masked";
        state.active = matches!(*active, "active" | "activating" | "reloading");
    }
    // the template itself
    states.retain(|unit, _| name::device(unit).is_some());
    states
}

impl Step {
    /// Whether it could be done.
    fn perform(&self) -> Result<bool, Error> {
        match self {
            Self::Remove(unit) => {
                complain(
                    "INFO",
                    &format!("{unit}: its UPS is not in ups.conf any more"),
                );
                let stopped = ask(&["stop", unit])?.success;
                ask(&["disable", "--quiet", unit])?;
                ask(&["reset-failed", "--quiet", unit])
                    .map(drop)
                    .or_else(|why| match why {
                        Error::Systemctl(_) => Ok(()),
                        why => Err(why),
                    })?;
                forget(Path::new(OLD), unit)?;
                Ok(stopped)
            }
            Self::Start(unit) => {
                complain("INFO", &format!("{unit}: starting"));
                Ok(ask(&["start", "--no-block", unit])?.success)
            }
            Self::Restart(unit) => Ok(ask(&["restart", "--no-block", unit])?.success),
            Self::Reload(unit) => {
                if ask(&["reload", unit])?.success {
                    return Ok(true);
                }
                complain("INFO", &format!("{unit}: what has changed needs a restart"));
                Ok(ask(&["restart", "--no-block", unit])?.success)
            }
        }
    }
}

/// Removes what C NUT's script has written for a unit, and nothing of the administrator's.
fn forget(dir: &Path, unit: &str) -> Result<(), Error> {
    let dir = dir.join(format!("{unit}.d"));
    for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with("nut-driver-enumerator-generated")
        {
            fs::remove_file(entry.path()).map_err(Error::file(&entry.path()))?;
        }
    }
    // it stays when something else is in it
    let _ = fs::remove_dir(&dir);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADED: &str = "nut-driver@a.service loaded active running Driver of UPS a\n\
        nut-driver@b.service loaded failed failed Driver of UPS b\n\
        nut-driver@m.service masked inactive dead nut-driver@m.service\n";
    const FILES: &str =
        "nut-driver@.service disabled enabled\nnut-driver@old.service enabled enabled\n";

    fn planned(wanted: &[&str], is_up: bool, again: bool) -> Vec<Step> {
        let wanted: Vec<String> = wanted.iter().map(|ups| name::service(ups)).collect();
        steps(&wanted, &understood(LOADED, FILES), is_up, again)
    }

    #[test]
    fn what_is_gone_goes_first_and_what_is_new_comes_last() {
        let unit = name::service;
        assert_eq!(
            planned(&["a", "b", "m", "new"], true, false),
            [
                Step::Remove(unit("old")),
                Step::Reload(unit("a")),
                Step::Start(unit("b")),
                Step::Start(unit("new")),
            ]
        );
    }

    #[test]
    fn nothing_is_started_where_drivers_are_not_wanted() {
        let steps = planned(&["b", "new", "old", "m"], false, true);
        assert_eq!(steps, [Step::Remove(name::service("a"))]);
    }

    #[test]
    fn reconfiguring_restarts() {
        let steps = planned(&["a", "b", "m", "old"], true, true);
        assert!(steps.contains(&Step::Restart(name::service("a"))));
    }

    #[test]
    fn only_files_of_the_script_are_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let drop_ins = dir.path().join("nut-driver@a.service.d");
        fs::create_dir(&drop_ins).unwrap();
        for name in ["nut-driver-enumerator-generated-checksum.conf", "mine.conf"] {
            fs::write(drop_ins.join(name), "").unwrap();
        }
        forget(dir.path(), "nut-driver@a.service").unwrap();
        assert_eq!(fs::read_dir(&drop_ins).unwrap().count(), 1);
        fs::remove_file(drop_ins.join("mine.conf")).unwrap();
        forget(dir.path(), "nut-driver@a.service").unwrap();
        assert!(!drop_ins.exists());
    }
}
