//! A recording as a test: the driver is told to do the same again, and what it publishes is written down.

use std::time::Duration;

use proto::Outcome;
use recording::{Problem, Recording, Stage};

use super::Published;
use crate::clock::Clock;
use crate::device::{Depth, Driver, Error, Heard};
use crate::link::Link;
use crate::options::Settings;
use crate::recorded::Step;
use crate::report::Report;

/// So often a driver listens between two steps at most.
const HEARD_MAX: usize = 64;

/// Opens the driver on the transport that plays.
pub type Open<'a> = &'a dyn Fn(&Settings) -> Result<Box<dyn Driver>, Error>;

/// Plays a recording. The text is what the driver did in each step and what upsd was told of it, and everything that is
/// published in the end.
///
/// The clock stands at the time of each step, so that a recording of hours is played in no time.
///
/// # Errors
/// The first step that is none.
pub fn play(recording: &Recording, stage: &dyn Stage, open: Open<'_>) -> Result<String, Problem> {
    let mut player = Player {
        settings: settings(recording),
        open,
        link: Link::Lost(None),
        published: Published::default(),
        text: String::new(),
    };
    for (number, step) in recording.steps.iter().enumerate() {
        let words: Vec<&str> = step.words.iter().map(String::as_str).collect();
        let told = words.join(" ");
        let what = Step::of(&words)
            .ok_or_else(|| Problem::new(step.line, "no step of a driver", &told))?;
        player.line(&format!("= {:.3} {told}", step.at.as_secs_f64()));
        player.settings.clock.set(step.at);
        // no step is as old as the one before
        player.settings.clock.sleep(Duration::from_micros(1));
        stage.turn_to(number);
        let lines = player.step(what) + &player.listen(stage);
        stage.notes().iter().for_each(|note| player.line(note));
        player.text.push_str(&lines);
    }
    player.line("= in the end");
    let all = player.published.dump();
    Ok(player.text + &all)
}

/// What the recorded driver was opened with.
fn settings(recording: &Recording) -> Settings {
    Settings {
        poll_interval: recording.head.poll_interval,
        options: recording.head.options.clone(),
        clock: Clock::standing(),
        ..Settings::default()
    }
}

struct Player<'a> {
    settings: Settings,
    open: Open<'a>,
    link: Link,
    published: Published,
    text: String,
}

impl Player<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Has the driver do it; the lines that upsd is told.
    fn step(&mut self, step: Step<'_>) -> String {
        let mut report = Report::default();
        if step == Step::Open {
            // the recorded driver may have let go of a device that answers now
            self.link.lose();
            let found = self.link.find(|| (self.open)(&self.settings));
            return self.published(found, report);
        }
        let Some(driver) = self.link.driver() else {
            self.line("there is no device");
            return String::new();
        };
        let result = match step {
            Step::Open => Ok(()),
            Step::Identify => driver.identify(&mut report),
            Step::Poll => {
                let polled = driver.poll(Depth::Full, &mut report);
                return self.polled(polled, report);
            }
            Step::Listen => {
                let heard = driver.listen(Duration::ZERO, &mut report);
                return self.heard(heard, report);
            }
            Step::Command(name, param) => {
                let outcome = driver.command(name, param, &mut report);
                self.outcome(outcome)
            }
            Step::Set(var, value) => {
                let outcome = driver.set(var, value, &mut report);
                self.outcome(outcome)
            }
            Step::ShutDown => {
                let outcome = driver.shut_down();
                self.outcome(outcome)
            }
        };
        self.published(result, report)
    }

    /// Between steps a driver listens, as long as there is something to hear.
    fn listen(&mut self, stage: &dyn Stage) -> String {
        let mut lines = String::new();
        for _ in 0..HEARD_MAX {
            if !stage.speaks() {
                break;
            }
            let Some(driver) = self.link.driver() else {
                break;
            };
            let mut report = Report::default();
            if driver.listen(Duration::ZERO, &mut report) != Heard::Something {
                break;
            }
            lines += &self.published.apply(report);
        }
        lines
    }

    fn outcome(&mut self, outcome: Result<Outcome, Error>) -> Result<(), Error> {
        outcome.map(|outcome| self.line(outcome.answer()))
    }

    fn heard(&mut self, heard: Heard, report: Report) -> String {
        if heard == Heard::Something {
            return self.polled(Ok(()), report);
        }
        self.line("nothing was heard");
        String::new()
    }

    fn polled(&mut self, result: Result<(), Error>, report: Report) -> String {
        match result {
            Ok(()) => self.published.apply(report),
            Err(error) => {
                self.failed(&error);
                self.published.stale()
            }
        }
    }

    /// What becomes of a report that does not make the data fresh.
    fn published(&mut self, result: Result<(), Error>, report: Report) -> String {
        match result {
            Ok(()) => self.published.tell(report),
            Err(error) if self.failed(&error) => self.published.stale(),
            Err(_) => String::new(),
        }
    }

    /// Whether the device is lost by it.
    fn failed(&mut self, error: &Error) -> bool {
        self.line(&format!("failed: {}", kind(error)));
        if error.is_loss() {
            self.link.lose();
        }
        error.is_loss()
    }
}

/// The kind of error; the text is for people, and may change.
fn kind(error: &Error) -> &'static str {
    match error {
        Error::Gone(_) => "gone",
        Error::Unusable(_) => "unusable",
        Error::Timeout(_) => "timeout",
        Error::Garbled(_) => "garbled",
        Error::Config(_) => "configuration",
    }
}

#[cfg(test)]
mod tests;
