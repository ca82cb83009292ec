//! What upsmon is to do.

use model::Notice;

use crate::decision::Decision;
use crate::supply::UpsId;

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Tell people and scripts, as NOTIFYFLAG says.
    Notify {
        /// What about.
        notice: Notice,
        /// Which UPS.
        ups: Option<UpsId>,
        /// The second text of a message.
        detail: String,
    },
    /// Tell everybody logged in to this host, whatever NOTIFYFLAG says.
    Broadcast(&'static str),
    /// Write to the log.
    Log(Level, String),
    /// The reason of the shutdown that begins now, for the log.
    Decided(Decision),
    /// `FSD <ups>`; answered by [`FsdAnswered`](crate::Event::FsdAnswered).
    SetFsd(UpsId),
    /// `GET NUMLOGINS <ups>`; answered by [`Logins`](crate::Event::Logins).
    CountLogins(UpsId),
    /// Close every connection to upsd, for good.
    LogOut,
    /// Forget every connection and poll afresh: the system has slept.
    Reconnect,
    /// Write POWERDOWNFLAG and run SHUTDOWNCMD; answered by `CommandDone`, `CommandFailed` or `HelperLost`.
    ShutDown,
    /// End the program, in order or as a failure.
    Exit {
        /// Whether a service manager has to restart it.
        failed: bool,
    },
}

/// How much a line in the log matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Good to know.
    Info,
    /// Deserves attention.
    Notice,
    /// May become trouble.
    Warning,
    /// Is trouble.
    Error,
    /// The host is in danger.
    Critical,
}
