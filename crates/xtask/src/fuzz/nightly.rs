//! What fuzzing needs beyond the stable toolchain, and building the targets with it.

use crate::cargo::{ask, exists, perform};
use crate::failure::{Failure, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds all targets; returns the directory they are in.
pub(super) fn build(dir: &Path) -> Result<PathBuf> {
    let host = host()?;
    if !exists("cargo-fuzz") {
        return Err(Failure::told(
            "fuzzing needs cargo-fuzz; install it with `cargo install cargo-fuzz --locked`",
        ));
    }
    let target_dir = dir.join("target");
    let mut build = nightly("cargo");
    build.args(["fuzz", "build", "--fuzz-dir"]).arg(dir);
    build.arg("--target-dir").arg(&target_dir);
    // all that is fuzzed is safe Rust: a sanitizer would find nothing and halve the speed
    build.args(["--sanitizer", "none", "--target", &host]);
    perform(&mut build)?;
    Ok(target_dir.join(host).join("release"))
}

/// The platform that the nightly compiler builds for.
fn host() -> Result<String> {
    let told = ask(nightly("rustc").arg("-vV")).map_err(|_| {
        Failure::told(
            "fuzzing needs a nightly compiler beside the stable one; install it with `rustup toolchain install nightly`",
        )
    })?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(ToOwned::to_owned)
        .ok_or_else(|| Failure::told("`rustc +nightly -vV` does not tell its host"))
}

/// A tool of the nightly toolchain; the one that runs us must not shine through.
fn nightly(tool: &str) -> Command {
    let mut command = Command::new(tool);
    command.arg("+nightly");
    for variable in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN"] {
        command.env_remove(variable);
    }
    command
}
