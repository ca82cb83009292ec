//! Sending a request that changes something, and saying what became of it.

use std::time::Duration;

use proto::{HostPort, Outcome, Request};

use super::sign_in::sign_in;
use super::{Failure, Given, say};
use crate::Blocking;

/// What is said when the server only took the request: five lines, as in C.
const ACCEPTED: &str = "\
Note: OK means that upsd took the request and passed it on to the driver.
It does not mean that the driver or the device did what was asked.
To wait for the outcome, repeat this with the option -w; the driver must
support it. Or read the variables concerned a little later, with upsc.
To silence this note, set NUT_QUIET_OK_NOTRACKING=true in the environment.";

/// How to send a request that changes something.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The server.
    pub server: &'a HostPort,
    /// As whom.
    pub given: Given,
    /// How long connecting may take.
    pub within: Duration,
    /// How long to wait for the outcome, if at all.
    pub wait: Option<Duration>,
}

/// Connects, says who we are, sends `request` and says on stderr what became of it.
///
/// # Errors
/// It was refused, or the driver did not do it, or not in time.
pub fn change(how: &Change<'_>, request: Request<'_>) -> Result<(), Failure> {
    // questions come first: a server drops those who are silent for long
    let (user, password) = sign_in(&how.given, how.server)?;
    let mut connection = Blocking::open(how.server, how.within)?;
    connection.login(&user, &password)?;
    send(&mut connection, request, how.wait)?;
    connection.logout();
    Ok(())
}

fn send(
    connection: &mut Blocking,
    request: Request<'_>,
    wait: Option<Duration>,
) -> Result<(), Failure> {
    if wait.is_some() {
        connection.set_tracking(true).map_err(|error| {
            if error.is_refusal() {
                Failure::Untracked(error)
            } else {
                Failure::Client(error)
            }
        })?;
    }
    let reply = connection
        .ok(request)
        .map_err(|error| match error.wire_line() {
            Some(line) => Failure::Response(line),
            None => Failure::Client(error),
        })?;
    match (wait, reply.tracking()) {
        (Some(within), Some(id)) => finished(connection.track(id, within)?),
        _ => {
            accepted();
            Ok(())
        }
    }
}

fn accepted() {
    say("OK");
    if std::env::var_os("NUT_QUIET_OK_NOTRACKING").is_none_or(|value| value != "true") {
        say(ACCEPTED);
    }
}

/// C ends with 0 whatever the outcome; here only what was done is success.
fn finished(outcome: Outcome) -> Result<(), Failure> {
    match outcome {
        Outcome::Pending => Err(Failure::Pending),
        Outcome::Handled => {
            say(outcome.answer());
            Ok(())
        }
        outcome => Err(Failure::Outcome(outcome.answer())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_has_five_lines() {
        assert_eq!(ACCEPTED.lines().count(), 5);
    }
}
