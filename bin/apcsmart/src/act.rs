//! Instant commands, and the ways of switching off.

use std::time::Duration;

use driver::Error;
use proto::Outcome;
use tracing::{info, warn};

use crate::commands::{Action, Command};
use crate::letters::{SMART, is_refusal, show};
use crate::methods::Method;
use crate::questions::{register, status};
use crate::sift::Sieve;
use crate::status::Register;
use crate::talk::{ANSWER, Fault, PEEK, PROMPT, Talk};

/// Between the two times that a letter has to be sent.
const GAP: Duration = Duration::from_millis(1500);
/// Between the digits of a delay.
const PACE: Duration = Duration::from_millis(50);
/// How often a status is asked for when power is to be cut.
const STATUS_TRIES: usize = 2;

/// What the ways of switching off have to know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Means<'a> {
    /// Digits of the delay before it wakes up.
    pub(crate) wake_up: &'a str,
    /// Between a simulated failure and the soft way.
    pub(crate) pause: Duration,
}

/// Performs a command.
pub(crate) fn perform(
    talk: &mut Talk,
    command: &Command,
    register: Option<Register>,
    means: Means<'_>,
) -> Result<Outcome, Error> {
    let letter = command.letter;
    let done = match command.action {
        Action::Send => plain(talk, letter),
        Action::SwitchOn => press_twice(talk, letter),
        Action::Off(method) => switch_off(talk, method, register, means),
        Action::Calibrate(wanted) => calibrate(talk, letter, wanted, register),
        Action::Bypass(wanted) => bypass(talk, letter, wanted),
    };
    match done {
        Ok(true) => {
            info!("{} was accepted", command.name);
            Ok(Outcome::Handled)
        }
        Ok(false) => {
            warn!("{} was refused", command.name);
            Ok(Outcome::Failed)
        }
        Err(Fault::Line(error)) => Err(Fault::Line(error).into()),
        Err(fault) => {
            warn!("{}: {}", command.name, Error::from(fault));
            Ok(Outcome::Failed)
        }
    }
}

/// Switches the load off in one way; whether the unit will.
pub(crate) fn switch_off(
    talk: &mut Talk,
    method: Method,
    register: Option<Register>,
    means: Means<'_>,
) -> Result<bool, Fault> {
    talk.drain()?;
    match method {
        Method::Soft => soft(talk),
        Method::ForcedSoft => forced(talk, register, means.pause),
        Method::Hibernate => hibernate(talk, means.wake_up),
        Method::Delayed => Ok(press_twice(talk, b'K')? && talk.hear_yes()? == Some(true)),
        // it has no time to answer
        Method::Instant => Ok(press_twice(talk, b'Z')? && talk.hear_yes()? != Some(false)),
    }
}

/// The state to switch off in, if the unit tells it.
pub(crate) fn state(talk: &mut Talk) -> Result<Option<Register>, Fault> {
    for _ in 0..STATUS_TRIES {
        match register(talk) {
            Ok(register) => return Ok(Some(register)),
            Err(Fault::Line(error)) => return Err(Fault::Line(error)),
            Err(fault) => warn!("{}", Error::from(fault)),
        }
    }
    Ok(None)
}

fn plain(talk: &mut Talk, letter: u8) -> Result<bool, Fault> {
    Ok(answer(talk, letter)? == b"OK")
}

fn answer(talk: &mut Talk, letter: u8) -> Result<Vec<u8>, Fault> {
    let answer = talk.ask(&[letter], Sieve::Answer, ANSWER)?;
    answer.ok_or_else(|| Fault::Silent(vec![letter]))
}

/// Some letters have to be sent twice, with a pause. A unit that answers the first has something against it.
fn press_twice(talk: &mut Talk, letter: u8) -> Result<bool, Fault> {
    talk.drain()?;
    talk.send(&[letter])?;
    if talk.pause(GAP)? {
        return Ok(false);
    }
    talk.send(&[letter])?;
    Ok(true)
}

fn soft(talk: &mut Talk) -> Result<bool, Fault> {
    talk.send(b"S")?;
    Ok(talk.hear_yes()? == Some(true))
}

/// On line the soft way is refused, so a power failure is simulated first; when it is not known, too.
fn forced(talk: &mut Talk, register: Option<Register>, pause: Duration) -> Result<bool, Fault> {
    if register.is_none_or(Register::is_on_line) {
        talk.send(b"U")?;
        talk.pause(PROMPT)?;
        talk.wait(pause);
        talk.drain()?;
    }
    soft(talk)
}

/// The hard way. Most units take three digits, some are said to take two; where two are refused three are tried.
fn hibernate(talk: &mut Talk, digits: &str) -> Result<bool, Fault> {
    if delayed(talk, digits)? {
        return Ok(true);
    }
    if digits.len() != 2 {
        return Ok(false);
    }
    warn!("{} is not taken with two digits, trying three", show(b"@"));
    // no digit, so it waits for no more of them; what it says to that does not matter
    talk.send(&[SMART])?;
    talk.pause(PROMPT)?;
    delayed(talk, &format!("0{digits}"))
}

fn delayed(talk: &mut Talk, digits: &str) -> Result<bool, Fault> {
    talk.send(b"@")?;
    let mut patience = PEEK;
    for digit in digits.bytes() {
        // digits behind a refusal would be commands
        if talk.pause(patience)? {
            return Ok(false);
        }
        talk.send(&[digit])?;
        patience = PACE;
    }
    Ok(talk.hear_yes()? == Some(true))
}

/// The letter starts a calibration or ends it, so the status has to be known.
fn calibrate(
    talk: &mut Talk,
    letter: u8,
    wanted: bool,
    last: Option<Register>,
) -> Result<bool, Fault> {
    if status(talk, last)?.is_calibrating() == wanted {
        info!("the runtime calibration is as wanted already");
        return Ok(true);
    }
    let answer = answer(talk, letter)?;
    Ok(!is_refusal(&answer))
}

/// The letter puts the load on bypass or takes it off; the answer tells what is now.
fn bypass(talk: &mut Talk, letter: u8, wanted: bool) -> Result<bool, Fault> {
    let (right, wrong) = if wanted {
        (b"BYP", b"INV")
    } else {
        (b"INV", b"BYP")
    };
    let mut answer_now = answer(talk, letter)?;
    if answer_now == wrong {
        info!("it was as wanted already, so it is put back");
        answer_now = answer(talk, letter)?;
    }
    Ok(answer_now == right || answer_now == b"OK")
}
