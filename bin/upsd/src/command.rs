//! What upsd does instead of serving: `-t` checks the files, `-c` signals the running instance.

use std::path::PathBuf;

use daemon::paths::Paths;
use daemon::pidfile::{self, Signal};
use daemon::{Exit, banner};

use crate::encryption;
use crate::files::Files;

/// `-t`: tells every problem of the three files.
pub(crate) fn check() -> Exit {
    let files = match Files::read(Paths::from_env().conf()) {
        Ok(files) => files,
        Err(unreadable) => {
            for why in &unreadable {
                banner::complain(&format!("upsd: {why}"));
            }
            return Exit::Failure;
        }
    };
    for problem in &files.problems {
        banner::complain(&problem.to_string());
    }
    let (encryption, remarks) = encryption::look(Paths::from_env().conf(), &files.upsd);
    for remark in &remarks {
        banner::complain(&remark.shown_by("upsd"));
    }
    if let Err(why) = &encryption {
        banner::complain(&format!("upsd: error: {why}"));
    }
    let errors = files.errors() + usize::from(encryption.is_err());
    let warned = remarks.iter().filter(|remark| remark.is_warning()).count();
    let warnings = files.problems.len() - files.errors() + warned;
    let sections = files.devices().len();
    banner::complain(&format!(
        "upsd: {errors} errors, {warnings} warnings; {sections} UPS defined"
    ));
    Exit::of(errors == 0)
}

const COMMANDS: &[(&str, Signal)] = &[("reload", Signal::SIGHUP), ("stop", Signal::SIGTERM)];

/// `-c`: signals the running instance.
pub(crate) fn send(command: &str, pid: Option<i32>) -> Exit {
    let Some(signal) = pidfile::by_prefix(command, COMMANDS) else {
        banner::complain(&format!(
            "upsd: unknown command {command:?}; the commands are reload and stop"
        ));
        return Exit::Failure;
    };
    match pidfile::send(signal, pid, &pid_path(&Paths::from_env()), &["upsd"]) {
        Ok(_) => Exit::Success,
        Err(why) => {
            banner::complain(&format!("upsd: {why}"));
            Exit::Failure
        }
    }
}

pub(crate) fn pid_path(paths: &Paths) -> PathBuf {
    paths.alt_pid(None).join("upsd.pid")
}
