//! Replacing a file that others may be reading, whole or not at all.
//!
//! The new content is written beside the file, brought to the disk, and renamed over it: whoever reads sees the old file or the
//! new one, also after a crash. Owner, group and mode are those of the old one. What can go wrong with that:
//!
//! * Two programs change the file at once, and the first change is lost: [`DirLock`] has the second wait.
//! * Somebody changes it with an editor meanwhile: that is noticed just before the renaming, and told.
//! * The path is a symbolic link. Configuration is kept elsewhere and linked so; the file that it leads to is replaced, and the
//!   link stays. But only links of root and of the user who runs this are followed, so that nobody else chooses the file.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg, OFlag};
use nix::unistd::geteuid;

/// Bytes that a file may have to be read here.
pub const FILE_MAX: u64 = 16 << 20;
/// Links that may lead to one another.
const LINKS_MAX: usize = 8;
/// How long a waiter sleeps between two looks at a lock.
const PAUSE: Duration = Duration::from_millis(20);

/// Why a file was not replaced; the text says it whole.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system says no.
    #[error("cannot {action} {}: {source}", path.display())]
    System {
        /// What was tried.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Somebody else is at it.
    #[error("another program is changing files in {}; try again when it has ended", .0.display())]
    Busy(PathBuf),
    /// A link that anybody may have made.
    #[error("{} is a symbolic link of user {uid}, which is not followed; make the link yourself, or name the file it leads to", path.display())]
    Link {
        /// The link.
        path: PathBuf,
        /// Whose it is.
        uid: u32,
    },
    /// A directory, a device, or links without end.
    #[error("{} is no file that could be replaced", .0.display())]
    NoFile(PathBuf),
    /// Far larger than anything somebody wrote.
    #[error("{} has more than {FILE_MAX} bytes; check that it is the right file", .0.display())]
    TooLarge(PathBuf),
    /// It changed between reading and writing.
    #[error("{} was changed by somebody else meanwhile, so it is left as it is; try again", .0.display())]
    Changed(PathBuf),
    /// The new file would belong to somebody else.
    #[error("cannot keep {} in the hands of its owner: {source}; run this as root or as its owner", path.display())]
    Owner {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn system(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::System {
        action,
        path,
        source,
    }
}

/// Keeps others who ask for it from changing files in a directory, as long as this lives. It leaves no file behind.
#[derive(Debug)]
pub struct DirLock {
    _held: Flock<File>,
}

impl DirLock {
    /// Waits for the lock of `dir`, but not longer than `within`.
    ///
    /// # Errors
    /// There is no such directory, or another holds the lock all the time.
    pub fn wait(dir: &Path, within: Duration) -> Result<Self, Error> {
        let deadline = Instant::now() + within;
        let mut file = File::open(dir).map_err(system("open", dir))?;
        loop {
            match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
                Ok(held) => return Ok(Self { _held: held }),
                Err((back, Errno::EWOULDBLOCK | Errno::EINTR)) if Instant::now() < deadline => {
                    file = back;
                    thread::sleep(PAUSE);
                }
                Err((_, Errno::EWOULDBLOCK)) => return Err(Error::Busy(dir.to_owned())),
                Err((_, errno)) => return Err(system("lock", dir)(errno.into())),
            }
        }
    }
}

/// Whose a new file is to be, and who may use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The user.
    pub uid: u32,
    /// The group.
    pub gid: u32,
    /// The permissions.
    pub mode: u32,
}

impl Owner {
    /// That of what is there.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            uid: metadata.uid(),
            gid: metadata.gid(),
            mode: metadata.mode() & 0o7777,
        }
    }
}

/// A file as it was read.
#[derive(Debug)]
pub struct Original {
    /// Where links lead to.
    path: PathBuf,
    bytes: Vec<u8>,
    /// None if there was no file.
    metadata: Option<Metadata>,
}

