//! Services: what of them is installed, masked and enabled tell files, what they do now tells systemd.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use units::systemctl;

use super::Place;
use crate::facts::{Facts, Unit};
use crate::rules::services::{ASKED, RIVALS};

/// How long systemd may take to answer.
const ANSWER_TIME: Duration = Duration::from_secs(5);
/// Where units are, those that win first.
const DIRS: [&str; 4] = [
    "/etc/systemd/system",
    "/run/systemd/system",
    "/usr/lib/systemd/system",
    "/lib/systemd/system",
];
/// Where the last scripts of a shutdown are.
const HOOKS: [&str; 2] = [
    "/usr/lib/systemd/system-shutdown",
    "/lib/systemd/system-shutdown",
];
const HOOK: &str = "nutshutdown";

/// Looks at those of NUT and of its rivals.
pub(super) fn look(facts: &mut Facts, place: &Place<'_>) {
    let installed = ["/usr/lib/systemd/systemd", "/lib/systemd/systemd"];
    let has = |path: &&str| place.below(Path::new(path)).exists();
    let is_there = if place.is_running {
        systemctl::is_there()
    } else {
        installed.iter().any(has)
    };
    if !is_there {
        let text = "services, and the last script of a shutdown: systemd does not run this system";
        facts.unchecked.push(text.to_owned());
        return;
    }
    let files = Files::of(place);
    let names = ASKED.iter().chain(&RIVALS).map(|&name| name.to_owned());
    let names = names.chain(files.instances());
    let mut units: Vec<Unit> = names.map(|name| files.unit(name)).collect();
    if place.is_running {
        match states(&units) {
            Ok(states) => {
                for (unit, state) in units.iter_mut().zip(states) {
                    unit.state = Some(state);
                }
            }
            Err(why) => facts.unchecked.push(format!("whether services run: {why}")),
        }
    }
    facts.units = Some(units);
    let hook = |dir: &&str| place.below(Path::new(dir)).join(HOOK).exists();
    facts.has_hook = Some(HOOKS.iter().any(hook));
}

/// What systemd says of each now.
fn states(units: &[Unit]) -> Result<Vec<String>, String> {
    let mut words = vec!["show", "--property=ActiveState", "--value", "--"];
    words.extend(units.iter().map(|unit| unit.name.as_str()));
    let said = systemctl::run(&words, ANSWER_TIME).map_err(|why| why.to_string())?;
    let states = said.text.lines().filter(|line| !line.is_empty());
    let states: Vec<String> = states.map(ToOwned::to_owned).collect();
    if states.len() == units.len() {
        Ok(states)
    } else {
        Err("systemctl has given no answer that can be understood".to_owned())
    }
}

/// The directories of units.
struct Files {
    dirs: Vec<PathBuf>,
    /// Files in directories such as `multi-user.target.wants`.
    wanted: Vec<String>,
}

impl Files {
    fn of(place: &Place<'_>) -> Self {
        let dirs: Vec<PathBuf> = DIRS.iter().map(|dir| place.below(Path::new(dir))).collect();
        let inner = dirs
            .iter()
            .flat_map(|dir| names(dir).into_iter().map(|name| dir.join(name)));
        let lists = inner.filter(|dir| {
            let name = dir.extension().unwrap_or_default();
            name == "wants" || name == "requires"
        });
        let wanted = lists.flat_map(|dir| names(&dir)).collect();
        Self { dirs, wanted }
    }

    fn unit(&self, name: String) -> Unit {
        let mut paths = self.dirs.iter().map(|dir| dir.join(&name));
        let found = paths.find(|path| fs::symlink_metadata(path).is_ok());
        let is_masked = found.as_deref().is_some_and(is_nothing);
        Unit {
            is_installed: found.is_some() && !is_masked,
            is_masked,
            is_enabled: self.wanted.contains(&name),
            state: None,
            name,
        }
    }

    /// Services of drivers that somebody has enabled.
    fn instances(&self) -> Vec<String> {
        let wanted = self.wanted.iter();
        let mut instances: Vec<String> = wanted
            .filter(|name| units::name::device(name).is_some())
            .cloned()
            .collect();
        instances.sort();
        instances.dedup();
        instances
    }
}

/// A masked unit is a link to `/dev/null`, or empty.
fn is_nothing(path: &Path) -> bool {
    let link = fs::read_link(path).is_ok_and(|target| target == Path::new("/dev/null"));
    link || fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == 0)
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use daemon::paths::Paths;

    #[test]
    fn files_tell_what_is_installed_masked_and_enabled() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place {
            root: dir.path(),
            is_running: false,
            paths: Paths::default(),
        };
        let etc = place.below(Path::new("/etc/systemd/system"));
        let lib = place.below(Path::new("/usr/lib/systemd/system"));
        fs::create_dir_all(etc.join("nut.target.wants")).unwrap();
        fs::create_dir_all(&lib).unwrap();
        for name in [
            "nut-server.service",
            "nut-monitor.service",
            "nut-driver@.service",
        ] {
            fs::write(lib.join(name), "[Unit]\n").unwrap();
        }
        std::os::unix::fs::symlink("/dev/null", etc.join("nut-monitor.service")).unwrap();
        fs::write(etc.join("nut.target.wants/nut-server.service"), "").unwrap();
        fs::write(etc.join("nut.target.wants/nut-driver@old.service"), "").unwrap();
        let files = Files::of(&place);
        let server = files.unit("nut-server.service".to_owned());
        assert!(server.is_installed && server.is_enabled && !server.is_masked);
        let monitor = files.unit("nut-monitor.service".to_owned());
        assert!(monitor.is_masked && !monitor.is_installed && !monitor.is_enabled);
        assert_eq!(files.unit("nut.target".to_owned()).name, "nut.target");
        assert_eq!(files.instances(), ["nut-driver@old.service"]);
    }
}
