//! What cannot be tested on this machine: told and counted, never silently passed.

use crate::failure::fail;
use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};

/// Notes that test `name` needs what is not there; the test then returns.
///
/// The note goes to the terminal, and to the file that `LOCKNUT_SKIPPED` names, where `cargo xtask test` counts it.
#[track_caller]
pub fn skipped(name: &str, needs: &str) {
    let note = format!("{name}: needs {needs}");
    // not with eprintln!, whose text the test harness keeps to itself
    let _ = writeln!(io::stderr(), "SKIPPED: {note}");
    if let Some(path) = env::var_os("LOCKNUT_SKIPPED")
        && let Err(error) = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .and_then(|mut file| file.write_all(format!("{note}\n").as_bytes()))
    {
        fail(format!("LOCKNUT_SKIPPED cannot be written: {error}"));
    }
}

/// The same for what `cargo xtask test` can install: with `CI=true` it has to be there, so the test fails.
#[track_caller]
pub fn skipped_unless_ci(name: &str, needs: &str) {
    if env::var_os("CI").is_some_and(|ci| ci == "true") {
        fail(format!("not tested, though CI=true: {name}: needs {needs}"));
    }
    skipped(name, needs);
}