impl Original {
    /// Reads the file, which need not be there.
    ///
    /// # Errors
    /// It is there and cannot be read, or is none that could be replaced.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let path = behind_links(path)?;
        let opened = OpenOptions::new()
            .read(true)
            .custom_flags((OFlag::O_NONBLOCK | OFlag::O_NOFOLLOW).bits())
            .open(&path);
        let file = match opened {
            Err(why) if why.kind() == ErrorKind::NotFound => {
                return Ok(Self {
                    path,
                    bytes: Vec::new(),
                    metadata: None,
                });
            }
            other => other.map_err(system("read", &path))?,
        };
        let metadata = file.metadata().map_err(system("read", &path))?;
        if !metadata.is_file() {
            return Err(Error::NoFile(path));
        }
        let mut bytes = Vec::new();
        let read = file.take(FILE_MAX + 1).read_to_end(&mut bytes);
        read.map_err(system("read", &path))?;
        if bytes.len() as u64 > FILE_MAX {
            return Err(Error::TooLarge(path));
        }
        Ok(Self {
            path,
            bytes,
            metadata: Some(metadata),
        })
    }

    /// What stands in it; nothing if it is not there.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether there is such a file.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.metadata.is_some()
    }

    /// Puts `bytes` in its place. If there was no file, the new one is `new`'s, as far as the system lets us.
    ///
    /// # Errors
    /// It could not be, and the file is as it was.
    pub fn replace(&self, bytes: &[u8], new: Owner) -> Result<(), Error> {
        let dir = self.path.parent().unwrap_or(Path::new("/"));
        let (file, beside) = self.create_beside(dir)?;
        let done = self.fill(file, bytes, new).and_then(|()| {
            self.check_unchanged()?;
            fs::rename(&beside, &self.path).map_err(system("write", &self.path))
        });
        if done.is_err() {
            // nobody would know what it is
            let _ = fs::remove_file(&beside);
        }
        done?;
        let dir_to_disk = File::open(dir).and_then(|dir| dir.sync_all());
        dir_to_disk.map_err(system("bring to the disk", dir))
    }

    fn create_beside(&self, dir: &Path) -> Result<(File, PathBuf), Error> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let pid = std::process::id();
        let mut last = io::Error::from(ErrorKind::AlreadyExists);
        for number in 0..100 {
            let beside = dir.join(format!(".{name}.{pid}-{number}"));
            let created = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&beside);
            match created {
                Ok(file) => return Ok((file, beside)),
                Err(why) if why.kind() == ErrorKind::AlreadyExists => last = why,
                Err(why) => return Err(system("make a file in", dir)(why)),
            }
        }
        Err(system("make a file in", dir)(last))
    }

    fn fill(&self, mut file: File, bytes: &[u8], new: Owner) -> Result<(), Error> {
        let owner = self.metadata.as_ref().map_or(new, Owner::of);
        let own = file.metadata().map_err(system("write", &self.path))?;
        if (own.uid(), own.gid()) != (owner.uid, owner.gid) {
            match fchown(&file, Some(owner.uid), Some(owner.gid)) {
                // a new file of an ordinary user is theirs
                Err(source) if self.exists() => {
                    let path = self.path.clone();
                    return Err(Error::Owner { path, source });
                }
                _ => {}
            }
        }
        file.set_permissions(Permissions::from_mode(owner.mode))
            .and_then(|()| file.write_all(bytes))
            .and_then(|()| file.sync_all())
            .map_err(system("write", &self.path))
    }

    fn check_unchanged(&self) -> Result<(), Error> {
        let now = match fs::symlink_metadata(&self.path) {
            Ok(now) => Some(now),
            Err(why) if why.kind() == ErrorKind::NotFound => None,
            Err(why) => return Err(system("look at", &self.path)(why)),
        };
        let stamp = |file: &Metadata| {
            (
                file.dev(),
                file.ino(),
                file.len(),
                file.mtime(),
                file.mtime_nsec(),
                file.ctime(),
            )
        };
        if now.as_ref().map(stamp) == self.metadata.as_ref().map(stamp) {
            Ok(())
        } else {
            Err(Error::Changed(self.path.clone()))
        }
    }
}

