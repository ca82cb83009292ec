//! What can go wrong with an agent.

use std::time::Duration;

use crate::oid::Oid;
use crate::status::Status;

/// Why an agent did not do as asked. The text says what was tried and what helps. No community and no password is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No answer until the deadline.
    #[error(
        "{peer}: no answer within {:.1} s; check that the device is on, that it speaks this version of SNMP to this host, and the community",
        after.as_secs_f64()
    )]
    Silent {
        /// Who was asked.
        peer: String,
        /// How long was waited, with all repetitions.
        after: Duration,
    },
    /// The agent answered that it will not.
    #[error("{oid}: refused with {status}; {}", status.advice())]
    Refused {
        /// The object that it was about.
        oid: Oid,
        /// Why.
        status: Status,
    },
    /// Version 3: the agent knows the user and says that what was sent is not signed with its password.
    #[error(
        "{peer}: the device says that the password of user {user} is wrong; check authPassword and authProtocol"
    )]
    WrongPassword {
        /// Who was asked.
        peer: String,
        /// `secName`.
        user: String,
    },
    /// Version 3: the agent could not decipher what was sent.
    #[error(
        "{peer}: the device cannot decipher what user {user} sends; check privPassword and privProtocol"
    )]
    WrongPrivacy {
        /// Who was asked.
        peer: String,
        /// `secName`.
        user: String,
    },
    /// Version 3: the agent has no such user.
    #[error("{peer}: the device has no user {user}; check secName, or make the user there")]
    UnknownUser {
        /// Who was asked.
        peer: String,
        /// `secName`.
        user: String,
    },
    /// Version 3: the agent does not let the user do this at that level of security.
    #[error(
        "{peer}: the device does not accept the security level of user {user}; check secLevel, and which protocols the user has there"
    )]
    UnsupportedLevel {
        /// Who was asked.
        peer: String,
        /// `secName`.
        user: String,
    },
    /// Version 3: the agent says who it is, and then is silent to what the user sends: many do not tell what is wrong with it.
    #[error(
        "{peer}: the device is there, but does not answer user {user}; check secName, secLevel, the passwords and the protocols"
    )]
    Unheard {
        /// Who was asked.
        peer: String,
        /// `secName`.
        user: String,
    },
    /// Version 3: the agent's clock and ours do not come together.
    #[error(
        "{peer}: the device says again and again that the time of a request is wrong; restart its network card"
    )]
    Clock {
        /// Who was asked.
        peer: String,
    },
    /// Answers came, but none that can be one to the request.
    #[error("{peer}: {what}; if the device answers other SNMP programs, please report it")]
    Malformed {
        /// Who was asked.
        peer: String,
        /// What was wrong.
        what: String,
    },
    /// The network or this host did not let it be sent; a name that is not known.
    #[error("{0}")]
    Io(String),
    /// A setting that cannot be used.
    #[error("{0}")]
    Config(String),
}

impl Error {
    /// Its name in recordings, with the status of a refusal.
    #[must_use]
    pub fn words(&self) -> String {
        let word = match self {
            Self::Refused { status, .. } => return format!("refused {status}"),
            Self::Silent { .. } => "silent",
            Self::WrongPassword { .. } => "password",
            Self::WrongPrivacy { .. } => "privacy",
            Self::UnknownUser { .. } => "user",
            Self::UnsupportedLevel { .. } => "level",
            Self::Unheard { .. } => "unheard",
            Self::Clock { .. } => "clock",
            Self::Malformed { .. } => "malformed",
            Self::Io(_) => "io",
            Self::Config(_) => "config",
        };
        word.to_owned()
    }

    /// The error with these words in a recording, met while asking for `oid`. What can happen only at opening has none.
    #[must_use]
    pub fn from_words(words: &str, oid: &Oid) -> Option<Self> {
        let peer = "the recorded agent".to_owned();
        let user = "of the recording".to_owned();
        let (word, rest) = words.split_once(' ').unwrap_or((words, ""));
        Some(match word {
            "refused" => Self::Refused {
                oid: oid.clone(),
                status: Status::from_name(rest)?,
            },
            "silent" => Self::Silent {
                peer,
                after: Duration::ZERO,
            },
            "password" => Self::WrongPassword { peer, user },
            "privacy" => Self::WrongPrivacy { peer, user },
            "user" => Self::UnknownUser { peer, user },
            "level" => Self::UnsupportedLevel { peer, user },
            "unheard" => Self::Unheard { peer, user },
            "clock" => Self::Clock { peer },
            "malformed" => Self::Malformed {
                peer,
                what: "it answered something else then".to_owned(),
            },
            "io" => Self::Io(format!("{peer}: it could not be reached then")),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_error_are_each_others_inverse() {
        let oid: Oid = "1.3.6".parse().unwrap();
        for words in [
            "refused wrongType",
            "refused 42",
            "silent",
            "password",
            "privacy",
            "user",
            "level",
            "unheard",
            "clock",
            "malformed",
            "io",
        ] {
            assert_eq!(Error::from_words(words, &oid).unwrap().words(), words);
        }
        assert_eq!(Error::from_words("config", &oid), None);
        assert_eq!(Error::from_words("refused", &oid), None);
    }
}
