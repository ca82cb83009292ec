//! The step that runs the test cases and counts them.

use super::{Context, Outcome};
use crate::cargo::cargo;
use crate::demo::built_programs;
use crate::failure::{Failure, Result};
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

/// Runs `cargo test`, shows what it prints but for the cases that pass, and counts.
pub(crate) fn perform(context: &mut Context) -> Result<Outcome> {
    let notes = tempfile::NamedTempFile::new().map_err(Failure::io("a file for skipped tests"))?;
    let mut test = cargo();
    test.args(["test", "--workspace", "--no-fail-fast"])
        .env("LOCKNUT_SKIPPED", notes.path())
        .env("PROPTEST_RNG_SEED", &context.seed)
        .env("LOCKNUT_BIN_DIR", built_programs(&context.workspace.target))
        .env("LOCKNUT_PEERS", context.workspace.target.join("peers"))
        .stdout(Stdio::piped());
    if let Some(vm) = &context.vm {
        test.env("LOCKNUT_VM", vm);
    }
    if let Some(packages) = &context.packages {
        test.env("LOCKNUT_PACKAGES", packages);
    }
    let mut child = test.spawn().map_err(Failure::io("cargo test"))?;
    show_and_count(&mut child, context);
    let status = child.wait().map_err(Failure::io("cargo test"))?;
    let noted = fs::read_to_string(notes.path()).map_err(Failure::io(notes.path().display()))?;
    context.counts.note_skipped(&noted);
    if status.success() {
        return Ok(Outcome::Passed);
    }
    context.counts.note_failure();
    Err(Failure::told(format!(
        "`cargo test` failed ({status}), see above"
    )))
}

fn show_and_count(child: &mut Child, context: &mut Context) {
    let Some(stdout) = child.stdout.take() else {
        return;
    };
    for line in BufReader::new(stdout)
        .lines()
        .map_while(std::result::Result::ok)
    {
        context.counts.read_line(&line);
        if !line.ends_with(" ... ok") && !line.is_empty() {
            println!("{line}");
        }
    }
}
