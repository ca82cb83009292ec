//! upssched.conf: what to do at which event (spec config-files.md, section 7).
//!
//! upssched reads it afresh for each event and carries out the rules that match, in the order of the file.

mod rule;
mod table;

pub use rule::{Rule, What};
pub use table::DIRECTIVES;

use crate::places::Target;
use crate::problem::{Loaded, Severity};
use crate::read::{self, Remark};
use std::path::{Path, PathBuf};

/// What upssched.conf says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpsschedConf {
    /// `CMDSCRIPT`: program and arguments.
    pub cmdscript: Vec<String>,
    /// `PIPEFN`: the socket of the timer daemon.
    pub pipefn: Option<PathBuf>,
    /// `LOCKFN`: held by the timer daemon.
    pub lockfn: Option<PathBuf>,
    /// `DEBUG_MIN`
    pub debug_min: Option<u32>,
    /// `AT`, in the order of the file.
    pub rules: Vec<Rule>,
}

impl UpsschedConf {
    /// Reads upssched.conf; `path` only names it in messages.
    #[must_use]
    pub fn parse(path: &Path, source: &[u8]) -> Loaded<Self> {
        read::read_then(DIRECTIVES, path, source, Self::check)
    }

    /// What is missing altogether.
    fn check(&self) -> Vec<Remark> {
        let missing = [
            ("CMDSCRIPT", self.cmdscript.is_empty()),
            ("PIPEFN", self.pipefn.is_none()),
            ("LOCKFN", self.lockfn.is_none()),
        ];
        let missing = missing.iter().filter(|(_, missing)| *missing);
        let remark = |name: &str| {
            let text = format!("{name} is missing; it is needed before the first AT");
            (Severity::Error, None, text)
        };
        missing.map(|(name, _)| remark(name)).collect()
    }

    /// The rules for an event of a UPS.
    pub fn matching<'a>(&'a self, notice: &'a str, ups: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.rules
            .iter()
            .filter(move |rule| rule.matches(notice, ups))
    }
}

impl Target for UpsschedConf {}

#[cfg(test)]
mod tests;
