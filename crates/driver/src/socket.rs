//! The socket file that upsd connects to (spec sock-protocol.md, section 1).
//!
//! `<statepath>/<driver>-<ups>`, mode 0660. An object left behind under that name is replaced. The file is
//! removed at the end, unless another instance has put its own there meanwhile.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use nix::unistd::{Gid, chown};
use tracing::warn;

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

/// A listening socket with its file.
#[derive(Debug)]
pub(crate) struct Socket {
    path: PathBuf,
    /// Device and inode of the file, to know it again.
    identity: (u64, u64),
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
    if path.as_os_str().len() >= PATH_MAX {
        return Err(Error::TooLong(path.to_owned()));
    }
    let fail = |source| Error::Bind {
        path: path.to_owned(),
        source,
    };
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(error)),
        _ => {}
    }
    let listener = UnixListener::bind(path).map_err(fail)?;
    fs::set_permissions(path, Permissions::from_mode(0o660)).map_err(fail)?;
    listener.set_nonblocking(true).map_err(fail)?;
    let identity = identity(path).map_err(fail)?;
    if let Some(group) = group {
        give_to(path, group);
    }
    let socket = Socket {
        path: path.to_owned(),
        identity,
    };
    Ok((socket, listener))
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
