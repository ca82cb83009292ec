//! What stays the same from the start to the end: directories, the service manager, the command line's wishes.

use std::path::PathBuf;

use config::UpsdConf;
use daemon::notify::Notify;
use daemon::paths::Paths;
use tracing::warn;

use crate::files::Files;
use crate::state_dir::StateDir;

/// Descriptors that are not connections: log, epoll, configuration files.
const DESCRIPTORS_ASIDE: u64 = 16;
/// Connections that may be open when MAXCONN says nothing, if the system allows them.
const CONNECTIONS_DEFAULT: u64 = 65_536;

/// What stays the same from the start to the end.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) paths: Paths,
    pub(crate) notify: Notify,
    pub(crate) verbosity: u8,
}

/// Why upsd does not start or go on; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fatal {
    #[error(transparent)]
    Daemon(#[from] daemon::Error),
    #[error("cannot {0}: {1}")]
    System(&'static str, std::io::Error),
    #[error("the configuration cannot be read; nothing to serve")]
    Unreadable,
    #[error("no UPS is defined in ups.conf; define one, or set ALLOW_NO_DEVICE in upsd.conf")]
    NoDevice,
    #[error("no address to listen on could be had; see LISTEN in upsd.conf")]
    NoListener,
    #[error(transparent)]
    Tls(#[from] tls::Error),
    #[error("MAXCONN {wanted} needs more open files than the {limit} that the system allows")]
    TooManyConnections { wanted: u32, limit: u64 },
    #[error("cannot use the state directory {path}: {why}; create it or set STATEPATH", path = .0.display(), why = .1)]
    StateDir(PathBuf, std::io::Error),
}

impl Context {
    /// How many connections may be open at once; raises the system's limit of open files for them.
    pub(crate) fn capacity(&self, upsd: &UpsdConf) -> Result<usize, Fatal> {
        let wanted = upsd.maxconn().map_or(CONNECTIONS_DEFAULT, u64::from);
        let limit = daemon::limits::open_files(wanted + DESCRIPTORS_ASIDE)?;
        let possible = limit.saturating_sub(DESCRIPTORS_ASIDE);
        match upsd.maxconn() {
            Some(maxconn) if u64::from(maxconn) > possible => Err(Fatal::TooManyConnections {
                wanted: maxconn,
                limit,
            }),
            _ => Ok(usize::try_from(possible.min(wanted)).unwrap_or(usize::MAX)),
        }
    }

    /// DEBUG_MIN raises what the command line says.
    pub(crate) fn set_verbosity(&self, upsd: &UpsdConf) {
        let floor = upsd
            .debug_min
            .and_then(|level| u8::try_from(level).ok())
            .unwrap_or(0);
        daemon::log::set_verbosity(self.verbosity.max(floor));
    }

    /// The environment's state directory, else that of ups.conf, else that of upsd.conf: where drivers look.
    pub(crate) fn enter_state_dir(&self, files: &Files) -> Result<StateDir, Fatal> {
        let configured = files
            .ups
            .globals
            .statepath
            .as_deref()
            .or(files.upsd.statepath.as_deref());
        if let Some(dir) = self.paths.overruling_state(configured) {
            warn!(
                "the state directory is {}, as NUT_STATEPATH says; STATEPATH is not used",
                dir.display()
            );
        }
        let dir = self.paths.state(configured);
        let unusable = |why| Fatal::StateDir(dir.to_owned(), why);
        let (entered, mode) = StateDir::enter(dir).map_err(unusable)?;
        if mode & 0o005 != 0 {
            warn!("{} is world readable; run chmod o= on it", dir.display());
        }
        Ok(entered)
    }
}
