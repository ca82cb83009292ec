//! `fuzz`: the fuzz targets of `tests/fuzz`, each for some minutes, two at a time.
//!
//! What holds is checked by `tests/fuzz-checks`; its seeded twins run with every `cargo xtask test`. Here libFuzzer searches
//! with a nightly compiler. Inputs that reach something new are kept in `tests/fuzz/grown`, so that the next search begins
//! where this one ended; the seeds in `tests/fuzz/corpus` are only read.

mod campaign;
mod nightly;
mod table;

use crate::failure::{Failure, Result};
use crate::side_by_side;
use crate::workspace::Workspace;
use campaign::{Campaign, Outcome};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Targets that run at the same time: as many as the smallest of our machines has cores.
const AT_ONCE: usize = 2;

/// Runs the targets named, or all, for so many minutes each.
pub(crate) fn run(minutes: &str, named: &[&str]) -> Result<()> {
    let minutes: u64 = minutes.parse().map_err(|_| {
        Failure::told(format!(
            "--minutes: {minutes:?} is not a whole number of minutes"
        ))
    })?;
    let dir = Workspace::load()?.root.join("tests/fuzz");
    let targets = chosen(&targets(&dir)?, named)?;
    let programs = nightly::build(&dir)?;
    let campaign = Campaign::new(dir, programs, Duration::from_secs(60 * minutes));
    println!("{} targets, {minutes} minutes each", targets.len());
    let outcomes = perform(&campaign, targets);
    println!("\n{}", table::of(&outcomes));
    if outcomes.iter().all(Outcome::is_clean) {
        return Ok(());
    }
    Err(Failure::Reported)
}

/// The names of all targets.
fn targets(dir: &Path) -> Result<Vec<String>> {
    let dir = dir.join("fuzz_targets");
    let entries = fs::read_dir(&dir).map_err(Failure::io(dir.display()))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            Some(name.strip_suffix(".rs")?.to_owned())
        })
        .collect();
    names.sort();
    Ok(names)
}

fn chosen(all: &[String], named: &[&str]) -> Result<Vec<String>> {
    if let Some(unknown) = named
        .iter()
        .find(|name| !all.iter().any(|known| known == *name))
    {
        let known = all.join(" ");
        return Err(Failure::told(format!(
            "there is no fuzz target {unknown:?}; there are {known}"
        )));
    }
    let wanted = |name: &&String| named.is_empty() || named.contains(&name.as_str());
    Ok(all.iter().filter(wanted).cloned().collect())
}

/// Runs all, and sorts what came of it by name.
fn perform(campaign: &Campaign, targets: Vec<String>) -> Vec<Outcome> {
    let mut outcomes = side_by_side::each(AT_ONCE, targets, |target| {
        let outcome = campaign.perform(target);
        println!("{}", outcome.line());
        outcome
    });
    outcomes.sort_by(|one, other| one.target.cmp(&other.target));
    outcomes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_chosen_by_name() {
        let all = ["ipc_line".to_owned(), "words".to_owned()];
        assert_eq!(chosen(&all, &[]).unwrap(), all);
        assert_eq!(chosen(&all, &["words"]).unwrap(), ["words"]);
        let refusal = chosen(&all, &["word"]).unwrap_err().to_string();
        assert_eq!(
            refusal,
            "there is no fuzz target \"word\"; there are ipc_line words"
        );
    }
}
