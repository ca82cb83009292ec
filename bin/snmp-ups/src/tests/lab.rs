//! A driver on an agent, a clock that stands until it is set, and what clients see of it.

use std::sync::Arc;
use std::time::Duration;

use driver::testing::Published;
use driver::{Clock, Depth, Driver, Error, Report, Settings};
use proto::Outcome;
use snmp::{Agent, Oid, Simulated, Value};

use crate::driver::{Open, SnmpUps};
use crate::object::object;

/// A UPS with RFC 1628's objects.
pub(super) const UPS: &str = "\
1.3.6.1.2.1.1.1.0|4|a lab's agent
1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
1.3.6.1.2.1.33.1.1.1.0|4|Lab
1.3.6.1.2.1.33.1.1.2.0|4|One
1.3.6.1.2.1.33.1.2.1.0|2|2
1.3.6.1.2.1.33.1.2.3.0|2|30
1.3.6.1.2.1.33.1.2.4.0|2|100
1.3.6.1.2.1.33.1.3.2.0|2|1
1.3.6.1.2.1.33.1.4.1.0|2|3
1.3.6.1.2.1.33.1.4.3.0|2|1
1.3.6.1.2.1.33.1.7.1.0|6|1.3.6.1.2.1.33.1.7.7.1
1.3.6.1.2.1.33.1.8.2.0|2|-1
1.3.6.1.2.1.33.1.8.3.0|2|-1
1.3.6.1.2.1.33.1.8.5.0|2|2
1.3.6.1.2.1.33.1.9.8.0|2|2
";

/// An Eaton UPS with a list of alarms.
pub(super) const EATON: &str = "\
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.534.1
1.3.6.1.4.1.534.1.1.2.0|4|9PX
1.3.6.1.4.1.534.1.4.5.0|2|3
1.3.6.1.4.1.534.1.7.1.0|66|2
1.3.6.1.4.1.534.1.7.2.1.1.4|2|4
1.3.6.1.4.1.534.1.7.2.1.1.9|2|9
1.3.6.1.4.1.534.1.7.2.1.2.4|6|1.3.6.1.4.1.534.1.7.4
1.3.6.1.4.1.534.1.7.2.1.2.9|6|1.3.6.1.4.1.534.1.7.23
1.3.6.1.4.1.534.1.9.1.0|2|-1
1.3.6.1.4.1.534.1.9.2.0|2|-1
1.3.6.1.4.1.534.1.9.6.0|2|0
";

pub(super) fn oid(text: &str) -> Oid {
    object(text, 0, None).unwrap()
}

/// A driver whose sessions are opened so.
pub(super) fn find(
    open: impl Fn() -> Box<dyn Agent> + Send + Sync + 'static,
    options: &[(&str, &str)],
    clock: &Clock,
) -> Result<SnmpUps, Error> {
    let option = |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
    let settings = Settings {
        options: options.iter().map(option).collect(),
        clock: clock.clone(),
        ..Settings::default()
    };
    let open: Open = Arc::new(move |_, _| Ok(open()));
    SnmpUps::find(open, &settings)
}

/// A driver on a device, and what clients see of it.
pub(super) struct Lab {
    pub(super) agent: Simulated,
    pub(super) driver: SnmpUps,
    pub(super) seen: Published,
    clock: Clock,
}

impl Lab {
    pub(super) fn new(objects: &str, options: &[(&str, &str)]) -> Self {
        let agent = Simulated::new(objects).unwrap();
        let handle = agent.clone();
        let open = move || -> Box<dyn Agent> { Box::new(handle.clone()) };
        Self::on(agent, open, options).unwrap()
    }

    /// With sessions that are not the agent itself; a device that is not found is an error.
    pub(super) fn on(
        agent: Simulated,
        open: impl Fn() -> Box<dyn Agent> + Send + Sync + 'static,
        options: &[(&str, &str)],
    ) -> Result<Self, Error> {
        let clock = Clock::standing();
        let driver = find(open, options, &clock)?;
        let mut lab = Self {
            agent,
            driver,
            seen: Published::default(),
            clock,
        };
        let mut report = Report::default();
        lab.driver.identify(&mut report)?;
        lab.seen.tell(report);
        lab.poll()?;
        let _ = (lab.agent.sets(), lab.agent.asked());
        Ok(lab)
    }

    /// What an error brings is that the data are stale, nothing else.
    pub(super) fn poll(&mut self) -> Result<(), Error> {
        let mut report = Report::default();
        let polled = self.driver.poll(Depth::Full, &mut report);
        match &polled {
            Ok(()) => self.seen.apply(report),
            Err(_) => self.seen.stale(),
        };
        polled
    }

    pub(super) fn at(&mut self, seconds: u64) -> Result<(), Error> {
        self.clock.set(Duration::from_secs(seconds));
        self.poll()
    }

    /// So many seconds later.
    pub(super) fn after(&mut self, seconds: u64) -> Result<(), Error> {
        self.clock.sleep(Duration::from_secs(seconds));
        self.poll()
    }

    pub(super) fn put(&self, object: &str, number: i64) {
        self.agent.put(&oid(object), Value::Integer(number));
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.seen.value(name)
    }

    pub(super) fn status(&self) -> &str {
        self.value("ups.status").unwrap_or("none")
    }

    pub(super) fn command(&mut self, name: &str, given: Option<&str>) -> Outcome {
        let mut report = Report::default();
        self.driver.command(name, given, &mut report).unwrap()
    }

    pub(super) fn set(&mut self, name: &str, value: &str) -> Outcome {
        let mut report = Report::default();
        let outcome = self.driver.set(name, value, &mut report).unwrap();
        self.seen.tell(report);
        outcome
    }

    pub(super) fn sets(&self) -> Vec<(String, Value)> {
        let sets = self.agent.sets();
        sets.into_iter()
            .map(|(oid, value)| (oid.to_string(), value))
            .collect()
    }

    pub(super) fn offers(&self, name: &str) -> bool {
        self.seen.tree().commands().any(|command| command == name)
    }
}
