//! The language that dialects are written in: a dialect is a few `static` tables, one row a line.
//!
//! * [`Row`]: a request, a window in its answer, and what that becomes
//! * [`Setting`]: a variable or a ups.conf option that is written to the device, or kept here
//! * [`Command`]: an instant command
//! * [`Claim`]: what a device must answer to be taken for one of this dialect
//!
//! Tables are constant. What changes at run time (values, gates, rows that the device does not answer) is in
//! [`Known`] and in the engine; functions in rows see the former and answer with [`Effect`]s.

mod claim;
mod command;
mod effect;
mod row;
mod setting;

pub(crate) use claim::{Claim, Must};
pub(crate) use command::{Command, Form, Plan, Refused, Send};
pub(crate) use effect::{Bad, Effect};
pub(crate) use row::{Ask, Cell, Query, Read, Row, Seen, Target, When};
pub(crate) use setting::{Allowed, Setting, To};

use crate::known::Known;

/// A dialect.
#[derive(Debug)]
pub(crate) struct Dialect {
    /// Its name; `protocol = ` of ups.conf is compared without case.
    pub(crate) name: &'static str,
    /// The version that `driver.version.data` shows behind the name.
    pub(crate) version: &'static str,
    /// When it is tried without being named.
    pub(crate) detect: Detect,
    /// What a device must answer.
    pub(crate) claim: &'static [Claim],
    /// What is read, in this order.
    pub(crate) rows: &'static [&'static [Row]],
    /// What can be set.
    pub(crate) settings: &'static [&'static [Setting]],
    /// What can be commanded.
    pub(crate) commands: &'static [&'static [Command]],
    /// The answer to an accepted command or setting; silence is accepted, too.
    pub(crate) accepted: &'static str,
    /// The whole answer to a refused request, with its end.
    pub(crate) rejected: &'static str,
    /// Where in an answer to a command or setting `accepted` is looked for.
    pub(crate) verdict: Query,
    /// What is done to requests and answers on their way.
    pub(crate) codec: Codec,
}

/// When a dialect is tried without being named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detect {
    /// Always, in the order of the list.
    Always,
    /// Only if the device has this USB vendor number.
    Vendor(u16),
    /// Never: it cannot be told apart from another one.
    Named,
}

/// From a request, without its end, to the bytes that are sent.
pub(crate) type Encode = fn(&Known, &str) -> Result<Vec<u8>, Bad>;
/// From a request and the bytes that came, with their end, to the answer in which positions count.
pub(crate) type Decode = fn(&Known, &str, Vec<u8>) -> Result<Vec<u8>, Bad>;

/// What is done to requests and answers on their way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Codec {
    pub(crate) encode: Encode,
    pub(crate) decode: Decode,
}

/// The end of requests and answers.
pub(crate) const CR: u8 = b'\r';

impl Codec {
    /// A CR behind the request, nothing else.
    pub(crate) const PLAIN: Self = Self {
        encode: plain,
        decode: as_it_came,
    };
}

/// The request with its CR.
pub(crate) fn plain(_: &Known, request: &str) -> Result<Vec<u8>, Bad> {
    let mut bytes = request.as_bytes().to_vec();
    bytes.push(CR);
    Ok(bytes)
}

/// The answer as it came.
pub(crate) fn as_it_came(_: &Known, _: &str, answer: Vec<u8>) -> Result<Vec<u8>, Bad> {
    Ok(answer)
}

impl Dialect {
    /// What most dialects have in common; `..Dialect::BASE` fills the rest of one.
    pub(crate) const BASE: Self = Self {
        name: "",
        version: "",
        detect: Detect::Always,
        claim: &[],
        rows: &[],
        settings: &[],
        commands: &[],
        accepted: "",
        rejected: "",
        verdict: Query::WHOLE,
        codec: Codec::PLAIN,
    };

    /// `driver.version.data`.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// All rows with their numbers, in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &'static Row)> {
        self.rows.iter().copied().flatten().enumerate()
    }

    /// The first row that gives `var` its value.
    pub(crate) fn row_of(&self, var: &str) -> Option<(usize, &'static Row)> {
        self.rows().find(|(_, row)| row.variable() == Some(var))
    }

    /// All settings.
    pub(crate) fn settings(&self) -> impl Iterator<Item = &'static Setting> {
        self.settings.iter().copied().flatten()
    }

    /// The setting of that name.
    pub(crate) fn setting(&self, name: &str) -> Option<&'static Setting> {
        self.settings().find(|setting| setting.name == name)
    }

    /// All commands.
    pub(crate) fn commands(&self) -> impl Iterator<Item = &'static Command> {
        self.commands.iter().copied().flatten()
    }
}
