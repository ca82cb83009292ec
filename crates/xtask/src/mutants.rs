//! `mutants`: whether the tests of the monitor notice when it is wrong.
//!
//! Each row of [`MUTANTS`] is one deliberate fault. A copy of the crate with that fault is tested in the target
//! directory; a copy that passes has survived, and something is not tested. The small worlds, which take long, are walked
//! only for faults that nothing else has noticed.

mod copy;
mod table;

use std::process::{Command, Stdio};

use crate::cargo::cargo;
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use copy::Copy;
use table::{MUTANTS, Mutant};

/// The tests that take long.
const WORLDS: &str = "worlds";

/// Tries every fault and fails when one survives.
pub(crate) fn run() -> Result<()> {
    let copy = Copy::make(&Workspace::load()?)?;
    if let Some(test) = failing(&copy, &["--skip", WORLDS])? {
        return Err(Failure::told(format!("{test} fails without any fault")));
    }
    let mut survivors = 0;
    for mutant in MUTANTS {
        copy.plant(mutant)?;
        let caught = caught_by(&copy);
        copy.restore(mutant)?;
        let caught = caught?;
        survivors += usize::from(caught.is_none());
        let caught = caught.map_or("NOT CAUGHT".to_owned(), |test| format!("caught by {test}"));
        println!("{}: {caught}", mutant.fault);
    }
    let caught = MUTANTS.len() - survivors;
    println!("{caught} of {} faults were caught", MUTANTS.len());
    if survivors > 0 {
        return Err(Failure::told(format!("{survivors} faults survived")));
    }
    Ok(())
}

fn caught_by(copy: &Copy) -> Result<Option<String>> {
    match failing(copy, &["--skip", WORLDS])? {
        Some(test) => Ok(Some(test)),
        None => failing(copy, &[WORLDS]),
    }
}

/// The first test that fails. A fault that does not compile is a mistake in the table, not a caught one.
fn failing(copy: &Copy, filter: &[&str]) -> Result<Option<String>> {
    let build = test(copy).arg("--no-run").stderr(Stdio::null()).status();
    if !build.map_err(Failure::io("cargo"))?.success() {
        return Err(Failure::told("a copy does not compile"));
    }
    let output = test(copy).arg("--").args(filter).output();
    let output = output.map_err(Failure::io("cargo"))?;
    if output.status.success() {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let failed = text.lines().filter_map(|line| line.strip_prefix("---- "));
    let name = failed.filter_map(|line| line.split(' ').next()).min();
    Ok(Some(name.unwrap_or("the tests").to_owned()))
}

fn test(copy: &Copy) -> Command {
    let mut test = cargo();
    test.args(["test", "--quiet", "-p", "monitor", "--lib"])
        .current_dir(copy.root())
        .env("CARGO_TARGET_DIR", copy.target())
        .env("RUSTFLAGS", "-A warnings");
    test
}

impl Mutant {
    /// Puts the fault into the source, where what it replaces must stand exactly once.
    fn planted_in(&self, source: &str) -> Result<String> {
        if source.matches(self.right).count() != 1 {
            let (file, fault) = (self.file, self.fault);
            return Err(Failure::told(format!(
                "{file}: the code for the fault {fault:?} is not there exactly once; bring the table up to date"
            )));
        }
        Ok(source.replace(self.right, self.wrong))
    }
}
