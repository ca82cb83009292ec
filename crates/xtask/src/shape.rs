//! `shape`: sizes of files and functions, arrows between crates, purity of the pure ones.
//!
//! Sizes are printed and never fail: they are examples to follow. An arrow that points up and a pure crate that
//! gained input or output fail, because no review sees every `Cargo.toml`.

mod facts;
mod layers;
mod pure;
mod sizes;
mod sources;

use crate::failure::{Failure, Result};
use crate::workspace::Workspace;

/// Prints the shape, and fails when it is not the one that was decided.
pub(crate) fn run() -> Result<()> {
    let workspace = Workspace::load()?;
    let sources = sources::read(&workspace)?;
    sizes::summary(&sources)
        .iter()
        .for_each(|line| println!("{line}"));
    println!("arrows:");
    layers::arrows(&workspace.packages)
        .iter()
        .for_each(|line| println!("  {line}"));
    let mut wrong = layers::check(&workspace.packages);
    wrong.extend(pure::check_packages(&workspace.packages));
    wrong.extend(sources.iter().flat_map(pure::check_source));
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failure::told(format!(
        "the shape is not the one that was decided:\n  {}",
        wrong.join("\n  ")
    )))
}
