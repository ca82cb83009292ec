//! Debian's packages: downloaded and unpacked, not installed. No service starts, no file of the system changes.
//!
//! What they need of libraries and the system lacks is unpacked beside them.

use super::need;
use crate::cargo::{ask, perform};
use crate::failure::{Failure, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// C NUT, and the clients that Debian has.
pub(super) const PACKAGES: &[&str] = &[
    "nut-server",
    "nut-client",
    "nut-snmp",
    "collectd-core",
    "libups-nut-perl",
    "monitoring-plugins-basic",
    "python3-nut",
];

/// What makes the databases in which C NUT has its certificates.
pub(super) const NSS: &[&str] = &["libnss3-tools"];

/// What the USB emulator of the tests stands on.
pub(super) const UMOCKDEV: &[&str] = &[
    "umockdev",
    "gir1.2-umockdev-1.0",
    "gir1.2-glib-2.0",
    "python3-gi",
];

/// Net-SNMP's agent.
pub(super) const SNMP: &[&str] = &["snmpd"];

/// Unpacks them into `dir`.
pub(super) fn fetch(dir: &Path, packages: &[&str]) -> Result<()> {
    need(&["apt-get", "apt-cache", "dpkg", "dpkg-query"])?;
    download(dir, packages)?;
    unpack(dir)
}

/// Lists of packages may be missing or old, so they are fetched once, if that is allowed.
fn download(dir: &Path, packages: &[&str]) -> Result<()> {
    let Err(failure) = try_download(dir, packages) else {
        return Ok(());
    };
    if !nix::unistd::geteuid().is_root() {
        return Err(Failure::told(format!(
            "{failure}; `apt-get update` as root may help"
        )));
    }
    perform(Command::new("apt-get").args(["-q", "update"]))?;
    try_download(dir, packages)
}

fn try_download(dir: &Path, packages: &[&str]) -> Result<()> {
    let mut apt = Command::new("apt-get");
    // root would otherwise hand the download to an account that may not write here
    apt.current_dir(dir)
        .args(["-q", "-o", "APT::Sandbox::User=root", "download"]);
    perform(apt.args(packages).args(missing_libraries(packages)?))
}

/// The libraries that the packages need and the system has not installed.
fn missing_libraries(packages: &[&str]) -> Result<Vec<String>> {
    let mut apt = Command::new("apt-cache");
    apt.args([
        "depends",
        "--recurse",
        "--no-recommends",
        "--no-suggests",
        "--no-conflicts",
    ]);
    apt.args(["--no-breaks", "--no-replaces", "--no-enhances"]);
    let needs = ask(apt.args(packages))?;
    let installed = ask(Command::new("dpkg-query").args(["-W", "-f", "${Package}\\n"]))?;
    let installed: BTreeSet<&str> = installed.lines().collect();
    let libraries = libraries(packages, &graph(&needs));
    Ok(libraries
        .difference(&installed)
        .map(|name| (*name).to_owned())
        .collect())
}

/// What `apt-cache depends` prints, as package and what it needs.
fn graph(text: &str) -> Vec<(&str, &str)> {
    let mut package = "";
    let mut graph = Vec::new();
    for line in text.lines() {
        match line.split_once("Depends: ") {
            Some((_, needed)) => graph.push((package, needed)),
            None if !line.starts_with(' ') => package = line,
            None => {}
        }
    }
    graph
}

/// The libraries that are reached from the packages over libraries only.
fn libraries<'a>(packages: &[&'a str], graph: &[(&'a str, &'a str)]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = packages.to_vec();
    while let Some(next) = open.pop() {
        let needed = graph
            .iter()
            .filter(|(package, _)| *package == next)
            .map(|(_, needed)| *needed);
        for library in needed.filter(|needed| needed.starts_with("lib")) {
            if found.insert(library) {
                open.push(library);
            }
        }
    }
    found
}

fn unpack(dir: &Path) -> Result<()> {
    for entry in fs::read_dir(dir)
        .map_err(Failure::io(dir.display()))?
        .flatten()
    {
        let deb = entry.path();
        if deb.extension().is_some_and(|extension| extension == "deb") {
            perform(Command::new("dpkg").arg("-x").arg(&deb).arg(dir))?;
            fs::remove_file(&deb).map_err(Failure::io(deb.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_followed_over_libraries_only() {
        let text = "nut-server\n  PreDepends: udev\n |Depends: libnss3\n    libother\nudev\n  Depends: libudev1\n\
                    libnss3\n  Depends: libnspr4\n<libvirtual>\n";
        assert_eq!(
            libraries(PACKAGES, &graph(text)),
            ["libnspr4", "libnss3"].into()
        );
    }
}
