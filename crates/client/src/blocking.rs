//! The connection for code without a runtime: each call waits for its answer.

use std::time::Duration;

use proto::{Get, HostPort, List, Outcome, Request, TrackingId};
use tokio::runtime::{Builder, Runtime};

use crate::{Answer, Ask, Connection, Error, Family, OkReply, Password};

/// A [`Connection`] with a small runtime of its own, for one thread.
///
/// Not for use within an asynchronous task: tokio refuses to wait there.
#[derive(Debug)]
pub struct Blocking {
    runtime: Running,
    connection: Connection,
}

/// A runtime whose end does not wait for a name lookup that still runs.
#[derive(Debug)]
struct Running(Option<Runtime>);

impl Running {
    fn start() -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        Ok(Self(Some(runtime.map_err(Error::Connect)?)))
    }

    fn wait<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        match &self.0 {
            Some(runtime) => runtime.block_on(work),
            None => Err(Error::Disconnected),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Blocking {
    /// See [`Connection::open`].
    ///
    /// # Errors
    /// As there.
    pub fn open(server: &HostPort, within: Duration) -> Result<Self, Error> {
        Self::open_with(server, within, &tls::Client::default())
    }

    /// See [`Connection::open_with`].
    ///
    /// # Errors
    /// As there.
    pub fn open_with(
        server: &HostPort,
        within: Duration,
        encryption: &tls::Client,
    ) -> Result<Self, Error> {
        let runtime = Running::start()?;
        let opening = Connection::open_with(server, within, Family::Any, encryption);
        let connection = runtime.wait(opening)?;
        Ok(Self {
            runtime,
            connection,
        })
    }

    /// See [`Connection::set_deadline`].
    pub fn set_deadline(&mut self, within: Duration) {
        self.connection.set_deadline(within);
    }

    /// See [`Connection::is_usable`].
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.connection.is_usable()
    }

    /// See [`Connection::get`].
    ///
    /// # Errors
    /// As there.
    pub fn get(&mut self, get: Get<'_>) -> Result<Vec<String>, Error> {
        self.runtime.wait(self.connection.get(get))
    }

    /// See [`Connection::list`].
    ///
    /// # Errors
    /// As there.
    pub fn list(&mut self, list: List<'_>) -> Result<Vec<Vec<String>>, Error> {
        self.runtime.wait(self.connection.list(list))
    }

    /// See [`Connection::batch`].
    ///
    /// # Errors
    /// As there.
    pub fn batch(&mut self, asks: &[Ask<'_>]) -> Result<Vec<Result<Answer, Error>>, Error> {
        self.runtime.wait(self.connection.batch(asks))
    }

    /// See [`Connection::ok`].
    ///
    /// # Errors
    /// As there.
    pub fn ok(&mut self, request: Request<'_>) -> Result<OkReply, Error> {
        self.runtime.wait(self.connection.ok(request))
    }

    /// See [`Connection::line`].
    ///
    /// # Errors
    /// As there.
    pub fn line(&mut self, request: Request<'_>) -> Result<Vec<String>, Error> {
        self.runtime.wait(self.connection.line(request))
    }

    /// See [`Connection::login`].
    ///
    /// # Errors
    /// As there.
    pub fn login(&mut self, user: &str, password: &Password) -> Result<(), Error> {
        self.runtime.wait(self.connection.login(user, password))
    }

    /// See [`Connection::attach`].
    ///
    /// # Errors
    /// As there.
    pub fn attach(&mut self, ups: &str) -> Result<(), Error> {
        self.runtime.wait(self.connection.attach(ups))
    }

    /// See [`Connection::set_tracking`].
    ///
    /// # Errors
    /// As there.
    pub fn set_tracking(&mut self, on: bool) -> Result<(), Error> {
        self.runtime.wait(self.connection.set_tracking(on))
    }

    /// See [`Connection::outcome`].
    ///
    /// # Errors
    /// As there.
    pub fn outcome(&mut self, id: TrackingId) -> Result<Outcome, Error> {
        self.runtime.wait(self.connection.outcome(id))
    }

    /// See [`Connection::track`].
    ///
    /// # Errors
    /// As there.
    pub fn track(&mut self, id: TrackingId, within: Duration) -> Result<Outcome, Error> {
        self.runtime.wait(self.connection.track(id, within))
    }

    /// See [`Connection::logout`].
    pub fn logout(self) {
        let goodbye = async {
            self.connection.logout().await;
            Ok(())
        };
        // nothing depends on it
        let _ = self.runtime.wait(goodbye);
    }
}
