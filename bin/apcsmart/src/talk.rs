//! Questions and answers over the line: a question is a letter without an end, an answer a line.

use std::time::Duration;

use driver::{Clock, Error};
use serial::{End, Line, Until};
use tracing::{debug, info};

use crate::letters::show;
use crate::sift::Sieve;

/// How long an answer may take to be whole.
pub(crate) const ANSWER: Duration = Duration::from_secs(3);
/// The same for lists.
pub(crate) const LIST: Duration = Duration::from_secs(6);
/// The same where a unit that does not understand is silent, and time matters.
pub(crate) const PROMPT: Duration = Duration::from_millis(1500);
/// How long an answer is looked for where none is expected.
pub(crate) const PEEK: Duration = Duration::from_millis(200);
/// How long the line may take to accept a letter.
const WRITE: Duration = Duration::from_secs(2);
/// After garbage, how long it must be silent, and how long that is waited for.
const QUIET: Duration = Duration::from_millis(50);
const QUIET_MAX: Duration = Duration::from_secs(1);
/// How soon what follows an answer must come to be noticed: a second answer, or that to another question.
const BEHIND: Duration = Duration::from_millis(15);
/// Pieces of old input that are taken in before a question.
const PIECES_MAX: usize = 8;

/// What can go wrong with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There was no answer; the letter.
    Silent(Vec<u8>),
    /// The answer is none to that letter.
    Garbled(Vec<u8>, String),
    /// The line does not work.
    Line(serial::Error),
}

impl Fault {
    /// An answer that does not fit its letter.
    pub(crate) fn garbled(letter: &[u8], answer: &[u8]) -> Self {
        Self::Garbled(letter.to_vec(), answer.escape_ascii().to_string())
    }
}

impl From<serial::Error> for Fault {
    fn from(error: serial::Error) -> Self {
        Self::Line(error)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Silent(letter) => Self::Timeout(format!("no answer to {}", show(&letter))),
            Fault::Garbled(letter, answer) => {
                Self::Garbled(format!("\"{answer}\" is no answer to {}", show(&letter)))
            }
            Fault::Line(error) => line_error(error),
        }
    }
}

/// A line's error as the framework takes it.
pub(crate) fn line_error(error: serial::Error) -> Error {
    let text = error.to_string();
    match error {
        serial::Error::Denied { .. } | serial::Error::Busy { .. } => Error::Unusable(text),
        serial::Error::Config(_) | serial::Error::Unsupported(_) => Error::Config(text),
        serial::Error::Timeout(_) => Error::Timeout(text),
        _ => Error::Gone(text),
    }
}

/// A unit on a line.
pub(crate) struct Talk {
    line: Box<dyn Line>,
    clock: Clock,
    alert: Option<&'static str>,
    /// Before each question it is waited until nothing comes any more: the line has proved to be bad.
    pub(crate) careful: bool,
}

impl Talk {
    pub(crate) fn new(line: Box<dyn Line>, clock: Clock) -> Self {
        Self {
            line,
            clock,
            alert: None,
            careful: false,
        }
    }

    /// Asks with a letter; `None` when there is no answer.
    pub(crate) fn ask(
        &mut self,
        letter: &[u8],
        sieve: Sieve,
        within: Duration,
    ) -> Result<Option<Vec<u8>>, Fault> {
        if self.careful {
            self.settle()?;
        } else {
            self.drain()?;
        }
        self.send(letter)?;
        let answer = self.hear(sieve, within);
        answer.map_err(|fault| match fault {
            Fault::Garbled(_, text) => Fault::Garbled(letter.to_vec(), text),
            other => other,
        })
    }

    /// Asks for a text; `None` when there is no answer.
    pub(crate) fn ask_text(&mut self, letter: &[u8]) -> Result<Option<String>, Fault> {
        let answer = self.ask(letter, Sieve::Answer, ANSWER)?;
        answer.map(|answer| text(letter, &answer)).transpose()
    }

    /// Asks for what somebody has written, so that it may be anything; what is not printable becomes `?`.
    pub(crate) fn ask_any_text(&mut self, letter: &[u8]) -> Result<Option<String>, Fault> {
        let answer = self.ask(letter, Sieve::Answer, ANSWER)?;
        let plain = |byte: &u8| match byte {
            b' '..=b'~' => char::from(*byte),
            _ => '?',
        };
        Ok(answer.map(|answer| answer.iter().map(plain).collect()))
    }

