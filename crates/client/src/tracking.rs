//! What became of a request that the server tracks (spec net-protocol.md, section 11).

use std::time::Duration;

use proto::{Get, Outcome, Refusal, Request, TrackingId};
use tokio::time::{Instant, sleep};

use crate::{Connection, Error};

/// Time between two looks.
const EVERY: Duration = Duration::from_secs(1);

impl Connection {
    /// Asks the server to track what this connection sends from now on, or to stop.
    ///
    /// # Errors
    /// See [`Error`]; without user and password this is refused.
    pub async fn set_tracking(&mut self, on: bool) -> Result<(), Error> {
        self.ok(Request::SetTracking(on)).await.map(drop)
    }

    /// Looks once at what became of a request.
    ///
    /// # Errors
    /// See [`Error`]; `ERR` words that are outcomes are none.
    pub async fn outcome(&mut self, id: TrackingId) -> Result<Outcome, Error> {
        let id = id.to_string();
        match self.get(Get::Tracking { id: Some(&id) }).await {
            Ok(words) => match words.first().map(String::as_str) {
                Some("PENDING") => Ok(Outcome::Pending),
                Some("SUCCESS") => Ok(Outcome::Handled),
                _ => Err(Error::Protocol),
            },
            Err(Error::Refused(Refusal::InvalidArgument)) => Ok(Outcome::Invalid),
            Err(Error::RefusedOther(word)) if word == "UNKNOWN" => Ok(Outcome::Unknown),
            Err(Error::RefusedOther(word)) if word == "FAILED" => Ok(Outcome::Failed),
            Err(error) => Err(error),
        }
    }

    /// Looks each second until the request is done or `within` is over: then it is [`Outcome::Pending`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn track(&mut self, id: TrackingId, within: Duration) -> Result<Outcome, Error> {
        let begun = Instant::now();
        loop {
            let outcome = self.outcome(id).await?;
            let left = within.saturating_sub(begun.elapsed());
            if outcome != Outcome::Pending || left.is_zero() {
                return Ok(outcome);
            }
            sleep(EVERY.min(left)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Server;

    const ASK: &str = "GET TRACKING A7A7A7A7-A7A7-47A7-A7A7-A7A7A7A7A7A7";

    fn track(answers: &[(&str, &str)], within: Duration) -> Result<Outcome, Error> {
        let server = Server::answering(answers);
        let mut client = server.client(Duration::from_secs(5));
        client.track(TrackingId::from_random([0xa7; 16]), within)
    }

    #[test]
    fn every_answer_has_its_outcome() {
        for outcome in [
            Outcome::Handled,
            Outcome::Unknown,
            Outcome::Invalid,
            Outcome::Failed,
        ] {
            let answer = format!("{}\n", outcome.answer());
            let got = track(&[(ASK, &answer)], Duration::from_secs(5)).unwrap();
            assert_eq!(got, outcome);
        }
        let off = track(
            &[(ASK, "ERR FEATURE-NOT-CONFIGURED\n")],
            Duration::from_secs(5),
        );
        assert_eq!(
            off.unwrap_err().refusal(),
            Some(Refusal::FeatureNotConfigured)
        );
        let odd = track(&[(ASK, "PERHAPS\n")], Duration::from_secs(5));
        assert!(matches!(odd, Err(Error::Protocol)));
    }

    #[test]
    fn pending_is_asked_again() {
        let answers = [(ASK, "PENDING\n"), (ASK, "SUCCESS\n")];
        let got = track(&answers, Duration::from_secs(5)).unwrap();
        assert_eq!(got, Outcome::Handled);
    }

    #[test]
    fn patience_ends() {
        let got = track(&[(ASK, "PENDING\n")], Duration::from_millis(50)).unwrap();
        assert_eq!(got, Outcome::Pending);
    }
}
