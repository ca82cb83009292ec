//! What can go wrong on the bus. The names follow libusb's result codes, as drivers must tell them apart: some mean
//! that one report is not served, some that the device is to be opened again (spec usbhid.md, sections 2 and 7).

use std::path::PathBuf;

/// Why a device did not do as asked. The text says what was tried and what helps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The device is not there any more: unplugged, switched off, or enumerated anew after a reset.
    #[error("{0}: the device is gone (unplugged, switched off, or its hub was reset)")]
    Gone(String),
    /// It did not answer before the deadline.
    #[error("{0}: no answer in time")]
    Timeout(String),
    /// It refused the request; usual for reports that its descriptor promises and its firmware does not have.
    #[error("{0}: refused by the device (stall)")]
    Stalled(String),
    /// It sent more than was asked for.
    #[error("{0}: the device sent more than was asked for (overflow)")]
    Overflow(String),
    /// The transfer failed on the wire.
    #[error(
        "{0}: input/output error on the bus; if it persists, try another cable or port, or pollonly"
    )]
    Io(String),
    /// The device has no such thing: interface, endpoint, setting.
    #[error("{0}")]
    NotFound(String),
    /// The node of the device may not be opened by this user.
    #[error("{}: permission denied; {hint}", node.display())]
    Denied {
        /// The file under `/dev/bus/usb`.
        node: PathBuf,
        /// Whose it is, and the udev rule that changes that.
        hint: String,
    },
    /// Somebody else has the device.
    #[error(
        "{what}: the device is in use by {holder}; stop that, or tell drivers apart with serial or busport"
    )]
    Busy {
        /// What was tried.
        what: String,
        /// A process, a kernel driver, or that it is not known.
        holder: String,
    },
    /// An option that cannot be understood.
    #[error("{0}")]
    Config(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

/// What an error means to a driver that walks through its reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This report is not served now; the others are.
    Skip,
    /// The device is to be closed and opened again.
    Reopen,
    /// Trying again cannot help: the configuration is wrong.
    Fatal,
}

impl Error {
    /// What a driver does about it in the middle of a walk. Stall, timeout, overflow and the bus's errors skip one report;
    /// busy, gone, denied and not found reopen (spec usbhid.md, section 7).
    #[must_use]
    pub const fn meaning(&self) -> Meaning {
        match self {
            Self::Stalled(_)
            | Self::Timeout(_)
            | Self::Overflow(_)
            | Self::Io(_)
            | Self::Other(_) => Meaning::Skip,
            Self::Gone(_) | Self::Busy { .. } | Self::Denied { .. } | Self::NotFound(_) => {
                Meaning::Reopen
            }
            Self::Config(_) => Meaning::Fatal,
        }
    }

    /// The same error, which tells also what was being done.
    #[must_use]
    pub fn during(self, what: &str) -> Self {
        let told = |text: String| format!("{what}: {text}");
        match self {
            Self::Gone(text) => Self::Gone(told(text)),
            Self::Timeout(text) => Self::Timeout(told(text)),
            Self::Stalled(text) => Self::Stalled(told(text)),
            Self::Overflow(text) => Self::Overflow(told(text)),
            Self::Io(text) => Self::Io(told(text)),
            Self::NotFound(text) => Self::NotFound(told(text)),
            Self::Other(text) => Self::Other(told(text)),
            other => other,
        }
    }

    /// Its name in recordings.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Gone(_) => "gone",
            Self::Timeout(_) => "timeout",
            Self::Stalled(_) => "stalled",
            Self::Overflow(_) => "overflow",
            Self::Io(_) => "io",
            Self::NotFound(_) => "notfound",
            Self::Denied { .. } => "denied",
            Self::Busy { .. } => "busy",
            Self::Config(_) => "config",
            Self::Other(_) => "other",
        }
    }

    /// The error with that name in a recording, met while doing `what`.
    #[must_use]
    pub fn from_word(word: &str, what: &str) -> Option<Self> {
        let what = what.to_owned();
        Some(match word {
            "gone" => Self::Gone(what),
            "timeout" => Self::Timeout(what),
            "stalled" => Self::Stalled(what),
            "overflow" => Self::Overflow(what),
            "io" => Self::Io(what),
            "notfound" => Self::NotFound(what),
            "denied" => Self::Denied {
                node: PathBuf::new(),
                hint: what,
            },
            "busy" => Self::Busy {
                what,
                holder: "somebody in the recording".to_owned(),
            },
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
        for word in [
            "gone", "timeout", "stalled", "overflow", "io", "notfound", "denied", "busy", "other",
        ] {
            assert_eq!(Error::from_word(word, "x").unwrap().word(), word);
        }
        assert_eq!(Error::from_word("lost", "x"), None);
    }

    #[test]
    fn an_error_tells_what_was_being_done() {
        let error = Error::Stalled("81 06 2200 0000".to_owned()).during("reading the descriptor");
        assert_eq!(
            error.to_string(),
            "reading the descriptor: 81 06 2200 0000: refused by the device (stall)"
        );
        assert_eq!(error.word(), "stalled");
    }

    #[test]
    fn a_refused_report_is_skipped_and_a_lost_device_opened_again() {
        let meaning = |word| Error::from_word(word, "x").unwrap().meaning();
        for word in ["stalled", "timeout", "overflow", "io", "other"] {
            assert_eq!(meaning(word), Meaning::Skip, "{word}");
        }
        for word in ["gone", "busy", "denied", "notfound"] {
            assert_eq!(meaning(word), Meaning::Reopen, "{word}");
        }
    }
}
