//! Text to recording; the inverse of what [`Recorder`](crate::Recorder) writes.

use super::{Answer, Call, Exchange, MAGIC, Recording};
use crate::error::Error;
use crate::line::{End, Input, Signal};
use crate::quote::unquote;

/// Longest line that is read.
const LINE_MAX: usize = 20_000;

impl Recording {
    /// Reads a recording.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut recording = Self::default();
        let mut pending: Option<(usize, Call)> = None;
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if number == 1 && line != MAGIC {
                return Err(wrong(
                    1,
                    line,
                    &format!("the first line is to be {MAGIC:?}"),
                ));
            }
            if number == 1 || line.is_empty() || line.starts_with('#') {
                continue;
            }
            recording
                .line(number, line, &mut pending)
                .ok_or_else(|| wrong(number, line, "not understood here"))?;
        }
        Ok(recording)
    }

    fn line(
        &mut self,
        number: usize,
        line: &str,
        pending: &mut Option<(usize, Call)>,
    ) -> Option<()> {
        if line.len() > LINE_MAX {
            return None;
        }
        let (sign, rest) = line.split_once(' ')?;
        match (sign, pending.take()) {
            (">", None) => *pending = Some((number, call(rest)?)),
            ("<", Some((line, call))) => {
                let answer = answer(&call, rest)?;
                self.exchanges.push(Exchange { line, call, answer });
            }
            ("port", None) => {
                let (port, baud) = rest.rsplit_once(' ')?;
                self.port = String::from_utf8(unquote(port)?).ok()?;
                self.baud = baud.parse().ok()?;
            }
            _ => return None,
        }
        Some(())
    }
}

fn wrong(line: usize, got: &str, expected: &str) -> Error {
    let got: String = got.chars().take(60).collect();
    Error::Config(format!("recording line {line}: {got:?}: {expected}"))
}

fn call(text: &str) -> Option<Call> {
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    match verb {
        "write" => unquote(rest).map(Call::Write),
        "read" => {
            let (stops, max) = rest.rsplit_once(' ')?;
            Some(Call::Read(unquote(stops)?, max.parse().ok()?))
        }
        "discard" => rest.is_empty().then_some(Call::Discard),
        _ => {
            let signal = Signal::ALL
                .into_iter()
                .find(|signal| signal.word() == verb)?;
            match rest {
                "on" => Some(Call::Set(signal, true)),
                "off" => Some(Call::Set(signal, false)),
                _ => None,
            }
        }
    }
}

/// What kind of answer it is depends on the call.
fn answer(call: &Call, text: &str) -> Option<Answer> {
    if let Some(word) = text.strip_prefix('!') {
        Error::from_word(word, "")?;
        return Some(Answer::Failed(word.to_owned()));
    }
    if !matches!(call, Call::Read(..)) {
        return (text == "ok").then_some(Answer::Ok);
    }
    let (end, bytes) = text.split_once(' ')?;
    let end = [End::Stop, End::Full, End::Quiet]
        .into_iter()
        .find(|known| super::word(*known) == end)?;
    let bytes = unquote(bytes)?;
    Some(Answer::Input(Input { bytes, end }))
}
