//! Whether somebody may use a file, told before he has to: by owner, group and mode, as the system will decide.
//!
//! What is asked may be a tree that is to become a system: paths are then looked at below its root, and the directories above
//! that do not count.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::fcntl::AT_FDCWD;
use nix::unistd::{AccessFlags, faccessat};

use crate::user::Account;

/// What is to be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Reading it.
    Read,
    /// Changing it, or in a directory making files.
    Write,
    /// Running it; a directory may be entered.
    Run,
}

impl Right {
    /// Its bit for others in a mode.
    fn bit(self) -> u32 {
        match self {
            Self::Read => 0o4,
            Self::Write => 0o2,
            Self::Run => 0o1,
        }
    }
}

/// Who is to do it, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The user.
    pub uid: u32,
    /// All groups, the own one, too.
    pub groups: Vec<u32>,
}

impl From<&Account> for Who {
    fn from(account: &Account) -> Self {
        let mut groups = account.groups();
        groups.push(account.gid);
        Self {
            uid: account.uid,
            groups,
        }
    }
}

impl Who {
    fn has(&self, right: Right, meta: &Metadata) -> bool {
        let mode = meta.mode();
        if self.uid == 0 {
            return right != Right::Run || meta.is_dir() || mode & 0o111 != 0;
        }
        let class = if meta.uid() == self.uid {
            6
        } else if self.groups.contains(&meta.gid()) {
            3
        } else {
            0
        };
        mode & (right.bit() << class) != 0
    }
}

/// Whether `who` may do that with `path`; without anybody, whether there is somebody who may. Directories from `root` on
/// downwards must let him through.
///
/// # Errors
/// Why not.
pub fn may(right: Right, who: Option<&Who>, path: &Path, root: &Path) -> Result<(), String> {
    let has = |right, meta: &Metadata| {
        let anybody = meta.mode() & (right_of_all(right)) != 0;
        who.map_or(anybody, |who| who.has(right, meta))
    };
    let above = path.ancestors().skip(1);
    let above = above.take_while(|dir| !dir.as_os_str().is_empty() && dir.starts_with(root));
    for dir in above {
        let meta =
            fs::metadata(dir).map_err(|why| format!("{}: {}", dir.display(), plain(&why)))?;
        if !has(Right::Run, &meta) {
            return Err(format!("directory {} is closed to it", dir.display()));
        }
    }
    let meta = fs::metadata(path).map_err(|why| plain(&why))?;
    if right == Right::Run && !meta.is_file() {
        return Err("it is no file".to_owned());
    }
    if !has(right, &meta) {
        return Err(format!("its mode is {:o}", meta.mode() & 0o7777));
    }
    if right == Right::Write && is_read_only(path) {
        return Err("its file system is read-only".to_owned());
    }
    Ok(())
}

fn right_of_all(right: Right) -> u32 {
    right.bit() * 0o111
}

fn is_read_only(path: &Path) -> bool {
    let flags = nix::fcntl::AtFlags::AT_EACCESS;
    faccessat(AT_FDCWD, path, AccessFlags::W_OK, flags) == Err(nix::errno::Errno::EROFS)
}

/// The text of the system without Rust's addition.
fn plain(why: &io::Error) -> String {
    let text = why.to_string();
    match text.rsplit_once(" (os error ") {
        Some((text, _)) => text.to_owned(),
        None => text,
    }
}

/// The file of a program, below `root`; what has no slash is looked for in PATH, where a shell's built-in word is not found.
#[must_use]
pub fn locate(program: &str, root: &Path) -> Option<PathBuf> {
    let below = |path: &Path| root.join(path.strip_prefix("/").unwrap_or(path));
    if program.contains('/') {
        return Some(below(Path::new(program)));
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| below(&dir.join(program)))
        .find(|path| path.exists())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    fn who(uid: u32, groups: &[u32]) -> Who {
        Who {
            uid,
            groups: groups.to_vec(),
        }
    }

    #[test]
    fn the_class_of_the_account_decides() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("script");
        fs::write(&path, "#!/bin/sh\n").unwrap();
        let owner = fs::metadata(&path).unwrap();
        let (own, group) = (owner.uid().max(1), owner.gid());
        let stranger = who(own + 1, &[group + 1]);
        let member = who(own + 1, &[group + 1, group]);
        let may = |right, who: Option<&Who>, mode| {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            may(right, who, &path, &path)
        };
        assert!(may(Right::Run, Some(&stranger), 0o701).is_ok());
        assert!(may(Right::Run, Some(&stranger), 0o770).is_err());
        assert!(may(Right::Run, Some(&member), 0o770).is_ok());
        assert!(may(Right::Read, Some(&member), 0o640).is_ok());
        assert!(may(Right::Write, Some(&member), 0o640).is_err());
        assert!(may(Right::Write, Some(&who(0, &[])), 0o400).is_ok());
        let told = may(Right::Run, None, 0o666).unwrap_err();
        assert_eq!(told, "its mode is 666");
        assert_eq!(
            super::may(Right::Run, None, dir.path(), dir.path()),
            Err("it is no file".to_owned())
        );
    }

    #[test]
    fn a_closed_directory_below_the_root_keeps_out_and_one_above_does_not() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("file"), "").unwrap();
        fs::set_permissions(inner.join("file"), Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(&inner, Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(dir.path(), Permissions::from_mode(0o700)).unwrap();
        let owner = fs::metadata(&inner).unwrap();
        let stranger = who(owner.uid() + 1, &[owner.gid() + 1]);
        let read = |root: &Path| may(Right::Read, Some(&stranger), &inner.join("file"), root);
        assert_eq!(read(&inner), Ok(()));
        assert!(read(dir.path()).unwrap_err().contains("is closed to it"));
    }

    #[test]
    fn programs_are_found_below_the_root() {
        assert_eq!(
            locate("/sbin/x", Path::new("/r")),
            Some(PathBuf::from("/r/sbin/x"))
        );
        assert!(locate("sh", Path::new("/")).is_some());
        assert_eq!(locate("no-such-program", Path::new("/")), None);
    }
}
