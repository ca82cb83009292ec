//! A line on which bytes take their time. Who waits for them puts the clock forward, so nothing is waited for.

use std::time::Duration;

use driver::Clock;
use serial::{Error, Input, Line, Signal, Simulated, Time, Until};

use super::Fake;

/// The line, and the unit at its other end, which may be told during a test to speak, or to have been unplugged.
pub(crate) struct Wire {
    fake: Fake,
    line: Simulated,
}

/// The time of the test.
struct TestTime(Clock);

impl Time for TestTime {
    fn now(&self) -> Duration {
        self.0.since_start()
    }

    fn pass(&mut self, span: Duration) {
        self.0.sleep(span);
    }
}

impl Wire {
    pub(crate) fn new(fake: Fake, clock: Clock) -> Self {
        let (device, time) = (fake.clone(), clock.clone());
        let line = Simulated::slow(move |request| device.hear(request, clock.since_start()));
        Self {
            fake,
            line: line.with_time(TestTime(time)),
        }
    }

    /// What has happened to the unit meanwhile happens to the line.
    fn catch_up(&mut self) {
        let (gone, says) = self
            .fake
            .with(|state| (state.gone, std::mem::take(&mut state.says)));
        self.line.say(&says);
        if gone {
            self.line.pull();
        }
    }
}

impl Line for Wire {
    fn write(&mut self, bytes: &[u8], pace: Duration, within: Duration) -> Result<(), Error> {
        self.catch_up();
        self.line.write(bytes, pace, within)
    }

    fn read(&mut self, until: Until<'_>, within: Duration) -> Result<Input, Error> {
        self.catch_up();
        self.line.read(until, within)
    }

    fn discard(&mut self) -> Result<(), Error> {
        self.catch_up();
        self.line.discard()
    }

    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error> {
        self.catch_up();
        self.fake.with(|state| state.outputs.push((signal, on)));
        self.line.set(signal, on)
    }
}
