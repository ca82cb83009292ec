//! A unit that was identified: reading it, and hearing its alerts.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use driver::{Clock, Error, Heard, Report};
use serial::Line;
use tracing::{debug, info, warn};

use crate::asking::certain;
use crate::detect::Found;
use crate::letters::{ABSENT, STATUS, show};
use crate::questions::{smart, status};
use crate::status::Register;
use crate::talk::{Fault, Talk};
use crate::variables::When;

/// How often everything is read.
const FULL: Duration = Duration::from_secs(3600);

/// The unit.
pub(crate) struct Unit {
    pub(crate) talk: Talk,
    pub(crate) found: Found,
    pub(crate) register: Option<Register>,
    clock: Clock,
    /// When the last round that read everything began, if nothing has failed since.
    last_full: Option<Instant>,
    /// Variables that are still to be read in this round.
    pending: VecDeque<usize>,
    /// When this round began, if it reads everything.
    full: Option<Instant>,
}

impl Unit {
    pub(crate) fn new(line: Box<dyn Line>, clock: &Clock) -> Self {
        Self {
            talk: Talk::new(line, clock.clone()),
            clock: clock.clone(),
            found: Found::default(),
            register: None,
            last_full: None,
            pending: VecDeque::new(),
            full: None,
        }
    }

    /// A whole round: the status, then the variables. An alert cuts it short, so that it is told at once; the rest is read
    /// while listening.
    pub(crate) fn poll(&mut self, report: &mut Report) -> Result<(), Error> {
        let round = match self.round() {
            Err(Fault::Silent(letter)) if letter == [STATUS] => self.awake(letter),
            Err(Fault::Garbled(letter, answer)) => {
                debug!("\"{answer}\" is no answer to {}", show(&letter));
                self.talk.careful = true;
                let round = self.round();
                self.talk.careful = false;
                round
            }
            other => other,
        };
        match round {
            Ok(told) => {
                *report = told;
                Ok(())
            }
            Err(fault) => {
                self.give_up();
                Err(fault.into())
            }
        }
    }

    /// Listens for alerts, or reads what an alert has left unread. An alert is a reason to ask for the status, not to believe
    /// it: a single character may be noise.
    pub(crate) fn listen(&mut self, within: Duration, report: &mut Report) -> Heard {
        let heard = if self.pending.is_empty() {
            self.overhear(within, report)
        } else {
            let until = self.clock.now() + within;
            self.catch_up(Some(until), report).map(|()| true)
        };
        match heard {
            Ok(true) => Heard::Something,
            Ok(false) => Heard::Nothing,
            Err(fault) => {
                debug!("{fault:?}");
                self.give_up();
                Heard::Deaf
            }
        }
    }

    /// Reads one variable anew and reports it.
    pub(crate) fn read(&mut self, at: usize, report: &mut Report) -> Result<(), Fault> {
        let Some(present) = self.found.variables.get_mut(at) else {
            return Ok(());
        };
        let letter = present.row.letter;
        let answer = certain(&mut self.talk, present)?;
        if answer != ABSENT {
            present.tell(&answer, report);
            return Ok(());
        }
        warn!("{} [{}] is not there any more", present.var, show(letter));
        present
            .names()
            .iter()
            .for_each(|name| _ = report.remove(name));
        self.found.variables.remove(at);
        // the others have moved up
        self.pending
            .iter_mut()
            .for_each(|other| *other -= usize::from(*other > at));
        Ok(())
    }

    fn round(&mut self) -> Result<Report, Fault> {
        let mut report = Report::default();
        self.tell_status(&mut report)?;
        self.begin();
        self.catch_up(None, &mut report)?;
        if !self.talk.careful && self.talk.is_more()? {
            return Err(Fault::garbled(&[STATUS], b"an answer too many"));
        }
        Ok(report)
    }

    /// A unit that was switched off and on is not in smart mode and says nothing.
    fn awake(&mut self, letter: Vec<u8>) -> Result<Report, Fault> {
        if !smart(&mut self.talk, 1)? {
            return Err(Fault::Silent(letter));
        }
        info!("the UPS had left smart mode and is in it again");
        self.give_up();
        self.round()
    }

    /// Decides what is to be read in this round.
    fn begin(&mut self) {
        let now = self.clock.now();
        let due = self.last_full.is_none_or(|last| now >= last + FULL);
        self.full = due.then_some(now);
        let all = 0..self.found.variables.len();
        self.pending = all.filter(|at| due || self.is_polled(*at)).collect();
    }

    fn is_polled(&self, at: usize) -> bool {
        let present = self.found.variables.get(at);
        present.is_some_and(|present| present.row.when == When::Poll)
    }

    /// Reads what is pending, until an alert comes or the time is over.
    fn catch_up(&mut self, until: Option<Instant>, report: &mut Report) -> Result<(), Fault> {
        while let Some(at) = self.pending.pop_front() {
            self.read(at, report)?;
            if self.talk.take_alert().is_some() {
                return self.tell_status(report);
            }
            if until.is_some_and(|until| self.clock.now() >= until) {
                return Ok(());
            }
        }
        self.last_full = self.full.take().or(self.last_full);
        Ok(())
    }

    fn overhear(&mut self, within: Duration, report: &mut Report) -> Result<bool, Fault> {
        // it may have come in the middle of a command
        if self.talk.take_alert().is_none() {
            self.talk.overhear(within)?;
            if self.talk.take_alert().is_none() {
                return Ok(false);
            }
        }
        self.tell_status(report)?;
        Ok(true)
    }

    fn tell_status(&mut self, report: &mut Report) -> Result<(), Fault> {
        let register = status(&mut self.talk, self.register)?;
        self.register = Some(register);
        report.status = None;
        report.status(&register.words());
        Ok(())
    }

    /// After a failure everything is read anew.
    pub(crate) fn give_up(&mut self) {
        self.pending.clear();
        (self.last_full, self.full) = (None, None);
    }
}
