//! What comes of an answer.

/// One thing that a window of an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The row's own variable has this value; for a row of the status or the alarms, its word or text. Empty is none.
    Publish(String),
    /// Another variable has this value.
    Set(&'static str, String),
    /// A word of the status; with `!` in front it is taken away.
    Word(&'static str),
    /// A text of the alarms.
    Alarm(String),
    /// A mode, for `experimental.ups.mode.buzzwords`.
    Mode(&'static str),
    /// A fact for other rows, not published.
    Note(&'static str, String),
    /// Rows, settings and commands behind this gate exist from now on.
    Open(&'static str),
    /// They do not exist any more.
    Close(&'static str),
}

impl Effect {
    /// The row's variable has this value.
    pub(crate) fn publish(value: impl Into<String>) -> Vec<Self> {
        vec![Self::Publish(value.into())]
    }
}

/// A value that makes no sense; the variable keeps what it has. The text says what was wrong with which value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bad(pub(crate) String);

impl Bad {
    /// What was wrong.
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}
