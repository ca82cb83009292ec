//! From the command line to the running monitor (spec upsmon.md, section 2).
//!
//! While it is still root it reads the configuration, starts the helper, binds the socket of `--explain` and writes the
//! PID file; then it becomes the run-as user for good, and only then does it talk to anybody.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use client::Family;
use config::UpsmonConf;
use daemon::args::Detachment;
use daemon::background::{self, Readiness, Role};
use daemon::notify::Notify;
use daemon::paths::Paths;
use daemon::pidfile::{self, Found, PidFile};
use daemon::user::{self, Account};
use daemon::{Exit, banner, hardening};
use tokio::task::LocalSet;
use tracing::{error, info, warn};

use crate::args::Args;
use crate::command::{self, pid_path};
use crate::encryption;
use crate::explain::{self, Bound};
use crate::fatal::Fatal;
use crate::files;
use crate::flag;
use crate::helper::{self, Output, Started};
use crate::run::{Parts, run};
use crate::session::Dialling;
use crate::settings::Settings;

/// Runs upsmon.
#[must_use]
pub fn main() -> Exit {
    let args: Args = match daemon::args::parse() {
        Ok(args) => args,
        Err(exit) => return exit,
    };
    let title = banner::line("upsmon", proto::VERSION);
    if args.version {
        banner::say(&title);
        return Exit::Success;
    }
    if let Some(order) = args.command {
        return command::send(order, args.pid);
    }
    if args.explain {
        return command::explain();
    }
    if args.check {
        return crate::check::check(&args);
    }
    banner::print(&title);
    let result = if args.killpower {
        kill_power(&args)
    } else {
        start(&args)
    };
    result.unwrap_or_else(|why| {
        error!("Fatal error: {why}");
        Exit::Failure
    })
}

/// `-K`: what the last script of a shutdown asks.
fn kill_power(args: &Args) -> Result<Exit, Fatal> {
    let paths = Paths::from_env();
    daemon::log::init(
        "upsmon",
        daemon::log::chosen_verbosity(args.presence.debug()),
        0,
    )?;
    if let Found::Running(pid) = pidfile::find(&pid_path(&paths), &["upsmon"]) {
        info!("upsmon is running as process {pid}");
    }
    let conf = files::load(&files::path(args, &paths))?;
    let place = conf.value.powerdownflag.as_deref();
    Ok(flag::tell(place, banner::complain))
}

fn start(args: &Args) -> Result<Exit, Fatal> {
    let paths = Paths::from_env();
    let verbosity = daemon::log::chosen_verbosity(args.presence.debug());
    hardening::leave_no_cores();
    hardening::be_opaque();
    daemon::log::init("upsmon", verbosity, 0)?;
    let dialling = dialling(args)?;
    if let Found::Running(pid) = pidfile::find(&pid_path(&paths), &["upsmon"]) {
        banner::say("Fatal error: A previous upsmon instance is already running!");
        banner::say(&format!(
            "Either stop it (process {pid}) first, or send it a command with -c."
        ));
        return Ok(Exit::Failure);
    }
    daemon::log::open_syslog();
    let notify = Notify::from_env();
    let file = files::path(args, &paths);
    let (conf, settings) = configure(&file, verbosity, notify.is_connected())?;
    let place = conf.powerdownflag.clone();
    let flag = place.filter(|path| flag::clean_up(path));
    let readiness = match args.presence.detachment() {
        Detachment::Background => match background::detach()? {
            Role::Parent(exit) => return Ok(exit),
            Role::Child(readiness) => readiness,
        },
        Detachment::Foreground { .. } => Readiness::foreground(),
    };
    let account = account(args, &conf)?;
    let helper = start_helper(&conf, flag.as_deref(), &readiness)?;
    let (explain, pid_file) = bind(&paths, account.as_ref());
    if let Some(account) = &account {
        user::become_user(account)?;
        hardening::be_opaque();
    }
    // a reload will read the certificates with these rights
    let encryption = encryption::load(&file, &conf)?;
    let exit = enter(Parts {
        encryption,
        file,
        conf,
        settings,
        verbosity,
        dialling,
        notify,
        helper,
        flag,
        explain,
        readiness,
    });
    drop(pid_file);
    exit
}

