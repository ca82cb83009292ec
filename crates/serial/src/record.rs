//! Records what a driver says to a device, for a bug report that becomes a test.

use std::io::Write;
use std::time::Duration;

use crate::error::Error;
use crate::line::{Input, Line, Signal, Until};
use crate::recording::{Answer, Call, header};

/// Bytes after which recording ends, so that a forgotten one does not fill the disk.
const SIZE_MAX: usize = 16 << 20;

/// A line that writes down everything that goes through it. That writing fails is no reason to stop serving the device:
/// recording ends, and [`Recorder::problem`] tells why.
#[derive(Debug)]
pub struct Recorder<L, W> {
    line: L,
    to: Option<W>,
    left: usize,
    problem: Option<String>,
}

impl<L: Line, W: Write + Send> Recorder<L, W> {
    /// Writes the header to `to`, and the traffic from now on.
    pub fn new(line: L, to: W, port: &str, baud: u32) -> Self {
        let mut recorder = Self {
            line,
            to: Some(to),
            left: SIZE_MAX,
            problem: None,
        };
        recorder.write_down(&header(port, baud));
        recorder
    }

    /// Writes a comment.
    pub fn comment(&mut self, text: &str) {
        for line in text.lines() {
            self.write_down(&format!("# {line}\n"));
        }
    }

    /// Why recording has ended, if it has.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Each exchange is written at once and whole, as the driver may end at any time.
    fn write_down(&mut self, text: &str) {
        let Some(to) = &mut self.to else { return };
        let written = match self.left.checked_sub(text.len()) {
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
        self.write_down(&format!("> {call}\n< {answer}\n"));
    }
}

impl<L: Line, W: Write + Send> Line for Recorder<L, W> {
    fn write(&mut self, bytes: &[u8], pace: Duration, within: Duration) -> Result<(), Error> {
        let result = self.line.write(bytes, pace, within);
        self.note(&Call::Write(bytes.to_vec()), &result, |()| Answer::Ok);
        result
    }

    fn read(&mut self, until: Until<'_>, within: Duration) -> Result<Input, Error> {
        let result = self.line.read(until, within);
        self.note(&Call::read(until), &result, |input| {
            Answer::Input(input.clone())
        });
        result
    }

    fn discard(&mut self) -> Result<(), Error> {
        let result = self.line.discard();
        self.note(&Call::Discard, &result, |()| Answer::Ok);
        result
    }

    fn set(&mut self, signal: Signal, on: bool) -> Result<(), Error> {
        let result = self.line.set(signal, on);
        self.note(&Call::Set(signal, on), &result, |()| Answer::Ok);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask;
    use crate::recording::Recording;
    use crate::replay::Replay;
    use crate::simulated::Simulated;

    fn said() -> Vec<u8> {
        let mut text = Vec::new();
        let device = Simulated::new(|request| [b"(", request].concat());
        let mut line = Recorder::new(device, &mut text, "/dev/ttyS0", 2400);
        line.comment("made by a test");
        line.set(Signal::Rts, false).unwrap();
        ask(&mut line, b"Q1\r", Until::any_of(b"\r"), Duration::ZERO).unwrap();
        assert_eq!(line.problem(), None);
        text
    }

    #[test]
    fn what_is_recorded_can_be_played_and_a_deviation_is_found() {
        let text = String::from_utf8(said()).unwrap();
        assert!(
            text.contains("> write \"Q1\\r\"\n< ok\n> read \"\\r\" 512\n< stop \"(Q1\\r\"\n"),
            "{text}"
        );
        let mut replay = Replay::new(Recording::parse(&text).unwrap());
        replay.set(Signal::Rts, false).unwrap();
        let reply = ask(&mut replay, b"Q1\r", Until::any_of(b"\r"), Duration::ZERO).unwrap();
        assert_eq!(reply.bytes, b"(Q1\r");
        assert_eq!(replay.finish(), Ok(()));
        let mut replay = Replay::new(Recording::parse(&text).unwrap());
        let error = replay.set(Signal::Rts, true).unwrap_err();
        assert!(
            matches!(&error, Error::Deviation { expected, got, .. } if expected == "rts off" && got == "rts on"),
            "{error}"
        );
        assert_eq!(replay.discard(), Err(error.clone()));
        assert_eq!(replay.finish(), Err(error));
    }

    #[test]
    fn a_full_disk_ends_the_recording_and_nothing_else() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("no space"))
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut line = Recorder::new(Simulated::new(<[u8]>::to_vec), Full, "x", 1);
        assert_eq!(line.problem(), Some("recording has ended: no space"));
        let reply = ask(&mut line, b"Q\r", Until::any_of(b"\r"), Duration::ZERO).unwrap();
        assert_eq!(reply.bytes, b"Q\r");
    }
}