    /// Sends bytes.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        Ok(self.line.write(bytes, Duration::ZERO, WRITE)?)
    }

    /// Waits for a line.
    pub(crate) fn hear(
        &mut self,
        sieve: Sieve,
        within: Duration,
    ) -> Result<Option<Vec<u8>>, Fault> {
        self.hear_until(b"\n", sieve, within)
    }

    /// Waits for what follows a command that takes the power away: a line, or a `*` from older units. Whether it says yes;
    /// `None` when nothing came.
    pub(crate) fn hear_yes(&mut self) -> Result<Option<bool>, Fault> {
        let said = self.hear_until(b"\n*", Sieve::Answer, PROMPT)?;
        Ok(said
            .filter(|said| !said.is_empty())
            .map(|said| said == b"OK"))
    }

    /// Waits until a line comes, at most so long; whether one came. Line ends alone are none.
    pub(crate) fn pause(&mut self, time: Duration) -> Result<bool, Fault> {
        let end = self.clock.now() + time;
        loop {
            let left = end.saturating_duration_since(self.clock.now());
            match self.hear(Sieve::Answer, left) {
                Ok(Some(said)) if said.is_empty() && !left.is_zero() => {}
                Ok(said) => return Ok(said.is_some_and(|said| !said.is_empty())),
                Err(Fault::Garbled(..)) => return Ok(true),
                Err(other) => return Err(other),
            }
        }
    }

    /// Waits, whatever comes.
    pub(crate) fn wait(&self, time: Duration) {
        self.clock.sleep(time);
    }

    /// Takes in what has come before, as it belongs to no question; alerts are noted.
    pub(crate) fn drain(&mut self) -> Result<(), Fault> {
        for _ in 0..PIECES_MAX {
            let input = self.line.read(Until::length(Until::MAX), Duration::ZERO)?;
            if input.bytes.is_empty() {
                break;
            }
            self.forget(&input.bytes);
        }
        Ok(())
    }

    /// Whether more comes than was asked for. Then the answers before may have been to other questions.
    pub(crate) fn is_more(&mut self) -> Result<bool, Fault> {
        let input = self.line.read(Until::length(Until::MAX), BEHIND)?;
        Ok(self.forget(&input.bytes))
    }

    /// Waits until nothing comes any more.
    pub(crate) fn settle(&mut self) -> Result<(), Fault> {
        let deadline = self.clock.now() + QUIET_MAX;
        while self.clock.now() < deadline {
            let input = self.line.read(Until::length(1), QUIET)?;
            if input.bytes.is_empty() {
                break;
            }
            self.forget(&input.bytes);
            self.drain()?;
        }
        Ok(())
    }

    /// Listens until something comes, at most so long.
    pub(crate) fn overhear(&mut self, within: Duration) -> Result<(), Fault> {
        let input = self.line.read(Until::length(1), within)?;
        if !input.bytes.is_empty() {
            self.forget(&input.bytes);
            self.drain()?;
        }
        Ok(())
    }

    /// The last alert about the status since this was asked.
    pub(crate) fn take_alert(&mut self) -> Option<&'static str> {
        self.alert.take()
    }

    fn hear_until(
        &mut self,
        stops: &[u8],
        sieve: Sieve,
        within: Duration,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let mut deadline = self.clock.now() + within;
        let mut empty = None;
        loop {
            let left = deadline.saturating_duration_since(self.clock.now());
            let input = self.line.read(Until::any_of(stops), left)?;
            if input.end == End::Stop && input.bytes.ends_with(b"*") {
                return Ok(Some(b"OK".to_vec()));
            }
            let text = self.sift(sieve, &input.bytes);
            match (input.end, text.is_empty()) {
                (End::Stop, false) => return Ok(Some(text)),
                (_, false) => return Err(Fault::garbled(&[], &text)),
                (End::Quiet, true) => return Ok(empty),
                (End::Stop | End::Full, true) if left.is_zero() => return Ok(empty),
                // an answer without text, unless more follows soon
                (End::Stop, true) if input.bytes.iter().all(u8::is_ascii_whitespace) => {
                    empty = Some(text);
                    deadline = deadline.min(self.clock.now() + PEEK);
                }
                // alerts
                (End::Stop | End::Full, true) => {}
            }
        }
    }

    fn sift(&mut self, sieve: Sieve, bytes: &[u8]) -> Vec<u8> {
        let sifted = sieve.sift(bytes);
        if let Some(alert) = sifted.alert {
            info!("the UPS alerts: {alert}");
            self.alert = Some(alert);
        }
        sifted.text
    }

    /// Takes in what nobody asked for; whether it is more than alerts.
    fn forget(&mut self, bytes: &[u8]) -> bool {
        let text = self.sift(Sieve::Answer, bytes);
        if !text.is_empty() {
            debug!("nobody asked for \"{}\"", text.escape_ascii());
        }
        !text.is_empty()
    }
}

