//! For tests of dialects: a device that is a table of answers, driven without a line.

use std::time::Duration;

use driver::testing::Published;
use driver::{Error, Report, Settings};
use proto::Outcome;

use crate::detect::{self, Found};
use crate::dialect::Dialect;
use crate::engine::Engine;
use crate::known::Known;
use crate::transport::fake::Fake;

/// A device, its engine, and what clients see of it.
pub(crate) struct Bench {
    pub(crate) device: Fake,
    pub(crate) engine: Engine,
    pub(crate) published: Published,
    now: Duration,
}

impl Bench {
    /// A device of that dialect with these answers, claimed and read once.
    pub(crate) fn new(dialect: &Dialect, answers: &[(&str, &str)]) -> Self {
        Self::with(dialect, answers, &[])
    }

    /// The same with options of ups.conf; `default.` and `override.` are meant, too.
    pub(crate) fn with(
        dialect: &Dialect,
        answers: &[(&str, &str)],
        options: &[(&str, &str)],
    ) -> Self {
        Self::begin(dialect, answers, options).unwrap()
    }

    /// A device with answers that are no text, their ends included.
    pub(crate) fn with_raw(
        dialect: &Dialect,
        answers: &[(&str, &str)],
        raw: &[(&str, &[u8])],
    ) -> Self {
        let mut device = Fake::new(answers);
        for (request, answer) in raw {
            device.set_raw(request, answer.to_vec());
        }
        Self::beside(dialect, device, &[]).unwrap()
    }

    /// The same, or why the driver does not start.
    pub(crate) fn begin(
        dialect: &Dialect,
        answers: &[(&str, &str)],
        options: &[(&str, &str)],
    ) -> Result<Self, Error> {
        Self::beside(dialect, Fake::new(answers), options)
    }

    /// The same on a device that is there.
    pub(crate) fn beside(
        dialect: &Dialect,
        mut device: Fake,
        options: &[(&str, &str)],
    ) -> Result<Self, Error> {
        let mut options = options.to_vec();
        options.push(("protocol", dialect.name));
        let settings = settings(&options);
        let found = detect::find(&mut device, &settings)?;
        Self::of(device, found, &settings)
    }

    /// The same with a dialect that is not in the list.
    pub(crate) fn on(
        dialect: &'static Dialect,
        answers: &[(&str, &str)],
        options: &[(&str, &str)],
    ) -> Result<Self, Error> {
        let settings = settings(options);
        let mut device = Fake::new(answers);
        let found = detect::among(&mut device, &[dialect], &Known::new(&settings))?;
        Self::of(device, found, &settings)
    }

    fn of(device: Fake, found: Found, settings: &Settings) -> Result<Self, Error> {
        let Found { engine, mut report } = found;
        let mut bench = Self {
            device,
            engine,
            published: Published::default(),
            now: Duration::ZERO,
        };
        for (var, value) in settings.defaults.iter().chain(&settings.overrides) {
            report.set(var, value.clone());
        }
        bench
            .engine
            .begin(&mut bench.device, bench.now, &mut report)?;
        bench.published.apply(report);
        bench.device.begun = bench.device.take_asked();
        Ok(bench)
    }

    /// Whether such a device is claimed by the dialect.
    pub(crate) fn claim(dialect: &Dialect, answers: &[(&str, &str)]) -> Result<(), Error> {
        let settings = settings(&[("protocol", dialect.name)]);
        detect::find(&mut Fake::new(answers), &settings).map(|_| ())
    }

    /// Reads everything, a minute later.
    pub(crate) fn polled(&mut self) -> &mut Self {
        self.poll().unwrap();
        self
    }

    /// The same, or why it cannot be read.
    pub(crate) fn poll(&mut self) -> Result<(), Error> {
        self.now += Duration::from_secs(60);
        let mut report = Report::default();
        self.engine.poll(&mut self.device, self.now, &mut report)?;
        self.published.apply(report);
        Ok(())
    }

    /// Reads the status alone.
    pub(crate) fn glance(&mut self) -> Result<(), Error> {
        let mut report = Report::default();
        self.engine.poll(&mut self.device, self.now, &mut report)?;
        self.published.apply(report);
        Ok(())
    }

    /// The value of a variable.
    pub(crate) fn value(&self, var: &str) -> Option<&str> {
        self.published.value(var)
    }

    #[track_caller]
    pub(crate) fn expect(&self, values: &[(&str, &str)]) {
        for (var, value) in values {
            assert_eq!(self.value(var), Some(*value), "{var}");
        }
    }

    #[track_caller]
    pub(crate) fn expect_none(&self, vars: &[&str]) {
        for var in vars {
            assert_eq!(self.value(var), None, "{var}");
        }
    }

    /// The command is accepted, with these requests.
    #[track_caller]
    pub(crate) fn command(&mut self, name: &str, param: Option<&str>, sent: &[&str]) {
        self.act(name, param, Outcome::Handled, sent);
    }

    /// The command fails, with these requests.
    #[track_caller]
    pub(crate) fn refuse(&mut self, name: &str, param: Option<&str>, sent: &[&str]) {
        self.act(name, param, Outcome::Failed, sent);
    }

    #[track_caller]
    fn act(&mut self, name: &str, param: Option<&str>, expected: Outcome, sent: &[&str]) {
        self.device.take_asked();
        let mut report = Report::default();
        let outcome = self
            .engine
            .command(&mut self.device, name, param, &mut report);
        assert_eq!(outcome.unwrap(), expected, "{name}");
        assert_eq!(self.device.take_asked(), sent, "{name}");
        self.published.apply(report);
    }

    /// The setting is accepted, with these requests.
    #[track_caller]
    pub(crate) fn set(&mut self, var: &str, value: &str, sent: &[&str]) {
        assert_eq!(self.setting(var, value), Outcome::Handled, "{var}");
        assert_eq!(self.device.take_asked(), sent, "{var}");
    }

    /// The setting is not, and nothing is sent.
    #[track_caller]
    pub(crate) fn unknown_setting(&mut self, var: &str, value: &str) {
        assert_eq!(self.setting(var, value), Outcome::Unknown, "{var}");
        assert_eq!(self.device.take_asked(), [""; 0], "{var}");
    }

    fn setting(&mut self, var: &str, value: &str) -> Outcome {
        self.device.take_asked();
        let mut report = Report::default();
        let outcome = self
            .engine
            .set(&mut self.device, var, value, &mut report)
            .unwrap();
        self.published.apply(report);
        outcome
    }
}

fn settings(options: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (name, value) in options {
        let value = (*value).to_owned();
        if let Some(var) = name.strip_prefix("default.") {
            settings.defaults.push((var.to_owned(), value));
        } else if let Some(var) = name.strip_prefix("override.") {
            settings.overrides.push((var.to_owned(), value));
        } else {
            let value = Some(value).filter(|value| !value.is_empty());
            settings.options.push(((*name).to_owned(), value));
        }
    }
    settings
}
