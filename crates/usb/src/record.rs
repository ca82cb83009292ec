//! Records what a driver says to a device.

use std::task::Waker;
use std::time::Duration;

use recording::Tape;

use crate::device::{Interface, Setup, UsbDevice};
use crate::error::Error;
use crate::find::Bus;
use crate::identity::Identity;
use crate::options::Place;
use crate::real::Libusb;
use crate::traffic::{ANSWERS, Answer, Call, blank, place, who};

/// What interrupt reports are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reports {
    /// The device speaks by itself, and says the same over and over: only what is new is written down.
    Spoken,
    /// Each answers what was written before it, as silence does: all are written down.
    Answers,
}

/// A device that writes down everything that goes through it.
#[derive(Debug)]
pub struct Recorder<D> {
    device: D,
    tape: Tape,
    reports: Reports,
}

impl<D: UsbDevice> Recorder<D> {
    /// Writes down who the device is, and the traffic from now on.
    pub fn new(device: D, tape: Tape, reports: Reports) -> Self {
        let mut identity = device.identity().clone();
        identity.serial = identity.serial.as_deref().map(blank);
        let mut lines = who(&identity, device.interface());
        if reports == Reports::Answers {
            lines.push(ANSWERS.to_owned());
        }
        tape.device(&lines, &[place(&identity)]);
        Self {
            device,
            tape,
            reports,
        }
    }

    /// A string that is the serial number, too, is hidden.
    fn hidden(&self, text: &str) -> String {
        match self.device.identity().serial.as_deref().map(str::trim) {
            Some(serial) if !serial.is_empty() && serial == text.trim() => blank(text),
            _ => text.to_owned(),
        }
    }
}

fn answer<T>(result: &Result<T, Error>, of: impl FnOnce(&T) -> Answer) -> String {
    let answer = match result {
        Ok(value) => of(value),
        Err(error) => Answer::Failed(error.word().to_owned()),
    };
    answer.to_string()
}

impl<D: UsbDevice> UsbDevice for Recorder<D> {
    fn identity(&self) -> &Identity {
        self.device.identity()
    }

    fn interface(&self) -> &Interface {
        self.device.interface()
    }

    fn control_in(
        &mut self,
        setup: Setup,
        buffer: &mut [u8],
        within: Duration,
    ) -> Result<usize, Error> {
        let result = self.device.control_in(setup, buffer, within);
        let call = Call::Get(setup, buffer.len()).to_string();
        let answer = answer(&result, |length| bytes(buffer, *length));
        self.tape.say_news(&call, &answer);
        result
    }

    fn control_out(&mut self, setup: Setup, data: &[u8], within: Duration) -> Result<usize, Error> {
        let result = self.device.control_out(setup, data, within);
        let call = Call::Set(setup, data.to_vec()).to_string();
        let answer = answer(&result, |length| Answer::Taken(*length));
        self.tape.say(&call, &answer);
        result
    }

    fn interrupt(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, Error> {
        let result = self.device.interrupt(buffer, within);
        let call = Call::Interrupt(buffer.len()).to_string();
        let answer = answer(&result, |length| bytes(buffer, *length));
        match (self.reports, &result) {
            (Reports::Answers, _) => self.tape.say(&call, &answer),
            (Reports::Spoken, Err(Error::Timeout(_))) => {}
            (Reports::Spoken, _) => self.tape.say_unless_repeated(&call, &answer),
        }
        result
    }

    fn interrupt_out(&mut self, data: &[u8], within: Duration) -> Result<usize, Error> {
        let result = self.device.interrupt_out(data, within);
        let call = Call::Send(data.to_vec()).to_string();
        let answer = answer(&result, |length| Answer::Taken(*length));
        self.tape.say(&call, &answer);
        result
    }

    fn waker(&self) -> Option<Waker> {
        self.device.waker()
    }

    fn string(&mut self, index: u8, within: Duration) -> Result<String, Error> {
        let result = self.device.string(index, within);
        let answer = answer(&result, |text| Answer::Text(self.hidden(text)));
        self.tape
            .say_news(&Call::String(index).to_string(), &answer);
        result
    }

    fn reset(&mut self) -> Result<(), Error> {
        let result = self.device.reset();
        self.tape
            .say(&Call::Reset.to_string(), &answer(&result, |()| Answer::Ok));
        result
    }

    fn close(&mut self) {
        self.device.close();
    }
}

fn bytes(buffer: &[u8], length: usize) -> Answer {
    Answer::Bytes(buffer.get(..length).unwrap_or_default().to_vec())
}

/// A bus whose devices are recorded, each from its opening.
#[derive(Debug)]
pub struct RecordedBus<B> {
    bus: B,
    tape: Tape,
    reports: Reports,
}

/// The devices of this machine; what is said to them goes on the tape, if there is one. `group` is the one that drivers run as, for
/// the udev rule in error texts.
#[must_use]
pub fn bus(group: fn() -> String, tape: Option<&Tape>, reports: Reports) -> Box<dyn Bus + Send> {
    let bus = Libusb::new(group);
    match tape {
        Some(tape) => Box::new(RecordedBus::new(bus, tape.clone(), reports)),
        None => Box::new(bus),
    }
}

impl<B: Bus> RecordedBus<B> {
    /// Records what is opened on `bus`.
    pub const fn new(bus: B, tape: Tape, reports: Reports) -> Self {
        Self { bus, tape, reports }
    }
}

impl<B: Bus> Bus for RecordedBus<B> {
    fn list(&mut self) -> Result<Vec<Identity>, Error> {
        self.bus.list()
    }

    fn describe(&mut self, listed: &Identity) -> Result<Identity, Error> {
        self.bus.describe(listed)
    }

    fn open(&mut self, described: &Identity, place: &Place) -> Result<Box<dyn UsbDevice>, Error> {
        let device = self.bus.open(described, place)?;
        let recorder = Recorder::new(device, self.tape.clone(), self.reports);
        Ok(Box::new(recorder))
    }
}
