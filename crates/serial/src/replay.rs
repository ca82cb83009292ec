//! Plays a recording back: the driver must do the same things in the same order.

use std::time::Duration;

use crate::error::Error;
use crate::line::{Input, Line, Signal, Until};
use crate::recording::{Answer, Call, Exchange, Recording};

/// A line that answers as the recorded one did. Another call than the recorded one is [`Error::Deviation`], which every
/// later call repeats; so is a call after the end.
#[derive(Debug)]
pub struct Replay {
    recording: Recording,
    next: usize,
    deviation: Option<Error>,
}

impl Replay {
    /// From the beginning.
    #[must_use]
    pub const fn new(recording: Recording) -> Self {
        Self {
            recording,
            next: 0,
            deviation: None,
        }
    }

    /// Checks at the end that everything was played and nothing deviated.
    ///
    /// # Errors
    /// The first [`Error::Deviation`].
    pub fn finish(&self) -> Result<(), Error> {
        if let Some(deviation) = &self.deviation {
            return Err(deviation.clone());
        }
        let next = self.recording.exchanges.get(self.next);
        next.map_or(Ok(()), |exchange| Err(deviation(exchange, "the end")))
    }

    /// How many exchanges are still to come.
    #[must_use]
    pub fn left(&self) -> usize {
        self.recording.exchanges.len().saturating_sub(self.next)
    }

    fn play(&mut self, call: &Call) -> Result<Answer, Error> {
        if let Some(deviation) = &self.deviation {
            return Err(deviation.clone());
        }
        let error = match self.recording.exchanges.get(self.next) {
            Some(exchange) if exchange.call == *call => {
                self.next += 1;
                return match &exchange.answer {
                    Answer::Failed(word) => Err(Error::from_word(word, &call.to_string())
                        .unwrap_or_else(|| Error::Other(word.clone()))),
                    answer => Ok(answer.clone()),
                };
            }
            Some(exchange) => deviation(exchange, &call.to_string()),
            None => self.after_the_end(call),
        };
        self.deviation = Some(error.clone());
        Err(error)
    }

    fn after_the_end(&self, call: &Call) -> Error {
        let last = self.recording.exchanges.last();
        Error::Deviation {
            line: last.map_or(0, |exchange| exchange.line),
            expected: "the end".to_owned(),
            got: call.to_string(),
        }
    }
}

fn deviation(exchange: &Exchange, got: &str) -> Error {
    Error::Deviation {
        line: exchange.line,
        expected: exchange.call.to_string(),
        got: got.to_owned(),
    }
}

impl Line for Replay {
    fn write(&mut self, bytes: &[u8], _: Duration, _: Duration) -> Result<(), Error> {
        self.play(&Call::Write(bytes.to_vec())).map(|_| ())
    }

    fn read(&mut self, until: Until<'_>, _: Duration) -> Result<Input, Error> {
        let call = Call::read(until);
        match self.play(&call)? {
            Answer::Input(input) => Ok(input),
            other => Err(Error::Other(format!(
                "{call}: {other} is no answer to that"
            ))),
        }
    }

    fn discard(&mut self) -> Result<(), Error> {
        self.play(&Call::Discard).map(|_| ())
    }

    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error> {
        self.play(&Call::Set(signal, on)).map(|_| ())
    }
}
