//! `test`: everything that must hold before a change goes in.
//!
//! A step that fails does not stop the next; the closing summary tells each one's result and time, names what was
//! skipped, and ends with the count of test cases.

mod cases;
mod counts;
mod seed;
mod steps;
mod summary;

use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use counts::Counts;
use std::env;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use steps::STEPS;

/// What was asked for beyond the usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wishes {
    /// Steps that need more tools.
    all: bool,
    /// The tests in a virtual machine.
    vm: bool,
}

impl Wishes {
    /// Reads flags; none for one that is not known.
    pub(crate) fn of(flags: &[&str]) -> Option<Self> {
        let mut wishes = Self::default();
        for flag in flags {
            match *flag {
                "--all" => wishes.all = true,
                "--vm" => wishes.vm = true,
                _ => return None,
            }
        }
        Some(wishes)
    }
}

/// What a step needs to know, and what later ones learn from it.
pub(crate) struct Context {
    workspace: Workspace,
    /// Whether everything is to be there, as on the machine that checks changes.
    ci: bool,
    wishes: Wishes,
    /// Where the virtual machine is, once a step has made it.
    vm: Option<PathBuf>,
    /// Where the packages for Debian are, once a step has made them.
    packages: Option<PathBuf>,
    /// Where the tests that make up inputs begin.
    seed: String,
    counts: Counts,
}

/// How a step ended.
pub(crate) enum Outcome {
    Passed,
    Failed(Failure),
    /// Not done; the text says what it needs.
    Skipped(String),
}

/// A step that was performed.
pub(crate) struct Done {
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

/// Performs all steps.
pub(crate) fn run(wishes: Wishes) -> Result<()> {
    let ci = env::var_os("CI").is_some_and(|ci| ci == "true");
    let workspace = Workspace::load()?;
    let seed = seed::of(&workspace);
    println!("inputs are made up from {seed}");
    let mut context = Context {
        workspace,
        ci,
        wishes,
        vm: None,
        packages: None,
        seed: seed.to_string(),
        counts: Counts::default(),
    };
    let done: Vec<Done> = STEPS
        .iter()
        .map(|step| perform(step, &mut context))
        .collect();
    println!("\n{}", summary::of(&done, &context.counts));
    let failed = done
        .iter()
        .any(|done| matches!(done.outcome, Outcome::Failed(_)));
    if failed {
        Err(Failure::Reported)
    } else {
        Ok(())
    }
}

fn perform(step: &steps::Step, context: &mut Context) -> Done {
    println!("\n== {}", step.name);
    let begin = Instant::now();
    let outcome = (step.perform)(context).unwrap_or_else(Outcome::Failed);
    if let Outcome::Failed(failure) = &outcome {
        println!("{} failed: {failure}", step.name);
    }
    Done {
        name: step.name,
        outcome,
        took: begin.elapsed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_come_in_any_order_and_unknown_ones_are_refused() {
        let both = Wishes {
            all: true,
            vm: true,
        };
        assert_eq!(Wishes::of(&["--vm", "--all"]), Some(both));
        assert_eq!(Wishes::of(&[]), Some(Wishes::default()));
        assert_eq!(Wishes::of(&["--vms"]), None);
    }
}
