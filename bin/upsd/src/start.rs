//! From the command line to the running server, and to its end (spec server-behaviour.md, section 2).
//!
//! The process detaches before any thread exists and reports readiness only when clients can be served;
//! listeners are bound with the initial rights, everything else is done as the run-as user.

use std::rc::Rc;
use std::time::{Duration, SystemTime};

use config::UpsdConf;
use daemon::background::{self, Readiness, Role};
use daemon::notify::Notify;
use daemon::paths::Paths;
use daemon::pidfile::{self, Found, PidFile};
use daemon::signals::{Event, Signals};
use daemon::user::{self, Account};
use daemon::{Exit, banner, hardening};
use proto::TrackingId;
use server::Hub;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{MissedTickBehavior, interval};
use tracing::{debug, error, info};

use crate::args::Args;
use crate::client;
use crate::command::{check, pid_path, send};
use crate::context::{Context, Fatal};
use crate::driver;
use crate::encryption;
use crate::environment::switch;
use crate::files::{self, Files};
use crate::hash_password::hash_password;
use crate::listen::{self, Family};
use crate::reload;
use crate::shell::{Shell, Tasks};
use crate::state_dir::StateDir;

/// Runs upsd.
#[must_use]
pub fn main() -> Exit {
    let args: Args = match daemon::args::parse() {
        Ok(args) => args,
        Err(exit) => return exit,
    };
    let title = banner::line("upsd", proto::VERSION);
    if args.common.version {
        banner::say(&title);
        return Exit::Success;
    }
    if args.port.is_some() || args.interface.is_some() {
        banner::complain("upsd: -p and -i are gone; write LISTEN <address> [<port>] in upsd.conf");
        return Exit::Failure;
    }
    if args.hash_password {
        return hash_password();
    }
    if args.check {
        return check();
    }
    if let Some(command) = &args.common.command {
        return send(command, args.common.pid);
    }
    banner::print(&title);
    start(&args).unwrap_or_else(|why| {
        error!("Fatal error: {why}");
        Exit::Failure
    })
}

