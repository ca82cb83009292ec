//! A serial line: 2400 8N1, a CR behind requests and answers (spec nutdrv_qx.md, section 1).

use std::time::{Duration, Instant};

use driver::{Error, Settings};
use serial::{Line, Mode, Signal, Until};
use tracing::debug;

use super::{Fault, Transport};
use crate::dialect::CR;

/// Bits a second.
const BAUD: u32 = 2400;
/// How long a device may take to begin its answer.
const ANSWER: Duration = Duration::from_secs(1);
/// A silence within an answer that ends it.
const GAP: Duration = Duration::from_millis(250);
/// How many such silences' time a slow answer may take altogether.
const SLOW_MAX: u32 = 12;
/// How soon what follows an answer must come to be noticed, an answer that came twice, or one that was late: within the time of
/// so many bytes, as fast as they came before; that of a line with 2400 bits a second at most.
const BEHIND: u32 = 4;
const BEHIND_MIN: Duration = Duration::from_millis(1);
const BEHIND_MAX: Duration = Duration::from_millis(15);
/// After garbage, how long the device must be silent before it is asked again, and how long that is waited for.
const QUIET: Duration = Duration::from_millis(50);
const QUIET_MAX: Duration = Duration::from_secs(1);
/// What power over the line's outputs needs to settle.
const POWER: Duration = Duration::from_millis(1100);

/// What `cablepower` may be, with DTR and RTS.
#[rustfmt::skip]
pub(crate) const CABLES: &[(&str, bool, bool)] = &[
    ("normal",  true,  false),
    ("reverse", false, true),
    ("both",    true,  true),
    ("none",    false, false),
];

/// A line to a device.
pub(crate) struct Serial {
    line: Box<dyn Line>,
}

impl Serial {
    /// Opens the port that ups.conf names.
    pub(crate) fn open(settings: &Settings) -> Result<Self, Error> {
        let cable = settings.value("cablepower").unwrap_or("normal");
        let cable = CABLES
            .iter()
            .find(|(name, ..)| name.eq_ignore_ascii_case(cable))
            .ok_or_else(|| {
                Error::Config(format!(
                    "cablepower: {cable:?} is none of normal, reverse, both, none"
                ))
            })?;
        let mode = Mode {
            locked: !settings.no_lock,
            ..Mode::new(BAUD)
        };
        let tape = settings.tape.clone();
        let line = serial::open(&settings.port, mode, tape, &[]).map_err(|why| match why {
            serial::Error::Config(why) => Error::Config(why),
            why => Error::Gone(why.to_string()),
        })?;
        let mut opened = Self::new(line);
        if opened.power(cable.1, cable.2) {
            settings.clock.sleep(POWER);
        }
        Ok(opened)
    }

    /// A line that is open.
    pub(crate) fn new(line: Box<dyn Line>) -> Self {
        Self { line }
    }

    /// Sets the outputs that some adapters are powered by; whether there are such.
    fn power(&mut self, dtr: bool, rts: bool) -> bool {
        let set = [(Signal::Dtr, dtr), (Signal::Rts, rts)].map(|(signal, on)| {
            self.line
                .set(signal, on)
                .map_err(|why| debug!("{why}"))
                .is_ok()
        });
        set.contains(&true)
    }

    fn answer(&mut self) -> Result<Vec<u8>, serial::Error> {
        let until = Until::any_of(&[CR]).or_quiet(GAP);
        let mut input = self.line.read(until, ANSWER)?;
        let mut answer = input.bytes.clone();
        for _ in 0..SLOW_MAX {
            if input.is_whole() || input.bytes.is_empty() {
                break;
            }
            input = self.line.read(until, GAP)?;
            answer.extend_from_slice(&input.bytes);
        }
        Ok(answer)
    }
}

impl Transport for Serial {
    fn exchange(&mut self, request: &[u8]) -> Result<Vec<u8>, Fault> {
        self.line.discard().map_err(fault)?;
        let begun = Instant::now();
        self.line
            .write(request, Duration::ZERO, ANSWER)
            .map_err(fault)?;
        let answer = self.answer().map_err(fault)?;
        if answer.is_empty() {
            return Ok(answer);
        }
        let wait = behind(begun.elapsed(), request.len() + answer.len());
        let behind = self.line.read(Until::length(1), wait).map_err(fault)?;
        if !behind.bytes.is_empty() {
            debug!("more than one answer came");
            self.settle();
        }
        Ok(answer)
    }

    fn settle(&mut self) {
        if let Err(why) = serial::settle(&mut *self.line, QUIET, QUIET_MAX) {
            debug!("{why}");
        }
    }

    fn close(&mut self) {
        // the device shall not go on taking power from us
        let _ = self.line.set(Signal::Dtr, false);
    }
}

impl Drop for Serial {
    fn drop(&mut self) {
        self.close();
    }
}

/// How long to wait for what follows an exchange of so many bytes.
fn behind(took: Duration, bytes: usize) -> Duration {
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX).max(1);
    let wait = (took / bytes).saturating_mul(BEHIND);
    wait.clamp(BEHIND_MIN, BEHIND_MAX)
}

fn fault(why: serial::Error) -> Fault {
    match why {
        serial::Error::Gone(_) => Fault::Gone(why.to_string()),
        why => Fault::Failed(why.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serial::Simulated;

    fn serial(device: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) -> Serial {
        Serial::new(Box::new(Simulated::new(device)))
    }

    #[test]
    fn an_answer_ends_with_its_cr_and_its_double_is_not_the_next_one() {
        let mut line = serial(|request| match request {
            b"Q1\r" => b"(229.5\r(229.5\r".to_vec(),
            other => other.to_vec(),
        });
        assert_eq!(line.exchange(b"Q1\r"), Ok(b"(229.5\r".to_vec()));
        assert_eq!(line.exchange(b"I\r"), Ok(b"I\r".to_vec()));
    }

    #[test]
    fn on_a_line_what_follows_is_waited_for_longer_than_without_one() {
        let millis = Duration::from_millis;
        // Q1 and its answer with 2400 bits a second, on a faster one, and on a pseudo terminal
        assert_eq!(behind(millis(210), 50), millis(15));
        assert_eq!(behind(millis(52), 50), Duration::from_micros(4160));
        assert_eq!(behind(millis(2), 50), millis(1));
    }

    #[test]
    fn silence_is_an_empty_answer_and_one_without_an_end_is_what_came() {
        let mut line = serial(|request| {
            if request == b"M\r" {
                b"V".to_vec()
            } else {
                Vec::new()
            }
        });
        assert_eq!(line.exchange(b"Q1\r"), Ok(Vec::new()));
        assert_eq!(line.exchange(b"M\r"), Ok(b"V".to_vec()));
    }
}
