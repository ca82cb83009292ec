//! Plays a recording back, for tests: the bus with the devices that were opened, each answering as it did.
//!
//! A driver of today need not ask what one of yesterday asked, or a bug's recording could not show that the bug is gone. So a
//! question is not compared with the recorded one; it gets the answer that the device would have given at that time:
//!
//! 1. the next one to the same request in the present step; else
//! 2. the last one before it, as a recording leaves out what only repeats; else
//! 3. the first one after it; else
//! 4. what the same request had when the device was opened another time.
//!
//! There is none of these: the request stalls, and [`Stage::notes`] tells. What was sent is told there, too.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use recording::{Problem, Recording, Stage};

use crate::device::{Interface, Setup, UsbDevice};
use crate::error::Error;
use crate::find::Bus;
use crate::identity::Identity;
use crate::options::Place;
use crate::simulated::fill;
use crate::traffic::{Answer, Call, Session};
use scene::Scene;

mod scene;

/// A recording that is played. It is a handle: a test turns to the next step while the driver has the bus.
#[derive(Clone, Debug)]
pub struct Replay(Arc<Mutex<Scene>>);

impl Replay {
    /// At the first step.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn new(recording: &Recording) -> Result<Self, Problem> {
        let sessions = Session::all(recording)?;
        Ok(Self(Arc::new(Mutex::new(Scene::new(sessions)))))
    }

    fn scene(&self) -> MutexGuard<'_, Scene> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stage for Replay {
    fn turn_to(&self, step: usize) {
        self.scene().step = step;
    }

    fn speaks(&self) -> bool {
        self.scene().speaks()
    }

    fn notes(&self) -> Vec<String> {
        self.scene().notes()
    }
}

impl Bus for Replay {
    fn list(&mut self) -> Result<Vec<Identity>, Error> {
        let scene = self.scene();
        let present = scene.present().map(|(_, identity)| identity.clone());
        Ok(present.collect())
    }

    fn describe(&mut self, listed: &Identity) -> Result<Identity, Error> {
        Ok(listed.clone())
    }

    fn open(&mut self, described: &Identity, _: &Place) -> Result<Box<dyn UsbDevice>, Error> {
        let scene = self.scene();
        let found = scene.present().find(|(_, identity)| *identity == described);
        let (session, identity) = found.ok_or_else(|| Error::Gone(described.to_string()))?;
        Ok(Box::new(Player {
            session,
            identity: identity.clone(),
            interface: scene.interface(session),
            replay: self.clone(),
            closed: false,
        }))
    }
}

/// An opened device of a recording.
#[derive(Debug)]
struct Player {
    session: usize,
    identity: Identity,
    interface: Interface,
    replay: Replay,
    closed: bool,
}

impl Player {
    fn play(&mut self, call: &Call) -> Result<Answer, Error> {
        if self.closed {
            return Err(Error::Gone(call.to_string()));
        }
        match self.replay.scene().answer(self.session, call) {
            Answer::Failed(word) => {
                Err(Error::from_word(&word, &call.to_string()).unwrap_or(Error::Other(word)))
            }
            answer => Ok(answer),
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

/// Cannot happen with what [`Session::all`] reads.
fn unfit(call: &Call, answer: &Answer) -> Error {
    Error::Other(format!("{call}: {answer} is no answer to that"))
}

impl UsbDevice for Player {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn interface(&self) -> &Interface {
        &self.interface
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

#[cfg(test)]
mod tests;