/// An answer that has to be printable.
pub(crate) fn text(letter: &[u8], answer: &[u8]) -> Result<String, Fault> {
    let plain = answer.iter().all(|byte| matches!(byte, b' '..=b'~'));
    let text = std::str::from_utf8(answer).ok().filter(|_| plain);
    text.map(str::to_owned)
        .ok_or_else(|| Fault::garbled(letter, answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serial::Simulated;

    fn talk(answer: &'static [u8]) -> Talk {
        Talk::new(
            Box::new(Simulated::new(move |_| answer.to_vec())),
            Clock::default(),
        )
    }

    fn ask(answer: &'static [u8]) -> (Result<Option<String>, Fault>, Option<&'static str>) {
        let mut talk = talk(answer);
        (talk.ask_text(b"L"), talk.take_alert())
    }

    #[test]
    fn an_answer_is_a_line_without_its_alerts() {
        let said = |text: &str| Ok(Some(text.to_owned()));
        for (answer, expected, alert) in [
            (&b"229.3\r\n"[..], said("229.3"), None),
            (b"2!29.3\r\n", said("229.3"), Some("on battery")),
            (b"!\r\n229.3\r\n", said("229.3"), Some("on battery")),
            (b"", Ok(None), None),
            (b"%", Ok(None), Some("battery low")),
            (b"\r\n\r\n", said(""), None),
            (b"\r\n229.3\r\n", said("229.3"), None),
            (b"!\r\n", Ok(None), Some("on battery")),
        ] {
            assert_eq!(ask(answer), (expected, alert), "{answer:?}");
        }
    }

    #[test]
    fn what_has_no_end_or_is_no_text_is_garbled() {
        for answer in [&b"229.3"[..], b"22\xff\r\n", b"\0\0\r\n", &[b'x'; 600]] {
            assert!(
                matches!(ask(answer).0, Err(Fault::Garbled(letter, _)) if letter == b"L"),
                "{answer:?}"
            );
        }
    }

    #[test]
    fn an_alert_before_a_question_is_noted_and_no_part_of_the_answer() {
        let mut line = Simulated::new(|_| b"08\r\n".to_vec());
        line.say(b"late\r\n#");
        let mut talk = Talk::new(Box::new(line), Clock::default());
        assert_eq!(talk.ask_text(b"Q"), Ok(Some("08".to_owned())));
        assert_eq!(talk.take_alert(), Some("battery to be replaced"));
        assert_eq!(talk.take_alert(), None);
    }

    #[test]
    fn line_ends_alone_make_no_pause_shorter() {
        for (said, came) in [
            (&b"\r\n\r\n"[..], false),
            (b"!", false),
            (b"\r\nNA\r\n", true),
            (b"NA", true),
        ] {
            let mut line = Simulated::new(|_| Vec::new());
            line.say(said);
            let mut talk = Talk::new(Box::new(line), Clock::standing());
            assert_eq!(talk.pause(PROMPT), Ok(came), "{said:?}");
        }
    }

    #[test]
    fn a_star_says_yes_after_a_shutdown_command() {
        for (answer, expected) in [
            (&b"*"[..], Some(true)),
            (b"OK\r\n", Some(true)),
            (b"NO\r\n", Some(false)),
            (b"!NA\r\n", Some(false)),
            (b"", None),
        ] {
            let mut talk = talk(answer);
            talk.send(b"S").unwrap();
            assert_eq!(talk.hear_yes(), Ok(expected), "{answer:?}");
        }
    }
}
