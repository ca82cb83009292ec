//! The usual way to run: serve upsd until a signal or a command ends it.

use daemon::args::Detachment;
use daemon::background::{Readiness, Role, detach};
use daemon::notify::Notify;
use daemon::pidfile::PidFile;
use daemon::signals::Signals;
use daemon::{Exit, memory};
use tokio::runtime::{Builder, Runtime};
use tracing::info;

use super::attach::attach;
use super::{Task, fail};
use crate::run::{Control, run};
use crate::{evict, socket};

/// Starts and serves; in the background, the parent returns when the driver is up or has failed.
pub(crate) fn serve(task: &Task<'_>, systemd: Notify) -> Result<Exit, Exit> {
    let state_dir = &task.setup.settings.state_dir;
    std::env::set_current_dir(state_dir).map_err(|error| {
        let dir = state_dir.display();
        fail(format_args!(
            "cannot change to the state directory {dir}: {error}"
        ))
    })?;
    let detachment = task.args.common.presence.detachment();
    evict::by_socket(&task.socket());
    if detachment.writes_pid_file() {
        evict::by_pid_file(&task.pid_file(), &task.programs()).map_err(fail)?;
    }
    match role(detachment)? {
        Role::Parent(exit) => Ok(exit),
        Role::Child(readiness) => serve_device(task, readiness, detachment, systemd),
    }
}

fn role(detachment: Detachment) -> Result<Role, Exit> {
    match detachment {
        Detachment::Background => detach().map_err(fail),
        Detachment::Foreground { .. } => Ok(Role::Child(Readiness::foreground())),
    }
}

/// Everything that can fail comes before [`Readiness::ready`].
fn serve_device(
    task: &Task<'_>,
    readiness: Readiness,
    detachment: Detachment,
    systemd: Notify,
) -> Result<Exit, Exit> {
    let attached = attach(task.info, &task.setup).map_err(fail)?;
    let runtime = runtime()?;
    let signals = signals(&runtime)?;
    let group = task.args.group.as_deref().or(task.setup.group.as_deref());
    let (mut socket, listener) = socket::bind(&task.socket(), group).map_err(fail)?;
    let (source, setup) = (task.source.clone(), task.setup.clone());
    let (hub, news) = attached
        .engage(task.info, source, setup, task.debug, systemd)
        .map_err(fail)?;
    let _pid_file = pid_file(task, detachment)?;
    readiness.ready().map_err(fail)?;

    hub.systemd().ready();
    memory::give_back();
    info!("serving UPS [{}]", task.setup.settings.ups);
    let serving = run(hub, &mut socket, listener, news, Control::Signals(signals));
    runtime.block_on(serving).map_err(fail)
}

/// One thread, for sockets, timers and signals; the device has its own.
fn runtime() -> Result<Runtime, Exit> {
    let mut builder = Builder::new_current_thread();
    // room for a thousand events would be 12 kB, and a driver has a few connections
    let built = builder.enable_all().max_io_events_per_tick(64).build();
    built.map_err(fail)
}

/// Listens from before the PID file tells anybody whom to signal.
fn signals(runtime: &Runtime) -> Result<Signals, Exit> {
    let _inside = runtime.enter();
    Signals::driver().map_err(fail)
}

fn pid_file(task: &Task<'_>, detachment: Detachment) -> Result<Option<PidFile>, Exit> {
    let wanted = detachment.writes_pid_file();
    let written = wanted.then(|| PidFile::create(&task.pid_file()));
    written.transpose().map_err(fail)
}
