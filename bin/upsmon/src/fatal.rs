//! Why upsmon does not start.

use std::io;

use crate::helper::HelperError;

/// Each with what to do about it, where that is not plain.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fatal {
    #[error(transparent)]
    Daemon(#[from] daemon::Error),
    #[error(transparent)]
    Unreadable(#[from] config::LoadError),
    #[error(transparent)]
    Helper(#[from] HelperError),
    #[error("{0}")]
    Usage(String),
    #[error("cannot {0}: {1}")]
    System(&'static str, io::Error),
    #[error(
        "insufficient power configured! Sum of power values: {power}, minimum value (MINSUPPLIES): {needed}; \
         edit the MONITOR lines or MINSUPPLIES"
    )]
    Power { power: u32, needed: u32 },
    #[error(transparent)]
    Tls(#[from] tls::Error),
}
