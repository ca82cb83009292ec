//! One walk through the rows (spec nutdrv_qx.md, section 2).

use driver::Report;
use model::{Flags, Range};
use tracing::debug;

use super::asking::{Asker, Stop};
use super::reading::{Unfit, convert, window};
use super::{Act, Engine};
use crate::dialect::{Ask, Cell, Effect, Row, Target, When};
use crate::transport::Transport;

/// Requests in a row without an answer that end a full walk: the line is dead.
const SILENT_MAX: u32 = 2;

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Everything, once: rows that are not answered are left out from then on.
    First,
    /// The status.
    Quick,
    /// Everything that may have changed.
    Full,
}

/// What a walk brings beside values.
#[derive(Debug, Default)]
pub(crate) struct Round {
    pub(crate) alarms: Vec<String>,
    pub(crate) modes: Vec<&'static str>,
}

/// A walk on its way.
struct Pass<'r> {
    mode: Mode,
    round: Round,
    report: &'r mut Report,
}

impl Engine {
    /// Walks through the rows. What they bring goes to `report`, which counts only if the walk comes to its end.
    pub(super) fn walk(
        &mut self,
        bus: &mut dyn Transport,
        mode: Mode,
        report: &mut Report,
    ) -> Result<Round, Stop> {
        let dialect = self.dialect;
        let mut silent = Silent::default();
        let mut asker = Asker::new(dialect, bus);
        let mut pass = Pass {
            mode,
            round: Round::default(),
            report,
        };
        for (at, row) in dialect.rows() {
            if !self.is_due(at, row, mode) {
                continue;
            }
            match &row.ask {
                Ask::Constant(value) => self.accept(at, row, &Effect::publish(*value), &mut pass),
                Ask::Apply => {
                    if self.apply(&mut Act { bus: asker.bus() }, row.name())? {
                        asker.forget();
                    }
                }
                Ask::Device(cell) => {
                    let important = self.is_important(cell);
                    let read = asker.ask(&self.known, &cell.query, important)?;
                    silent.note(cell.query.ask, &read, mode, important)?;
                    let read = read.and_then(|answer| Ok((window(cell, &answer)?, answer)));
                    self.row(at, row, read, &mut pass)
                        .map_err(|why| Stop::Failed(format!("{}: {why}", cell.query.ask)))?;
                }
            }
        }
        Ok(pass.round)
    }

    fn is_due(&self, at: usize, row: &Row, mode: Mode) -> bool {
        let is_barred = !row.unless.is_empty() && self.known.flag(row.unless);
        if self.dropped.contains(&at) || is_barred || !self.known.is_open(row.gate) {
            return false;
        }
        let has_value = |var| self.known.value(var).is_some();
        match (mode, row.when) {
            (Mode::First, _) => !row.variable().is_some_and(has_value),
            (_, When::Quick) | (Mode::Full, When::Full) => true,
            (Mode::Full, When::Changed) => self.changed,
            (_, When::Once) | (Mode::Quick, _) => false,
        }
    }

    /// Whether the walk fails without this answer.
    fn is_important(&self, cell: &Cell) -> bool {
        let ask = cell.query.ask;
        self.dialect.rows().any(|(_, row)| {
            row.when == When::Quick && row.cell().is_some_and(|cell| cell.query.ask == ask)
        })
    }

    /// Takes in what a row's window says. An error ends the walk.
    fn row(
        &mut self,
        at: usize,
        row: &Row,
        read: Result<(String, Vec<u8>), Unfit>,
        pass: &mut Pass<'_>,
    ) -> Result<(), String> {
        let is_quick = row.when == When::Quick;
        // a value that makes no sense is passed over; a status that makes none is none
        let is_needed = is_quick && (read.is_err() || row.variable().is_none());
        let effects = match read {
            Ok((text, answer)) => convert(row, &text, &answer, &self.known).map_err(|bad| bad.0),
            Err(unfit) => {
                if pass.mode == Mode::First && !is_quick {
                    self.dropped.insert(at);
                }
                Err(unfit.to_string())
            }
        };
        match effects {
            Ok(effects) => self.accept(at, row, &effects, pass),
            Err(why) if is_needed => return Err(format!("{}: {why}", row.name())),
            Err(why) => debug!("{}: {why}", row.name()),
        }
        Ok(())
    }

    /// Takes in what a row has brought.
    fn accept(&mut self, at: usize, row: &Row, effects: &[Effect], pass: &mut Pass<'_>) {
        for effect in effects {
            self.known.take(effect);
            match effect {
                Effect::Publish(value) => self.value(at, row, value, pass),
                Effect::Set(var, value) => {
                    self.told.insert(var);
                    pass.report.set(var, value.clone());
                }
                Effect::Alarm(text) => pass.round.alarms.push(text.clone()),
                Effect::Mode(mode) if !pass.round.modes.contains(mode) => {
                    pass.round.modes.push(mode)
                }
                _ => {}
            }
        }
    }

    /// A row's own value. None at all is no value.
    fn value(&mut self, at: usize, row: &Row, value: &str, pass: &mut Pass<'_>) {
        if value.is_empty() {
            return;
        }
        match row.target {
            Target::Status => self.known.bits.set(value),
            Target::Alarm => pass.round.alarms.push(value.to_owned()),
            Target::Log(name) => {
                debug!("{name}: {value}");
                self.known.take(&Effect::Note(name, value.to_owned()));
            }
            Target::Var(var) => {
                self.known.set(var, value);
                self.told.insert(var);
                pass.report.set(var, value);
                if row.rw && self.declared.insert(at) {
                    self.declare(var, pass.report);
                }
            }
        }
    }

    /// Says that a variable can be set, and to what.
    pub(super) fn declare(&self, var: &str, report: &mut Report) {
        let Some(setting) = self.dialect.setting(var) else {
            return;
        };
        if let Some(ranges) = setting.allowed.ranges(&self.known) {
            let ranges: Vec<Range> = ranges
                .iter()
                .map(|&(min, max)| Range { min, max })
                .collect();
            report.flags(var, Flags::RW_NUMBER).ranges(var, &ranges);
        } else if let Some(words) = setting.allowed.words(&self.known) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            report.flags(var, Flags::RW).choices(var, &words);
        } else {
            report.flags(var, Flags::RW);
        }
    }
}

/// Requests without an answer, in a row.
#[derive(Default)]
struct Silent {
    last: &'static str,
    count: u32,
}

impl Silent {
    /// Ends the walk when the line seems dead. The first walk asks for much that not every device answers.
    fn note(
        &mut self,
        ask: &'static str,
        read: &Result<Vec<u8>, Unfit>,
        mode: Mode,
        important: bool,
    ) -> Result<(), Stop> {
        match read {
            Err(Unfit::Silent) if self.last != ask || self.count == 0 => self.count += 1,
            Err(Unfit::Silent) => {}
            _ => self.count = 0,
        }
        self.last = ask;
        let is_silent = self.count > 0;
        let dead = is_silent && important || mode == Mode::Full && self.count >= SILENT_MAX;
        if dead {
            return Err(Stop::Failed(format!("{ask}: no answer")));
        }
        Ok(())
    }
}
