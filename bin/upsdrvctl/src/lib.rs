//! upsdrvctl: starts, stops and asks the drivers of ups.conf, and has them cut the power (spec cli.md, section 10).
//!
//! * [`command_line`]: what it was started for
//! * [`site`]: ups.conf, and where programs, sockets and PID files are
//! * [`order`]: whose turn it is, as functions
//! * [`launch`]: a driver program as a child, with a deadline
//! * [`start`], [`stop`], [`shutdown`], [`status`], [`control`]: one verb each
//! * [`supervise`]: drivers in the foreground
//! * [`rivals`]: who else starts drivers on this system

#![forbid(unsafe_code)]

mod command_line;
mod control;
mod launch;
mod order;
mod rivals;
mod shutdown;
mod site;
mod start;
mod status;
mod stop;
mod supervise;

use daemon::paths::Paths;
use daemon::{Exit, banner};
use tracing::error;

use command_line::{Args, Verb};
use site::Site;

/// Why nothing could be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Unreadable(#[from] config::LoadError),
    #[error(transparent)]
    Daemon(#[from] daemon::Error),
    #[error("{0}")]
    Usage(String),
    #[error("UPS {0} not found in ups.conf")]
    NoSuchUps(String),
    #[error("no UPS definitions found in ups.conf")]
    NoUps,
    #[error("cannot {action}: {source}")]
    System {
        action: String,
        source: std::io::Error,
    },
}

/// Runs upsdrvctl.
#[must_use]
pub fn main() -> Exit {
    let args: Args = match daemon::args::parse() {
        Ok(args) => args,
        Err(exit) => return exit,
    };
    let title = banner::line("upsdrvctl", proto::VERSION);
    if args.version {
        banner::say(&title);
        return Exit::Success;
    }
    run(&args, &title).unwrap_or_else(|why| {
        error!("Error: {why}");
        Exit::Failure
    })
}

fn run(args: &Args, title: &str) -> Result<Exit, Error> {
    daemon::log::init("upsdrvctl", daemon::log::chosen_verbosity(args.debug), 0)?;
    let (verb, ups) = args.verb()?;
    // lists are for scripts
    if !matches!(verb, Verb::List | Verb::Status) {
        banner::print(title);
    }
    if args.testing {
        banner::say("*** Testing mode: not calling exec/kill/signal");
    }
    let site = Site::load(args, &Paths::from_env())?;
    let chosen = order::choose(&site.conf, ups.as_deref())?;
    match verb {
        Verb::List => {
            for section in &chosen {
                banner::say(&section.name);
            }
            Ok(Exit::Success)
        }
        Verb::Status => status::print(&site, &chosen),
        Verb::Start => start::start(&site, &chosen),
        Verb::Stop => stop::stop(&site, &chosen),
        Verb::Shutdown => shutdown::shutdown(&site, &chosen, ups.is_some()),
        Verb::Control(control) => control::control(&site, &chosen, control),
    }
}
