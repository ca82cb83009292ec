//! One connection to a upsd: open, log in, poll, tell FSD, count (spec upsmon.md, section 4).

use std::time::Duration;

use client::{Connection, Error, Family, Password};
use monitor::Report;
use proto::{Attach, Get, HostPort, Refusal, Request};

/// How long each answer may take. A server that hangs is noticed well before DEADTIME.
const ANSWER_TIME: Duration = Duration::from_secs(5);
/// Words of vendors for modes; the second is its name before it was settled.
const BUZZWORDS: [&str; 2] = ["ups.mode.buzzwords", "experimental.ups.mode.buzzwords"];

/// A UPS to watch, and as whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The section in the server's ups.conf.
    pub(crate) ups: String,
    pub(crate) server: HostPort,
    pub(crate) user: String,
    pub(crate) password: Password,
    pub(crate) primary: bool,
}

/// How connections are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialling {
    pub(crate) timeout: Duration,
    pub(crate) family: Family,
}

/// An open connection.
#[derive(Debug)]
pub(crate) struct Session {
    connection: Connection,
}

impl Session {
    pub(crate) async fn open(
        target: &Target,
        dialling: Dialling,
        encryption: &tls::Client,
    ) -> Result<Self, Error> {
        let Dialling { timeout, family } = dialling;
        let mut connection =
            Connection::open_with(&target.server, timeout, family, encryption).await?;
        connection.set_deadline(ANSWER_TIME.min(dialling.timeout));
        Ok(Self { connection })
    }

    /// Logs in and, as primary, makes sure that FSD may be set.
    ///
    /// # Errors
    /// A refusal leaves the connection usable.
    pub(crate) async fn log_in(&mut self, target: &Target) -> Result<(), Error> {
        let ups = target.ups.as_str();
        self.connection
            .login(&target.user, &target.password)
            .await?;
        self.connection.attach(ups).await?;
        if target.primary {
            self.become_primary(ups).await?;
        }
        Ok(())
    }

    /// Servers before 2.8 know only the old word.
    async fn become_primary(&mut self, ups: &str) -> Result<(), Error> {
        let by = |master| Request::Primary { ups, master };
        match self.connection.ok(by(false)).await {
            Err(first) if first.is_refusal() => {
                self.connection.ok(by(true)).await.map_err(|_| first)
            }
            answer => answer,
        }
        .map(drop)
    }

    /// The status; `None` when it tells nothing.
    pub(crate) async fn poll(&mut self, ups: &str) -> Result<Option<Report>, Error> {
        let status = self.value(ups, "ups.status").await?;
        let mut buzzwords = String::new();
        for var in BUZZWORDS {
            if let Some(value) = self.value_if_known(ups, var).await? {
                buzzwords = value;
                break;
            }
        }
        let Some(report) = Report::of(&status, &buzzwords) else {
            return Ok(None);
        };
        if !report.has_alarm() {
            return Ok(Some(report));
        }
        let alarm = self.value_if_known(ups, "ups.alarm").await?;
        Ok(Some(report.with_alarm(alarm.as_deref())))
    }

    pub(crate) async fn set_fsd(&mut self, ups: &str) -> Result<(), Error> {
        self.connection.ok(Request::Fsd { ups }).await.map(drop)
    }

    pub(crate) async fn count_logins(&mut self, ups: &str) -> Result<u32, Error> {
        let word = Attach::Login;
        let words = self.connection.get(Get::NumLogins { ups, word }).await?;
        let count = words.first().and_then(|count| count.parse().ok());
        count.ok_or(Error::Protocol)
    }

    pub(crate) async fn log_out(self) {
        self.connection.logout().await;
    }

    pub(crate) fn is_usable(&self) -> bool {
        self.connection.is_usable()
    }

    async fn value(&mut self, ups: &str, var: &str) -> Result<String, Error> {
        let words = self.connection.get(Get::Var { ups, var }).await?;
        Ok(words.into_iter().next().unwrap_or_default())
    }

    /// A refusal means that there is no such value.
    async fn value_if_known(&mut self, ups: &str, var: &str) -> Result<Option<String>, Error> {
        match self.value(ups, var).await {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_refusal() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Why a request failed, in words that say which UPS is meant where the server does not.
pub(crate) fn reason(error: &Error) -> String {
    match error.refusal() {
        Some(Refusal::UnknownUps) => "UPS does not exist on server".to_owned(),
        _ => error.to_string(),
    }
}
