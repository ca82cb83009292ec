//! What the framework asks of the driver.

use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use ::driver::{Depth, Driver, Error, Heard, Report, Settings};
use proto::Outcome;
use snmp::Agent;
use tracing::debug;

use crate::agent;
use crate::calls::Calls;
use crate::detect::{Unknown, detect, model};
use crate::engine::{Engine, told};
use crate::facts::Facts;
use crate::options::Options;

/// After so many polls without an answer the session is opened anew: the device may have another address by then.
const SILENCE_MAX: u32 = 20;

/// How a session is opened.
pub(crate) type Open =
    Arc<dyn Fn(&Settings, &Options) -> Result<Box<dyn Agent>, Error> + Send + Sync>;

/// A device whose mapping is known.
pub(crate) struct SnmpUps {
    agent: Box<dyn Agent>,
    engine: Engine,
    /// What the device said while its mapping was looked for.
    facts: Facts,
    settings: Settings,
    options: Options,
    open: Open,
    /// Polls without an answer, in a row.
    silence: u32,
    /// What it is listened to by, between polls.
    calls: Option<Calls>,
}

/// The mapping of an agent's device, by its name, and the model.
pub(crate) fn identify(agent: &mut dyn Agent) -> Result<(&'static str, String), Error> {
    let mut facts = Facts::default();
    let mib = detect(agent, None, &mut facts).map_err(unknown)?;
    Ok((mib.name, model(mib, &mut facts).known().unwrap_or_default()))
}

fn unknown(why: Unknown) -> Error {
    match why {
        Unknown::Agent(error) => told(error),
        Unknown::NoSuchMib(_) => Error::Config(why.to_string()),
        Unknown::OtherDevice(_) | Unknown::NoDevice(_) => Error::Unusable(why.to_string()),
    }
}

impl SnmpUps {
    /// Opens a session and finds the mapping.
    pub(crate) fn find(open: Open, settings: &Settings) -> Result<Self, Error> {
        let options = Options::of(settings)?;
        let mut agent = open(settings, &options)?;
        let mut facts = Facts::default();
        let mib = detect(&mut *agent, options.mib.as_deref(), &mut facts);
        let mib = mib.map_err(unknown)?;
        Ok(Self {
            agent,
            engine: Engine::new(mib, options.clone()),
            facts,
            settings: settings.clone(),
            options,
            open,
            silence: 0,
            calls: None,
        })
    }

    /// Listens to the device between polls, if that is wanted.
    pub(crate) fn listening(mut self) -> Result<Self, Error> {
        self.calls = agent::calls(&self.settings, &self.options)?;
        Ok(self)
    }

    /// A new session in place of one that nobody answers in.
    fn renew(&mut self) {
        match (self.open)(&self.settings, &self.options) {
            Ok(agent) => self.agent = agent,
            Err(error) => debug!("{error}"),
        }
        if let Some(calls) = &mut self.calls {
            calls.renew();
        }
    }
}

impl Driver for SnmpUps {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        let facts = std::mem::take(&mut self.facts);
        let now = self.settings.clock.since_start();
        self.engine.explore(&mut *self.agent, facts, now, report)?;
        self.engine.write_delays(&mut *self.agent, report);
        Ok(())
    }

    fn poll(&mut self, _depth: Depth, report: &mut Report) -> Result<(), Error> {
        let now = self.settings.clock.since_start();
        if let Some(calls) = &mut self.calls {
            calls.answered();
        }
        let result = self.engine.poll(&mut *self.agent, now, report);
        self.silence = match &result {
            Err(Error::Timeout(_)) => self.silence.saturating_add(1),
            _ => 0,
        };
        if self.silence >= SILENCE_MAX {
            self.silence = 0;
            self.renew();
        }
        result
    }

    fn listen(&mut self, within: Duration, _report: &mut Report) -> Heard {
        let calls = self.calls.as_mut();
        calls.map_or(Heard::Deaf, |calls| calls.listen(within))
    }

    fn waker(&self) -> Option<Waker> {
        self.calls.as_ref().map(Calls::waker)
    }

    fn command(
        &mut self,
        name: &str,
        param: Option<&str>,
        _report: &mut Report,
    ) -> Result<Outcome, Error> {
        self.engine.command(&mut *self.agent, name, param)
    }

    fn set(&mut self, var: &str, value: &str, report: &mut Report) -> Result<Outcome, Error> {
        self.engine.set(&mut *self.agent, var, value, report)
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        self.engine.shut_down(&mut *self.agent)
    }
}
