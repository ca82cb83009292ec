//! The repeater: shows the device of another upsd as its own (soft-drivers.md, part B).
//!
//! At every poll upstream is asked for its variables, at connect and then every minute for what can be
//! set and done. The first failure makes the data stale, the next complete list makes them fresh: C NUT
//! goes on serving the last values for ever. Without credentials everything is read-only; with them SET
//! and INSTCMD are forwarded, tracked, and answered with upstream's result, which C never answers.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use driver::{Depth, Driver, Error, Report};
use model::Tick;
use proto::{Address, Outcome, Refusal};
use tracing::{info, warn};

use crate::mirror::{Abilities, Mirror, is_foreign_command, is_mirrored};
use crate::upstream::{Credentials, Upstream, outcome_of};

/// How often upstream is asked what can be set and done.
const ABILITIES_EVERY: Duration = Duration::from_secs(60);
/// A request waits for its answer as long as a poll takes, but no less and no more than this.
const DEADLINES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(5));

/// What the repeater is told by its section of ups.conf.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) address: Address,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) encryption: tls::Client,
    /// Whether the driver may start only with upstream's data at hand.
    pub(crate) strict: bool,
    pub(crate) poll_interval: Duration,
}

type Vars = Vec<(String, String)>;
type Lists = Result<(Vars, Option<Abilities>), client::Error>;

/// A device that is another upsd's.
pub(crate) struct Repeater {
    config: Config,
    link: Option<Upstream>,
    mirror: Mirror,
    abilities: Abilities,
    /// When they are to be asked for again; at once, if nothing is said.
    abilities_due: Option<Tick>,
    /// Whether the log knows that upstream does not let us set anything.
    denial_told: bool,
    started: Instant,
}

