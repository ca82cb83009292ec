//! Files that hold keys: who may read them, and that none is lost or goes where a link leads.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown,
};
use std::path::{Path, PathBuf};

use daemon::user;
use secret::Secret;

use crate::Error;

/// The directory: everybody may look up the authority's certificate.
const DIR_MODE: u32 = 0o755;
/// Longest file that is read.
const FILE_MAX: u64 = 64 * 1024;

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// Nothing in it is secret, and upsc of any user needs it.
    Everybody,
    /// The daemons, by their group.
    Daemons,
    /// Who makes certificates.
    Owner,
}

impl For {
    const fn mode(self) -> u32 {
        match self {
            Self::Everybody => 0o644,
            Self::Daemons => 0o640,
            Self::Owner => 0o600,
        }
    }
}

/// The directory of certificates.
#[derive(Debug)]
pub(crate) struct Keep {
    dir: PathBuf,
    /// Whether files are replaced.
    force: bool,
    /// The daemons' group, if files can be given to it.
    group: Option<u32>,
}

impl Keep {
    /// Makes the directory, or looks whether that which is there can be trusted.
    pub(crate) fn open(dir: &Path, force: bool) -> Result<Self, Error> {
        let dir = std::path::absolute(dir).map_err(failed("find", dir))?;
        match DirBuilder::new().mode(DIR_MODE).create(&dir) {
            // whatever the umask is: the daemons have to get in
            Ok(()) => fs::set_permissions(&dir, Permissions::from_mode(DIR_MODE))
                .map_err(failed("make", &dir))?,
            Err(why) if why.kind() == ErrorKind::AlreadyExists => trust(&dir)?,
            Err(why) => return Err(failed("make", &dir)(why)),
        }
        let group = user::is_root().then(|| user::group(user::DEFAULT_GROUP).ok());
        Ok(Self {
            dir,
            force,
            group: group.flatten(),
        })
    }

    /// Where a file is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The directory.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether daemons can read what is for them.
    pub(crate) fn reaches_daemons(&self) -> bool {
        self.group.is_some()
    }

    /// Looks whether files may be written, before any of them is.
    pub(crate) fn check_free(&self, names: &[&str]) -> Result<(), Error> {
        let paths = names.iter().map(|name| self.path(name));
        let mut there = paths.filter(|path| fs::symlink_metadata(path).is_ok());
        match there.next() {
            Some(path) if !self.force => Err(Error::Exists(path)),
            _ => Ok(()),
        }
    }

    /// Reads a file.
    pub(crate) fn read(&self, name: &str) -> Result<Secret, Error> {
        use io::Read as _;
        let path = self.path(name);
        let file = File::open(&path).map_err(|why| match why.kind() {
            ErrorKind::NotFound => Error::NoAuthority(self.dir.clone()),
            _ => failed("read", &path)(why),
        })?;
        let mut text = String::with_capacity(4096);
        let read = file.take(FILE_MAX).read_to_string(&mut text);
        let text = Secret::new(text);
        read.map_err(failed("read", &path))?;
        Ok(text)
    }

    /// Writes a file: all of it beside its place, and then there. What is there is only replaced if that was asked for, and
    /// a link is never followed.
    pub(crate) fn put(&self, name: &str, whom: For, text: &str) -> Result<PathBuf, Error> {
        let path = self.path(name);
        let beside = self.path(&format!(".{name}.{}", std::process::id()));
        let made = self
            .write(&beside, whom, text)
            .and_then(|()| self.settle(&beside, &path));
        // it is gone when it was moved
        let _ = fs::remove_file(&beside);
        match made {
            Ok(()) => Ok(path),
            Err(why) if why.kind() == ErrorKind::AlreadyExists => Err(Error::Exists(path)),
            Err(why) => Err(failed("write", &path)(why)),
        }
    }

