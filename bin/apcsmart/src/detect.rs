//! What a unit has: generation, letters, variables, commands.
//!
//! ```text
//! V, else b --> a firmware of the table --> its letters are tried one by one
//!    '--------> a --> a command set ------> its letters are tried, those of two bytes taken; ^Z tells what can be set
//!                '--> nothing ------------> very old: ten variables are tried, there are no commands
//! ```
//! A variable is there when its letter is answered. Letters and names that mean more than one thing are settled last.

use driver::Report;
use tracing::{debug, info, warn};

use crate::asking::ask;
use crate::capability::{Capabilities, Problem};
use crate::command_set::CommandSet;
use crate::commands::Command;
use crate::firmware::{Known, promises_too_much};
use crate::letters::{ABSENT, CAPABILITIES, COMMAND_SET, FIRMWARE, LETTERS, OLD_FIRMWARE, show};
use crate::present::Present;
use crate::questions::smart;
use crate::sift::Sieve;
use crate::talk::{Fault, LIST, Talk};
use crate::variables::{INPUT_FREQUENCY, OUTPUT_FREQUENCY, Variable};

/// What is tried on a unit that tells nothing about itself.
const VERY_OLD: &[u8] = b"CPLOfB\x01nbV/";
/// Model names of units that do not tell theirs.
const SMART_UPS: &str = "Smart-UPS";
const MATRIX_UPS: &str = "Matrix-UPS";
/// Letters of the model, and of what a Matrix-UPS has.
const MODEL: &[u8] = b"\x01";
const OUTPUT_CURRENT: &[u8] = b"/";

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Variables, in the order of the table.
    pub(crate) variables: Vec<Present>,
    /// Commands.
    pub(crate) commands: Vec<&'static Command>,
}

impl Found {
    fn has(&self, letter: &[u8]) -> bool {
        self.variables.iter().any(|each| each.row.letter == letter)
    }
}

/// Finds out what the unit has, and reports it with the first values.
pub(crate) fn detect(talk: &mut Talk, old: bool, report: &mut Report) -> Result<Found, Fault> {
    let mut detection = Detection {
        talk,
        report,
        old,
        found: Found::default(),
        rivals: Vec::new(),
        locale: None,
        is_listed: false,
    };
    detection.run()?;
    detection.report.set("ups.mfr", "APC");
    let mut found = detection.found;
    found.variables.sort_by_key(|each| each.row.place(old));
    Ok(found)
}

struct Detection<'a> {
    talk: &'a mut Talk,
    report: &'a mut Report,
    old: bool,
    found: Found,
    /// Rows that compete.
    rivals: Vec<&'static Variable>,
    /// The unit's, for what the EEPROM takes.
    locale: Option<u8>,
    /// The unit itself says which letters it has, so one that is not answered is asked again.
    is_listed: bool,
}

