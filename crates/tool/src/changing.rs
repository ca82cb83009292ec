//! Options of a tool that changes something; sending the request, and saying what became of it.

use std::time::Duration;

use client::{Blocking, Password};
use proto::{HostPort, Outcome, Request};

use crate::failure::say;
use crate::sign_in::sign_in;
use crate::timeout::{connect_timeout, patience};
use crate::{Common, Failure};

/// What is said when the server only took the request: five lines, as in C.
const ACCEPTED: &str = "\
Note: OK means that upsd took the request and passed it on to the driver.
It does not mean that the driver or the device did what was asked.
To wait for the outcome, repeat this with the option -w; the driver must
support it. Or read the variables concerned a little later, with upsc.
To silence this note, set NUT_QUIET_OK_NOTRACKING=true in the environment.";

/// Options that say who changes something, and whether to wait for it.
#[derive(Debug, clap::Args)]
pub struct Changing {
    /// User; else nutauth.conf says who, or a question
    #[arg(short = 'u', value_name = "user", allow_hyphen_values = true)]
    pub(crate) user: Option<String>,
    /// Password; other users of this machine can see it here
    #[arg(short = 'p', value_name = "password", allow_hyphen_values = true)]
    pub(crate) password: Option<Password>,
    /// Wait until the driver has done it
    #[arg(short = 'w')]
    wait: bool,
    /// Wait so long (10)
    #[arg(short = 't', value_name = "seconds", allow_hyphen_values = true)]
    patience: Option<String>,
}

impl Changing {
    /// Connects, says who we are, sends `request` and says on stderr what became of it.
    ///
    /// # Errors
    /// It was refused, or the driver did not do it, or not in time.
    pub fn send(
        &self,
        common: &Common,
        server: &HostPort,
        request: Request<'_>,
    ) -> Result<(), Failure> {
        let within = connect_timeout(common.timeout.as_deref())?;
        let wait = patience(self.wait, self.patience.as_deref())?;
        // questions come first: a server drops those who are silent for long
        let (user, password, encryption) = sign_in(common, self, server)?;
        let mut connection = Blocking::open_with(server, within, &encryption)?;
        connection.login(&user, &password)?;
        send(&mut connection, request, wait)?;
        connection.logout();
        Ok(())
    }
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
