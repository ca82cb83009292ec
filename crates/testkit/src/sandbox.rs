//! A directory of its own for each test: configuration in `etc/`, sockets and PID files in `run/`.

use crate::failure::{Error, must};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The directory; it is gone when the value is dropped. Its path is short, because the name of a Unix
/// socket fits in 107 bytes.
#[derive(Debug)]
pub struct Sandbox {
    root: TempDir,
}

/// Longest directory for temporary files that leaves room for a socket's name.
const TEMP_MAX: usize = 40;

impl Sandbox {
    /// An empty sandbox.
    #[track_caller]
    #[must_use]
    pub fn new() -> Self {
        must(Self::try_new())
    }

    /// An empty sandbox.
    ///
    /// # Errors
    /// When the directories cannot be made.
    pub fn try_new() -> Result<Self, Error> {
        let mut base = std::env::temp_dir();
        if base.as_os_str().len() > TEMP_MAX {
            base = PathBuf::from("/tmp");
        }
        let sandbox = tempfile::Builder::new()
            .prefix("ln-")
            .tempdir_in(&base)
            .map(|root| Self { root })
            .map_err(Error::io(format!("no sandbox in {}", base.display())))?;
        for dir in [sandbox.etc(), sandbox.run()] {
            fs::create_dir(&dir).map_err(Error::io(dir.display()))?;
            restrict(&dir, 0o750)?;
        }
        Ok(sandbox)
    }

    /// Where the configuration is.
    #[must_use]
    pub fn etc(&self) -> PathBuf {
        self.root.path().join("etc")
    }

    /// Where sockets and PID files are.
    #[must_use]
    pub fn run(&self) -> PathBuf {
        self.root.path().join("run")
    }

    /// The socket of a driver.
    #[must_use]
    pub fn socket(&self, driver: &str, ups: &str) -> PathBuf {
        self.run().join(format!("{driver}-{ups}"))
    }

    /// Writes a file of `etc/`, readable by its owner and group.
    #[track_caller]
    pub fn write(&self, name: &str, text: &str) -> &Self {
        must(self.try_write(name, text));
        self
    }

    /// Writes a file of `etc/`, readable by its owner and group. A file that is there is replaced in one step, so
    /// that a program that reads it meanwhile sees the old or the new text.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn try_write(&self, name: &str, text: &str) -> Result<(), Error> {
        let path = self.etc().join(name);
        let new = self.etc().join(format!("{name}.new"));
        fs::write(&new, text).map_err(Error::io(new.display()))?;
        restrict(&new, 0o640)?;
        fs::rename(&new, &path).map_err(Error::io(path.display()))
    }
}

impl Default for Sandbox {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

fn restrict(path: &Path, mode: u32) -> Result<(), Error> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(Error::io(path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_and_gone_with_the_sandbox() {
        let sandbox = Sandbox::new();
        sandbox
            .write("upsd.conf", "MAXAGE 5\n")
            .write("upsd.conf", "MAXAGE 6\n");
        let path = sandbox.etc().join("upsd.conf");
        assert_eq!(fs::read_to_string(&path).unwrap(), "MAXAGE 6\n");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o640
        );
        drop(sandbox);
        assert!(!path.exists());
    }

    #[test]
    fn a_socket_of_a_long_name_still_fits() {
        let path = Sandbox::new().socket("usbhid-ups", "a-section-with-quite-a-long-name");
        assert!(path.as_os_str().len() <= 107, "{}", path.display());
    }
}
