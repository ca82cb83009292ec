//! Where facts come from. Nothing is changed, and what could not be looked at is noted.

mod accounts;
mod certificates;
mod devices;
mod files;
mod flag;
mod services;
mod usb;
mod wire;

use std::fs;
use std::path::{Path, PathBuf};

use daemon::access::{self, Right, Who};
use daemon::paths::Paths;
use daemon::pidfile::{self, Found};

use crate::args::Args;
use crate::facts::{Directory, Facts, Fault, Program};
use accounts::Accounts;

/// The system that is looked at.
#[derive(Debug)]
struct Place<'a> {
    /// Where its file system begins.
    root: &'a Path,
    /// Whether it runs here.
    is_running: bool,
    paths: Paths,
}

impl Place<'_> {
    /// Where a path of that system is.
    fn below(&self, path: &Path) -> PathBuf {
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }

    /// The same, unless the environment has named it: that is meant as it is.
    fn named(&self, variable: &str, path: &Path) -> PathBuf {
        if std::env::var_os(variable).is_some_and(|value| !value.is_empty()) {
            path.to_owned()
        } else {
            self.below(path)
        }
    }

    fn may(&self, right: Right, who: Option<&Who>, path: &Path) -> Option<Fault> {
        let why = access::may(right, who, path, self.root).err()?;
        if path.exists() {
            Some(Fault::Useless(why))
        } else {
            Some(Fault::Missing)
        }
    }

    fn program(&self, path: PathBuf, who: Option<&Who>) -> Program {
        let fault = self.may(Right::Run, who, &path);
        Program { path, fault }
    }

    /// A program by its name in the configuration; nothing if a shell may know the word itself.
    fn named_program(&self, name: &str, who: Option<&Who>) -> Option<Program> {
        let path = access::locate(name, self.root)?;
        Some(self.program(path, who))
    }
}

/// All facts.
pub(crate) fn facts(args: &Args) -> Facts {
    let place = Place {
        root: args.root(),
        is_running: args.is_running(),
        paths: Paths::from_env(),
    };
    let mut facts = Facts::default();
    if !place.is_running {
        let root = place.root.display();
        facts.unchecked.push(format!(
            "whether services and upsmon run: {root} is not the system that runs here"
        ));
    }
    let accounts = Accounts::of(&place);
    facts.account = daemon::user::DEFAULT_USER.to_owned();
    facts.group = daemon::user::DEFAULT_GROUP.to_owned();
    let nut = accounts.who(&facts.account);
    if nut.is_none() {
        let text = format!("what {} may: there is no such account", facts.account);
        facts.unchecked.push(text);
    }
    let conf_dir = place.named("NUT_CONFPATH", place.paths.conf());
    files::read(&mut facts, &place, &conf_dir, nut.as_ref());
    programs(&mut facts, &place, &accounts);
    let upsmon = facts.upsmon.value.run_as_user.clone();
    facts.stranger = upsmon.filter(|name| accounts.who(name).is_none());
    facts.flag = flag::look(&place, &facts.upsmon.value);
    facts.state = state(&facts, &place, nut.as_ref());
    facts.drivers_state = drivers_state(&facts, &place);
    facts.devices = devices::look(&facts, &place, &conf_dir, &accounts);
    facts.usb = usb::look(&facts, &place, nut.as_ref());
    services::look(&mut facts, &place);
    let encryption = certificates::look(&mut facts, &place, &conf_dir);
    wire::ask(&mut facts, &place, args.offline, encryption.as_ref());
    if place.is_running && facts.upsmon.is_there {
        find_upsmon(&mut facts, &place);
    }
    facts
}

/// Whether upsmon runs, as its PID file tells.
fn find_upsmon(facts: &mut Facts, place: &Place<'_>) {
    let path = place.paths.pid().join("upsmon.pid");
    match pidfile::find(&path, &["upsmon"]) {
        Found::Unusable(why) => {
            let text = format!("whether upsmon runs: {}: {why}", path.display());
            facts.unchecked.push(text);
        }
        found => facts.upsmon_runs = Some(matches!(found, Found::Running(_))),
    }
}

