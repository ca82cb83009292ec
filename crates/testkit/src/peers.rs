//! The programs of C NUT, to test against.
//!
//! `cargo xtask peers` unpacks them, without installing them, into `target/peers`; see there.

use crate::Sandbox;
use crate::program::Program;
use crate::skip::skipped_unless_ci;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// C NUT, unpacked.
#[derive(Clone, Debug)]
pub struct CNut {
    root: PathBuf,
}

impl CNut {
    /// C NUT for the test `name`; without it the test is noted as skipped (see
    /// [`skipped`](crate::skipped)), or fails with `CI=true`.
    #[track_caller]
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let found = peers_dir()
            .map(|root| Self { root })
            .filter(Self::is_complete);
        if found.is_none() {
            skipped_unless_ci(
                name,
                "C NUT's programs: run `cargo xtask peers` (Debian or its kin, with apt-get)",
            );
        }
        found
    }

    /// C NUT below `root`, if all of it is there.
    #[must_use]
    pub fn at(root: &Path) -> Option<Self> {
        Some(Self {
            root: root.to_owned(),
        })
        .filter(Self::is_complete)
    }

    /// One of its programs: `upsd`, `upsc`, `dummy-ups`…
    #[must_use]
    pub fn program(&self, name: &str, sandbox: &Sandbox) -> Program {
        let path = self.path(name).unwrap_or_else(|| self.root.join(name));
        Program::at(&path, sandbox).env("LD_LIBRARY_PATH", self.libraries())
    }

    /// The directory that holds all of it.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The search path of libraries for programs of that directory.
    #[must_use]
    pub fn libraries(&self) -> OsString {
        env::join_paths(library_dirs(&self.root)).unwrap_or_default()
    }

    fn is_complete(&self) -> bool {
        ["upsd", "upsc", "dummy-ups"]
            .iter()
            .all(|name| self.path(name).is_some())
    }

    /// Where Debian and its kin put programs and drivers, then and now. `sbin/upsd` may be a script that looks at
    /// the system's configuration, so the directories of drivers, which hold the real one then, come first.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        let drivers = ["lib/nut", "usr/lib/nut", "usr/libexec/nut"];
        let programs = ["bin", "usr/bin", "sbin", "usr/sbin"];
        let mut dirs = drivers.iter().chain(&programs);
        dirs.find_map(|dir| Some(self.root.join(dir).join(name)).filter(|path| path.is_file()))
    }
}

/// Where packages unpacked below `root` have their libraries: `lib` and its directory for this kind of machine, whose
/// name only Debian knows.
pub(crate) fn library_dirs(root: &Path) -> Vec<PathBuf> {
    let mut dirs = Vec::new();
    for lib in ["lib", "usr/lib"].map(|lib| root.join(lib)) {
        let inner = fs::read_dir(&lib).into_iter().flatten().flatten();
        dirs.extend(inner.map(|entry| entry.path()).filter(|path| path.is_dir()));
        dirs.push(lib);
    }
    dirs
}

/// The directory of the peers: what `LOCKNUT_PEERS` says, else `peers` in cargo's target directory.
#[must_use]
pub fn peers_dir() -> Option<PathBuf> {
    if let Some(dir) = env::var_os("LOCKNUT_PEERS") {
        return Some(PathBuf::from(dir));
    }
    let me = env::current_exe().ok()?;
    me.ancestors()
        .map(|dir| dir.join("peers"))
        .find(|dir| dir.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_where_debian_puts_them() {
        let root = tempfile::tempdir().unwrap();
        for path in [
            "lib/a-triplet/libupsclient.so.6",
            "sbin/upsd",
            "usr/bin/upsc",
            "lib/nut/dummy-ups",
        ] {
            assert!(CNut::at(root.path()).is_none());
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let peers = CNut::at(root.path()).unwrap();
        assert_eq!(
            peers.path("upsc").unwrap(),
            root.path().join("usr/bin/upsc")
        );
        assert!(
            peers
                .libraries()
                .to_string_lossy()
                .contains("lib/a-triplet")
        );
    }
}
