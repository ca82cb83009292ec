//! Why a daemon cannot start or a running one cannot be reached.

use std::io;
use std::path::PathBuf;

/// A step of starting that failed. The text names the thing, its value and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or directory could not be used.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// What was tried: `write`, `remove`, `change to` …
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A system call failed that is about no file.
    #[error("cannot {action}: {source}")]
    System {
        /// What was tried.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The account to run as does not exist.
    #[error("there is no user {name:?}; {hint}")]
    NoUser {
        /// The name that was looked up.
        name: String,
        /// Where to name another.
        hint: &'static str,
    },
    /// The group does not exist.
    #[error("there is no group {name:?}; create it or name another with -g or \"group =\"")]
    NoGroup {
        /// The name that was looked up.
        name: String,
    },
    /// No running instance was found.
    #[error("no running instance: {0}")]
    NotRunning(String),
    /// What is safe for a process of one thread only was tried with more.
    #[error("cannot {action} with {threads} threads running")]
    Threads {
        /// What was tried.
        action: &'static str,
        /// How many threads there are.
        threads: usize,
    },
}

impl Error {
    pub(crate) fn system(action: &'static str) -> impl FnOnce(nix::Error) -> Self {
        move |errno| Self::System {
            action,
            source: errno.into(),
        }
    }

    pub(crate) fn file(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            action,
            path,
            source,
        }
    }
}