/// Programs that the files name. SHUTDOWNCMD is run by root, the others by upsmon's account.
fn programs(facts: &mut Facts, place: &Place<'_>, accounts: &Accounts) {
    let conf = &facts.upsmon.value;
    let upsmon = accounts.who(conf.run_as_user.as_deref().unwrap_or(&facts.account));
    let root = Who::default();
    let notify = conf.notify_argv(|path| place.below(path).exists());
    let script = facts.upssched.value.cmdscript.first();
    let shutdown = conf.shutdown_program();
    let shutdown = shutdown.and_then(|name| place.named_program(name, Some(&root)));
    let by_upsmon = |name: &String| place.named_program(name, upsmon.as_ref());
    let (notify, script) = (
        notify.first().and_then(by_upsmon),
        script.and_then(by_upsmon),
    );
    let sched = sched(facts, place, upsmon.as_ref());
    facts.shutdown = shutdown;
    facts.notify = notify;
    facts.script = script;
    facts.sched = sched;
}

/// Where upssched makes its files, as upsmon's account.
fn sched(facts: &Facts, place: &Place<'_>, who: Option<&Who>) -> Vec<(&'static str, Directory)> {
    let conf = &facts.upssched.value;
    let files = [("PIPEFN", &conf.pipefn), ("LOCKFN", &conf.lockfn)];
    let dirs = files
        .into_iter()
        .filter_map(|(name, file)| Some((name, file.as_ref()?.parent()?)));
    // what is below /run is made when the system starts
    let dirs = dirs.filter(|(_, dir)| place.is_running || !run_path(dir).starts_with("/run"));
    dirs.map(|(name, dir)| {
        let path = place.below(dir);
        let fault = place.may(Right::Write, who, &path);
        (name, Directory { path, fault })
    })
    .collect()
}

/// Where drivers have their sockets, unless upsd looks for them there. They do not read upsd.conf.
fn drivers_state(facts: &Facts, place: &Place<'_>) -> Option<PathBuf> {
    // from nut.conf services have it in their environment, all the same
    let is_common = facts.nut.value.get("NUT_STATEPATH").is_some();
    if is_common || facts.ups.value.globals.statepath.is_some() {
        return None;
    }
    let upsd = place.paths.state(facts.upsd.value.statepath.as_deref());
    let drivers = place.paths.state(None);
    // /var/run is /run, and there may be other links
    let real = |path: &Path| fs::canonicalize(place.below(path)).ok();
    let is_one = run_path(upsd) == run_path(drivers)
        || real(upsd).is_some_and(|upsd| real(drivers) == Some(upsd));
    (!is_one).then(|| drivers.to_owned())
}

/// A path as it is where `/var/run` is a link.
fn run_path(path: &Path) -> PathBuf {
    let rest = path.strip_prefix("/var/run");
    rest.map_or_else(|_| path.to_owned(), |rest| Path::new("/run").join(rest))
}

/// The directory of sockets and PID files.
fn state(facts: &Facts, place: &Place<'_>, who: Option<&Who>) -> Directory {
    let configured = facts.ups.value.globals.statepath.as_deref();
    let configured = configured.or(facts.upsd.value.statepath.as_deref());
    let path = place.named("NUT_STATEPATH", place.paths.state(configured));
    let fault = place.may(Right::Write, who, &path);
    let fault =
        fault.or_else(|| (!path.is_dir()).then(|| Fault::Useless("it is no directory".to_owned())));
    Directory { path, fault }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of a STATEPATH in upsd.conf alone, where the build has `/run/nut` or `/var/run/nut`.
    fn split(nut: &str, upsd: &str) -> Option<PathBuf> {
        let place = Place {
            root: Path::new("/"),
            is_running: true,
            paths: Paths::default(),
        };
        let mut facts = Facts::default();
        let path = Path::new("x.conf");
        facts.nut.value = crate::nut_conf::NutConf::parse(path, nut.as_bytes()).value;
        facts.upsd.value = config::UpsdConf::parse(path, upsd.as_bytes()).value;
        drivers_state(&facts, &place)
    }

    #[test]
    fn the_state_path_of_upsd_alone_is_told_unless_it_comes_to_the_same() {
        let build = Paths::default().state(None).to_owned();
        assert_eq!(split("", "STATEPATH /no/such/place\n"), Some(build.clone()));
        let same = format!("STATEPATH {}\n", run_path(&build).display());
        assert_eq!(split("", &same), None);
        assert_eq!(split("", ""), None);
        assert_eq!(
            split("NUT_STATEPATH=/x\n", "STATEPATH /no/such/place\n"),
            None
        );
    }
}
