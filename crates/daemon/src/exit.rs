//! Exit codes by name (spec cli.md, sections 1, 3 and 11).

use std::process::{ExitCode, Termination};

/// How a program ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exit {
    /// 0: done as asked, also help and version.
    #[default]
    Success,
    /// 1: anything that went wrong, also wrong usage.
    Failure,
    /// 2: a driver's `-c`: something in the new configuration needs a restart.
    NeedsRestart,
    /// 138: a driver left because `reload-or-exit` met a setting that needs a restart (128 + SIGUSR1).
    ReloadOrExit,
    /// 255: a driver's `-c`: the running instance could not be talked to.
    Unreachable,
    /// Any other code, such as a child's.
    Code(u8),
}

impl Exit {
    /// Success, or any failure.
    #[must_use]
    pub fn of(success: bool) -> Self {
        if success {
            Self::Success
        } else {
            Self::Failure
        }
    }

    /// The number.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::NeedsRestart => 2,
            Self::ReloadOrExit => 138,
            Self::Unreachable => 255,
            Self::Code(code) => code,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        self.into()
    }
}
