//! Directories: environment, configuration, what was fixed when the program was built
//! (spec config-files.md, section 1).
//!
//! | directory | decided by, first wins |
//! |---|---|
//! | configuration | `NUT_CONFPATH`, `LOCKNUT_SYSCONFDIR` |
//! | state, with the drivers' sockets | `NUT_STATEPATH`, configuration, `LOCKNUT_STATEDIR` |
//! | PID files of drivers, upsd, upssched | `NUT_ALTPIDPATH`, `NUT_STATEPATH`, `LOCKNUT_ALTPIDDIR` |
//! | PID files of upsmon, upslog | `NUT_PIDPATH`, `LOCKNUT_PIDDIR` |
//!
//! The names with `LOCKNUT_` are read when the crate is compiled. Empty values count as not set.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

const fn or(built: Option<&'static str>, default: &'static str) -> &'static str {
    match built {
        Some(path) => path,
        None => default,
    }
}

/// The configuration directory of this build.
pub const CONF_DIR: &str = or(option_env!("LOCKNUT_SYSCONFDIR"), "/etc/nut");
/// The state directory of this build.
pub const STATE_DIR: &str = or(option_env!("LOCKNUT_STATEDIR"), "/var/run/nut");
/// The directory for PID files of programs that do not run as root.
pub const ALT_PID_DIR: &str = or(option_env!("LOCKNUT_ALTPIDDIR"), STATE_DIR);
/// The directory for PID files of programs that start as root.
pub const PID_DIR: &str = or(option_env!("LOCKNUT_PIDDIR"), STATE_DIR);
/// Where `cmdvartab` lies.
pub const DATA_DIR: &str = or(option_env!("LOCKNUT_DATADIR"), "/usr/share/nut");
/// Where the driver programs lie.
pub const DRIVER_DIR: &str = or(option_env!("LOCKNUT_DRIVERDIR"), "/usr/lib/nut");

/// What the environment says about directories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    conf: Option<PathBuf>,
    state: Option<PathBuf>,
    alt_pid: Option<PathBuf>,
    pid: Option<PathBuf>,
}

impl Paths {
    /// Reads the environment.
    #[must_use]
    pub fn from_env() -> Self {
        Self::from_lookup(|name| std::env::var_os(name))
    }

    /// Reads what `lookup` takes for the environment.
    #[must_use]
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        let path = |name| {
            lookup(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        Self {
            conf: path("NUT_CONFPATH"),
            state: path("NUT_STATEPATH"),
            alt_pid: path("NUT_ALTPIDPATH"),
            pid: path("NUT_PIDPATH"),
        }
    }

    /// The configuration directory.
    #[must_use]
    pub fn conf(&self) -> &Path {
        self.conf.as_deref().unwrap_or(Path::new(CONF_DIR))
    }

    /// The state directory, when the configuration says `configured`.
    #[must_use]
    pub fn state<'a>(&'a self, configured: Option<&'a Path>) -> &'a Path {
        self.state
            .as_deref()
            .or(configured)
            .unwrap_or(Path::new(STATE_DIR))
    }

    /// The environment's state directory when it overrules a different `configured` one: worth a warning.
    #[must_use]
    pub fn overruling_state(&self, configured: Option<&Path>) -> Option<&Path> {
        let state = self.state.as_deref()?;
        configured
            .is_some_and(|other| other != state)
            .then_some(state)
    }

    /// Where drivers, upsd and upssched put their PID files. `configured` is a driver's `statepath`, which
    /// moves its PID file too; upsd passes `None`.
    #[must_use]
    pub fn alt_pid<'a>(&'a self, configured: Option<&'a Path>) -> &'a Path {
        let chosen = self
            .alt_pid
            .as_deref()
            .or(self.state.as_deref())
            .or(configured);
        chosen.unwrap_or(Path::new(ALT_PID_DIR))
    }

    /// Where upsmon and upslog put their PID files.
    #[must_use]
    pub fn pid(&self) -> &Path {
        self.pid.as_deref().unwrap_or(Path::new(PID_DIR))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(set: &[(&str, &str)]) -> Paths {
        Paths::from_lookup(|name| {
            let found = set.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_build_decides_when_nobody_else_does() {
        let paths = paths(&[("NUT_CONFPATH", "")]);
        assert_eq!(paths.conf(), Path::new(CONF_DIR));
        assert_eq!(paths.state(None), Path::new(STATE_DIR));
        assert_eq!(paths.alt_pid(None), Path::new(ALT_PID_DIR));
    }

    #[test]
    fn the_environment_wins_over_the_configuration() {
        let configured = Some(Path::new("/c"));
        assert_eq!(paths(&[]).state(configured), Path::new("/c"));
        let env = paths(&[("NUT_STATEPATH", "/e")]);
        assert_eq!(env.state(configured), Path::new("/e"));
        assert_eq!(env.overruling_state(configured), Some(Path::new("/e")));
        assert_eq!(env.overruling_state(Some(Path::new("/e"))), None);
    }

    #[test]
    fn pid_files_follow_the_state_directory() {
        assert_eq!(
            paths(&[("NUT_STATEPATH", "/e")]).alt_pid(None),
            Path::new("/e")
        );
        assert_eq!(paths(&[]).alt_pid(Some(Path::new("/c"))), Path::new("/c"));
        let both = paths(&[("NUT_STATEPATH", "/e"), ("NUT_ALTPIDPATH", "/p")]);
        assert_eq!(both.alt_pid(Some(Path::new("/c"))), Path::new("/p"));
        assert_eq!(paths(&[("NUT_PIDPATH", "/q")]).pid(), Path::new("/q"));
    }
}
