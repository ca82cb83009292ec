//! Why a chore failed, in words that say what to do.

use std::fmt;
use std::io;

pub(crate) type Result<T> = std::result::Result<T, Failure>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{what}: {cause}")]
    Io { what: String, cause: io::Error },
    #[error("{what}: {cause}")]
    Json {
        what: String,
        cause: serde_json::Error,
    },
    #[error(transparent)]
    Testkit(#[from] testkit::Error),
    #[error("{0}")]
    Told(String),
    #[error("it failed, as told before")]
    Reported,
}

impl Failure {
    pub(crate) fn told(text: impl Into<String>) -> Self {
        Self::Told(text.into())
    }

    pub(crate) fn io(what: impl fmt::Display) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Io {
            what: what.to_string(),
            cause,
        }
    }
}