/// The path without links at its end.
fn behind_links(path: &Path) -> Result<PathBuf, Error> {
    let mut path = path.to_owned();
    for _ in 0..LINKS_MAX {
        let link = match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => found,
            // also one that is not there; a dangling link is where the file is to be
            _ => return Ok(path),
        };
        if link.uid() != 0 && link.uid() != geteuid().as_raw() {
            return Err(Error::Link {
                uid: link.uid(),
                path,
            });
        }
        let target = fs::read_link(&path).map_err(system("read", &path))?;
        path = path.parent().unwrap_or(Path::new("/")).join(target);
    }
    Err(Error::NoFile(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    const NEW: Owner = Owner {
        uid: 0,
        gid: 0,
        mode: 0o640,
    };

    fn replace(path: &Path, text: &str) -> Result<(), Error> {
        Original::read(path)?.replace(text.as_bytes(), NEW)
    }

    fn names(dir: &Path) -> Vec<String> {
        let entries = fs::read_dir(dir).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_and_keeps_its_mode() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.conf");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o604)).unwrap();
        let before = fs::metadata(&path).unwrap();
        replace(&path, "new").unwrap();
        let after = fs::metadata(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(Owner::of(&after), Owner::of(&before));
        assert_ne!(after.ino(), before.ino());
        assert_eq!(names(dir.path()), ["a.conf"]);
    }

    #[test]
    fn a_new_file_is_not_for_everybody() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.conf");
        assert!(!Original::read(&path).unwrap().exists());
        replace(&path, "new").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o640);
    }

    #[test]
    fn a_link_of_ours_stays_and_what_it_leads_to_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let (path, kept) = (dir.path().join("a.conf"), dir.path().join("kept"));
        fs::create_dir(&kept).unwrap();
        fs::write(kept.join("a.conf"), "old").unwrap();
        symlink("kept/a.conf", &path).unwrap();
        replace(&path, "new").unwrap();
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(kept.join("a.conf")).unwrap(), "new");
        assert_eq!(names(&kept), ["a.conf"]);
        let round = dir.path().join("round");
        symlink("round", &round).unwrap();
        assert!(matches!(replace(&round, "new"), Err(Error::NoFile(_))));
    }

    #[test]
    fn a_link_of_somebody_else_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.conf");
        symlink("elsewhere", &path).unwrap();
        // only root can give it away
        if std::os::unix::fs::lchown(&path, Some(65534), None).is_ok() {
            let told = replace(&path, "new").unwrap_err().to_string();
            assert!(told.contains("is a symbolic link of user 65534"), "{told}");
        }
    }

    #[test]
    fn what_changed_meanwhile_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.conf");
        fs::write(&path, "old").unwrap();
        let original = Original::read(&path).unwrap();
        fs::write(&path, "somebody else's").unwrap();
        let told = original.replace(b"new", NEW).unwrap_err();
        assert!(matches!(told, Error::Changed(_)), "{told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "somebody else's");
        assert_eq!(names(dir.path()), ["a.conf"]);
    }

    #[test]
    fn a_directory_is_no_file_to_replace() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(replace(dir.path(), "new"), Err(Error::NoFile(_))));
    }

    #[test]
    fn the_second_waits_for_the_lock_and_gives_up_in_time() {
        let dir = tempfile::tempdir().unwrap();
        let held = DirLock::wait(dir.path(), Duration::ZERO).unwrap();
        let told = DirLock::wait(dir.path(), Duration::from_millis(60)).unwrap_err();
        assert!(matches!(told, Error::Busy(_)), "{told}");
        drop(held);
        assert!(DirLock::wait(dir.path(), Duration::ZERO).is_ok());
        assert!(names(dir.path()).is_empty());
    }
}
