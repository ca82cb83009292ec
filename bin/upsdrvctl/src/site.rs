//! ups.conf, and where programs, sockets and PID files are.

use std::ffi::OsString;
use std::path::PathBuf;

use config::{Section, Severity, UpsConf};
use daemon::paths::{DRIVER_DIR, Paths};
use tracing::{error, warn};

use crate::Error;
use crate::command_line::Args;

/// All that a verb needs to know.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) conf: UpsConf,
    pub(crate) testing: bool,
    pub(crate) foreground: u8,
    /// Drivers stay in the foreground because they debug: nobody can wait for them.
    pub(crate) unwaited: bool,
    programs: PathBuf,
    state: PathBuf,
    pids: PathBuf,
    /// What every driver is given.
    common: Vec<OsString>,
    /// What a driver that starts is given besides.
    presence: Vec<OsString>,
}

impl Site {
    pub(crate) fn load(args: &Args, paths: &Paths) -> Result<Self, Error> {
        let loaded = config::load_ups(&paths.conf().join("ups.conf"))?;
        for problem in &loaded.problems {
            match problem.severity {
                Severity::Error => error!("{problem}"),
                Severity::Warning => warn!("{problem}"),
            }
        }
        let conf = loaded.value;
        let state = paths.state(conf.globals.statepath.as_deref()).to_owned();
        let nowait = conf.globals.nowait
            && std::env::var_os("NUT_IGNORE_NOWAIT").is_none_or(|set| set != "true");
        let debugging = args.driver_debug > 0 && !args.background;
        Ok(Self {
            testing: args.testing,
            foreground: args.foreground,
            unwaited: nowait || debugging,
            programs: conf
                .globals
                .driverpath
                .clone()
                .unwrap_or_else(|| DRIVER_DIR.into()),
            pids: paths.alt_pid(Some(&state)).to_owned(),
            state,
            common: common(args),
            presence: presence(args),
            conf,
        })
    }

    /// The driver's program and what it is given to start.
    pub(crate) fn start_line(&self, section: &Section) -> (PathBuf, Vec<OsString>) {
        let line = self.line(section, &self.presence);
        (self.programs.join(&section.driver), line)
    }

    /// The same to cut the power.
    pub(crate) fn shutdown_line(&self, section: &Section) -> (PathBuf, Vec<OsString>) {
        let line = self.line(section, &["-k".into()]);
        (self.programs.join(&section.driver), line)
    }

    fn line(&self, section: &Section, more: &[OsString]) -> Vec<OsString> {
        let mut line = more.to_vec();
        line.extend(["-a".into(), OsString::from(&section.name)]);
        line.extend(self.common.iter().cloned());
        line
    }

    pub(crate) fn socket(&self, section: &Section) -> PathBuf {
        self.state
            .join(format!("{}-{}", section.driver, section.name))
    }

    pub(crate) fn pid_file(&self, section: &Section) -> PathBuf {
        self.pids
            .join(format!("{}-{}.pid", section.driver, section.name))
    }
}

fn common(args: &Args) -> Vec<OsString> {
    let mut common: Vec<OsString> = Vec::new();
    if let Some(dir) = &args.chroot {
        common.extend(["-r".into(), dir.clone().into()]);
    }
    if let Some(user) = &args.user {
        common.extend(["-u".into(), user.into()]);
    }
    common
}

fn presence(args: &Args) -> Vec<OsString> {
    let mut presence: Vec<OsString> = Vec::new();
    if args.driver_debug > 0 {
        presence.push(format!("-{}", "D".repeat(args.driver_debug.into())).into());
    }
    if args.foreground > 0 {
        presence.push(format!("-{}", "F".repeat(args.foreground.into())).into());
    }
    if args.background {
        presence.push("-B".into());
    }
    presence
}
