//! A row: a request, a window in its answer, and what that becomes.

use super::effect::{Bad, Effect};
use crate::known::Known;

/// A request and what every good answer to it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    /// The request, without its end.
    pub(crate) ask: &'static str,
    /// Least length of the answer, with its end.
    pub(crate) min: usize,
    /// First character of the answer; 0 is any.
    pub(crate) lead: u8,
    /// Positions, both included, of a word of bits: what stands elsewhere has moved, and each bit would mean another thing.
    pub(crate) word: Option<(usize, usize)>,
    /// Where the verdict on a command or setting stands; rows have their own windows.
    from: usize,
    to: Option<usize>,
}

/// A request and a window in its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) query: Query,
    /// First position, counted from 0.
    pub(crate) from: usize,
    /// Last position; `None` is the last before the end.
    pub(crate) to: Option<usize>,
}

impl Query {
    /// Any answer, and all of it.
    pub(crate) const WHOLE: Self = Self::new("", 0, 0);

    /// A request whose answer has at least `min` bytes and begins with `lead` (0 is anything).
    pub(crate) const fn new(ask: &'static str, min: usize, lead: u8) -> Self {
        Self {
            ask,
            min,
            lead,
            word: None,
            from: 0,
            to: None,
        }
    }

    /// A word stands at these positions, both included: no more and no less.
    pub(crate) const fn word(self, from: usize, to: usize) -> Self {
        Self {
            word: Some((from, to)),
            ..self
        }
    }

    /// A verdict that stands at these positions.
    pub(crate) const fn verdict(min: usize, lead: u8, from: usize, to: usize) -> Self {
        Self {
            from,
            to: Some(to),
            ..Self::new("", min, lead)
        }
    }

    /// The window from position `from` to position `to`, both included.
    pub(crate) const fn at(self, from: usize, to: usize) -> Cell {
        Cell {
            query: self,
            from,
            to: Some(to),
        }
    }

    /// The window from position `from` to the end.
    pub(crate) const fn from(self, from: usize) -> Cell {
        Cell {
            query: self,
            from,
            to: None,
        }
    }

    /// The window of the verdict.
    pub(crate) const fn window(self) -> Cell {
        Cell {
            query: self,
            from: self.from,
            to: self.to,
        }
    }
}

/// Where a row's value comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ask {
    /// From the device.
    Device(Cell),
    /// It is always this, unless the configuration says otherwise.
    Constant(&'static str),
    /// It is no value: here the option of that name in ups.conf is written to the device, once.
    Apply,
}

/// What a row's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A variable.
    Var(&'static str),
    /// A word of `ups.status`.
    Status,
    /// A text of `ups.alarm`.
    Alarm,
    /// Nothing that NUT has a name for: it is logged, and settings of the same name may use it.
    Log(&'static str),
}

/// When a row is read after the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// In every walk. If it cannot be read, the walk has failed.
    Quick,
    /// In full walks.
    Full,
    /// In the full walk after something was set or commanded.
    Changed,
    /// Not any more.
    Once,
}

/// What a function of a row sees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    /// The text in the window.
    pub(crate) text: &'a str,
    /// The whole answer, without its end.
    pub(crate) answer: &'a [u8],
    /// The row's variable; the other name of a row that is logged.
    pub(crate) name: &'static str,
    /// What is known.
    pub(crate) known: &'a Known,
}

/// How the text in a window becomes a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Read {
    /// The text as it is.
    Text,
    /// Without blanks and `#` at both ends.
    Trimmed,
    /// A number with so many decimals.
    Number(usize),
    /// A number times this, with so many decimals.
    Times(f64, usize),
    /// The battery's voltage: the text as it is, or times the packs where the configuration says so.
    Volts,
    /// One of these texts means one of those.
    Map(&'static [(&'static str, &'static str)]),
    /// What a 0 means, and what a 1.
    Bit(&'static str, &'static str),
    /// A value by a function.
    Value(fn(&Seen<'_>) -> Result<String, Bad>),
    /// Anything by a function.
    With(fn(&Seen<'_>) -> Result<Vec<Effect>, Bad>),
}

/// A row of a dialect's table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) ask: Ask,
    pub(crate) target: Target,
    pub(crate) read: Read,
    pub(crate) when: When,
    /// It exists only while this gate is open; empty is always.
    pub(crate) gate: &'static str,
    /// It does not exist with this flag in ups.conf; empty is none.
    pub(crate) unless: &'static str,
    /// The variable is writable, as the setting of the same name says.
    pub(crate) rw: bool,
}

impl Row {
    const fn new(ask: Ask, target: Target, read: Read) -> Self {
        Self {
            ask,
            target,
            read,
            when: When::Full,
            gate: "",
            unless: "",
            rw: false,
        }
    }

    /// A variable.
    pub(crate) const fn var(name: &'static str, cell: Cell, read: Read) -> Self {
        Self::new(Ask::Device(cell), Target::Var(name), read)
    }

    /// A word of the status. It is read in quick walks, too.
    pub(crate) const fn status(cell: Cell, read: Read) -> Self {
        Self::new(Ask::Device(cell), Target::Status, read).quick()
    }

    /// A text of the alarms.
    pub(crate) const fn alarm(cell: Cell, read: Read) -> Self {
        Self::new(Ask::Device(cell), Target::Alarm, read)
    }

    /// A value without a NUT name.
    pub(crate) const fn log(name: &'static str, cell: Cell, read: Read) -> Self {
        Self::new(Ask::Device(cell), Target::Log(name), read)
    }

    /// A variable that is always the same.
    pub(crate) const fn constant(name: &'static str, value: &'static str) -> Self {
        Self::new(Ask::Constant(value), Target::Var(name), Read::Text).once()
    }

    /// Here an option of ups.conf is written to the device; the setting of that name says how.
    pub(crate) const fn apply(name: &'static str) -> Self {
        Self::new(Ask::Apply, Target::Log(name), Read::Text).once()
    }

    const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    /// Read in every walk; if it cannot be read, the walk has failed.
    pub(crate) const fn quick(self) -> Self {
        self.when(When::Quick)
    }

    /// Read in full walks only; a status row is quick otherwise.
    pub(crate) const fn full(self) -> Self {
        self.when(When::Full)
    }

    /// Read at the start only.
    pub(crate) const fn once(self) -> Self {
        self.when(When::Once)
    }

    /// Read at the start and after something was set or commanded.
    pub(crate) const fn changed(self) -> Self {
        self.when(When::Changed)
    }

    /// It exists while this gate is open.
    pub(crate) const fn gate(self, gate: &'static str) -> Self {
        Self { gate, ..self }
    }

    /// It does not exist with this flag in ups.conf.
    pub(crate) const fn unless(self, unless: &'static str) -> Self {
        Self { unless, ..self }
    }

    /// The variable is writable, as the setting of the same name says.
    pub(crate) const fn rw(self) -> Self {
        Self { rw: true, ..self }
    }

    /// Its name in texts: the variable, or the name it is logged under.
    pub(crate) fn name(&self) -> &'static str {
        match self.target {
            Target::Var(name) | Target::Log(name) => name,
            Target::Status => "ups.status",
            Target::Alarm => "ups.alarm",
        }
    }

    /// The variable, unless the row is one of many that make the status or the alarms.
    pub(crate) fn variable(&self) -> Option<&'static str> {
        match self.target {
            Target::Var(name) => Some(name),
            _ => None,
        }
    }

    /// What it asks, if it asks.
    pub(crate) fn cell(&self) -> Option<&Cell> {
        match &self.ask {
            Ask::Device(cell) => Some(cell),
            _ => None,
        }
    }
}
