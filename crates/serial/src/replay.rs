//! Plays a recording back, for tests: a line whose other end answers as the device did.
//!
//! A driver of today need not ask what one of yesterday asked, or a bug's recording could not show that the bug is gone. So a
//! question gets the answer that the device would have given at that time:
//!
//! 1. the next one to the same question in the present step; else
//! 2. the last one before it, as a recording leaves out what only repeats; else
//! 3. the first one after it.
//!
//! There is none of these: the device is silent, and [`Stage::notes`] tells. What was asked is told there, too.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use recording::{Problem, Recording, Score, Stage};

use crate::assembler::Assembler;
use crate::error::Error;
use crate::line::{Input, Line, Signal, Until};
use crate::traffic::{Answer, Call, Exchange, all};

/// A recording that is played. It is a handle: a test turns to the next step while the driver has the line.
#[derive(Clone, Debug)]
pub struct Replay(Arc<Mutex<Scene>>);

/// What was recorded, and where the play is.
#[derive(Debug)]
struct Scene {
    score: Score<Call>,
    said: Vec<String>,
    unknown: Vec<String>,
}

impl Replay {
    /// At the first step.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn new(recording: &Recording) -> Result<Self, Problem> {
        Ok(Self(Arc::new(Mutex::new(Scene {
            score: Score::new(all(recording)?),
            said: Vec::new(),
            unknown: Vec::new(),
        }))))
    }

    /// The line, opened.
    #[must_use]
    pub fn line(&self) -> Box<dyn Line> {
        Box::new(Player {
            replay: self.clone(),
            pieces: Assembler::default(),
            written: None,
        })
    }

    fn scene(&self) -> MutexGuard<'_, Scene> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stage for Replay {
    fn turn_to(&self, step: usize) {
        self.scene().score.turn_to(step);
    }

    fn speaks(&self) -> bool {
        self.scene().score.waits(is_heard)
    }

    fn notes(&self) -> Vec<String> {
        let mut scene = self.scene();
        let said = std::mem::take(&mut scene.said).into_iter();
        let unknown = std::mem::take(&mut scene.unknown).into_iter();
        let unknown = unknown.map(|call| format!("asked what is not in the recording: {call}"));
        said.chain(unknown).collect()
    }
}

/// What the device says by itself.
fn is_heard(exchange: &Exchange) -> bool {
    exchange.call == Call::Hear
}

impl Scene {
    fn hear(&mut self) -> Answer {
        let next = self.score.until_now(is_heard);
        next.unwrap_or(Answer::Bytes(Vec::new()))
    }

    /// What the device answers to a question or to something that is done.
    fn answer(&mut self, call: &Call) -> Option<Answer> {
        let same = |exchange: &Exchange| exchange.call == *call;
        let is_gone = |exchange: &Exchange| matches!(exchange.answer, Answer::Failed(_));
        let now = self.score.now(same);
        now.or_else(|| {
            self.score
                .lasting(|exchange| same(exchange) && !is_gone(exchange))
        })
    }
}

/// An opened line of a recording.
#[derive(Debug)]
struct Player {
    replay: Replay,
    pieces: Assembler,
    /// What was written and not answered yet.
    written: Option<Vec<u8>>,
}

impl Player {
    /// What was written gets no answer any more.
    fn end_write(&mut self) {
        if let Some(bytes) = self.written.take() {
            let call = Call::Write(bytes).to_string();
            self.replay.scene().said.push(call);
        }
    }

    fn come(&mut self, call: &Call, answer: Answer) -> Result<(), Error> {
        match answer {
            Answer::Bytes(bytes) => {
                self.pieces.feed(&bytes);
                Ok(())
            }
            Answer::Ok => Ok(()),
            Answer::Failed(word) => {
                Err(Error::from_word(&word, &call.to_string()).unwrap_or(Error::Other(word)))
            }
        }
    }

    /// An answer to what was written, or what is said without that.
    fn listen(&mut self) -> Result<(), Error> {
        let Some(bytes) = self.written.take() else {
            if self.pieces.is_empty() {
                let answer = self.replay.scene().hear();
                return self.come(&Call::Hear, answer);
            }
            return Ok(());
        };
        let call = Call::Ask(bytes);
        let mut scene = self.replay.scene();
        scene.said.push(call.to_string());
        let answer = scene.answer(&call);
        if answer.is_none() {
            scene.unknown.push(call.to_string());
        }
        drop(scene);
        self.come(&call, answer.unwrap_or(Answer::Ok))
    }
}

impl Line for Player {
    fn write(&mut self, bytes: &[u8], _: Duration, _: Duration) -> Result<(), Error> {
        self.end_write();
        self.written = Some(bytes.to_vec());
        Ok(())
    }

    fn read(&mut self, until: Until<'_>, _: Duration) -> Result<Input, Error> {
        self.listen()?;
        let whole = self.pieces.whole(until);
        Ok(whole.unwrap_or_else(|| self.pieces.rest()))
    }

    fn discard(&mut self) -> Result<(), Error> {
        self.end_write();
        self.pieces.clear();
        Ok(())
    }

    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error> {
        self.end_write();
        let call = Call::Set(signal, on);
        let answer = self.replay.scene().answer(&call).unwrap_or(Answer::Ok);
        self.come(&call, answer)
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.end_write();
    }
}

#[cfg(test)]
mod tests;