/// upsmon.conf, if it is fit to begin with.
fn configure(
    file: &Path,
    verbosity: u8,
    supervised: bool,
) -> Result<(UpsmonConf, Settings), Fatal> {
    let loaded = files::load(file)?;
    files::log_problems(&loaded.problems);
    let conf = loaded.value;
    daemon::log::set_verbosity(verbosity.max(files::debug_min(&conf)));
    let (settings, complaints) = Settings::of(&conf, supervised);
    for complaint in &complaints {
        error!("{complaint}");
    }
    announce(&settings);
    enough_power(&settings)?;
    Ok((conf, settings))
}

/// What others find this instance by. Without it upsmon still protects the host, so nothing here is fatal. The PID file is
/// written with -F, too, as in C NUT: units start it so, and `-c fsd` has to find it.
fn bind(paths: &Paths, account: Option<&Account>) -> (Option<Bound>, Option<PidFile>) {
    let explain = explain::bind(&explain::path(paths), account);
    let explain = explain.inspect_err(|why| warn!("--explain will not work: {why}"));
    let pid_file = PidFile::create(&pid_path(paths));
    let pid_file = pid_file.inspect_err(|why| warn!("-c will not find this instance: {why}"));
    (explain.ok(), pid_file.ok())
}

/// Everything from here on is done on the event loop.
fn enter(parts: Parts) -> Result<Exit, Fatal> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|why| Fatal::System("start the event loop", why))?;
    LocalSet::new().block_on(&runtime, run(parts))
}

fn dialling(args: &Args) -> Result<Dialling, Fatal> {
    let environment = std::env::var_os("NUT_DEFAULT_CONNECT_TIMEOUT");
    let timeout = args.connect_timeout(environment.as_deref());
    let family = match (args.only_v4, args.only_v6) {
        (true, _) => Family::V4,
        (_, true) => Family::V6,
        _ => Family::Any,
    };
    Ok(Dialling {
        timeout: timeout.map_err(Fatal::Usage)?,
        family,
    })
}

/// One line for each UPS, as C NUT prints it.
fn announce(settings: &Settings) {
    for supply in &settings.setup.supplies {
        let role = match supply.role {
            monitor::Role::Primary => "primary",
            monitor::Role::Secondary => "secondary",
        };
        let value = match supply.power {
            0 => "monitoring only".to_owned(),
            power => format!("power value {power}"),
        };
        info!("UPS: {} ({role}) ({value})", supply.name);
    }
}

fn enough_power(settings: &Settings) -> Result<(), Fatal> {
    let (power, needed) = (settings.setup.power(), settings.setup.policy.minsupplies);
    if power < needed {
        return Err(Fatal::Power { power, needed });
    }
    Ok(())
}

/// Whom to become; nobody with `-p` or without root's rights.
fn account(args: &Args, conf: &UpsmonConf) -> Result<Option<Account>, Fatal> {
    if args.keep_rights {
        return Ok(None);
    }
    let configured = args.user.as_deref().or(conf.run_as_user.as_deref());
    Ok(user::find(configured)?)
}

fn start_helper(
    conf: &UpsmonConf,
    flag: Option<&Path>,
    readiness: &Readiness,
) -> Result<Started, Fatal> {
    let command = conf.shutdowncmd.as_deref().unwrap_or_default();
    let output = if readiness.is_background() {
        Output::Nowhere
    } else {
        Output::Inherited
    };
    let program: PathBuf = helper::find()?;
    Ok(helper::start(&program, OsStr::new(command), flag, output)?)
}
