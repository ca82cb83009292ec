//! The socket file that upsd connects to (spec sock-protocol.md, section 1).
//!
//! `<statepath>/<driver>-<ups>`, mode 0660. It is made under another name and then renamed, so that the name never
//! stands for nothing: what was left behind under it is replaced in one step. The file is removed at the end, unless
//! another instance has put its own there meanwhile.
//!
//! A running driver looks after its file ([`Socket::look`]): without it no upsd would find the driver after its own
//! restart, and of two instances that were started at the same moment one has to leave.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process;

use nix::unistd::{Gid, chown};
use tracing::warn;

use crate::instance::is_listened_on;

/// Bytes of a socket's path, with the null byte at its end, that the system can hold.
const PATH_MAX: usize = 108;

/// Why there is no socket.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The path is too long for any program to connect to.
    #[error("the socket path {} has {} bytes, {} are possible; use a shorter statepath or UPS name",
        .0.display(), .0.as_os_str().len(), PATH_MAX - 1)]
    TooLong(PathBuf),
    /// The system refuses.
    #[error("cannot make the socket {}: {source}; does its directory exist, and may this user write there?", path.display())]
    Bind {
        /// Where.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// A listening socket's file.
#[derive(Debug)]
pub(crate) struct Socket {
    path: PathBuf,
    /// For whom it is.
    group: Option<String>,
    /// Device and inode of the file, to know it again.
    identity: (u64, u64),
    /// Whether the last look found no file of a running driver.
    missed: bool,
    /// Whether the last attempt to make it anew failed.
    lost: bool,
}

/// What a look at the file finds.
#[derive(Debug)]
pub(crate) enum Look {
    /// All is well.
    Fine,
    /// Another instance has the name, and listens.
    Taken,
    /// The file was gone and has been made anew; the old listener is of no use any more.
    Renewed(UnixListener),
    /// The file is gone and cannot be made anew. That is told once, and tried again.
    Lost(Error),
}

/// The path of the socket of `driver` for `ups`.
pub(crate) fn path(state_dir: &Path, driver: &str, ups: &str) -> PathBuf {
    state_dir.join(format!("{driver}-{ups}"))
}

/// Makes the socket at `path`, for the members of `group`.
///
/// # Errors
/// The path is too long or cannot be used.
pub(crate) fn bind(path: &Path, group: Option<&str>) -> Result<(Socket, UnixListener), Error> {
    let mut socket = Socket {
        path: path.to_owned(),
        group: group.map(str::to_owned),
        identity: (0, 0),
        missed: false,
        lost: false,
    };
    let listener = socket.bind()?;
    Ok((socket, listener))
}

impl Socket {
    fn bind(&mut self) -> Result<UnixListener, Error> {
        if self.path.as_os_str().len() >= PATH_MAX {
            return Err(Error::TooLong(self.path.clone()));
        }
        let aside = self.path.with_file_name(format!(".{}", process::id()));
        let made = self.make(&aside).map_err(|source| Error::Bind {
            path: self.path.clone(),
            source,
        });
        if made.is_err() {
            let _ = fs::remove_file(&aside);
        }
        made
    }

    fn make(&mut self, aside: &Path) -> io::Result<UnixListener> {
        // what a process of this number left behind
        let _ = fs::remove_file(aside);
        let listener = UnixListener::bind(aside)?;
        fs::set_permissions(aside, Permissions::from_mode(0o660))?;
        listener.set_nonblocking(true)?;
        if let Some(group) = &self.group {
            give_to(aside, group);
        }
        self.identity = identity(aside)?;
        fs::rename(aside, &self.path)?;
        Ok(listener)
    }

    /// Whether the last look found the file as it ought to be.
    pub(crate) const fn is_well(&self) -> bool {
        !self.missed && !self.lost
    }

    /// Looks after the file. A file that is missing at two looks is made anew; at one it may be about to come.
    pub(crate) fn look(&mut self) -> Look {
        let found = identity(&self.path).ok();
        if found == Some(self.identity) {
            self.missed = false;
            return Look::Fine;
        }
        if found.is_some() && is_listened_on(&self.path) {
            return Look::Taken;
        }
        if !std::mem::replace(&mut self.missed, true) {
            return Look::Fine;
        }
        match self.bind() {
            Ok(listener) => {
                (self.missed, self.lost) = (false, false);
                Look::Renewed(listener)
            }
            Err(_) if self.lost => Look::Fine,
            Err(error) => {
                self.lost = true;
                Look::Lost(error)
            }
        }
    }
}

/// C only warns when this fails, because the owner can still use the socket.
fn give_to(path: &Path, group: &str) {
    let given = daemon::user::group(group)
        .map_err(|error| error.to_string())
        .and_then(|gid| {
            chown(path, None, Some(Gid::from_raw(gid))).map_err(|errno| errno.to_string())
        });
    if let Err(error) = given {
        warn!(
            "cannot give the socket {} to group {group:?}: {error}",
            path.display()
        );
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let metadata = fs::symlink_metadata(path)?;
    Ok((metadata.dev(), metadata.ino()))
}

impl Drop for Socket {
    fn drop(&mut self) {
        if identity(&self.path).is_ok_and(|found| found == self.identity) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixStream;

    #[test]
    fn the_socket_has_its_mode_and_goes_with_its_owner() {
        let dir = tempfile::tempdir().unwrap();
        let path = path(dir.path(), "lab-ups", "u1");
        fs::write(&path, "left behind").unwrap();
        let (socket, _listener) = bind(&path, None).unwrap();
        assert_eq!(path.file_name().unwrap(), "lab-ups-u1");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o660
        );
        drop(socket);
        assert!(!path.exists());
    }

    #[test]
    fn the_socket_of_a_newer_instance_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("s");
        let (old, _first) = bind(&path, None).unwrap();
        let (_new, _second) = bind(&path, None).unwrap();
        drop(old);
        assert!(path.exists());
    }

    #[test]
    fn a_look_tells_what_became_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("s");
        let (mut old, _first) = bind(&path, None).unwrap();
        assert!(matches!(old.look(), Look::Fine));
        let (new, second) = bind(&path, None).unwrap();
        assert!(matches!(old.look(), Look::Taken));
        drop((new, second));
        assert!(matches!(old.look(), Look::Fine), "one may be about to come");
        assert!(!old.is_well());
        let Look::Renewed(_renewed) = old.look() else {
            panic!("the second look makes it anew");
        };
        UnixStream::connect(&path).unwrap();
        assert!(matches!(old.look(), Look::Fine) && old.is_well());
        // the file of an instance that was killed
        fs::remove_file(&path).unwrap();
        drop(UnixListener::bind(&path).unwrap());
        assert!(matches!(old.look(), Look::Fine));
        assert!(matches!(old.look(), Look::Renewed(_)));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_made_anew_is_told_once_and_tried_again() {
        let dir = tempfile::tempdir().unwrap();
        let (run, path) = (dir.path().join("run"), dir.path().join("run/s"));
        fs::create_dir(&run).unwrap();
        let (mut socket, _listener) = bind(&path, None).unwrap();
        fs::remove_dir_all(&run).unwrap();
        assert!(matches!(socket.look(), Look::Fine));
        assert!(matches!(socket.look(), Look::Lost(_)));
        assert!(matches!(socket.look(), Look::Fine));
        fs::create_dir(&run).unwrap();
        assert!(matches!(socket.look(), Look::Renewed(_)));
        assert!(matches!(socket.look(), Look::Fine));
    }

    #[test]
    fn a_directory_that_is_in_the_way_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("s");
        fs::create_dir(&path).unwrap();
        assert!(bind(&path, None).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_bound_is_told_with_a_hint() {
        let long = PathBuf::from("/tmp").join("x".repeat(120));
        let told = bind(&long, None).unwrap_err().to_string();
        assert!(
            told.contains("has 125 bytes, 107 are possible; use a shorter statepath"),
            "{told}"
        );
        let told = bind(Path::new("/no/such/dir/s"), None)
            .unwrap_err()
            .to_string();
        assert!(
            told.starts_with("cannot make the socket /no/such/dir/s: "),
            "{told}"
        );
    }
}
