//! What happens to upsmon.

use crate::policy::Setup;
use crate::report::Report;
use crate::supply::UpsId;

/// Something happened. Time passing is an event, too: [`Event::Tick`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A poll was answered.
    Polled(UpsId, Report),
    /// A poll was answered, but tells nothing: the driver has just connected (`WAIT`).
    ToldNothing(UpsId),
    /// A poll failed, whatever the reason; the text tells it.
    Failed(UpsId, String),
    /// The connection has logged in, and may set FSD where it has to.
    LoggedIn(UpsId),
    /// Login or primary role were refused; the text says why.
    LoginRefused(UpsId, String),
    /// The connection is gone, and with it the login.
    Disconnected(UpsId),
    /// The answer to [`SetFsd`](crate::Action::SetFsd).
    FsdAnswered(UpsId, Result<(), String>),
    /// The answer to [`CountLogins`](crate::Action::CountLogins); `None` when it could not be learned.
    Logins(UpsId, Option<u32>),
    /// The administrator asks for a shutdown (`-c fsd`).
    UserFsd,
    /// A new configuration.
    Reload(Setup),
    /// The administrator asks upsmon to end (SIGTERM).
    Stop,
    /// The system is about to sleep.
    Suspending,
    /// The system has woken up; `announced` when it had said so before.
    Resumed {
        /// Whether [`Event::Suspending`] came before.
        announced: bool,
    },
    /// SHUTDOWNCMD ended with success.
    CommandDone,
    /// SHUTDOWNCMD could not be run or failed; the text says how.
    CommandFailed(String),
    /// The privileged process is gone: nothing can be shut down by it any more.
    HelperLost,
    /// Time has passed.
    Tick,
}