impl Repeater {
    /// A repeater that has not connected yet.
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            link: None,
            mirror: Mirror::default(),
            abilities: Abilities::default(),
            abilities_due: None,
            denial_told: false,
            started: Instant::now(),
        }
    }

    /// One poll at a time that the caller tells.
    fn poll_at(&mut self, now: Tick, report: &mut Report) -> Result<(), Error> {
        let read = self.read(now);
        self.drop_broken_link();
        match read {
            Ok(vars) => {
                self.mirror.update(&vars, &self.abilities, report);
                Ok(())
            }
            Err(error) => {
                self.abilities_due = None;
                Err(error)
            }
        }
    }

    fn read(&mut self, now: Tick) -> Result<Vars, Error> {
        let kept = self.link.is_some();
        let (vars, abilities) = match self.ask(now)? {
            // C's upsd closes connections that were idle for a minute: that is no failure of upstream's
            Err(error) if kept && is_hang_up(&error) => {
                self.link = None;
                self.ask(now)?
            }
            lists => lists,
        }
        .map_err(|error| self.failed(&error))?;
        if let Some(abilities) = abilities {
            self.abilities = abilities;
            self.abilities_due = Some(now + ABILITIES_EVERY);
        }
        Ok(vars)
    }

    /// Asks for the lists that are due. The outer error is that of connecting.
    fn ask(&mut self, now: Tick) -> Result<Lists, Error> {
        self.link()?; // a new connection makes all due
        let forwards = self.config.credentials.is_some();
        let due = forwards && self.abilities_due.is_none_or(|due| due <= now);
        let link = self.link()?;
        Ok(link.vars().and_then(|vars| {
            let abilities = due.then(|| link.abilities()).transpose()?;
            Ok((vars, abilities))
        }))
    }

    /// The connection, opened if there is none.
    fn link(&mut self) -> Result<&mut Upstream, Error> {
        let link = match self.link.take() {
            Some(link) => link,
            None => self.connect()?,
        };
        Ok(self.link.insert(link))
    }

    fn connect(&mut self) -> Result<Upstream, Error> {
        self.abilities_due = None;
        let Config {
            address,
            credentials,
            encryption,
            ..
        } = &self.config;
        let within = self.deadline();
        Upstream::open(address, credentials.as_ref(), encryption, within).map_err(|error| {
            if error.is_refusal() {
                let name = self.name();
                return Error::Config(format!(
                    "{name} refuses user and password: {error}; check authconf"
                ));
            }
            self.failed(&error)
        })
    }

    fn drop_broken_link(&mut self) {
        self.link = self.link.take().filter(Upstream::is_usable);
    }

    fn deadline(&self) -> Duration {
        let (least, most) = DEADLINES;
        self.config.poll_interval.clamp(least, most)
    }

    /// Never `Gone`: opened anew, the driver would not know what it has published.
    fn failed(&self, error: &client::Error) -> Error {
        let text = format!("{}: {error}", self.name());
        match error {
            client::Error::Refused(Refusal::UnknownCommand) => {
                Error::Config(format!("{text}; this server is too old to be repeated"))
            }
            client::Error::Protocol | client::Error::Parse => Error::Garbled(text),
            _ => Error::Timeout(text),
        }
    }

    fn name(&self) -> String {
        let Address { ups, server } = &self.config.address;
        format!("{ups}@{}:{}", server.host, server.port)
    }

    /// Hands a request on, if we are somebody to upstream.
    fn forward(
        &mut self,
        what: &str,
        send: impl FnOnce(&mut Upstream) -> Result<Outcome, client::Error>,
    ) -> Outcome {
        if self.config.credentials.is_none() {
            return Outcome::Unknown;
        }
        // once sent it is never sent again, so a connection that was closed is found out before
        self.link = self
            .link
            .take()
            .and_then(|mut link| link.answers().then_some(link));
        let sent = match self.link() {
            Ok(link) => send(link),
            Err(error) => {
                warn!("{what} is not forwarded: {error}");
                return Outcome::Failed;
            }
        };
        self.drop_broken_link();
        if sent.is_ok() {
            self.denial_told = false;
        }
        sent.unwrap_or_else(|error| self.refused(what, &error))
    }

    fn refused(&mut self, what: &str, error: &client::Error) -> Outcome {
        let denied = error.refusal() == Some(Refusal::AccessDenied);
        if !denied {
            info!("{what} is refused by {}: {error}", self.name());
        } else if !self.denial_told {
            self.denial_told = true;
            warn!(
                "{what} is refused by {}: {error}; check the password in authconf here, actions and instcmds in upsd.users there",
                self.name()
            );
        }
        outcome_of(error.refusal())
    }
}

impl Driver for Repeater {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        report.set("driver.parameter.mode", "repeater");
        match self.poll_at(Tick(self.started.elapsed()), report) {
            Err(error @ Error::Config(_)) => Err(error),
            Err(error) if self.config.strict => Err(Error::Timeout(format!(
                "{error}; to start without data set repeater_disable_strict_start"
            ))),
            Err(error) => {
                warn!("{error}; starting without data");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    fn poll(&mut self, _depth: Depth, report: &mut Report) -> Result<(), Error> {
        self.poll_at(Tick(self.started.elapsed()), report)
    }

    fn command(
        &mut self,
        name: &str,
        param: Option<&str>,
        _report: &mut Report,
    ) -> Result<Outcome, Error> {
        if !is_foreign_command(name) {
            return Ok(Outcome::Unknown);
        }
        Ok(self.forward(&format!("INSTCMD {name}"), |link| link.command(name, param)))
    }

    fn set(&mut self, var: &str, value: &str, _report: &mut Report) -> Result<Outcome, Error> {
        if !is_mirrored(var) {
            return Ok(Outcome::Unknown);
        }
        Ok(self.forward(&format!("SET {var}"), |link| link.set(var, value)))
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        warn!("a repeated device is not shut down from here; its own driver does it");
        Ok(Outcome::Failed)
    }

    fn is_proxy(&self) -> bool {
        true
    }
}

/// Whether the other end has closed the connection, not merely kept silent.
fn is_hang_up(error: &client::Error) -> bool {
    match error {
        client::Error::Disconnected => true,
        client::Error::Read(why) | client::Error::Write(why) => why.kind() != ErrorKind::TimedOut,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
