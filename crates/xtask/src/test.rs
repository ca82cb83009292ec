//! `test`: everything that must hold before a change goes in.
//!
//! A step that fails does not stop the next; the closing summary tells each one's result and time, names what was
//! skipped, and ends with the count of test cases.

mod cases;
mod counts;
mod steps;
mod summary;

use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use counts::Counts;
use std::env;
use std::time::{Duration, Instant};
use steps::STEPS;

/// What a step needs to know, and the count that one of them makes.
pub(crate) struct Context {
    workspace: Workspace,
    /// Whether everything is to be there, as on the machine that checks changes.
    ci: bool,
    /// Whether steps that need more tools were asked for.
    all: bool,
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
pub(crate) fn run(all: bool) -> Result<()> {
    let ci = env::var_os("CI").is_some_and(|ci| ci == "true");
    let mut context = Context {
        workspace: Workspace::load()?,
        ci,
        all,
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
