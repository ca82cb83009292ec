//! `-k` and `-d`: the device is opened, used once and let go, without socket, runtime or PID file.

use std::thread::sleep;

use daemon::{Exit, log};
use proto::Outcome;
use tracing::error;

use super::attach::{self, Attached};
use super::{Identity, Task, fail, remote};
use crate::instance::is_listened_on;
use crate::report::Report;
use crate::{evict, killpower, run, state};

/// Cuts the power: through a running instance, else with our own hands. Success is 0 (C forks first and says 1).
pub(crate) fn kill_power(task: &Task<'_>, identity: Identity) -> Result<Exit, Exit> {
    log::open_syslog();
    error!(target: log::CRIT, "cutting the power of UPS [{}]", task.setup.settings.ups);
    if remote::kill_power(&task.socket()) {
        return Ok(Exit::Success);
    }
    identity.assume()?;
    evict::by_socket(&task.socket());
    if let Err(stays) = evict::by_pid_file(&task.pid_file(), &task.programs()) {
        error!("{stays}; trying all the same");
    }
    // not polled: a device that is slow to tell its values still obeys at once
    let mut attached = attach::open(task.info, &task.setup).map_err(fail)?;
    let commands = task.setup.shutdown_commands();
    match killpower::run(attached.driver.as_mut(), &commands, &mut Report::default()) {
        Outcome::Handled => Ok(Exit::Success),
        _ => Err(Exit::Failure),
    }
}

/// What another process says to the device is not heard here.
fn refuse_if_running(task: &Task<'_>) -> Result<(), Exit> {
    if !is_listened_on(&task.socket()) {
        return Ok(());
    }
    let ups = &task.setup.settings.ups;
    Err(fail(format_args!(
        "the driver of UPS [{ups}] is running and has the device; stop it before --record"
    )))
}

/// Prints all variables: those of a running instance, else those of the device after `polls` polls beside the first.
pub(crate) fn dump(task: &mut Task<'_>, identity: Identity, polls: u32) -> Result<Exit, Exit> {
    if task.args.record.is_some() {
        refuse_if_running(task)?;
    } else if remote::dump(&task.socket()) {
        return Ok(Exit::Success);
    }
    identity.assume()?;
    task.record()?;
    let mut attached = attach::attach(task.info, &task.setup).map_err(fail)?;
    for _ in 0..polls {
        sleep(task.setup.limits.poll_interval);
        attached.poll();
    }
    let Attached { mut publisher, .. } = attached;
    publisher.set("driver.state", state::DUMPING);
    daemon::banner::say(run::listing(publisher.tree()).trim_end());
    Ok(Exit::Success)
}
