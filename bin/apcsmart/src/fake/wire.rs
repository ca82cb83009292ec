//! A line on which bytes take their time. Who waits for them puts the clock forward, so nothing is waited for.

use std::collections::VecDeque;
use std::time::Duration;

use driver::Clock;
use serial::{End, Error, Input, Line, Signal, Until};

use super::Fake;

/// The line.
pub(crate) struct Wire {
    fake: Fake,
    clock: Clock,
    /// What is under way, and when it arrives.
    coming: VecDeque<(Duration, u8)>,
}

impl Wire {
    pub(crate) fn new(fake: Fake, clock: Clock) -> Self {
        Self {
            fake,
            clock,
            coming: VecDeque::new(),
        }
    }

    fn there(&self) -> Result<(), Error> {
        if self.fake.with(|state| state.gone) {
            return Err(Error::Gone("the simulated line".to_owned()));
        }
        Ok(())
    }

    /// Bytes arrive behind those that are under way.
    fn send(&mut self, bytes: &[u8], delay: Duration, each: Duration) {
        let last = self.coming.back().map(|(due, _)| *due);
        let mut due = last.max(Some(self.clock.since_start())).unwrap_or_default() + delay;
        for byte in bytes {
            due += each;
            self.coming.push_back((due, *byte));
        }
    }
}

impl Line for Wire {
    fn write(&mut self, bytes: &[u8], _: Duration, _: Duration) -> Result<(), Error> {
        self.there()?;
        let now = self.clock.since_start();
        let (answer, delay, each) = self.fake.with(|state| {
            state.times.push(now);
            state.hear(bytes)
        });
        self.there()?;
        self.send(&answer, delay, each);
        Ok(())
    }

    fn read(&mut self, until: Until<'_>, within: Duration) -> Result<Input, Error> {
        self.there()?;
        let said = self.fake.with(|state| std::mem::take(&mut state.says));
        self.send(&said, Duration::ZERO, Duration::ZERO);
        let deadline = self.clock.since_start() + within;
        let mut bytes = Vec::new();
        while let Some((due, byte)) = self.coming.front().copied() {
            if due > deadline {
                break;
            }
            self.coming.pop_front();
            self.clock.set(due);
            bytes.push(byte);
            if until.stops.contains(&byte) {
                return Ok(Input {
                    bytes,
                    end: End::Stop,
                });
            }
            if bytes.len() >= until.max {
                return Ok(Input {
                    bytes,
                    end: End::Full,
                });
            }
        }
        self.clock.set(deadline);
        Ok(Input {
            bytes,
            end: End::Quiet,
        })
    }

    fn discard(&mut self) -> Result<(), Error> {
        self.there()?;
        let now = self.clock.since_start();
        self.coming.retain(|(due, _)| *due > now);
        Ok(())
    }

    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error> {
        self.there()?;
        self.fake.with(|state| state.outputs.push((signal, on)));
        Ok(())
    }
}