    fn write(&self, path: &Path, whom: For, text: &str) -> io::Result<()> {
        let mut options = OpenOptions::new();
        let mut file = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        if let Some(group) = self.group.filter(|_| whom == For::Daemons) {
            fchown(&file, None, Some(group))?;
        }
        file.set_permissions(Permissions::from_mode(whom.mode()))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    fn settle(&self, beside: &Path, path: &Path) -> io::Result<()> {
        if self.force {
            fs::rename(beside, path)
        } else {
            // fails if anything has come there in the meantime, which a rename would replace
            fs::hard_link(beside, path)
        }
    }
}

/// Where others may write, they choose what is found there.
fn trust(dir: &Path) -> Result<(), Error> {
    let found = fs::symlink_metadata(dir).map_err(failed("look at", dir))?;
    let unfit = |what| Err(Error::Unfit(dir.to_owned(), what));
    if found.is_symlink() {
        return unfit("it is a link; name the directory that is meant");
    }
    if !found.is_dir() {
        return unfit("it is no directory");
    }
    if found.mode() & 0o002 != 0 {
        return unfit("everybody may write there; run chmod o-w on it");
    }
    Ok(())
}

fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |why| Error::File(what, path, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn who_may_read_what_does_not_depend_on_the_umask() {
        let root = tempfile::tempdir().unwrap();
        let keep = Keep::open(&root.path().join("tls"), false).unwrap();
        assert_eq!(mode(keep.dir()), 0o755);
        for (whom, expected) in [
            (For::Everybody, 0o644),
            (For::Daemons, 0o640),
            (For::Owner, 0o600),
        ] {
            let path = keep.put(&format!("{whom:?}"), whom, "x").unwrap();
            assert_eq!(mode(&path), expected);
        }
        assert_eq!(fs::read_dir(keep.dir()).unwrap().count(), 3);
    }

    #[test]
    fn nothing_is_replaced_unless_that_is_asked_for() {
        let root = tempfile::tempdir().unwrap();
        let keep = Keep::open(root.path(), false).unwrap();
        keep.put("a", For::Owner, "precious").unwrap();
        assert!(matches!(
            keep.check_free(&["b", "a"]),
            Err(Error::Exists(_))
        ));
        assert!(matches!(
            keep.put("a", For::Owner, "new"),
            Err(Error::Exists(_))
        ));
        assert_eq!(keep.read("a").unwrap().expose(), "precious");
        let forced = Keep::open(root.path(), true).unwrap();
        forced.check_free(&["a"]).unwrap();
        forced.put("a", For::Owner, "new").unwrap();
        assert_eq!(keep.read("a").unwrap().expose(), "new");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_link_is_replaced_or_refused_and_never_followed() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path().join("tls");
        let precious = root.path().join("precious");
        fs::write(&precious, "kept").unwrap();
        let keep = Keep::open(&dir, false).unwrap();
        symlink(&precious, dir.join("upsd.pem")).unwrap();
        symlink(root.path().join("nowhere"), dir.join("desk.pem")).unwrap();
        for name in ["upsd.pem", "desk.pem"] {
            assert!(
                keep.check_free(&[name]).is_err() && keep.put(name, For::Owner, "key").is_err()
            );
            let forced = Keep::open(&dir, true).unwrap();
            let path = forced.put(name, For::Owner, "key").unwrap();
            assert!(!fs::symlink_metadata(path).unwrap().is_symlink());
        }
        assert_eq!(fs::read_to_string(precious).unwrap(), "kept");
        assert!(!root.path().join("nowhere").exists());
        let link = root.path().join("link");
        symlink(&dir, &link).unwrap();
        assert!(matches!(Keep::open(&link, false), Err(Error::Unfit(..))));
    }

    #[test]
    fn a_directory_where_everybody_may_write_is_refused() {
        let root = tempfile::tempdir().unwrap();
        fs::set_permissions(root.path(), Permissions::from_mode(0o777)).unwrap();
        let why = Keep::open(root.path(), false).unwrap_err().to_string();
        assert!(why.contains("everybody may write there"), "{why}");
        let file = root.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(matches!(Keep::open(&file, false), Err(Error::Unfit(..))));
        assert!(matches!(
            Keep::open(&root.path().join("a/b"), false),
            Err(Error::File(..))
        ));
    }
}