impl Detection<'_> {
    fn run(&mut self) -> Result<(), Fault> {
        self.recognise()?;
        if self.found.variables.is_empty() {
            // it was switched off and on just now
            self.wake()?;
            self.recognise()?;
        }
        Ok(())
    }

    fn recognise(&mut self) -> Result<(), Fault> {
        let firmware = self.firmware()?;
        debug!("the firmware is {firmware:?}");
        if let Some(known) = firmware.as_deref().and_then(Known::of) {
            return self.known(known);
        }
        // the list names the letter that asks for it, unless its end is missing
        let set = self.list(COMMAND_SET, Sieve::CommandSet, |answer| {
            CommandSet::parse(answer).is_some_and(|set| set.letters.contains(&COMMAND_SET))
        })?;
        if let Some(set) = set.as_deref().and_then(CommandSet::parse) {
            return self.listed(&set, firmware.as_deref());
        }
        // or it was a piece of one that is known
        let again = firmware.map_or(Ok(None), |_| self.firmware())?;
        match again.as_deref().and_then(Known::of) {
            Some(known) => self.known(known),
            None => self.very_old(),
        }
    }

    /// Asks for a list. What does not look like one is asked for again, as noise would hide much.
    fn list(
        &mut self,
        letter: u8,
        sieve: Sieve,
        is_list: impl Fn(&[u8]) -> bool,
    ) -> Result<Option<Vec<u8>>, Fault> {
        match self.talk.ask(&[letter], sieve, LIST) {
            Ok(Some(answer)) if answer == ABSENT.as_bytes() => return Ok(None),
            Ok(None) if self.is_listed => self.wake()?,
            Ok(None) => return Ok(None),
            Ok(Some(answer)) if is_list(&answer) => return Ok(Some(answer)),
            Ok(Some(_)) | Err(Fault::Garbled(..)) => self.talk.settle()?,
            Err(other) => return Err(other),
        }
        let answer = lenient(self.talk.ask(&[letter], sieve, LIST))?;
        Ok(answer.filter(|answer| answer != ABSENT.as_bytes()))
    }

    /// What the unit says its firmware is, in the older or the newer way.
    fn firmware(&mut self) -> Result<Option<String>, Fault> {
        for letter in [OLD_FIRMWARE, FIRMWARE] {
            let answer = self.ask(|talk| talk.ask_text(&[letter]), |_| true)?;
            if let Some(answer) = answer.filter(|answer| !answer.is_empty()) {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    /// A unit whose firmware says which letters it has.
    fn known(&mut self, known: &Known) -> Result<(), Fault> {
        self.report.set("ups.model", known.model());
        self.probe_all(known.letters)?;
        self.settle()
    }

    /// A unit that tells its letters.
    fn listed(&mut self, set: &CommandSet, firmware: Option<&str>) -> Result<(), Fault> {
        self.is_listed = true;
        self.probe_all(&set.letters)?;
        self.settle()?;
        for pair in &set.pairs {
            self.take_pair(pair);
        }
        if set.letters.contains(&CAPABILITIES) {
            self.capabilities(firmware.is_some_and(promises_too_much))?;
        }
        Ok(())
    }

    /// A unit that is not known and tells nothing.
    fn very_old(&mut self) -> Result<(), Fault> {
        info!(
            "a very old UPS, or one of an unknown model: it can be watched, but has no commands and settings"
        );
        self.probe_all(VERY_OLD)?;
        self.settle()?;
        if self.found.has(OUTPUT_CURRENT) {
            self.report.set("ups.model", MATRIX_UPS);
        } else if !self.found.has(MODEL) {
            self.report.set("ups.model", SMART_UPS);
        }
        Ok(())
    }

    fn probe_all(&mut self, letters: &[u8]) -> Result<(), Fault> {
        letters.iter().try_for_each(|letter| self.probe(*letter))
    }

    fn probe(&mut self, letter: u8) -> Result<(), Fault> {
        if LETTERS.iter().any(|row| row.letter == letter) {
            return Ok(());
        }
        let letters = [letter];
        let mut known = false;
        for row in Variable::of_driver(&letters, self.old) {
            known = true;
            if row.fits.is_some() && !self.old {
                self.rivals.push(row);
            } else {
                self.verify(row)?;
            }
        }
        for command in Command::of(letter).filter(|command| self.old || !command.old) {
            known = true;
            self.report.add_command(command.name);
            self.found.commands.push(command);
        }
        if !known {
            info!("the UPS has a letter that is not known: {}", show(&letters));
        }
        Ok(())
    }

    /// A variable is there when its letter is answered.
    fn verify(&mut self, row: &'static Variable) -> Result<(), Fault> {
        match self.ask(|talk| ask(talk, row), |answer| row.is_told_by(answer))? {
            Some(answer) => self.take(row, &answer),
            None => debug!("{} [{}] is not there", row.var, show(row.letter)),
        }
        Ok(())
    }

    /// Of rows that compete, the first whose answer fits is taken.
    fn settle(&mut self) -> Result<(), Fault> {
        let mut rivals = std::mem::take(&mut self.rivals);
        rivals.sort_by_key(|row| row.place(self.old));
        let mut taken: Vec<&Variable> = Vec::new();
        for row in rivals {
            if taken.iter().any(|other| row.rivals(other)) {
                continue;
            }
            let is_one =
                |answer: &str| Variable::of(row.letter).any(|other| other.is_told_by(answer));
            let answer = self.ask(|talk| ask(talk, row), is_one)?;
            if let Some(answer) = answer.filter(|answer| row.is_told_by(answer)) {
                self.take(row, &answer);
                taken.push(row);
            }
        }
        Ok(())
    }

    fn take(&mut self, row: &'static Variable, answer: &str) {
        let mut present = Present::new(row);
        present.tell(answer, self.report);
        present.tell_edit(self.report);
        if row.var == "ups.firmware" {
            self.locale = answer.bytes().last();
        }
        self.found.variables.push(present);
    }

    /// A letter of two bytes is not tried: the unit says that it has it.
    fn take_pair(&mut self, pair: &[u8; 2]) {
        for row in Variable::of(pair) {
            if row.letter == INPUT_FREQUENCY {
                self.rename(OUTPUT_FREQUENCY);
            }
            self.found.variables.push(Present::new(row));
        }
    }

    fn rename(&mut self, (letter, var): (&[u8], &'static str)) {
        let mut present = self.found.variables.iter_mut();
        if let Some(present) = present.find(|present| present.row.letter == letter) {
            present.var = var;
        }
    }

    fn capabilities(&mut self, promises_too_much: bool) -> Result<(), Fault> {
        let is_list =
            |answer: &[u8]| promises_too_much || Capabilities::parse(answer).problem.is_none();
        let Some(answer) = self.list(CAPABILITIES, Sieve::Capability, is_list)? else {
            warn!(
                "the UPS says that it can tell what its EEPROM takes, and does not; nothing can be set"
            );
            return Ok(());
        };
        let capabilities = Capabilities::parse(&answer);
        match capabilities.problem {
            Some(Problem::End) if promises_too_much => {}
            Some(Problem::End) => warn!(
                "the list of what the EEPROM takes ends too early: \"{}\"; what is whole is used",
                answer.escape_ascii()
            ),
            Some(Problem::Start) => warn!(
                "\"{}\" is no list of what the EEPROM takes; nothing can be set",
                answer.escape_ascii()
            ),
            None => {}
        }
        for present in &mut self.found.variables {
            if let [letter] = present.row.letter {
                let choices = capabilities.of(*letter, self.locale);
                present.take_choices(choices, self.report);
            }
        }
        Ok(())
    }

    /// Asks; `None` when the letter is not there. What is no answer to it is asked for again, and so is what a unit lists and
    /// does not have: noise must not hide that until the next start.
    fn ask(
        &mut self,
        ask: impl Fn(&mut Talk) -> Result<Option<String>, Fault>,
        is_answer: impl Fn(&str) -> bool,
    ) -> Result<Option<String>, Fault> {
        let known = |answer: &String| answer != ABSENT && is_answer(answer);
        match ask(self.talk) {
            Ok(Some(answer)) if known(&answer) => return Ok(Some(answer)),
            Ok(Some(answer)) if answer == ABSENT && !self.is_listed => return Ok(None),
            Ok(None) if !self.is_listed => return Ok(None),
            Ok(None) => self.wake()?,
            Ok(Some(_)) | Err(Fault::Garbled(..)) => self.talk.settle()?,
            Err(other) => return Err(other),
        }
        Ok(lenient(ask(self.talk))?.filter(known))
    }

    /// A unit that does not answer what it has may have been switched off and on.
    fn wake(&mut self) -> Result<(), Fault> {
        smart(self.talk, 1).map(|_| ())
    }
}

/// Garbage is as good as no answer.
fn lenient<T>(answer: Result<Option<T>, Fault>) -> Result<Option<T>, Fault> {
    match answer {
        Err(Fault::Garbled(..)) => Ok(None),
        other => other,
    }
}
