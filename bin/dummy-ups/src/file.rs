//! The definition file: where it is, whether it changed, what it holds (table A2 of soft-drivers.md).
//!
//! C NUT compares whole seconds of the modification time and so misses a second change within one
//! second; here nanoseconds, size and inode are compared.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// Longest file that is read.
const SIZE_MAX: u64 = 1 << 20;

/// What tells one version of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// Time of the last change: seconds and nanoseconds.
    pub(crate) modified: (i64, i64),
    /// Length in bytes.
    pub(crate) size: u64,
    /// Which file it is, so that another one moved into its place is noticed.
    pub(crate) inode: u64,
}

impl Identity {
    fn of(metadata: &Metadata) -> Self {
        Self {
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            size: metadata.size(),
            inode: metadata.ino(),
        }
    }
}

/// The path that `port` stands for.
///
/// In C a port beginning with `.` starts in the working directory, which is the state directory in a
/// driver that serves; here it is the state directory always.
pub(crate) fn path(port: &str, conf_dir: &Path, state_dir: &Path) -> PathBuf {
    if port.starts_with('.') {
        state_dir.join(port)
    } else {
        conf_dir.join(port) // which is the port itself if it begins with a slash
    }
}

/// Which version of the file is there now.
pub(crate) fn look(path: &Path) -> io::Result<Identity> {
    let metadata = fs::metadata(path)?;
    check(&metadata)?;
    Ok(Identity::of(&metadata))
}

/// Reads the file, and tells which version that is.
///
/// The version is taken first: should the file change meanwhile, the next look shows another one.
pub(crate) fn read(path: &Path) -> io::Result<(Identity, Vec<u8>)> {
    look(path)?; // opening a FIFO would wait for its other end
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    check(&metadata)?;
    let mut bytes = Vec::new();
    file.take(SIZE_MAX).read_to_end(&mut bytes)?;
    Ok((Identity::of(&metadata), bytes))
}

fn check(metadata: &Metadata) -> io::Result<()> {
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    if metadata.size() > SIZE_MAX {
        let text = format!(
            "it has {} bytes, the most is {SIZE_MAX}; is it the right file?",
            metadata.size()
        );
        return Err(io::Error::other(text));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn a_port_is_found_where_the_table_says() {
        for (port, expected) in [
            ("/srv/x.dev", "/srv/x.dev"),
            ("./x.dev", "/state/./x.dev"),
            ("../x.dev", "/state/../x.dev"),
            ("x.dev", "/etc/nut/x.dev"),
            ("lab/x.dev", "/etc/nut/lab/x.dev"),
        ] {
            let found = path(port, Path::new("/etc/nut"), Path::new("/state"));
            assert_eq!(found, Path::new(expected), "{port}");
        }
    }

    #[test]
    fn a_change_within_a_second_is_a_new_version() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.dev");
        fs::write(&path, "a: 1\n").unwrap();
        let stamp = |nanos| {
            let time = UNIX_EPOCH + Duration::new(1_000_000, nanos);
            let file = File::options().write(true).open(&path).unwrap();
            file.set_modified(time).unwrap();
            look(&path).unwrap()
        };
        let first = stamp(5);
        assert_eq!(first, stamp(5));
        assert_ne!(first, stamp(6));
        assert_eq!(
            read(&path).unwrap(),
            (look(&path).unwrap(), b"a: 1\n".to_vec())
        );
    }

    #[test]
    fn another_file_in_its_place_is_a_new_version() {
        let dir = tempfile::tempdir().unwrap();
        let (path, other) = (dir.path().join("x.dev"), dir.path().join("y.dev"));
        fs::write(&path, "a: 1\n").unwrap();
        fs::write(&other, "a: 2\n").unwrap();
        let before = look(&path).unwrap();
        let file = File::options().write(true).open(&other).unwrap();
        file.set_modified(fs::metadata(&path).unwrap().modified().unwrap())
            .unwrap();
        fs::rename(&other, &path).unwrap();
        assert_ne!(look(&path).unwrap(), before);
    }

    #[test]
    fn what_is_no_plain_file_of_some_size_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(read(dir.path()).is_err());
        assert!(read(&dir.path().join("none")).is_err());
        let path = dir.path().join("big.dev");
        File::create(&path).unwrap().set_len(SIZE_MAX + 1).unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("1048577"));
    }
}
