//! Records what a driver says to a device.

use std::time::Duration;

use recording::Tape;

use crate::error::Error;
use crate::line::{Input, Line, Signal, Until};
use crate::traffic::{Answer, Call, which};

/// A line that writes down everything that goes through it.
#[derive(Debug)]
pub struct Recorder<L> {
    line: L,
    tape: Tape,
    /// What was written and not answered yet.
    written: Option<Vec<u8>>,
}

impl<L: Line> Recorder<L> {
    /// Writes down which port it is, and the traffic from now on.
    pub fn new(line: L, tape: Tape, port: &str, baud: u32) -> Self {
        tape.device(&[], &[which(port, baud)]);
        Self {
            line,
            tape,
            written: None,
        }
    }

    fn note(&self, call: &Call, answer: &Answer) {
        self.tape.say(&call.to_string(), &answer.to_string());
    }

    /// What was written gets no answer any more.
    fn end_write(&mut self) {
        if let Some(bytes) = self.written.take() {
            self.note(&Call::Write(bytes), &Answer::Ok);
        }
    }
}

fn failed(error: &Error) -> Answer {
    Answer::Failed(error.word().to_owned())
}

impl<L: Line> Line for Recorder<L> {
    fn write(&mut self, bytes: &[u8], pace: Duration, within: Duration) -> Result<(), Error> {
        self.end_write();
        let result = self.line.write(bytes, pace, within);
        match &result {
            Ok(()) => self.written = Some(bytes.to_vec()),
            Err(error) => self.note(&Call::Write(bytes.to_vec()), &failed(error)),
        }
        result
    }

    fn read(&mut self, until: Until<'_>, within: Duration) -> Result<Input, Error> {
        let result = self.line.read(until, within);
        let call = self.written.take().map_or(Call::Hear, Call::Ask);
        match &result {
            // silence without a question is not written down
            Ok(input) if input.bytes.is_empty() && call == Call::Hear => {}
            Ok(input) if call == Call::Hear => {
                self.note(&call, &Answer::Bytes(input.bytes.clone()));
            }
            Ok(input) => {
                let answer = Answer::Bytes(input.bytes.clone());
                self.tape.say_news(&call.to_string(), &answer.to_string());
            }
            Err(error) => self.note(&call, &failed(error)),
        }
        result
    }

    fn discard(&mut self) -> Result<(), Error> {
        self.end_write();
        self.line.discard()
    }

    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error> {
        self.end_write();
        let result = self.line.set(signal, on);
        let answer = result.as_ref().map_or_else(failed, |()| Answer::Ok);
        self.note(&Call::Set(signal, on), &answer);
        result
    }
}

impl<L> Drop for Recorder<L> {
    fn drop(&mut self) {
        if let Some(bytes) = self.written.take() {
            let call = Call::Write(bytes).to_string();
            self.tape.say(&call, &Answer::Ok.to_string());
        }
    }
}

#[cfg(test)]
mod tests;
