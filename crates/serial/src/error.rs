//! What can go wrong on a line.

use std::path::PathBuf;

/// Why a line did not do as asked. The text says what was tried and what helps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The port is not there any more: the adapter was unplugged, or the other end of a pseudo terminal closed.
    #[error("{0}: the port is gone (unplugged?)")]
    Gone(String),
    /// The line did not take what was written.
    #[error("{0}: the line does not take it; check the flow control and the cable")]
    Timeout(String),
    /// There is no such port.
    #[error("{}: there is no such port; {hint}", port.display())]
    Missing {
        /// The file that `port` names.
        port: PathBuf,
        /// Which ports there are.
        hint: String,
    },
    /// The port may not be opened by this user.
    #[error("{}: permission denied; {hint}", port.display())]
    Denied {
        /// The port's file.
        port: PathBuf,
        /// Whose it is, and what changes that.
        hint: String,
    },
    /// Somebody else has the port.
    #[error("{}: the port is in use by {holder}; stop that first", port.display())]
    Busy {
        /// The port's file.
        port: PathBuf,
        /// A process, or that it is not known.
        holder: String,
    },
    /// The line has no such output.
    #[error("{0}: this port cannot do that")]
    Unsupported(String),
    /// A setting that cannot be used.
    #[error("{0}")]
    Config(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Error {
    /// Its name in recordings.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Gone(_) => "gone",
            Self::Timeout(_) => "timeout",
            Self::Missing { .. } => "missing",
            Self::Denied { .. } => "denied",
            Self::Busy { .. } => "busy",
            Self::Unsupported(_) => "unsupported",
            Self::Config(_) => "config",
            Self::Other(_) => "other",
        }
    }

    /// The error with that name in a recording, met while doing `what`. What can happen only at opening has none.
    #[must_use]
    pub fn from_word(word: &str, what: &str) -> Option<Self> {
        let what = what.to_owned();
        Some(match word {
            "gone" => Self::Gone(what),
            "timeout" => Self::Timeout(what),
            "unsupported" => Self::Unsupported(what),
            "other" => Self::Other(what),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_its_error_are_each_others_inverse() {
        for word in ["gone", "timeout", "unsupported", "other"] {
            assert_eq!(Error::from_word(word, "x").unwrap().word(), word);
        }
        assert_eq!(Error::from_word("missing", "x"), None);
    }
}
