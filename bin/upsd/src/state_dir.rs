//! The state directory, where the drivers' sockets are. It is the working directory: that keeps their names short.
//!
//! While upsd runs, the directory may be made anew under its name or replaced by a link to another one, as by whoever
//! cleans up `/run`. Drivers that start after that put their sockets there, so upsd follows.

use std::env;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use tracing::info;

/// A directory by its name.
#[derive(Debug)]
pub(crate) struct StateDir(PathBuf);

impl StateDir {
    /// Makes `dir` the working directory; also tells its permissions.
    pub(crate) fn enter(dir: &Path) -> io::Result<(Self, u32)> {
        env::set_current_dir(dir)?;
        let mode = fs::metadata(".")?.mode();
        Ok((Self(dir.to_owned()), mode))
    }

    /// Enters the directory that has the name now, if it is another one. While none has it, the old one is good enough.
    pub(crate) fn follow(&self) {
        if self.0.is_absolute() && self.has_moved() && env::set_current_dir(&self.0).is_ok() {
            let dir = self.0.display();
            info!(target: daemon::log::NOTICE, "{dir} has been replaced; looking for drivers in the new one");
        }
    }

    fn has_moved(&self) -> bool {
        let identity = |found: Metadata| (found.dev(), found.ino());
        let named = fs::metadata(&self.0).map(identity);
        let entered = fs::metadata(".").map(identity);
        matches!((named, entered), (Ok(named), Ok(entered)) if named != entered)
    }
}
