//! Making room: a running instance for the same UPS is asked to leave, then told, then killed
//! (spec sock-protocol.md, section 11).

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use daemon::pidfile::{Found, Signal, find};
use daemon::process;
use proto::Outcome;
use tracing::{info, warn};

use crate::instance::Instance;

/// How long the instance may take to answer.
const ANSWER: Duration = Duration::from_secs(15);
/// How long it may take to be gone after it has answered.
const LEAVE: Duration = Duration::from_secs(50);
/// How long a signal may take to work.
const SIGNALLED: Duration = Duration::from_secs(5);
/// How often to look.
const LOOK: Duration = Duration::from_millis(100);

/// The instance could not be made to leave.
#[derive(Debug, thiserror::Error)]
#[error(
    "another instance of this driver for the same UPS (process {0}) does not end; stop it by hand"
)]
pub(crate) struct Stays(i32);

/// Makes an instance that listens on `socket` leave, if there is one.
///
/// It has left when it closes the connection. By then others may serve that started at the same moment as this one: of
/// them the last one stays, which the others find out by themselves.
pub(crate) fn by_socket(socket: &Path) {
    let Ok(mut instance) = Instance::connect(socket) else {
        return;
    };
    match instance.command("driver.exit", ANSWER) {
        Ok(Outcome::Handled) => {
            warn!("another instance of this driver was running and is asked to leave")
        }
        Ok(outcome) => warn!(
            "another instance of this driver does not want to leave: {}",
            outcome.answer()
        ),
        Err(error) => warn!("another instance of this driver does not answer: {error}"),
    }
    if !instance.is_gone(LEAVE) {
        warn!(
            "another instance of this driver still listens on {}",
            socket.display()
        );
    }
}

/// Makes the instance that the PID file at `path` names leave, if it runs.
///
/// # Errors
/// It survives everything.
pub(crate) fn by_pid_file(path: &Path, programs: &[&str]) -> Result<(), Stays> {
    let pid = match find(path, programs) {
        Found::Running(pid) => pid,
        Found::Foreign { pid, name } => {
            info!(
                "{} names process {pid}, which is {name:?}; ignored",
                path.display()
            );
            return Ok(());
        }
        _ => return Ok(()),
    };
    for signal in [
        Signal::SIGTERM,
        Signal::SIGTERM,
        Signal::SIGTERM,
        Signal::SIGKILL,
    ] {
        warn!("sending {signal} to another instance of this driver, process {pid}");
        if process::signal(pid, signal).is_err() && !process::is_alive(pid) {
            return Ok(());
        }
        if within(SIGNALLED, || !process::is_alive(pid)) {
            return Ok(());
        }
    }
    Err(Stays(pid))
}

/// Looks until `done`, but not longer than `limit`.
fn within(limit: Duration, done: impl Fn() -> bool) -> bool {
    let deadline = Instant::now() + limit;
    loop {
        if done() {
            return true;
        }
        if Instant::now() >= deadline {
            return false;
        }
        sleep(LOOK);
    }
}
