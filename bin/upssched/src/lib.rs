//! upssched: does at an event, or some time after it, what upssched.conf says (spec upssched.md).
//!
//! Each notification starts it once. What has to wait is kept by a daemon that the first timer starts and that ends when
//! there is none left:
//!
//! ```text
//! upsmon --> upssched MESSAGE --(PIPEFN)--> the daemon --> CMDSCRIPT, when a timer is due
//!                |
//!                +--> CMDSCRIPT, for EXECUTE
//! ```
//!
//! * [`command_line`]: what it was started for
//! * [`act`]: the rules that match, in their order
//! * [`reach`]: to the daemon, which is started if there is none
//! * [`place`]: where that is
//! * [`serve`]: the daemon; what is due when is decided by crate [`schedule`]
//! * [`scripts`]: running CMDSCRIPT
//! * [`wire`]: the lines between the two
//! * [`check`]: what `-t` tells

#![forbid(unsafe_code)]

mod act;
mod check;
mod command_line;
mod place;
mod reach;
mod scripts;
mod serve;
mod wire;

use std::path::Path;

use config::UpsschedConf;
use daemon::paths::Paths;
use daemon::{Exit, banner};
use tracing::{error, warn};

use command_line::Args;
use place::Place;

/// Why nothing, or not all, could be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Unreadable(#[from] config::LoadError),
    #[error(transparent)]
    Daemon(#[from] daemon::Error),
    #[error("{0}")]
    Unusable(String),
    #[error("cannot {action} {path}: {source}")]
    File {
        action: &'static str,
        path: String,
        source: std::io::Error,
    },
    #[error("Unable to connect to daemon and unable to start daemon: {0}")]
    Unreachable(String),
    #[error("upssched timer is not running")]
    NotRunning,
}

impl Error {
    pub(crate) fn file(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::File {
            action,
            path: path.display().to_string(),
            source,
        }
    }
}

/// Runs upssched.
#[must_use]
pub fn main() -> Exit {
    let args: Args = match daemon::args::parse() {
        Ok(args) => args,
        Err(exit) => return exit,
    };
    if args.version {
        banner::say(&banner::line("upssched", proto::VERSION));
        return Exit::Success;
    }
    let path = Paths::from_env().conf().join("upssched.conf");
    if args.check {
        return check::check(&path);
    }
    match run(&args, &path) {
        Ok(exit) => exit,
        Err(why @ Error::NotRunning) => {
            banner::complain(&why.to_string());
            Exit::Failure
        }
        Err(why) => {
            error!("{why}");
            Exit::Failure
        }
    }
}

fn run(args: &Args, path: &Path) -> Result<Exit, Error> {
    let verbosity = daemon::log::chosen_verbosity(args.debug);
    daemon::log::init("upssched", verbosity, 0)?;
    daemon::log::open_syslog();
    let conf = load(path)?;
    let least = u8::try_from(conf.debug_min.unwrap_or(0)).unwrap_or(u8::MAX);
    daemon::log::set_verbosity(verbosity.max(least));
    let place = Place::of(&conf)?;
    if args.list {
        for row in reach::list(&place)? {
            banner::say(&row);
        }
        return Ok(Exit::Success);
    }
    let variable =
        |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let (Some(ups), Some(notice)) = (variable("UPSNAME"), variable("NOTIFYTYPE")) else {
        banner::say("Error: UPSNAME and NOTIFYTYPE must be set.");
        banner::say("This program should only be run from upsmon.");
        return Ok(Exit::Failure);
    };
    let message = args.message.clone().unwrap_or_default();
    let sender = schedule::Sender::new(&notice, &ups, &message);
    act::act(&conf, &place, &sender)
}

/// Reads the file; mistakes are told, and what is right is used.
fn load(path: &Path) -> Result<UpsschedConf, Error> {
    let loaded = config::load_upssched(path)?;
    for problem in &loaded.problems {
        match problem.severity {
            config::Severity::Error => error!("{problem}"),
            config::Severity::Warning => warn!("{problem}"),
        }
    }
    Ok(loaded.value)
}
