//! The Python package index: clients unpacked into a directory of their own, for `PYTHONPATH`.

use super::need;
use crate::cargo::perform;
use crate::failure::Result;
use std::path::Path;
use std::process::Command;

/// Pinned, because a new one is to be looked at before a test fails by it.
pub(super) const PACKAGES: &[&str] = &[
    "PyNUTClient==2.8.5",
    "aionut==4.3.4",
    "nut2==2.1.1",
    // nut2 and Debian's python3-nut of 2.8.0 need what Python had before 3.13
    "standard-telnetlib==3.13.0; python_version >= '3.13'",
];

/// Unpacks them into `dir`.
pub(super) fn fetch(dir: &Path, packages: &[&str]) -> Result<()> {
    need(&["python3"])?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-compile"])
        .args(["--disable-pip-version-check", "--no-warn-script-location"])
        .arg("--target")
        .arg(dir);
    perform(pip.args(packages).env("PIP_ROOT_USER_ACTION", "ignore"))
}
