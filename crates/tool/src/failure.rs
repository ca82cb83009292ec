//! How a tool ends: its message and exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use proto::BadAddress;

use client::{Error, auth};

/// Why a tool did not do what it was told; the text is what stderr shows.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The server or the way to it.
    #[error("Error: {0}")]
    Client(#[from] Error),
    /// nutauth.conf.
    #[error("Error: {0}")]
    Auth(#[from] auth::Error),
    /// The operand names no UPS.
    #[error("Error: invalid UPS definition.\nRequired format: upsname[@hostname[:port]]{}", hint(*.0))]
    Ups(BadAddress),
    /// The operand names no server.
    #[error("Error: invalid hostname.\nRequired format: [hostname[:port]]{}", hint(*.0))]
    Host(BadAddress),
    /// Operands or options that make no sense together.
    #[error("Error: {0}")]
    Usage(String),
    /// A time that is no number of seconds: what it is for, and its text.
    #[error("Error: invalid {0}: {1}: write a number of seconds")]
    Seconds(&'static str, String),
    /// A request to change something was refused, in the server's words.
    #[error("Unexpected response from upsd: {0}")]
    Response(String),
    /// The server does not track requests.
    #[error("Error: the server does not track requests: {0}; nothing was sent, try without -w")]
    Untracked(Error),
    /// No outcome in time.
    #[error("Can't receive status tracking information: timeout")]
    Pending,
    /// The driver did not do it.
    #[error("{0}")]
    Outcome(&'static str),
    /// No answer to a prompt.
    #[error("Error: can't read {0}: {1}")]
    Prompt(&'static str, io::Error),
    /// Writing the output failed.
    #[error("Error: can't write the output: {0}")]
    Output(#[from] io::Error),
}

fn hint(bad: BadAddress) -> String {
    match bad {
        // the format says it
        BadAddress::NoUps | BadAddress::NoHost => String::new(),
        bad => format!("\n{bad}"),
    }
}

impl Failure {
    /// Reports a failure, if it is one, and makes the exit code of it. A reader of our output who left
    /// early wants to hear nothing.
    #[must_use]
    pub fn end(result: Result<(), Self>) -> ExitCode {
        match result {
            Ok(()) => return ExitCode::SUCCESS,
            Err(Self::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(failure) => say(&failure.to_string()),
        }
        ExitCode::FAILURE
    }
}

/// Writes a line to stderr.
pub(crate) fn say(text: &str) {
    // without stderr there is nobody to tell
    let _ = writeln!(io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proto::{Address, Refusal};

    #[test]
    fn texts_are_those_of_c_where_scripts_may_know_them() {
        for (failure, text) in [
            (
                Failure::Client(Error::Refused(Refusal::UnknownUps)),
                "Error: Unknown UPS",
            ),
            (
                Failure::Ups(Address::parse("").unwrap_err()),
                "Error: invalid UPS definition.\nRequired format: upsname[@hostname[:port]]",
            ),
            (
                Failure::Ups(Address::parse("a@b:0").unwrap_err()),
                "Error: invalid UPS definition.\nRequired format: upsname[@hostname[:port]]\n\
                 the port must be a number from 1 to 65535",
            ),
            (
                Failure::Response("ERR ACCESS-DENIED".to_owned()),
                "Unexpected response from upsd: ERR ACCESS-DENIED",
            ),
            (Failure::Outcome("ERR FAILED"), "ERR FAILED"),
        ] {
            assert_eq!(failure.to_string(), text);
        }
    }
}
