//! Where things go, and what programs are told of it when they are built.

use crate::failure::{Failure, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A setting: its name, its default, and the variable by which programs are built with another one. Defaults are those of the
/// programs themselves, so that a build with them is the build that everybody has.
#[rustfmt::skip]
const TABLE: &[(&str, &str, Option<&str>)] = &[
    // programs
    ("bindir",      "/usr/bin",                          None),
    ("sbindir",     "/usr/sbin",                         None),
    ("drvpath",     "/usr/lib/nut",                      Some("LOCKNUT_DRIVERDIR")),
    ("libexecdir",  "/usr/libexec/locknut",              Some("LOCKNUT_LIBEXECDIR")),
    // where C NUT has a program that others call by its path
    ("nutlibexecdir", "/usr/libexec",                    None),
    // what they read and write
    ("sysconfdir",  "/etc/nut",                          Some("LOCKNUT_SYSCONFDIR")),
    ("statepath",   "/run/nut",                          Some("LOCKNUT_STATEDIR")),
    ("pidpath",     "/run/nut",                          Some("LOCKNUT_PIDDIR")),
    ("altpidpath",  "/run/nut",                          Some("LOCKNUT_ALTPIDDIR")),
    ("datadir",     "/usr/share/nut",                    Some("LOCKNUT_DATADIR")),
    ("user",        "nut",                               Some("LOCKNUT_USER")),
    ("group",       "nut",                               Some("LOCKNUT_GROUP")),
    // where the system looks for files of packages
    ("unitdir",     "/usr/lib/systemd/system",           None),
    ("generatordir", "/usr/lib/systemd/system-generators", None),
    ("shutdowndir", "/usr/lib/systemd/system-shutdown",  None),
    ("presetdir",   "/usr/lib/systemd/system-preset",    None),
    ("sysusersdir", "/usr/lib/sysusers.d",               None),
    ("tmpfilesdir", "/usr/lib/tmpfiles.d",               None),
    ("udevdir",     "/usr/lib/udev/rules.d",             None),
    ("apparmordir", "/usr/share/apparmor/extra-profiles", None),
    ("mandir",      "/usr/share/man",                    None),
    ("bashcompdir", "/usr/share/bash-completion/completions", None),
    ("zshcompdir",  "/usr/share/zsh/vendor-completions", None),
    ("fishcompdir", "/usr/share/fish/vendor_completions.d", None),
    ("examplesdir", "/usr/share/doc/locknut/examples",   None),
];

/// Settings that follow another one unless they are set.
const FOLLOWERS: &[(&str, &str)] = &[
    ("pidpath", "statepath"),
    ("altpidpath", "statepath"),
    ("group", "user"),
];

/// All settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    set: BTreeMap<String, String>,
}

impl Places {
    /// Takes `name=value`.
    pub(super) fn set(&mut self, name: &str, value: &str) -> Result<()> {
        if !TABLE.iter().any(|(known, ..)| *known == name) {
            let known: Vec<&str> = TABLE.iter().map(|(known, ..)| *known).collect();
            return Err(Failure::told(format!(
                "there is no {name:?} to set; there are {}",
                known.join(", ")
            )));
        }
        let is_path = !matches!(name, "user" | "group");
        if value.is_empty() || is_path != value.starts_with('/') {
            let wanted = if is_path {
                "an absolute path"
            } else {
                "a name"
            };
            return Err(Failure::told(format!(
                "{name}={value}: it has to be {wanted}"
            )));
        }
        self.set
            .insert(name.to_owned(), value.trim_end_matches('/').to_owned());
        Ok(())
    }

    /// What `name` is; none for an unknown one.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        if let Some(value) = self.set.get(name) {
            return Some(value);
        }
        let follows = FOLLOWERS.iter().find(|(follower, _)| *follower == name);
        if let Some(value) = follows.and_then(|(_, leader)| self.set.get(*leader)) {
            return Some(value);
        }
        let row = TABLE.iter().find(|(known, ..)| *known == name);
        row.map(|(_, default, _)| *default)
    }

    /// The directory `name` below `root`.
    pub(super) fn under(&self, root: &Path, name: &str) -> PathBuf {
        let place = self.get(name).unwrap_or_default();
        root.join(place.trim_start_matches('/'))
    }

    /// What the build is told: only what is not the default.
    pub(super) fn environment(&self) -> Vec<(&'static str, String)> {
        let told = TABLE.iter().filter_map(|(name, default, variable)| {
            let value = self.get(name)?;
            Some(((*variable)?, value.to_owned())).filter(|_| value != *default)
        });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_set_is_the_build_that_everybody_has() {
        let places = Places::default();
        assert_eq!(places.get("sysconfdir"), Some("/etc/nut"));
        assert_eq!(places.environment(), []);
        let tree = places.under(Path::new("/d"), "drvpath");
        assert_eq!(tree, Path::new("/d/usr/lib/nut"));
    }

    #[test]
    fn what_is_set_reaches_the_build_and_those_who_follow() {
        let mut places = Places::default();
        places.set("statepath", "/var/lib/ups/").unwrap();
        places.set("user", "ups").unwrap();
        places.set("group", "daemon").unwrap();
        assert_eq!(places.get("altpidpath"), Some("/var/lib/ups"));
        let told = places.environment();
        let told: Vec<(&str, &str)> = told.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(
            told,
            [
                ("LOCKNUT_STATEDIR", "/var/lib/ups"),
                ("LOCKNUT_PIDDIR", "/var/lib/ups"),
                ("LOCKNUT_ALTPIDDIR", "/var/lib/ups"),
                ("LOCKNUT_USER", "ups"),
                ("LOCKNUT_GROUP", "daemon"),
            ]
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let mut places = Places::default();
        for (name, value) in [
            ("bindr", "/x"),
            ("bindir", "x"),
            ("user", "/x"),
            ("user", ""),
        ] {
            assert!(places.set(name, value).is_err(), "{name}={value}");
        }
    }
}
