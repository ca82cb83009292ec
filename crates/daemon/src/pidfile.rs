//! PID files: finding the running instance, and being found (spec server-behaviour.md, section 11).
//!
//! A file holds the process id in decimal and a line feed, mode 0644. It is written beside its place and
//! renamed into it, so that it is never half there and a planted symbolic link is replaced, not followed; nor is one when it is
//! read.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::fcntl::OFlag;
pub use nix::sys::signal::Signal;

use crate::{Error, process};

/// Longest content that is looked at.
const CONTENT_MAX: u64 = 64;

/// What a PID file tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// There is no such file.
    Absent,
    /// The file cannot be read or holds no process id; the text says why.
    Unusable(String),
    /// The process is gone; the file was left behind.
    Dead(i32),
    /// The number belongs to another program by now.
    Foreign {
        /// The process.
        pid: i32,
        /// What it is.
        name: String,
    },
    /// An instance is running.
    Running(i32),
}

impl Found {
    /// The running instance.
    ///
    /// # Errors
    /// There is none; the text says what the file `path` told instead.
    pub fn running(&self, path: &Path) -> Result<i32, Error> {
        let path = path.display();
        let why = match self {
            Self::Running(pid) => return Ok(*pid),
            Self::Absent => format!("there is no {path}"),
            Self::Unusable(why) => format!("{path}: {why}"),
            Self::Dead(pid) => format!("process {pid}, named in {path}, is gone"),
            Self::Foreign { pid, name } => format!("process {pid}, named in {path}, is {name:?}"),
        };
        Err(Error::NotRunning(why))
    }
}

/// Reads the PID file at `path`; the process counts when it is one of `programs`.
#[must_use]
pub fn find(path: &Path, programs: &[&str]) -> Found {
    let pid = match read(path) {
        Ok(Some(pid)) => pid,
        Ok(None) => return Found::Unusable("it holds no process id".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Absent,
        Err(error) => return Found::Unusable(error.to_string()),
    };
    if !process::is_alive(pid) {
        return Found::Dead(pid);
    }
    match process::foreign_name(pid, programs) {
        Some(name) => Found::Foreign { pid, name },
        None => Found::Running(pid),
    }
}

fn read(path: &Path) -> io::Result<Option<i32>> {
    let file = OpenOptions::new()
        .read(true)
        .custom_flags((OFlag::O_NONBLOCK | OFlag::O_NOFOLLOW).bits())
        .open(path)?;
    let mut text = String::new();
    file.take(CONTENT_MAX).read_to_string(&mut text)?;
    Ok(text.trim().parse().ok().filter(|pid| *pid > 1))
}

/// Sends `signal` to process `pid` (`-P`), or else to the one that the PID file `path` names.
///
/// # Errors
/// No instance of `programs` is running there, or it cannot be signalled.
pub fn send(
    signal: Signal,
    pid: Option<i32>,
    path: &Path,
    programs: &[&str],
) -> Result<i32, Error> {
    let pid = match pid {
        Some(pid) => pid,
        None => find(path, programs).running(path)?,
    };
    process::signal(pid, signal)?;
    Ok(pid)
}

/// The first row of `table` whose name begins with `word`, as `-c` abbreviates commands.
#[must_use]
pub fn by_prefix<T: Copy>(word: &str, table: &[(&str, T)]) -> Option<T> {
    let row = table.iter().find(|(name, _)| name.starts_with(word))?;
    Some(row.1)
}

/// Our own PID file; it is removed when this is dropped.
#[derive(Debug)]
pub struct PidFile {
    path: PathBuf,
}

impl PidFile {
    /// Writes this process's id to `path`.
    ///
    /// # Errors
    /// The directory is not writable.
    pub fn create(path: &Path) -> Result<Self, Error> {
        write(path).map_err(Error::file("write", path))?;
        Ok(Self {
            path: path.to_owned(),
        })
    }
}

impl Drop for PidFile {
    fn drop(&mut self) {
        let ours = read(&self.path).is_ok_and(|pid| pid == own_pid());
        if ours {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn own_pid() -> Option<i32> {
    i32::try_from(std::process::id()).ok()
}

fn write(path: &Path) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let _ = fs::remove_file(&beside);
    let result = write_new(&beside).and_then(|()| fs::rename(&beside, path));
    if result.is_err() {
        let _ = fs::remove_file(&beside);
    }
    result
}

fn write_new(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o644)
        .open(path)?;
    file.set_permissions(Permissions::from_mode(0o644))?;
    writeln!(file, "{}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program() -> String {
        let exe = std::env::current_exe().unwrap();
        exe.file_name().unwrap().to_string_lossy().into_owned()
    }

    #[test]
    fn a_pid_file_is_found_while_it_is_held() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("upsd.pid");
        let pid = i32::try_from(std::process::id()).unwrap();
        let held = PidFile::create(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{pid}\n"));
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o644
        );
        assert_eq!(find(&path, &[&program()]), Found::Running(pid));
        let foreign = Found::Foreign {
            pid,
            name: program(),
        };
        assert_eq!(find(&path, &["upsd"]), foreign);
        drop(held);
        assert_eq!(find(&path, &["upsd"]), Found::Absent);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn leftovers_and_nonsense_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.pid");
        for (content, expected) in [
            ("2147483647\n", true),
            ("1\n", false),
            ("-5", false),
            ("abc", false),
            ("", false),
        ] {
            fs::write(&path, content).unwrap();
            match find(&path, &["x"]) {
                Found::Dead(i32::MAX) => assert!(expected),
                Found::Unusable(why) => assert!(!expected && why.contains("no process id")),
                other => panic!("{content:?}: {other:?}"),
            }
        }
        let told = find(&path, &["x"]).running(&path).unwrap_err().to_string();
        assert!(
            told.starts_with("no running instance: ") && told.contains("x.pid"),
            "{told}"
        );
    }

    #[test]
    fn a_planted_link_is_replaced_and_its_target_untouched() {
        let dir = tempfile::tempdir().unwrap();
        let (target, path) = (dir.path().join("target"), dir.path().join("x.pid"));
        fs::write(&target, "precious").unwrap();
        std::os::unix::fs::symlink(&target, &path).unwrap();
        let held = PidFile::create(&path).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
        assert!(fs::symlink_metadata(&path).unwrap().is_file());
        fs::write(&path, "99999\n").unwrap();
        drop(held);
        assert!(path.exists(), "the file of a newer instance stays");
    }

    #[test]
    fn commands_may_be_abbreviated_and_the_first_wins() {
        let table = [("reload", 1), ("stop", 2)];
        assert_eq!(by_prefix("r", &table), Some(1));
        assert_eq!(by_prefix("", &table), Some(1));
        assert_eq!(by_prefix("stop", &table), Some(2));
        assert_eq!(by_prefix("stopp", &table), None);
    }
}
