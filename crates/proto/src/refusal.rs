//! The words behind `ERR`: one row each.

/// Why a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(
    missing_docs,
    reason = "the table below says when each is sent, and clients what it means"
)]
pub enum Refusal {
    AccessDenied,
    UnknownUps,
    VarNotSupported,
    CmdNotSupported,
    InvalidArgument,
    InstcmdFailed,
    SetFailed,
    Readonly,
    TooLong,
    InvalidValue,
    FeatureNotSupported,
    FeatureNotConfigured,
    AlreadySslMode,
    DriverNotConnected,
    DataStale,
    AlreadyLoggedIn,
    AlreadyAttached,
    AlreadySetUsername,
    AlreadySetPassword,
    UsernameRequired,
    PasswordRequired,
    UnknownCommand,
    InvalidUsername,
    InvalidPassword,
    TlsAlreadyEnabled,
    TlsNotEnabled,
}

/// Word on the wire, and what a user is told (spec cli.md, section 1).
#[rustfmt::skip]
static TABLE: &[(Refusal, &str, &str)] = &[
    (Refusal::AccessDenied,         "ACCESS-DENIED",          "Access denied"),
    (Refusal::UnknownUps,           "UNKNOWN-UPS",            "Unknown UPS"),
    (Refusal::VarNotSupported,      "VAR-NOT-SUPPORTED",      "Variable not supported by UPS"),
    (Refusal::CmdNotSupported,      "CMD-NOT-SUPPORTED",      "Instant command not supported"),
    (Refusal::InvalidArgument,      "INVALID-ARGUMENT",       "Invalid argument"),
    (Refusal::InstcmdFailed,        "INSTCMD-FAILED",         "Instant command failed"),
    (Refusal::SetFailed,            "SET-FAILED",             "Set command failed"),
    (Refusal::Readonly,             "READONLY",               "Read-only variable"),
    (Refusal::TooLong,              "TOO-LONG",               "New value is too long"),
    (Refusal::InvalidValue,         "INVALID-VALUE",          "Invalid value for variable"),
    (Refusal::FeatureNotSupported,  "FEATURE-NOT-SUPPORTED",  "Feature not supported"),
    (Refusal::FeatureNotConfigured, "FEATURE-NOT-CONFIGURED", "Feature not configured"),
    (Refusal::AlreadySslMode,       "ALREADY-SSL-MODE",       "Already in SSL mode"),
    (Refusal::DriverNotConnected,   "DRIVER-NOT-CONNECTED",   "Driver not connected"),
    (Refusal::DataStale,            "DATA-STALE",             "Data stale"),
    (Refusal::AlreadyLoggedIn,      "ALREADY-LOGGED-IN",      "Already logged in"),
    (Refusal::AlreadyAttached,      "ALREADY-ATTACHED",       "Already attached"),
    (Refusal::AlreadySetUsername,   "ALREADY-SET-USERNAME",   "Username already set"),
    (Refusal::AlreadySetPassword,   "ALREADY-SET-PASSWORD",   "Password already set"),
    (Refusal::UsernameRequired,     "USERNAME-REQUIRED",      "Username required"),
    (Refusal::PasswordRequired,     "PASSWORD-REQUIRED",      "Password required"),
    (Refusal::UnknownCommand,       "UNKNOWN-COMMAND",        "Unknown command"),
    (Refusal::InvalidUsername,      "INVALID-USERNAME",       "Invalid username"),
    (Refusal::InvalidPassword,      "INVALID-PASSWORD",       "Invalid password"),
    (Refusal::TlsAlreadyEnabled,    "TLS-ALREADY-ENABLED",    "Already in SSL mode"),
    (Refusal::TlsNotEnabled,        "TLS-NOT-ENABLED",        "SSL is not available"),
];

impl Refusal {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().map_or("UNKNOWN", |row| row.1)
    }

    /// What a user is told.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.row().map_or("Unknown error", |row| row.2)
    }

    /// The refusal that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    fn row(self) -> Option<&'static (Self, &'static str, &'static str)> {
        TABLE.iter().find(|row| row.0 == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_known_and_unique() {
        for (refusal, word, _) in TABLE {
            assert_eq!(refusal.word(), *word);
            assert_eq!(Refusal::from_word(word), Some(*refusal));
        }
        assert_eq!(Refusal::from_word("NO-SUCH"), None);
    }
}
