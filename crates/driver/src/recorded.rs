//! `--record`: the steps of a recording, which are what the framework has the driver do. What is said to the device is for the
//! transport to write down, on the tape that the driver finds in its [`Settings`].
//!
//! ```text
//! = 0.003 open                            at the start, and for each success in getting a lost device back
//! = 0.010 identify
//! = 2.004 poll
//! = 3.100 listen                          only if something was heard
//! = 7.120 command beeper.mute
//! = 9.000 set battery.charge.low 30
//! = 20.000 shutdown
//! ```

use std::task::Waker;
use std::time::Duration;

use recording::Tape;
use tracing::warn;

use crate::device::{Attempt, Depth, Driver, Error, Heard, Info, Lost};
use crate::options::Settings;
use crate::report::Report;
use proto::Outcome;

/// What the framework has a driver do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    Open,
    Identify,
    Poll,
    Listen,
    Command(&'a str, Option<&'a str>),
    Set(&'a str, &'a str),
    ShutDown,
}

impl<'a> Step<'a> {
    /// Its words in a recording.
    fn words(self) -> Vec<&'a str> {
        match self {
            Self::Open => vec!["open"],
            Self::Identify => vec!["identify"],
            Self::Poll => vec!["poll"],
            Self::Listen => vec!["listen"],
            Self::Command(name, None) => vec!["command", name],
            Self::Command(name, Some(param)) => vec!["command", name, param],
            Self::Set(var, value) => vec!["set", var, value],
            Self::ShutDown => vec!["shutdown"],
        }
    }

    /// The step that these words are.
    pub(crate) fn of(words: &[&'a str]) -> Option<Self> {
        Some(match *words {
            ["open"] => Self::Open,
            ["identify"] => Self::Identify,
            ["poll"] => Self::Poll,
            ["listen"] => Self::Listen,
            ["command", name] => Self::Command(name, None),
            ["command", name, param] => Self::Command(name, Some(param)),
            ["set", var, value] => Self::Set(var, value),
            ["shutdown"] => Self::ShutDown,
            _ => return None,
        })
    }

    /// Whether there is nothing to tell when nothing was said: most looks for a lost device, and most of the listening, are in vain.
    fn may_be_in_vain(self) -> bool {
        matches!(self, Self::Open | Self::Listen)
    }
}

/// Opens the device, recorded if that is wanted.
///
/// # Errors
/// Those of the driver.
pub(crate) fn open(info: &Info, settings: &Settings) -> Result<Box<dyn Driver>, Error> {
    let Some(tape) = settings.tape.clone() else {
        return (info.open)(settings);
    };
    let scribe = Scribe(tape);
    scribe
        .note(Step::Open, || (info.open)(settings))
        .map(|driver| scribe.recorded(driver))
}

/// Writes steps down.
struct Scribe(Tape);

impl Scribe {
    fn note<T>(&self, step: Step<'_>, act: impl FnOnce() -> T) -> T {
        let words = step.words();
        if step.may_be_in_vain() {
            self.0.step_if_heard(&words);
        } else {
            self.0.step(&words);
        }
        let result = act();
        if let Some(trouble) = self.0.trouble() {
            warn!("{trouble}");
        }
        result
    }

    fn recorded(self, driver: Box<dyn Driver>) -> Box<dyn Driver> {
        Box::new(Recorded {
            driver,
            scribe: self,
        })
    }

    fn lost(self, lost: Box<dyn Lost>) -> Box<dyn Lost> {
        Box::new(RecordedLost { lost, scribe: self })
    }
}

/// A driver whose steps are written down. It hands on every method of [`Driver`], those with a body, too.
struct Recorded {
    driver: Box<dyn Driver>,
    scribe: Scribe,
}

impl Driver for Recorded {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        let Self { driver, scribe } = self;
        scribe.note(Step::Identify, || driver.identify(report))
    }

    fn poll(&mut self, depth: Depth, report: &mut Report) -> Result<(), Error> {
        let Self { driver, scribe } = self;
        scribe.note(Step::Poll, || driver.poll(depth, report))
    }

    fn listen(&mut self, within: Duration, report: &mut Report) -> Heard {
        let Self { driver, scribe } = self;
        scribe.note(Step::Listen, || driver.listen(within, report))
    }

    fn command(
        &mut self,
        name: &str,
        param: Option<&str>,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        let Self { driver, scribe } = self;
        scribe.note(Step::Command(name, param), || {
            driver.command(name, param, report)
        })
    }

    fn command_unattended(&mut self, name: &str, report: &mut Report) -> Result<Outcome, Error> {
        let Self { driver, scribe } = self;
        scribe.note(Step::Command(name, None), || {
            driver.command_unattended(name, report)
        })
    }

    fn waker(&self) -> Option<Waker> {
        self.driver.waker()
    }

    fn set(&mut self, var: &str, value: &str, report: &mut Report) -> Result<Outcome, Error> {
        let Self { driver, scribe } = self;
        scribe.note(Step::Set(var, value), || driver.set(var, value, report))
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        let Self { driver, scribe } = self;
        scribe.note(Step::ShutDown, || driver.shut_down())
    }

    fn lose(self: Box<Self>) -> Option<Box<dyn Lost>> {
        let Self { driver, scribe } = *self;
        driver.lose().map(|lost| scribe.lost(lost))
    }

    fn is_proxy(&self) -> bool {
        self.driver.is_proxy()
    }
}

/// What is left of a recorded driver.
struct RecordedLost {
    lost: Box<dyn Lost>,
    scribe: Scribe,
}

impl Lost for RecordedLost {
    fn find(self: Box<Self>) -> Attempt {
        let Self { lost, scribe } = *self;
        match scribe.note(Step::Open, || lost.find()) {
            Ok(driver) => Ok(scribe.recorded(driver)),
            Err((lost, error)) => Err((scribe.lost(lost), error)),
        }
    }

    fn is_back(&mut self) -> bool {
        self.lost.is_back()
    }

    fn rest(&self) -> Duration {
        self.lost.rest()
    }
}

#[cfg(test)]
mod tests;
