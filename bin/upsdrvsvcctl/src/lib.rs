//! upsdrvsvcctl: what upsdrvctl does, by way of systemd's services (spec cli.md, section 12).
//!
//! * [`args`]: what it was started for
//! * [`verbs`]: doing it, with systemctl, upsdrvctl and nut-driver-enumerator

#![forbid(unsafe_code)]

mod args;
mod verbs;

use daemon::{Exit, banner};

use args::Wanted;

/// Why it could not be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Unreadable(#[from] config::LoadError),
    #[error(transparent)]
    Systemctl(#[from] units::systemctl::Error),
    #[error("{0}")]
    Usage(String),
    #[error("UPS {0} not found in ups.conf")]
    NoSuchUps(String),
    #[error("cannot run {program}: {cause}")]
    Program {
        program: String,
        cause: std::io::Error,
    },
}

/// Runs upsdrvsvcctl.
#[must_use]
pub fn main() -> Exit {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let done = args::read(&words).and_then(|wanted| match wanted {
        Wanted::Help => {
            banner::say(args::HELP);
            Ok(Exit::Success)
        }
        Wanted::Version => {
            banner::say(&banner::line("upsdrvsvcctl", proto::VERSION));
            Ok(Exit::Success)
        }
        Wanted::Do { verb, ups, dry } => verbs::perform(verb, ups.as_deref(), dry),
    });
    done.unwrap_or_else(|why| {
        banner::complain(&format!("Error: {why}"));
        Exit::Failure
    })
}
