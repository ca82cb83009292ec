//! Who we are, and saying goodbye.

use std::time::Duration;

use proto::{Attach, Refusal, Request};

use crate::{Connection, Error, Password};

/// How long a server may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

impl Connection {
    /// Gives user and password. The server judges them only at the first request that needs them.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn login(&mut self, user: &str, password: &Password) -> Result<(), Error> {
        // one at a time: small servers of other makers read a line a packet
        self.ok(Request::Username(user)).await?;
        self.ok(Request::Password(password.expose())).await?;
        Ok(())
    }

    /// Counts this connection among those that `ups` feeds: `LOGIN`, or `ATTACH` for a server that knows
    /// only the RFC's word.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn attach(&mut self, ups: &str) -> Result<(), Error> {
        let by = |word| Request::Login { ups, word };
        match self.ok(by(Attach::Login)).await {
            Err(Error::Refused(Refusal::UnknownCommand)) => self.ok(by(Attach::Attach)).await,
            answer => answer,
        }
        .map(drop)
    }

    /// Ends the connection in good order; a server that does not answer is left a second later.
    pub async fn logout(mut self) {
        self.set_deadline(self.within().min(GOODBYE));
        // nothing depends on the answer: the connection ends with or without it
        let _ = self.ok(Request::Logout).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Blocking;
    use crate::testing::{Server, Then};
    use std::time::Instant;

    fn client(server: &Server) -> Blocking {
        server.client(Duration::from_secs(5))
    }

    #[test]
    fn credentials_go_quoted() {
        let server = Server::answering(&[("USERNAME admin", "OK\n"), ("PASSWORD p w#", "OK\n")]);
        client(&server)
            .login("admin", &Password::new("p w#"))
            .unwrap();
        assert_eq!(
            server.heard(),
            ["USERNAME \"admin\"", "PASSWORD \"p w\\#\""]
        );
    }

    #[test]
    fn a_refusal_leaves_the_connection_in_step() {
        let server = Server::answering(&[
            ("USERNAME admin", "ERR ALREADY-SET-USERNAME\n"),
            ("FSD rack", "OK FSD-SET\n"),
        ]);
        let mut client = client(&server);
        let error = client.login("admin", &Password::new("x")).unwrap_err();
        assert_eq!(error.refusal(), Some(Refusal::AlreadySetUsername));
        let done = client.ok(Request::Fsd { ups: "rack" }).unwrap();
        assert_eq!(done.words, ["FSD-SET"]);
    }

    #[test]
    fn attach_falls_back_to_the_word_of_the_rfc() {
        let server = Server::answering(&[("ATTACH rack", "OK\n")]);
        client(&server).attach("rack").unwrap();
        assert_eq!(server.heard(), ["LOGIN \"rack\"", "ATTACH \"rack\""]);
    }

    #[test]
    fn logout_does_not_wait_for_ever() {
        let server = Server::raw("", Then::Wait);
        let begun = Instant::now();
        client(&server).logout();
        assert!(begun.elapsed() < Duration::from_secs(4));
    }
}
