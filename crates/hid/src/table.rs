//! A subdriver's knowledge: a table, one row per line.
//!
//! ```
//! use hid::table::{Read, Row, Texts, texts};
//!
//! const SENSITIVITY: Texts = &[(0, "low"), (1, "normal"), (2, "high")];
//!
//! #[rustfmt::skip]
//! const ROWS: &[Row] = &[
//!     Row::var("battery.charge",     "UPS.PowerSummary.RemainingCapacity",                Read::number(0)).quick(),
//!     Row::var("battery.charge.low", "UPS.PowerSummary.RemainingCapacityLimit",           Read::number(0)).semi_static().text(10),
//!     Row::var("input.sensitivity",  "UPS.Input.Sensitivity",                             Read::Map(SENSITIVITY)).semi_static().text(10).choices(),
//!     Row::status(                   "UPS.PowerSummary.PresentStatus.ACPresent",          Read::Map(texts::ONLINE)).quick(),
//!     Row::local("ups.delay.start",  "UPS.PowerSummary.DelayBeforeStartup",               "30").text(8),
//!     Row::command("load.off",       "UPS.PowerSummary.DelayBeforeShutdown",              "0", Read::number(0)),
//! ];
//! ```
//!
//! In the program it stands [packed](Table). The order counts: the first row that exists on a device gives a variable its value. Rows never change; what is known
//! about a device stands in a [`Mapping`](crate::mapping::Mapping). `C` is what the functions of a subdriver know and
//! remember, for instance the variables that are published and a scale that was guessed.

mod date;
mod packed;
mod read;
pub mod texts;
mod when;
mod write;

pub use packed::{Slim, Table, packing};
pub use read::{Parse, Read, Show, Shown, index_text};
pub use when::{Walk, When};
pub use write::Refused;

/// Numbers and their texts. The first row counts, both ways.
pub type Texts = &'static [(i64, &'static str)];

/// The name of rows that give a bit of the status instead of a variable.
pub const STATUS: &str = "BOOL";

/// The type that clients are told of a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Type {
    /// None.
    #[default]
    Any,
    /// STRING.
    Text,
    /// NUMBER.
    Number,
}

/// What clients may do with a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Access {
    /// RW: it can be set.
    pub writable: bool,
    /// Its type.
    pub kind: Type,
    /// Longest value, for STRING; 0 says nothing.
    pub max_len: u16,
    /// ENUM: the texts of the row are the choices.
    pub choices: bool,
    /// RANGE: what may be set.
    pub range: Option<(i64, i64)>,
}

impl Access {
    /// None: it can be read.
    pub const NONE: Self = Self {
        writable: false,
        kind: Type::Any,
        max_len: 0,
        choices: false,
        range: None,
    };
}

/// One variable, bit of the status or command, and where a device has it.
#[derive(Debug)]
pub struct Row<C: 'static = ()> {
    /// Its name, or [`STATUS`].
    pub var: &'static str,
    /// Path of the item.
    pub path: &'static str,
    /// What the number means.
    pub read: Read<C>,
    /// When it is read, and whether it is a variable at all.
    pub when: When,
    /// What clients may do with it.
    pub access: Access,
    /// For a command without a value: the value. For [`When::Absent`]: the value at the start.
    pub default: &'static str,
}

// derive would ask for `C: Copy`
impl<C> Clone for Row<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Row<C> {}

impl<C> Row<C> {
    /// A variable that is read in full walks.
    #[must_use]
    pub const fn var(var: &'static str, path: &'static str, read: Read<C>) -> Self {
        Self {
            var,
            path,
            read,
            when: When::Full,
            access: Access::NONE,
            default: "",
        }
    }

    /// A bit of the status; the text says which.
    #[must_use]
    pub const fn status(path: &'static str, read: Read<C>) -> Self {
        Self::var(STATUS, path, read)
    }

    /// A command and the value that it sends when none is given; "" when one must be given.
    #[must_use]
    pub const fn command(
        name: &'static str,
        path: &'static str,
        default: &'static str,
        read: Read<C>,
    ) -> Self {
        Self {
            when: When::Command,
            default,
            ..Self::var(name, path, read)
        }
    }

    /// A variable of the driver, there if the device has the path.
    #[must_use]
    pub const fn local(var: &'static str, path: &'static str, default: &'static str) -> Self {
        let row = Self {
            when: When::Absent,
            default,
            ..Self::var(var, path, Read::number(0))
        };
        row.writable()
    }

    /// Reads it in each walk.
    #[must_use]
    pub const fn quick(self) -> Self {
        self.when(When::Quick)
    }

    /// Reads it at the start.
    #[must_use]
    pub const fn fixed(self) -> Self {
        self.when(When::Static)
    }

    /// Reads it at the start and after a change.
    #[must_use]
    pub const fn semi_static(self) -> Self {
        self.when(When::SemiStatic)
    }

    const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    const fn access(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// Clients may set it.
    #[must_use]
    pub const fn writable(self) -> Self {
        self.access(Access {
            writable: true,
            ..self.access
        })
    }

    /// Clients may set it to a text of at most `max_len` bytes.
    #[must_use]
    pub const fn text(self, max_len: u16) -> Self {
        self.typed(Type::Text, max_len).writable()
    }

    /// Clients may set it to a number.
    #[must_use]
    pub const fn number(self) -> Self {
        self.typed(Type::Number, 0).writable()
    }

    /// Its type, without a right to set it.
    #[must_use]
    pub const fn typed(self, kind: Type, max_len: u16) -> Self {
        self.access(Access {
            kind,
            max_len,
            ..self.access
        })
    }

    /// Clients are told the texts to choose from.
    #[must_use]
    pub const fn choices(self) -> Self {
        self.access(Access {
            choices: true,
            ..self.access
        })
    }

    /// Clients are told the range, and nothing outside is sent.
    #[must_use]
    pub const fn range(self, min: i64, max: i64) -> Self {
        self.access(Access {
            range: Some((min, max)),
            ..self.access
        })
    }

    /// Whether it is a command.
    #[must_use]
    pub fn is_command(&self) -> bool {
        self.when == When::Command
    }

    /// Whether it is a bit of the status.
    #[must_use]
    pub fn is_status(&self) -> bool {
        self.var == STATUS
    }

    /// Whether it is switched off on a device where an earlier row published its variable: all but commands, alarms,
    /// bits of the status, and the driver's own variables.
    #[must_use]
    pub fn gives_way(&self) -> bool {
        let is_variable = !matches!(self.when, When::Absent | When::Command);
        is_variable && !self.is_status() && !self.var.starts_with("ups.alarm")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_give_way_to_an_earlier_row() {
        let read = Read::number(0);
        assert!(Row::<()>::var("ups.load", "UPS", read).gives_way());
        assert!(!Row::<()>::var("ups.alarm", "UPS", read).gives_way());
        assert!(!Row::<()>::status("UPS", read).gives_way());
        assert!(!Row::<()>::command("load.off", "UPS", "0", read).gives_way());
        assert!(!Row::<()>::local("ups.delay.start", "UPS", "30").gives_way());
    }

    #[test]
    fn a_row_is_what_its_line_says() {
        let row = Row::<()>::var("battery.charge.low", "UPS", Read::number(0));
        let row = row.semi_static().text(10).choices().range(5, 90);
        let access = Access {
            writable: true,
            kind: Type::Text,
            max_len: 10,
            choices: true,
            range: Some((5, 90)),
        };
        assert_eq!((row.when, row.access), (When::SemiStatic, access));
    }
}
