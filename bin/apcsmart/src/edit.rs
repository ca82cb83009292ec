//! Writing the EEPROM: the variable is asked for, then edited.
//!
//! ```text
//! k -> 0   - -> OK   k -> T   - -> OK   k -> L   k -> L         values follow each other in a ring
//! c -> X   - ->      A B C CR CR CR CR CR -> OK     c -> ABC    a text has 8 characters, padded with CR
//! ```
//! No value is rotated to that the unit has not listed, no ring is gone round more than once, and in a text every character waits
//! for an answer that says no: the rest would be commands. However it ends, the unit is back in smart mode, and what
//! it has now is read and reported.

use std::time::Duration;

use driver::{Error, Report};
use proto::Outcome;
use tracing::{info, warn};

use crate::asking::ask;
use crate::letters::{ABSENT, EDIT, is_refusal};
use crate::present::{Present, Worth};
use crate::questions::smart;
use crate::sift::{Sieve, survives};
use crate::talk::{ANSWER, Fault, PEEK, Talk};
use crate::unit::Unit;
use crate::variables::{Edit, TEXT_MAX};

/// Between two characters of a text.
const PACE: Duration = Duration::from_millis(50);
/// What a text is filled up with.
const PADDING: u8 = b'\r';

impl Unit {
    /// Sets a variable.
    pub(crate) fn set(
        &mut self,
        var: &str,
        value: &str,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        let named = |present: &Present| present.var.eq_ignore_ascii_case(var);
        let Some(at) = self.found.variables.iter().position(named) else {
            return Ok(Outcome::Unknown);
        };
        let Some(present) = self.found.variables.get(at).cloned() else {
            return Ok(Outcome::Unknown);
        };
        let edited = match present.row.edit {
            Edit::Text => self.write(&present, value),
            Edit::Listed if present.choices.is_empty() => return Ok(Outcome::Unknown),
            Edit::Listed => self.rotate(&present, value),
        };
        match edited {
            Ok(Edited::Same) => {
                report.set(present.var, value);
                Ok(Outcome::Handled)
            }
            Ok(Edited::Refused(why)) => {
                warn!("{var} is not set to {value:?}: {why}");
                Ok(Outcome::Failed)
            }
            Ok(Edited::Unverified) => self.verify(at, &present, value, report),
            Err(Fault::Line(error)) => Err(Fault::Line(error).into()),
            Err(fault) => {
                warn!("{var} is not set to {value:?}: {}", Error::from(fault));
                self.recover(present.row.edit)?;
                self.verify(at, &present, value, report)
            }
        }
    }

    /// Rotates until the value is there.
    fn rotate(&mut self, present: &Present, value: &str) -> Result<Edited, Fault> {
        let form = present.row.form;
        if !present.choices.iter().any(|raw| form.value(raw) == value) {
            return Ok(Edited::Refused("the UPS does not list that value"));
        }
        let first = current(&mut self.talk, present)?;
        if form.value(&first) == value {
            return Ok(unchanged(present, &first));
        }
        for _ in &present.choices {
            self.talk.send(&[EDIT])?;
            self.edited()?;
            let now = current(&mut self.talk, present)?;
            if form.value(&now) == value || now == first {
                return Ok(Edited::Unverified);
            }
        }
        Ok(Edited::Unverified)
    }

    fn write(&mut self, present: &Present, value: &str) -> Result<Edited, Fault> {
        if value.len() > TEXT_MAX || !survives(value) {
            return Ok(Edited::Refused(
                "it takes at most 8 characters, and none of those that are alerts",
            ));
        }
        let first = current(&mut self.talk, present)?;
        if first == value {
            return Ok(unchanged(present, &first));
        }
        self.talk.send(&[EDIT])?;
        let padding = std::iter::repeat(PADDING);
        let text = value.bytes().chain(padding).take(TEXT_MAX);
        for (at, byte) in text.enumerate() {
            let patience = if at == 0 { PEEK } else { PACE };
            match self.talk.hear(Sieve::Answer, patience)? {
                None => self.talk.send(&[byte])?,
                Some(answer) if at == 0 && is_refusal(&answer) => {
                    return Ok(Edited::Refused("the UPS does not want it changed"));
                }
                Some(answer) => return Err(Fault::garbled(&[EDIT], &answer)),
            }
        }
        // unless it says that all is well, it may still wait for a character that was lost
        self.edited()?;
        Ok(Edited::Unverified)
    }

