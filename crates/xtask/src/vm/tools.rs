//! The programs that make and run the virtual machine. Root gets the missing ones without being asked, as the packages
//! of others to test against.

use super::Lacking;
use crate::cargo::{exists, perform};
use crate::failure::Result;
use std::env::consts::ARCH;
use std::process::Command;

/// Programs and the packages they come with.
#[rustfmt::skip]
const TOOLS: &[(&str, &str)] = &[
    ("cpio",               "cpio"),
    ("mke2fs",             "e2fsprogs"),
    ("mmdebstrap",         "mmdebstrap"),
    ("python3",            "python3"), // the emulated UPS
    ("qemu-system-x86_64", "qemu-system-x86"),
    ("strip",              "binutils"),
    ("tar",                "tar"),
    ("timeout",            "coreutils"),
    ("unshare",            "util-linux"),
];

/// Sees to it that all are there.
pub(super) fn ensure() -> Result<std::result::Result<(), Lacking>> {
    if ARCH != "x86_64" {
        return Ok(Err(Lacking("an x86_64 machine".to_owned())));
    }
    if !nix::unistd::geteuid().is_root() {
        return Ok(Err(Lacking("root, to make a file system".to_owned())));
    }
    let missing = missing();
    if missing.is_empty() {
        return Ok(Ok(()));
    }
    if !exists("apt-get") {
        return Ok(Err(Lacking(missing.join(", "))));
    }
    install(&missing)?;
    Ok(Ok(()))
}

/// The packages of the tools that are not there.
fn missing() -> Vec<&'static str> {
    let missing = TOOLS.iter().filter(|(program, _)| !exists(program));
    missing.map(|(_, package)| *package).collect()
}

/// Lists of packages may be missing or old.
fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").arg("-q");
        apt
    };
    println!("installing {}", packages.join(", "));
    perform(apt().arg("update"))?;
    perform(
        apt()
            .args(["-y", "install", "--no-install-recommends"])
            .args(packages),
    )
}
