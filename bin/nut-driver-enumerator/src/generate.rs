//! As a generator of systemd (systemd.generator(7)): an instance for each section, below the directory that systemd names.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use config::UpsConf;
use config::edit::Shell;
use daemon::{Exit, local_time};
use units::{Needs, name};

use crate::{Error, complain};

/// What every instance is a copy of; only its name counts.
const TEMPLATE: &str = "/usr/lib/systemd/system/nut-driver@.service";
/// Who starts the instances.
const WANTS: &str = "nut-driver.target.wants";
/// The name that C NUT's script has for such files, too.
const DROP_IN: &str = "nut-driver-enumerator-generated.conf";
/// With these modes of nut.conf there are no drivers.
const WITHOUT: [&str; 2] = ["none", "netclient"];

/// Makes all; `words` are the directories that systemd names, of which the first is for what is neither to override the
/// administrator's units nor to be overridden by those of packages.
pub(crate) fn run(words: &[String], conf: &Path) -> Result<Exit, Error> {
    let Some(dir) = words.first() else {
        return Err(Error::Told(
            "systemd runs this, with directories to write to".into(),
        ));
    };
    let mode = fs::read_to_string(conf.join("nut.conf"))
        .ok()
        .and_then(|text| mode(&text));
    if mode.is_some_and(|mode| WITHOUT.contains(&mode.as_str())) {
        return Ok(Exit::Success);
    }
    // a mistake in one section is no reason to leave a host without the others at boot
    let loaded = match config::load_ups(&conf.join("ups.conf")) {
        Ok(loaded) => loaded,
        Err(config::LoadError::NotFound { .. }) => return Ok(Exit::Success),
        Err(why) => return Err(why.into()),
    };
    for problem in &loaded.problems {
        complain("WARNING", &problem.to_string());
    }
    for file in files(&loaded.value, &local_time::host()) {
        file.make(Path::new(dir))?;
    }
    Ok(Exit::Success)
}

/// MODE, as a shell would read it.
fn mode(nut_conf: &str) -> Option<String> {
    let file = Shell::parse(Path::new("nut.conf"), nut_conf.as_bytes()).ok()?;
    file.get("MODE").map(ToOwned::to_owned)
}

/// What is made, below the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Made {
    Link(PathBuf),
    File(PathBuf, String),
}

fn files(conf: &UpsConf, host: &str) -> Vec<Made> {
    let mut files = Vec::new();
    for section in &conf.sections {
        let unit = name::service(&section.name);
        files.push(Made::Link(Path::new(WANTS).join(&unit)));
        let needs = Needs::of(section, host).units().join(" ");
        if !needs.is_empty() {
            let text = format!(
                "# ups.conf: driver {}\n[Unit]\nWants={needs}\nAfter={needs}\n",
                section.driver
            );
            files.push(Made::File(
                Path::new(&format!("{unit}.d")).join(DROP_IN),
                text,
            ));
        }
    }
    files
}

impl Made {
    fn make(&self, dir: &Path) -> Result<(), Error> {
        let (Self::Link(path) | Self::File(path, _)) = self;
        let path = dir.join(path);
        let parent = path.parent().unwrap_or(dir);
        fs::create_dir_all(parent).map_err(Error::file(parent))?;
        match self {
            Self::File(_, text) => fs::write(&path, text),
            Self::Link(_) => match symlink(TEMPLATE, &path) {
                Err(why) if why.kind() == ErrorKind::AlreadyExists => Ok(()),
                done => done,
            },
        }
        .map_err(Error::file(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_becomes_an_instance() {
        let text =
            "[rack]\ndriver=usbhid-ups\nport=auto\n[my-lab]\ndriver=dummy-ups\nport=lab.dev\n";
        let root = tempfile::tempdir().unwrap();
        let (conf, units) = (root.path().join("conf"), root.path().join("units"));
        fs::create_dir(&conf).unwrap();
        fs::write(conf.join("ups.conf"), text).unwrap();
        let words = [units.display().to_string()];
        for _ in 0..2 {
            run(&words, &conf).unwrap();
        }
        let link = units.join("nut-driver.target.wants/nut-driver@my\\x2dlab.service");
        assert_eq!(fs::read_link(link).unwrap(), Path::new(TEMPLATE));
        let drop_in = units.join("nut-driver@rack.service.d").join(DROP_IN);
        let text = fs::read_to_string(drop_in).unwrap();
        assert!(text.contains("\nAfter=systemd-udevd.service\n"), "{text}");
        assert!(!units.join("nut-driver@my\\x2dlab.service.d").exists());
    }

    #[test]
    fn without_drivers_there_is_nothing_to_make() {
        let root = tempfile::tempdir().unwrap();
        let words = [root.path().join("units").display().to_string()];
        assert_eq!(run(&words, root.path()).unwrap(), Exit::Success);
        fs::write(root.path().join("ups.conf"), "[a]\ndriver=x\nport=y\n").unwrap();
        fs::write(root.path().join("nut.conf"), "MODE=\"netclient\" # there\n").unwrap();
        run(&words, root.path()).unwrap();
        assert!(!root.path().join("units").exists());
        assert_eq!(
            mode("#MODE=none\nMODE=standalone\n").as_deref(),
            Some("standalone")
        );
        assert_eq!(mode(""), None);
    }
}
