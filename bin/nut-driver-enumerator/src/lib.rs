//! nut-driver-enumerator: keeps one driver service for each UPS of ups.conf (spec cli.md, section 13).
//!
//! C NUT's is a shell script that writes units and checksums into `/etc`. This one writes nothing there:
//!
//! * as `nut-driver-generator` systemd runs it at boot and at each daemon-reload, and it makes an instance of
//!   `nut-driver@.service` for each section, below `/run`, which systemd empties before ([`generate`]);
//! * without options it makes one pass, when ups.conf has changed: new UPSes are started, vanished ones stopped, the others told to
//!   reload, which does nothing where nothing has changed ([`sync`]). So nothing has to be remembered, and no change can be missed;
//! * with options it tells what there is ([`show`]).

#![forbid(unsafe_code)]

mod args;
mod generate;
mod show;
mod sync;

use std::path::{Path, PathBuf};

use config::{Severity, UpsConf};
use daemon::paths::Paths;
use daemon::{Exit, banner};

use args::Wanted;

/// The name under which systemd runs it.
const GENERATOR: &str = "nut-driver-generator";
/// ups.conf cannot be read.
const NO_CONF: Exit = Exit::Code(2);

/// Why it could not be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Unreadable(#[from] config::LoadError),
    #[error("{0} has mistakes; nothing is changed until they are corrected")]
    Mistakes(PathBuf),
    #[error(transparent)]
    Systemctl(#[from] units::systemctl::Error),
    #[error("{path}: {cause}", path = path.display())]
    File {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("{0}")]
    Told(String),
}

impl Error {
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |cause| Self::File {
            path: path.to_owned(),
            cause,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Unreadable(_) => NO_CONF,
            _ => Exit::Failure,
        }
    }
}

/// Runs it.
#[must_use]
pub fn main() -> Exit {
    let words: Vec<String> = std::env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let (program, words) = words
        .split_first()
        .map_or(("", &[][..]), |(program, words)| (program.as_str(), words));
    let name = program.rsplit('/').next().unwrap_or_default();
    let done = if name == GENERATOR {
        generate::run(words, &directory())
    } else {
        args::read(words).and_then(|wanted| perform(&wanted))
    };
    done.unwrap_or_else(|why| {
        complain("ERROR", &why.to_string());
        why.exit()
    })
}

fn perform(wanted: &Wanted) -> Result<Exit, Error> {
    match wanted {
        Wanted::Help => {
            banner::say(args::HELP);
            Ok(Exit::Success)
        }
        Wanted::Framework => {
            banner::say("systemd");
            Ok(Exit::Success)
        }
        Wanted::Sync { again } => sync::once(&load()?, *again),
        Wanted::Daemon { every, late } => sync::forever(*every, *late),
        Wanted::Show(what) => show::print(&load()?, what),
    }
}

/// ups.conf, in which nothing is wrong.
pub(crate) fn load() -> Result<UpsConf, Error> {
    let path = directory().join("ups.conf");
    let loaded = config::load_ups(&path)?;
    for problem in &loaded.problems {
        complain("WARNING", &problem.to_string());
    }
    let wrong = loaded
        .problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    if wrong {
        return Err(Error::Mistakes(path));
    }
    Ok(loaded.value)
}

/// Where the configuration is.
pub(crate) fn directory() -> PathBuf {
    Paths::from_env().conf().to_owned()
}

/// A line of the log.
pub(crate) fn complain(level: &str, text: &str) {
    banner::complain(&format!("[{level}] {text}"));
}