fn start(args: &Args) -> Result<Exit, Fatal> {
    let context = Context {
        paths: Paths::from_env(),
        notify: Notify::from_env(),
        verbosity: daemon::log::chosen_verbosity(args.common.presence.debug()),
    };
    // a password is checked in a thread of its own, which would keep a heap of its own
    daemon::memory::share_one_heap();
    hardening::leave_no_cores();
    hardening::be_opaque();
    hardening::gain_no_privileges();
    daemon::log::init("upsd", context.verbosity, args.common.quiet)?;
    if let Found::Running(pid) = pidfile::find(&pid_path(&context.paths), &["upsd"]) {
        banner::say("Fatal error: A previous upsd instance is already running!");
        banner::say(&format!(
            "Either stop it (process {pid}) first, or send it a command with -c."
        ));
        return Ok(Exit::Failure);
    }
    daemon::log::open_syslog();
    let account = user::find(args.common.user.as_deref())?;
    if let Some(dir) = &args.common.chroot {
        user::chroot(dir)?;
    }
    let detachment = args.common.presence.detachment();
    let readiness = match detachment {
        daemon::args::Detachment::Background => match background::detach()? {
            Role::Parent(exit) => return Ok(exit),
            Role::Child(readiness) => readiness,
        },
        daemon::args::Detachment::Foreground { .. } => Readiness::foreground(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|why| Fatal::System("start the event loop", why))?;
    let family = match (args.only_v4, args.only_v6) {
        (true, _) => Family::V4,
        (_, true) => Family::V6,
        _ => Family::Any,
    };
    let run = run(
        context,
        account,
        family,
        readiness,
        detachment.writes_pid_file(),
    );
    LocalSet::new().block_on(&runtime, run)
}

async fn run(
    context: Context,
    account: Option<Account>,
    family: Family,
    readiness: Readiness,
    pid_file: bool,
) -> Result<Exit, Fatal> {
    let upsd = read_upsd(&context)?;
    let capacity = context.capacity(&upsd)?;
    let (listeners, missing) = listen::open_all(listen::wanted(&upsd.listeners(), family)).await;
    if listeners.is_empty() {
        return Err(Fatal::NoListener);
    }
    give_up_rights(account.as_ref(), missing.is_empty())?;
    let files = read_all(&context)?;
    let certificates = encryption::load(context.paths.conf(), &files.upsd)?;
    let state_dir = context.enter_state_dir(&files)?;
    let devices = files.devices();
    if devices.is_empty() && !switch("ALLOW_NO_DEVICE", files.upsd.allow_no_device()) {
        return Err(Fatal::NoDevice);
    }
    info!("Found {} UPS defined in ups.conf", devices.len());
    let descriptions = files::descriptions(&files.upsd);
    let capacity_of_peer = files.capacity_of_peer();
    let mut hub = Hub::new(
        files.settings(),
        files.users,
        descriptions,
        Box::new(random_id),
    );
    hub.set_devices(devices);
    let tasks = Tasks {
        client: client::start,
        driver: driver::start,
    };
    let shell = Shell::new(hub, tasks, capacity);
    shell.capacity_of_peer.set(capacity_of_peer);
    shell.set_certificates(certificates);
    shell.act();
    for listener in listeners {
        listen::serve(&shell, listener);
    }
    for wanted in missing.into_iter().filter(|wanted| !wanted.is_spare()) {
        spawn_local(listen::retry(Rc::clone(&shell), wanted));
    }
    let signals = Signals::daemon().map_err(|why| Fatal::System("listen to signals", why))?;
    let pid_file = if pid_file {
        Some(PidFile::create(&pid_path(&context.paths))?)
    } else {
        None
    };
    readiness.ready()?;
    context.notify.ready();
    attend(&shell, &context, &state_dir, signals, files.upsd).await;
    drop(pid_file);
    Ok(Exit::Success)
}

/// Becomes the run-as user. Who has capabilities without being root, to bind a low port, keeps them while there is an
/// address that is to be tried again.
fn give_up_rights(account: Option<&Account>, all_bound: bool) -> Result<(), Fatal> {
    if let Some(account) = account {
        user::become_user(account)?;
        hardening::be_opaque();
    }
    if !user::is_root()
        && all_bound
        && let Err(why) = hardening::drop_capabilities()
    {
        // so it is under a service manager's filter, which has left none
        debug!("{why}");
    }
    Ok(())
}

/// The main loop: time and signals. Connections have tasks of their own.
async fn attend(
    shell: &Rc<Shell>,
    context: &Context,
    state_dir: &StateDir,
    mut signals: Signals,
    mut upsd: UpsdConf,
) {
    let mut second = interval(Duration::from_secs(1));
    second.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = second.tick() => {
                shell.hub.borrow_mut().tick(shell.now());
                shell.act();
                state_dir.follow();
                shell.encryption.look_at_clock(SystemTime::now());
                if context.notify.watchdog_interval().is_some() {
                    context.notify.alive();
                }
            }
            event = signals.next() => match event {
                Event::Stop(signal) => {
                    info!("{signal}: exiting");
                    context.notify.stopping(&format!("{signal}: exiting"));
                    return;
                }
                Event::Reload => upsd = reload::reload(shell, context, upsd),
                Event::ReloadOrExit | Event::Dump | Event::ForcedShutdown | Event::LogNow => {}
            }
        }
    }
}

/// upsd.conf alone, read early for LISTEN; its problems are told later, with those of the other files.
fn read_upsd(context: &Context) -> Result<UpsdConf, Fatal> {
    match config::load_upsd(&context.paths.conf().join("upsd.conf")) {
        Ok(loaded) => {
            context.set_verbosity(&loaded.value);
            Ok(loaded.value)
        }
        Err(why) => {
            error!("{why}");
            Err(Fatal::Unreadable)
        }
    }
}

/// All files, read with the rights that a reload will have.
fn read_all(context: &Context) -> Result<Files, Fatal> {
    let files = Files::read(context.paths.conf()).map_err(|unreadable| {
        for why in &unreadable {
            error!("{why}");
        }
        Fatal::Unreadable
    })?;
    files.log_problems();
    if files.errors() > 0 {
        error!(
            "Encountered {} config errors, those entries were ignored",
            files.errors()
        );
    }
    Ok(files)
}

fn random_id() -> TrackingId {
    let mut bytes = [0; 16];
    if let Err(why) = getrandom::fill(&mut bytes) {
        error!("the system gives no random numbers: {why}; tracking ids repeat");
    }
    TrackingId::from_random(bytes)
}
