//! The programs of others, to test against: C NUT, clients that are neither ours nor C's, what emulates USB devices, and
//! Net-SNMP's agent.
//!
//! They come from three registries, a file each. All of it goes into `target/peers`; nothing is installed, and nothing
//! is ever part of the source.

mod deb;
mod npm;
mod pypi;

use crate::cargo::exists;
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use testkit::{CNut, PATIENCE, Sandbox};

/// Where peers come from.
struct Source {
    name: &'static str,
    /// Where they are put, below the directory of all peers.
    dir: &'static str,
    packages: &'static [&'static str],
    /// Puts packages into an empty directory.
    fetch: fn(&Path, &[&str]) -> Result<()>,
}

/// Debian's first, because with them the directory of all begins anew.
#[rustfmt::skip]
const SOURCES: &[Source] = &[
    Source { name: "deb",  dir: "",       packages: deb::PACKAGES,  fetch: deb::fetch },
    Source { name: "nss",  dir: "nss",    packages: deb::NSS,       fetch: deb::fetch },
    Source { name: "usb",  dir: "usb",    packages: deb::UMOCKDEV,  fetch: deb::fetch },
    Source { name: "snmp", dir: "snmp",   packages: deb::SNMP,      fetch: deb::fetch },
    Source { name: "pypi", dir: "python", packages: pypi::PACKAGES, fetch: pypi::fetch },
    Source { name: "npm",  dir: "node",   packages: npm::PACKAGES,  fetch: npm::fetch },
];

/// Fetches what is not there. What one source lacks does not keep the others from being fetched.
pub(crate) fn run() -> Result<()> {
    let dir = Workspace::load()?.target.join("peers");
    let failures: Vec<String> = SOURCES
        .iter()
        .filter_map(|source| Some(format!("{}: {}", source.name, source.ensure(&dir).err()?)))
        .collect();
    if !failures.is_empty() {
        return Err(Failure::told(failures.join("; ")));
    }
    println!("peers: C NUT {} in {}", version(&dir)?, dir.display());
    for source in SOURCES {
        println!("peers: {}: {}", source.name, source.packages.join(", "));
    }
    Ok(())
}

impl Source {
    /// Fetches it, unless this list of packages is there. What was there before stays until all of it has come.
    fn ensure(&self, peers: &Path) -> Result<()> {
        let wanted = self.packages.join("\n");
        let dir: PathBuf = peers.join(self.dir).components().collect();
        if fs::read_to_string(dir.join(LIST)).is_ok_and(|there| there == wanted) {
            return Ok(());
        }
        let new = dir.with_extension("new");
        remove(&new)?;
        fs::create_dir_all(&new).map_err(Failure::io(new.display()))?;
        (self.fetch)(&new, self.packages)?;
        fs::write(new.join(LIST), wanted).map_err(Failure::io(new.display()))?;
        remove(&dir)?;
        fs::rename(&new, &dir).map_err(Failure::io(dir.display()))
    }
}

/// The file that names what was fetched whole.
const LIST: &str = "fetched.list";

fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).map_err(Failure::io(dir.display()))?;
    }
    Ok(())
}

/// Fails unless all of these programs can be run.
fn need(tools: &[&str]) -> Result<()> {
    let missing: Vec<&str> = tools.iter().copied().filter(|tool| !exists(tool)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::told(format!("needs {}", missing.join(", "))))
}

/// That they run is the proof that nothing is missing.
fn version(dir: &Path) -> Result<String> {
    let sandbox = Sandbox::try_new()?;
    let peers = CNut::at(dir).ok_or_else(|| {
        Failure::told(format!(
            "{} holds no upsd, upsc and dummy-ups; remove it and try again",
            dir.display()
        ))
    })?;
    for name in ["upsd", "dummy-ups", "upsc"] {
        let done = peers
            .program(name, &sandbox)
            .arg("-V")
            .try_run_within(PATIENCE)?;
        if done.code != Some(0) {
            return Err(Failure::told(format!(
                "C NUT's {name} does not run: {}",
                done.stderr.trim()
            )));
        }
    }
    let upsc = peers
        .program("upsc", &sandbox)
        .arg("-V")
        .try_run_within(PATIENCE)?;
    let said = upsc.stdout + &upsc.stderr;
    Ok(said
        .split_whitespace()
        .last()
        .unwrap_or("of no version")
        .to_owned())
}
