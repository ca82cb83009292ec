//! Files from the disk: the only part of this crate that does input.

mod password_files;

use crate::problem::{Loaded, Problem, Severity};
use crate::ups::UpsConf;
use crate::upsd::UpsdConf;
use crate::upsmon::UpsmonConf;
use crate::upssched::UpsschedConf;
use crate::users::Users;
use secret::Bytes;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Bytes that a configuration file may have.
pub const FILE_MAX: u64 = 16 << 20;

/// Why a file could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such file.
    #[error(
        "cannot read {path}: there is no such file; create it, or set NUT_CONFPATH to the directory it is in"
    )]
    NotFound {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is there, but not for us.
    #[error(
        "cannot read {path}: permission denied; give the group of this program's account the right to read it"
    )]
    Denied {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is larger than any configuration.
    #[error(
        "cannot read {path}: it has more than {FILE_MAX} bytes; check that it is the right file"
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// Anything else.
    #[error("cannot read {path}: {source}; check the file and its directory")]
    Other {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// The file `name` of the configuration: the systemd credential of that name if there is one (`LoadCredential=`), else
/// the file in `dir`.
#[must_use]
pub fn credential_or_file(dir: &Path, name: &Path) -> PathBuf {
    let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").filter(|dir| !dir.is_empty());
    let credential = credentials.map(|credentials| Path::new(&credentials).join(name));
    credential
        .filter(|path| path.exists())
        .unwrap_or_else(|| dir.join(name))
}

/// Reads ups.conf.
///
/// # Errors
/// When the file cannot be read; what is wrong inside is in the problems.
pub fn load_ups(path: &Path) -> Result<Loaded<UpsConf>, LoadError> {
    load(path, UpsConf::parse)
}

/// Reads upsd.conf.
///
/// # Errors
/// When the file cannot be read; what is wrong inside is in the problems.
pub fn load_upsd(path: &Path) -> Result<Loaded<UpsdConf>, LoadError> {
    load(path, UpsdConf::parse)
}

/// Reads upsmon.conf.
///
/// # Errors
/// When the file cannot be read; what is wrong inside is in the problems.
pub fn load_upsmon(path: &Path) -> Result<Loaded<UpsmonConf>, LoadError> {
    load(path, UpsmonConf::parse).map(|loaded| password_files::of_upsmon(path, loaded))
}

/// Reads upssched.conf.
///
/// # Errors
/// When the file cannot be read; what is wrong inside is in the problems.
pub fn load_upssched(path: &Path) -> Result<Loaded<UpsschedConf>, LoadError> {
    // the only one that holds no passwords
    read(path, UpsschedConf::parse).map(|(loaded, _)| loaded)
}

/// Reads upsd.users.
///
/// # Errors
/// When the file cannot be read; what is wrong inside is in the problems.
pub fn load_users(path: &Path) -> Result<Loaded<Users>, LoadError> {
    load(path, Users::parse).map(|loaded| password_files::of_users(path, loaded))
}

fn load<T>(path: &Path, parse: fn(&Path, &[u8]) -> Loaded<T>) -> Result<Loaded<T>, LoadError> {
    let (mut loaded, metadata) = read(path, parse)?;
    if let Some(problem) = open_to_others(path, &metadata) {
        loaded.problems.insert(0, problem);
    }
    Ok(loaded)
}

fn read<T>(
    path: &Path,
    parse: fn(&Path, &[u8]) -> Loaded<T>,
) -> Result<(Loaded<T>, Metadata), LoadError> {
    let (source, metadata) = slurp(path).map_err(|error| explain(path, error))?;
    if source.len() as u64 > FILE_MAX {
        let path = path.to_owned();
        return Err(LoadError::TooLarge { path });
    }
    Ok((parse(path, &source), metadata))
}

fn slurp(path: &Path) -> io::Result<(Bytes, Metadata)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    // with room for all of it, as growing would leave a copy behind that nobody wipes
    let room = metadata.len().min(FILE_MAX) + 1;
    let mut source = Bytes::new(Vec::with_capacity(usize::try_from(room).unwrap_or(0)));
    file.take(FILE_MAX + 1).read_to_end(&mut source)?;
    Ok((source, metadata))
}

fn explain(path: &Path, source: io::Error) -> LoadError {
    let path = path.to_owned();
    match source.kind() {
        ErrorKind::NotFound => LoadError::NotFound { path, source },
        ErrorKind::PermissionDenied => LoadError::Denied { path, source },
        _ => LoadError::Other { path, source },
    }
}

/// The warning about a file that everybody may read. Any of these files may hold passwords: upsd.users and upsd.conf by design, ups.conf those of
/// devices.
#[must_use]
pub fn open_to_others(path: &Path, metadata: &Metadata) -> Option<Problem> {
    let mode = metadata.permissions().mode() & 0o7777;
    (metadata.is_file() && mode & 0o005 != 0).then(|| Problem {
        severity: Severity::Warning,
        path: path.to_owned(),
        place: None,
        text: format!(
            "mode {mode:04o} lets everybody read this file, which may hold passwords; run: chmod o= {}",
            path.display()
        ),
        cited: None,
    })
}

#[cfg(test)]
mod tests;