    /// What the unit says to an edit.
    fn edited(&mut self) -> Result<(), Fault> {
        match self.talk.hear(Sieve::Answer, ANSWER)? {
            Some(answer) if answer == b"OK" => Ok(()),
            Some(answer) => Err(Fault::garbled(&[EDIT], &answer)),
            None => Err(Fault::Silent(vec![EDIT])),
        }
    }

    /// Reads what the unit has now and reports it; whether it is what was wanted.
    fn verify(
        &mut self,
        at: usize,
        present: &Present,
        value: &str,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        let mut choices = present.choices.iter();
        let wanted = choices.find(|raw| present.row.form.value(raw) == value);
        if let Some(present) = self.found.variables.get_mut(at) {
            present.expect(wanted.map_or(value, String::as_str));
        }
        let mut told = Report::default();
        if let Err(fault) = self.read_awake(at, &mut told) {
            let Fault::Line(error) = fault else {
                warn!("{}: {}", present.var, Error::from(fault));
                return Ok(Outcome::Failed);
            };
            return Err(Fault::Line(error).into());
        }
        let now = told.updates.iter().find_map(|update| match update {
            driver::Update::Set { var, value } if var == present.var => Some(value.clone()),
            _ => None,
        });
        *report = told;
        if now.as_deref().map(str::trim_end) == Some(value.trim_end()) {
            info!("{} is set to {value:?}", present.var);
            return Ok(Outcome::Handled);
        }
        warn!("{} is not set to {value:?}, it is {now:?}", present.var);
        Ok(Outcome::Failed)
    }

    /// Reads a variable, of a unit that may have been switched off and on.
    fn read_awake(&mut self, at: usize, report: &mut Report) -> Result<(), Fault> {
        match self.read(at, report) {
            Err(Fault::Silent(_) | Fault::Garbled(..)) if smart(&mut self.talk, 2)? => {
                self.read(at, report)
            }
            other => other,
        }
    }

    /// Back to where questions are understood. A unit that waits for the rest of a text gets it.
    fn recover(&mut self, edit: Edit) -> Result<(), Fault> {
        if edit == Edit::Text {
            for _ in 0..TEXT_MAX {
                self.talk.send(&[PADDING])?;
                if self.talk.pause(PEEK)? {
                    break;
                }
            }
        }
        if !smart(&mut self.talk, 2)? {
            warn!("the UPS does not go back into smart mode");
        }
        Ok(())
    }
}

/// How an edit ended, as far as it goes.
enum Edited {
    /// The unit had the value already.
    Same,
    /// Nothing was changed, and why.
    Refused(&'static str),
    /// It may be as wanted now; that is to be read.
    Unverified,
}

/// What the unit has is what is wanted; to be read again if it was something else before, as it may be a piece of that.
fn unchanged(present: &Present, answer: &str) -> Edited {
    match present.judge(answer) {
        Worth::Good => Edited::Same,
        Worth::Doubtful | Worth::None => Edited::Unverified,
    }
}

/// What the unit has now, as it tells it.
fn current(talk: &mut Talk, present: &Present) -> Result<String, Fault> {
    let letter = present.row.letter;
    let answer = ask(talk, present.row)?;
    let answer = answer.ok_or_else(|| Fault::Silent(letter.to_vec()))?;
    if answer == ABSENT || !present.row.is_told_by(&answer) {
        return Err(Fault::garbled(letter, answer.as_bytes()));
    }
    Ok(answer)
}
