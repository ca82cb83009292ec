//! Plays a recording back: the driver must ask for the same things in the same order.

use std::time::Duration;

use crate::device::{Interface, Setup, UsbDevice};
use crate::error::Error;
use crate::identity::Identity;
use crate::recording::{Answer, Call, Exchange, Recording};
use crate::simulated::fill;

/// A device that answers as the recorded one did. Another call than the recorded one is [`Error::Deviation`], which every
/// later call repeats; so is a call after the end.
#[derive(Debug)]
pub struct Replay {
    recording: Recording,
    next: usize,
    deviation: Option<Error>,
    closed: bool,
}

impl Replay {
    /// From the beginning.
    #[must_use]
    pub const fn new(recording: Recording) -> Self {
        Self {
            recording,
            next: 0,
            deviation: None,
            closed: false,
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
        self.recording
            .exchanges
            .get(self.next)
            .map_or(Ok(()), |exchange| Err(deviation(exchange, "the end")))
    }

    /// How many exchanges are still to come.
    #[must_use]
    pub fn left(&self) -> usize {
        self.recording.exchanges.len().saturating_sub(self.next)
    }

    fn play(&mut self, call: &Call) -> Result<Answer, Error> {
        if self.closed {
            return Err(Error::Gone(call.to_string()));
        }
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
        let last = self
            .recording
            .exchanges
            .last()
            .map_or(0, |exchange| exchange.line);
        Error::Deviation {
            line: last,
            expected: "the end".to_owned(),
            got: call.to_string(),
        }
    }

    fn read(&mut self, call: &Call, buffer: &mut [u8]) -> Result<usize, Error> {
        match self.play(call)? {
            Answer::Bytes(bytes) => Ok(fill(buffer, &bytes)),
            other => Err(unfit(call, &other)),
        }
    }

    fn write(&mut self, call: &Call) -> Result<usize, Error> {
        match self.play(call)? {
            Answer::Taken(length) => Ok(length),
            other => Err(unfit(call, &other)),
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

/// Cannot happen with what [`Recording::parse`] makes.
fn unfit(call: &Call, answer: &Answer) -> Error {
    Error::Other(format!("{call}: {answer} is no answer to that"))
}

impl UsbDevice for Replay {
    fn identity(&self) -> &Identity {
        &self.recording.identity
    }

    fn interface(&self) -> &Interface {
        &self.recording.interface
    }

    fn control_in(&mut self, setup: Setup, buffer: &mut [u8], _: Duration) -> Result<usize, Error> {
        self.read(&Call::Get(setup, buffer.len()), buffer)
    }

    fn control_out(&mut self, setup: Setup, data: &[u8], _: Duration) -> Result<usize, Error> {
        self.write(&Call::Set(setup, data.to_vec()))
    }

    fn interrupt(&mut self, buffer: &mut [u8], _: Duration) -> Result<usize, Error> {
        self.read(&Call::Interrupt(buffer.len()), buffer)
    }

    fn interrupt_out(&mut self, data: &[u8], _: Duration) -> Result<usize, Error> {
        self.write(&Call::Send(data.to_vec()))
    }

    fn string(&mut self, index: u8, _: Duration) -> Result<String, Error> {
        let call = Call::String(index);
        match self.play(&call)? {
            Answer::Text(text) => Ok(text),
            other => Err(unfit(&call, &other)),
        }
    }

    fn reset(&mut self) -> Result<(), Error> {
        self.play(&Call::Reset).map(|_| ())
    }

    fn close(&mut self) {
        self.closed = true;
    }
}
