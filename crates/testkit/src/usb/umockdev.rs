//! What the emulator stands on: umockdev, which shows devices to a program that are not there, and Python's bindings.

use crate::peers::library_dirs;
use crate::skip::skipped_unless_ci;
use crate::{PATIENCE, Program, Sandbox, peers_dir};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The library that stands between a program and the kernel.
const PRELOAD: &str = "libumockdev-preload.so.0";

/// The bindings belong to the system's Python; another one that comes first in the PATH has none.
const PYTHON: &str = "/usr/bin/python3";

/// Succeeds if all is there, and in effect.
const PROBE: &str = "import gi; gi.require_version('UMockdev', '1.0'); from gi.repository import UMockdev; \
                     raise SystemExit('umockdev-preload' not in open('/proc/self/maps').read())";

/// umockdev, as `cargo xtask peers` unpacked it or the system has it.
#[derive(Clone, Debug)]
pub struct Umockdev {
    /// `None` when the system's is used.
    root: Option<PathBuf>,
}

impl Umockdev {
    /// umockdev for the test `name`; without it the test is noted as skipped (see
    /// [`skipped`](crate::skipped)), or fails with `CI=true`.
    #[track_caller]
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        static FOUND: OnceLock<Option<Umockdev>> = OnceLock::new();
        let found = FOUND.get_or_init(Self::probe).clone();
        if found.is_none() {
            skipped_unless_ci(
                name,
                "umockdev and its Python bindings: run `cargo xtask peers` (Debian or its kin, with apt-get), or install \
                 umockdev, gir1.2-umockdev-1.0 and python3-gi",
            );
        }
        found
    }

    fn probe() -> Option<Self> {
        let unpacked = peers_dir().map(|dir| dir.join("usb"));
        let unpacked = unpacked.filter(|dir| dir.is_dir()).map(Some);
        let places = unpacked.into_iter().chain([None]);
        let mut found = places.map(|root| Self { root });
        found.find(Self::works)
    }

    fn works(&self) -> bool {
        let Ok(sandbox) = Sandbox::try_new() else {
            return false;
        };
        let probe = self.python(&sandbox).args(["-c", PROBE]);
        probe
            .try_run_within(PATIENCE)
            .is_ok_and(|done| done.code == Some(0))
    }

    /// Python with the bindings, beneath umockdev itself.
    pub(super) fn python(&self, sandbox: &Sandbox) -> Program {
        let dirs = self.library_dirs();
        let typelibs = dirs.iter().map(|dir| dir.join("girepository-1.0"));
        let bindings = self
            .root
            .iter()
            .map(|root| root.join("usr/lib/python3/dist-packages"));
        let modules = bindings.chain([super::home()]);
        Program::at(Path::new(PYTHON), sandbox)
            .env("LD_PRELOAD", self.preload())
            .env("GI_TYPELIB_PATH", paths(typelibs))
            .env("PYTHONPATH", paths(modules))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("LD_LIBRARY_PATH", paths(dirs))
    }

    /// What `LD_PRELOAD` is to be.
    pub(super) fn preload(&self) -> OsString {
        let dirs = self.library_dirs();
        let unpacked = dirs.iter().map(|dir| dir.join(PRELOAD));
        let mut there = unpacked.filter(|path| path.is_file());
        there.next().map_or_else(|| PRELOAD.into(), Into::into)
    }

    fn library_dirs(&self) -> Vec<PathBuf> {
        self.root.as_deref().map_or_else(Vec::new, library_dirs)
    }
}

fn paths(dirs: impl IntoIterator<Item = PathBuf>) -> OsString {
    env::join_paths(dirs).unwrap_or_default()
}
