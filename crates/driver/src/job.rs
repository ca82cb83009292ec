//! What the two threads of a driver tell each other.

use proto::Outcome;

use crate::report::Report;

/// Who asked, so that the answer finds its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ticket {
    /// The connection.
    pub(crate) conn: u64,
    /// The tracking id, if an answer is wanted.
    pub(crate) tracking: Option<String>,
}

/// Work for the device.
#[derive(Debug)]
pub(crate) enum Job {
    /// An instant command.
    Command {
        name: String,
        param: Option<String>,
        ticket: Ticket,
    },
    /// A new value for a variable.
    Set {
        var: String,
        value: String,
        ticket: Ticket,
    },
    /// The power is to be cut.
    KillPower {
        commands: Vec<String>,
        ticket: Ticket,
    },
}

/// What the main thread has to know.
#[derive(Debug)]
pub(crate) enum News {
    /// A word for `driver.state`.
    State(&'static str),
    /// A poll succeeded, or the device has said something by itself.
    Polled(Report),
    /// The device did not answer as it should.
    Stale,
    /// A job is done.
    Done {
        ticket: Ticket,
        outcome: Outcome,
        report: Report,
    },
    /// The shutdown commands were tried.
    PowerKilled { ticket: Ticket, outcome: Outcome },
    /// The device is lost; this attempt to reach it comes next.
    Reconnecting { attempt: u32 },
    /// It is back and says who it is.
    Reconnected(Report),
    /// `reconnect_max_tries` attempts were in vain.
    GaveUp,
}

impl Job {
    /// Who asked for it.
    pub(crate) fn into_ticket(self) -> Ticket {
        match self {
            Self::Command { ticket, .. }
            | Self::Set { ticket, .. }
            | Self::KillPower { ticket, .. } => ticket,
        }
    }

    /// The answer to a job that there is no device for.
    pub(crate) fn refused(self) -> News {
        let outcome = Outcome::Failed;
        match self {
            Self::KillPower { ticket, .. } => News::PowerKilled { ticket, outcome },
            other => News::Done {
                ticket: other.into_ticket(),
                outcome,
                report: Report::default(),
            },
        }
    }
}
