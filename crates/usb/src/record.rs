//! Records what a driver says to a device, for a bug report that becomes a test.

use std::io::Write;
use std::task::Waker;
use std::time::Duration;

use crate::device::{Interface, Setup, UsbDevice};
use crate::error::Error;
use crate::identity::Identity;
use crate::recording::{Answer, Call, header};

/// Bytes after which recording ends, so that a forgotten one does not fill the disk.
const SIZE_MAX: usize = 16 << 20;

/// A device that writes down everything that goes through it. That writing fails is no reason to stop serving the device:
/// recording ends, and [`Recorder::problem`] tells why.
#[derive(Debug)]
pub struct Recorder<D, W> {
    device: D,
    to: Option<W>,
    left: usize,
    problem: Option<String>,
}

impl<D: UsbDevice, W: Write + Send> Recorder<D, W> {
    /// Writes the header to `to`, and the traffic from now on.
    pub fn new(device: D, to: W) -> Self {
        let head = header(device.identity(), device.interface());
        let mut recorder = Self {
            device,
            to: Some(to),
            left: SIZE_MAX,
            problem: None,
        };
        recorder.write(&head);
        recorder
    }

    /// Writes a comment.
    pub fn comment(&mut self, text: &str) {
        for line in text.lines() {
            self.write(&format!("# {line}\n"));
        }
    }

    /// Why recording has ended, if it has.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Each exchange is written at once and whole, as the driver may end at any time.
    fn write(&mut self, text: &str) {
        let Some(to) = &mut self.to else { return };
        let fits = self.left.checked_sub(text.len());
        let written = match fits {
            Some(left) => {
                self.left = left;
                to.write_all(text.as_bytes())
                    .and_then(|()| to.flush())
                    .map_err(|error| error.to_string())
            }
            None => to
                .write_all(b"# full\n")
                .map_err(|error| error.to_string())
                .and(Err("it is full".to_owned())),
        };
        if let Err(why) = written {
            self.problem = Some(format!("recording has ended: {why}"));
            self.to = None;
        }
    }

    fn note<T>(
        &mut self,
        call: &Call,
        result: &Result<T, Error>,
        answer: impl FnOnce(&T) -> Answer,
    ) {
        if self.to.is_none() {
            return;
        }
        let answer = match result {
            Ok(value) => answer(value),
            Err(error) => Answer::Failed(error.word().to_owned()),
        };
        self.write(&format!("> {call}\n< {answer}\n"));
    }
}

impl<D: UsbDevice, W: Write + Send> UsbDevice for Recorder<D, W> {
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
        self.note(&Call::Get(setup, buffer.len()), &result, |length| {
            bytes(buffer, *length)
        });
        result
    }

    fn control_out(&mut self, setup: Setup, data: &[u8], within: Duration) -> Result<usize, Error> {
        let result = self.device.control_out(setup, data, within);
        self.note(&Call::Set(setup, data.to_vec()), &result, |length| {
            Answer::Taken(*length)
        });
        result
    }

    fn interrupt(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, Error> {
        let result = self.device.interrupt(buffer, within);
        self.note(&Call::Interrupt(buffer.len()), &result, |length| {
            bytes(buffer, *length)
        });
        result
    }

    fn interrupt_out(&mut self, data: &[u8], within: Duration) -> Result<usize, Error> {
        let result = self.device.interrupt_out(data, within);
        self.note(&Call::Send(data.to_vec()), &result, |length| {
            Answer::Taken(*length)
        });
        result
    }

    fn waker(&self) -> Option<Waker> {
        self.device.waker()
    }

    fn string(&mut self, index: u8, within: Duration) -> Result<String, Error> {
        let result = self.device.string(index, within);
        self.note(&Call::String(index), &result, |text| {
            Answer::Text(text.clone())
        });
        result
    }

    fn reset(&mut self) -> Result<(), Error> {
        let result = self.device.reset();
        self.note(&Call::Reset, &result, |()| Answer::Ok);
        result
    }

    fn close(&mut self) {
        self.device.close();
    }
}

fn bytes(buffer: &[u8], length: usize) -> Answer {
    Answer::Bytes(buffer.get(..length).unwrap_or_default().to_vec())
}
