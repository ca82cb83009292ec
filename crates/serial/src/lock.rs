//! Lock files in the manner of UUCP, `/var/lock/LCK..ttyS0` with the owner's process id in ten columns, which terminal
//! programs look at. The port itself is locked, too, when it is opened: that is what drivers look at.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Where lock files are.
pub(crate) const DIR: &str = "/var/lock";

/// A lock file of ours; it goes with it.
#[derive(Debug)]
pub(crate) struct LockFile(PathBuf);

/// Who has the port.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// The process.
    pub(crate) pid: u32,
    /// The file that says so.
    pub(crate) file: PathBuf,
}

impl LockFile {
    /// Locks `port` in `dir`. Pseudo terminals are not locked, and a directory that we may not write to is no reason
    /// not to start: `None`.
    pub(crate) fn take(dir: &Path, port: &Path) -> Result<Option<Self>, Taken> {
        let Some(file) = path(dir, port) else {
            return Ok(None);
        };
        // the second attempt is for a lock that a dead process has left
        for _ in 0..2 {
            match create(&file) {
                Ok(()) => return Ok(Some(Self(file))),
                Err(ErrorKind::AlreadyExists) => {}
                Err(_) => return Ok(None),
            }
            if let Some(pid) = owner(&file) {
                return Err(Taken { pid, file });
            }
            if fs::remove_file(&file).is_err() {
                return Ok(None);
            }
        }
        Ok(None)
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn path(dir: &Path, port: &Path) -> Option<PathBuf> {
    let name = port.strip_prefix("/dev").ok()?.to_str()?;
    if name.starts_with("pts/") {
        return None;
    }
    Some(dir.join(format!("LCK..{}", name.replace('/', "_"))))
}

fn create(file: &Path) -> Result<(), ErrorKind> {
    let mut opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)
        .map_err(|error| error.kind())?;
    let text = format!("{:>10}\n", std::process::id());
    opened.write_all(text.as_bytes()).map_err(|error| {
        let _ = fs::remove_file(file);
        error.kind()
    })
}

/// The living process that a lock names, if it is not this one. A lock that cannot be understood is nobody's.
fn owner(file: &Path) -> Option<u32> {
    let pid: u32 = fs::read_to_string(file).ok()?.trim().parse().ok()?;
    let lives = Path::new("/proc").join(pid.to_string()).exists();
    (lives && pid != std::process::id()).then_some(pid)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: &str = "/dev/ttyS7";

    fn dir() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn a_lock_names_its_owner_and_goes_with_it() {
        let dir = dir();
        let lock = LockFile::take(dir.path(), Path::new(PORT))
            .unwrap()
            .unwrap();
        let file = dir.path().join("LCK..ttyS7");
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text, format!("{:>10}\n", std::process::id()));
        drop(lock);
        assert!(!file.exists());
    }

    #[test]
    fn a_living_process_keeps_its_port_and_a_dead_one_does_not() {
        let dir = dir();
        let file = dir.path().join("LCK..ttyS7");
        fs::write(&file, "         1\n").unwrap();
        let taken = LockFile::take(dir.path(), Path::new(PORT)).unwrap_err();
        assert_eq!(
            taken,
            Taken {
                pid: 1,
                file: file.clone()
            }
        );
        for stale in ["4194304\n", "nonsense", ""] {
            fs::write(&file, stale).unwrap();
            let lock = LockFile::take(dir.path(), Path::new(PORT)).unwrap();
            assert!(lock.is_some(), "{stale:?}");
        }
    }

    #[test]
    fn what_cannot_be_locked_is_used_all_the_same() {
        let dir = dir();
        for port in ["/dev/pts/3", "/somewhere/else"] {
            assert!(
                LockFile::take(dir.path(), Path::new(port))
                    .unwrap()
                    .is_none()
            );
        }
        let nowhere = dir.path().join("none");
        assert!(LockFile::take(&nowhere, Path::new(PORT)).unwrap().is_none());
        assert_eq!(
            path(Path::new("/l"), Path::new("/dev/serial/by-id/x")),
            Some(PathBuf::from("/l/LCK..serial_by-id_x"))
        );
    }
}
