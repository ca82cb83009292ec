//! The npm registry: clients unpacked into a directory of their own, for `NODE_PATH`.

use super::need;
use crate::cargo::perform;
use crate::failure::Result;
use std::path::Path;
use std::process::Command;

/// Pinned, because a new one is to be looked at before a test fails by it.
pub(super) const PACKAGES: &[&str] = &["node-nut@1.0.3"];

/// Unpacks them into `dir`; nothing of theirs is run by that.
pub(super) fn fetch(dir: &Path, packages: &[&str]) -> Result<()> {
    need(&["npm"])?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund"])
        .arg("--prefix")
        .arg(dir);
    perform(npm.args(packages))
}
