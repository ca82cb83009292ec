//! The first word of a request.

use crate::Refusal;

/// The first word of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named like the words themselves")]
pub enum Verb {
    Ver,
    NetVer,
    ProtVer,
    Help,
    StartTls,
    Get,
    List,
    Username,
    Password,
    Login,
    Logout,
    Attach,
    Detach,
    Primary,
    Master,
    Fsd,
    Set,
    InstCmd,
}

static VERBS: &[(&str, Verb)] = &[
    // the most frequent ones first
    ("GET", Verb::Get),
    ("LIST", Verb::List),
    ("VER", Verb::Ver),
    ("NETVER", Verb::NetVer),
    ("PROTVER", Verb::ProtVer),
    ("HELP", Verb::Help),
    ("STARTTLS", Verb::StartTls),
    ("USERNAME", Verb::Username),
    ("PASSWORD", Verb::Password),
    ("LOGIN", Verb::Login),
    ("LOGOUT", Verb::Logout),
    ("ATTACH", Verb::Attach),
    ("DETACH", Verb::Detach),
    ("PRIMARY", Verb::Primary),
    ("MASTER", Verb::Master),
    ("FSD", Verb::Fsd),
    ("SET", Verb::Set),
    ("INSTCMD", Verb::InstCmd),
];

impl Verb {
    /// The verb that `word` stands for, in any case.
    ///
    /// # Errors
    /// There is none.
    pub fn find(word: &str) -> Result<Self, Refusal> {
        let row = VERBS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(word));
        row.map(|(_, verb)| *verb).ok_or(Refusal::UnknownCommand)
    }

    /// Whether USERNAME and PASSWORD must have been given before its arguments are even looked at.
    #[must_use]
    pub fn needs_credentials(self) -> bool {
        matches!(
            self,
            Self::Login
                | Self::Attach
                | Self::Primary
                | Self::Master
                | Self::Fsd
                | Self::Set
                | Self::InstCmd
        )
    }
}
