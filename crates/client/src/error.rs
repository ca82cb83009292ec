//! What can go wrong between a client and its server, in the words users know from C NUT's tools (spec
//! cli.md, section 1).

use std::io;

use proto::Refusal;

/// Why a request brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server said `ERR` and a word that we know.
    #[error("{}", .0.text())]
    Refused(Refusal),
    /// The server said `ERR` and a word that we do not know: this one.
    #[error("Unknown error")]
    RefusedOther(String),
    /// The name of the server has no address.
    #[error("No such host")]
    NoSuchHost(#[source] io::Error),
    /// None of the server's addresses let us in; this is the last one's reason.
    #[error("Connection failure: {}", errno_text(.0))]
    Connect(#[source] io::Error),
    /// Reading failed, or the answer did not come in time.
    #[error("Read error: {}", errno_text(.0))]
    Read(#[source] io::Error),
    /// Writing failed, or the server did not take the request in time.
    #[error("Write error: {}", errno_text(.0))]
    Write(#[source] io::Error),
    /// The server closed the connection, or an earlier failure made it useless.
    #[error("Server disconnected")]
    Disconnected,
    /// The server has no encryption, for which it said this word, and there must be one.
    #[error(
        "SSL is not available: the server refuses it ({0}; see CERTFILE in its upsd.conf), and FORCESSL demands it; \
         nothing was sent"
    )]
    NoTls(String),
    /// The server has encryption, and it came to nothing.
    #[error("SSL error: {0}")]
    Tls(String),
    /// A line that is no words.
    #[error("Parse error: Unbalanced word due to unescaped # in quotes")]
    Parse,
    /// A line that is no answer to the question.
    #[error("Protocol error")]
    Protocol,
}

/// Words that no server of today sends, and the refusals that replaced them.
#[rustfmt::skip]
static OLD_WORDS: &[(&str, Refusal)] = &[
    ("VAR-UNKNOWN",      Refusal::VarNotSupported),
    ("UNKNOWN-TYPE",     Refusal::InvalidArgument),
    ("UNKNOWN-INSTCMD",  Refusal::CmdNotSupported),
    ("MISSING-ARGUMENT", Refusal::InvalidArgument),
];

impl Error {
    /// The error that the word behind `ERR` stands for.
    #[must_use]
    pub fn from_refusal(word: &str) -> Self {
        let old = || OLD_WORDS.iter().find(|row| row.0 == word).map(|row| row.1);
        match Refusal::from_word(word).or_else(old) {
            Some(refusal) => Self::Refused(refusal),
            None => Self::RefusedOther(word.to_owned()),
        }
    }

    /// The server's refusal, if that is what it is.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused(refusal) => Some(*refusal),
            _ => None,
        }
    }

    /// The server's refusal as it was on the wire.
    #[must_use]
    pub fn wire_line(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => Some(format!("ERR {}", refusal.word())),
            Self::RefusedOther(word) => Some(format!("ERR {word}")),
            _ => None,
        }
    }

    /// Whether the server refused a request that it understood; the connection is as good as before.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::RefusedOther(_))
    }
}

/// What a deadline that passed looks like.
pub(crate) fn timed_out() -> io::Error {
    io::ErrorKind::TimedOut.into()
}

/// The text of `strerror`, without what Rust adds to it.
pub(crate) fn errno_text(error: &io::Error) -> String {
    if error.raw_os_error().is_none() && error.kind() == io::ErrorKind::TimedOut {
        return "Connection timed out".to_owned();
    }
    let text = error.to_string();
    match text.rsplit_once(" (os error ") {
        Some((text, _)) => text.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_those_of_c() {
        let refused = || io::Error::from_raw_os_error(111);
        for (error, text) in [
            (Error::from_refusal("UNKNOWN-UPS"), "Unknown UPS"),
            (Error::from_refusal("DATA-STALE"), "Data stale"),
            (Error::from_refusal("BLUE-MOON"), "Unknown error"),
            (
                Error::Connect(refused()),
                "Connection failure: Connection refused",
            ),
            (
                Error::Connect(timed_out()),
                "Connection failure: Connection timed out",
            ),
            (Error::Read(timed_out()), "Read error: Connection timed out"),
            (
                Error::Write(io::Error::from_raw_os_error(32)),
                "Write error: Broken pipe",
            ),
            (Error::NoSuchHost(refused()), "No such host"),
            (Error::Disconnected, "Server disconnected"),
            (Error::Protocol, "Protocol error"),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }

    #[test]
    fn words_of_every_age_are_known() {
        for (word, refusal) in [
            ("ALREADY-LOGGED-IN", Refusal::AlreadyLoggedIn),
            ("ALREADY-ATTACHED", Refusal::AlreadyAttached),
            ("TLS-ALREADY-ENABLED", Refusal::TlsAlreadyEnabled),
            ("VAR-UNKNOWN", Refusal::VarNotSupported),
        ] {
            assert_eq!(Error::from_refusal(word).refusal(), Some(refusal));
        }
        let odd = Error::from_refusal("BLUE-MOON");
        assert_eq!(odd.wire_line().as_deref(), Some("ERR BLUE-MOON"));
        assert!(odd.is_refusal() && !Error::Protocol.is_refusal());
    }
}
