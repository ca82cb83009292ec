//! upslog: writes the state of UPSes to files, a line each time (spec cli.md, section 9).
//!
//! ```text
//! every interval: source (a connection to each UPS's upsd) --values--> format --line--> target (a file, or stdout)
//! ```
//!
//! * [`args`]: what it was started for
//! * [`mod@format`]: the language of `-f`, as a function
//! * [`plan`]: which UPS goes to which file
//! * [`source`]: asking a upsd
//! * [`target`]: files, opened anew when a log rotation asks for it
//! * [`run`]: the loop

#![forbid(unsafe_code)]

mod args;
mod format;
mod plan;
mod run;
mod source;
mod target;

use std::path::PathBuf;

use client::auth::{AuthConf, Choice};
use daemon::background::{self, Readiness, Role};
use daemon::notify::Notify;
use daemon::paths::Paths;
use daemon::pidfile::PidFile;
use daemon::{Exit, banner, user};
use tracing::warn;

use args::Args;
use format::Format;
use plan::Entry;
use target::Targets;

/// Why nothing could be logged.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Daemon(#[from] daemon::Error),
    #[error(transparent)]
    Auth(#[from] client::auth::Error),
    #[error("{0}")]
    Usage(String),
    #[error("could not open logfile {path}: {cause}", path = path.display())]
    Open {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("cannot list the UPSes of {server}: {cause}")]
    List {
        server: String,
        cause: client::Error,
    },
    #[error("{0} has no UPS to log")]
    NoUps(String),
    #[error("cannot start the event loop: {0}")]
    Loop(std::io::Error),
}

/// Runs upslog.
#[must_use]
pub fn main() -> Exit {
    let args: Args = match daemon::args::parse() {
        Ok(args) => args,
        Err(exit) => return exit,
    };
    let title = banner::line("upslog", proto::VERSION);
    if args.version {
        banner::say(&title);
        return Exit::Success;
    }
    banner::print(&title);
    args.old_form()
        .and_then(|args| start(&args))
        .unwrap_or_else(|why| {
            banner::complain(&why.to_string());
            Exit::Failure
        })
}

fn start(args: &Args) -> Result<Exit, Error> {
    let verbosity = daemon::log::chosen_verbosity(args.presence.debug());
    daemon::log::init("upslog", verbosity, 0)?;
    let way = source::Way {
        within: args.connect_timeout()?,
        auth: AuthConf::read(&Choice::parse(args.auth.as_deref()))?,
    };
    let format = Format::parse(&args.format());
    let entries = plan::entries(args)?;
    daemon::log::open_syslog();
    let notify = Notify::from_env();
    // stdout is that of the terminal, which the daemon will have left
    let targets = Targets::open(&entries)?;
    let readiness = if args.stays() {
        Readiness::foreground()
    } else {
        match background::detach()? {
            Role::Parent(exit) => return Ok(exit),
            Role::Child(readiness) => readiness,
        }
    };
    let pid_file = PidFile::create(&args.pid_path(&Paths::from_env()));
    let pid_file = pid_file.inspect_err(|why| warn!("no PID file: {why}"));
    if let Some(account) = user::find(args.user.as_deref())? {
        user::become_user(&account)?;
    }
    let exit = enter(run::Parts {
        entries,
        format,
        targets,
        interval: args.interval(),
        rounds: args.rounds,
        way,
        notify,
        readiness,
    });
    drop(pid_file);
    exit
}

fn enter(parts: run::Parts) -> Result<Exit, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::Loop)?;
    let exit = runtime.block_on(run::run(parts));
    // a name lookup may still run
    runtime.shutdown_background();
    exit
}

/// One system for each line of the start.
fn announce(entry: &Entry, seconds: u64) {
    banner::say(&format!(
        "logging status of {} to {} ({seconds}s intervals)",
        entry.system, entry.file
    ));
}
