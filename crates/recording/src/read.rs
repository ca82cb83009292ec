//! Reading a recording; the inverse of what [`Tape`](crate::Tape) writes.

use std::time::Duration;

use thiserror::Error;

use crate::words::split;
use crate::{Head, MAGIC};

/// Longest line that is read: the longest control transfer, byte by byte.
const LINE_MAX: usize = 20_000;

/// A whole recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// Driver and settings.
    pub head: Head,
    /// What the driver was told to do, in order.
    pub steps: Vec<Step>,
}

/// One thing that the driver was told to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its line, from 1.
    pub line: usize,
    /// When, since the start.
    pub at: Duration,
    /// What.
    pub words: Vec<String>,
    /// What the driver and the device said then.
    pub events: Vec<Event>,
}

/// One thing that happened on the transport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A line about a device that was opened.
    Device {
        /// Line, from 1.
        line: usize,
        /// The transport's words.
        text: String,
    },
    /// A call and its answer.
    Exchange {
        /// Line of the call, from 1.
        line: usize,
        /// The transport's words.
        call: String,
        /// The transport's words.
        answer: String,
    },
}

/// Why a text is no recording.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {why}: {text:?}")]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
    /// Its beginning.
    pub text: String,
}

impl Problem {
    /// What is wrong with a line.
    #[must_use]
    pub fn new(line: usize, why: &str, text: &str) -> Self {
        Self {
            line,
            why: why.to_owned(),
            text: text.chars().take(60).collect(),
        }
    }
}

impl Recording {
    /// Reads a recording. One that ends in the middle of a line or behind a call is read as far as it goes.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let whole = text
            .rfind('\n')
            .map_or("", |end| text.get(..end).unwrap_or_default());
        let mut reader = Reader::default();
        for (number, line) in (1..).zip(whole.lines()) {
            let line = line.trim();
            if number == 1 && line != MAGIC {
                return Err(Problem::new(
                    1,
                    &format!("a recording begins with {MAGIC:?}"),
                    line,
                ));
            }
            if number == 1 || line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.len() > LINE_MAX {
                return Err(Problem::new(number, "too long", line));
            }
            let understood = reader.line(number, line);
            understood.ok_or_else(|| Problem::new(number, "not understood here", line))?;
        }
        Ok(reader.recording)
    }
}

#[derive(Default)]
struct Reader {
    recording: Recording,
    /// A call that has no answer yet.
    call: Option<(usize, String)>,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Option<()> {
        let (sign, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        match (sign, self.call.take()) {
            ("<", Some((line, call))) => self.event(Event::Exchange {
                line,
                call,
                answer: rest.to_owned(),
            }),
            (_, Some(_)) | ("<", None) => None,
            (">", None) => {
                self.call = Some((number, rest.to_owned()));
                self.recording.steps.last().map(|_| ())
            }
            ("@", None) => self.event(Event::Device {
                line: number,
                text: rest.to_owned(),
            }),
            ("=", None) => self.step(number, rest),
            (word, None) => self
                .recording
                .head
                .line(word, rest)
                .filter(|()| self.recording.steps.is_empty()),
        }
    }

    fn step(&mut self, line: usize, rest: &str) -> Option<()> {
        let (at, words) = rest.split_once(' ')?;
        let words = split(words)?;
        self.recording.steps.push(Step {
            line,
            at: seconds(at)?,
            words,
            events: Vec::new(),
        });
        Some(())
    }

    fn event(&mut self, event: Event) -> Option<()> {
        self.recording.steps.last_mut()?.events.push(event);
        Some(())
    }
}

impl Head {
    fn line(&mut self, word: &str, rest: &str) -> Option<()> {
        let mut words = split(rest)?.into_iter();
        match (word, words.next()?, words.next(), words.next()) {
            ("driver", name, Some(version), None) => (self.driver, self.version) = (name, version),
            ("pollinterval", interval, None, None) => self.poll_interval = seconds(&interval)?,
            ("option", name, value, None) => self.options.push((name, value)),
            _ => return None,
        }
        Some(())
    }
}

fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse().ok()?).ok()
}

#[cfg(test)]
mod tests;
