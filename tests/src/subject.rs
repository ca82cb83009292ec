//! Whose programs a test runs: the same test is played with ours and with C NUT's.

use std::fmt;
use testkit::{CNut, Program, Sandbox};

/// Locknut, or C NUT as `cargo xtask peers` unpacked it.
#[derive(Clone, Debug)]
pub enum Subject {
    /// Our programs.
    Locknut,
    /// C NUT's programs.
    C(CNut),
}

impl Subject {
    /// C NUT for the test `name`; without it the test is noted as skipped, or fails with `CI=true`.
    #[track_caller]
    #[must_use]
    pub fn c(name: &str) -> Option<Self> {
        CNut::find(name).map(Self::C)
    }

    /// Both, ours first.
    #[track_caller]
    #[must_use]
    pub fn both(name: &str) -> Option<[Self; 2]> {
        Some([Self::Locknut, Self::c(name)?])
    }

    /// Whether it is C NUT, where a test has to expect something else.
    #[must_use]
    pub fn is_nut(&self) -> bool {
        matches!(self, Self::C(_))
    }

    /// One of its programs.
    #[track_caller]
    #[must_use]
    pub fn program(&self, name: &str, sandbox: &Sandbox) -> Program {
        match self {
            Self::Locknut => Program::locknut(name, sandbox),
            Self::C(peers) => peers.program(name, sandbox),
        }
    }
}

/// As the tables of the tests name it.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if self.is_nut() { "C NUT" } else { "Locknut" })
    }
}
