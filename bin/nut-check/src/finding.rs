//! One thing that is wrong, where, and what to do about it.

use std::fmt;
use std::path::PathBuf;

use config::{Place, Problem};

use crate::rules::Rule;

/// Where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// In a file of the configuration.
    File(PathBuf, Option<Place>),
    /// Something else: a directory, a service, a UPS.
    Thing(String),
}

/// What to do. Whoever reads JSON can do the first three himself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fix {
    /// A command for root's shell.
    Run(String),
    /// In a file: this line in place of the one with the number.
    Replace(PathBuf, u32, String),
    /// In a file: these lines below the one with the number, else at the end.
    Add(PathBuf, Option<u32>, String),
    /// Anything else, in words.
    Do(String),
}

impl Fix {
    /// This line in place of the one at `place`, or at the end where there is none.
    pub(crate) fn line(path: &std::path::Path, place: Option<Place>, text: String) -> Self {
        match place {
            Some(place) => Self::Replace(path.to_owned(), place.line, text),
            None => Self::Add(path.to_owned(), None, text),
        }
    }
}

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| text.replace('\n', " | ");
        match self {
            Self::Run(command) => write!(f, "run: {command}"),
            Self::Replace(path, line, text) => {
                write!(
                    f,
                    "in {}, line {line}, write: {}",
                    path.display(),
                    quoted(text)
                )
            }
            Self::Add(path, Some(line), text) => {
                write!(
                    f,
                    "in {}, below line {line}, add: {}",
                    path.display(),
                    quoted(text)
                )
            }
            Self::Add(path, None, text) => write!(f, "to {} add: {}", path.display(), quoted(text)),
            Self::Do(words) => f.write_str(words),
        }
    }
}

/// What a rule says of its spot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) at: At,
    /// What is wrong there.
    pub(crate) what: String,
    pub(crate) fix: Fix,
}

impl Spot {
    /// What the reader of a file has to say. Its text ends with what to do, behind the last semicolon.
    pub(crate) fn of_problem(problem: &Problem) -> Self {
        let (what, fix) = match problem.text.rsplit_once("; ") {
            Some((what, fix)) => (what.to_owned(), fix.to_owned()),
            None => (problem.text.clone(), "correct the line".to_owned()),
        };
        Self {
            at: At::File(problem.path.clone(), problem.place),
            what,
            fix: Fix::Do(fix),
        }
    }
}

/// A spot and the rule that is broken there.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) rule: &'static Rule,
    pub(crate) spot: Spot,
}
