//! The password that is not given on the command line, where every user of this host could read it.

use std::path::{Path, PathBuf};

use daemon::password::{ask, of_file};
use secret::Secret;

use crate::Error;

/// Where it comes from, and how users' passwords are kept.
#[derive(Debug, Default)]
pub(crate) struct Passwords {
    source: Option<PathBuf>,
    read: Option<Secret>,
    hashes: bool,
}

impl Passwords {
    pub(crate) fn of(source: Option<&str>, hashes: bool) -> Self {
        Self {
            source: source.map(PathBuf::from),
            read: None,
            hashes,
        }
    }

    /// Whether `--password-file` was given.
    pub(crate) fn has_source(&self) -> bool {
        self.source.is_some() || self.read.is_some()
    }

    /// Whether users' passwords are kept as hashes.
    pub(crate) fn hashes(&self) -> bool {
        self.hashes
    }

    /// The password; it is read once.
    pub(crate) fn take(&mut self) -> Result<&Secret, Error> {
        let read = match (self.read.take(), &self.source) {
            (Some(read), _) => read,
            (None, Some(source)) if source == Path::new("-") => ask()?,
            (None, Some(source)) => of_file(source)?,
            (None, None) => {
                let text = "no password; say where it is with --password-file";
                return Err(Error::Usage(text.to_owned()));
            }
        };
        Ok(self.read.insert(read))
    }

    #[cfg(test)]
    pub(crate) fn given(password: &str) -> Self {
        Self {
            read: Some(Secret::new(password)),
            ..Self::default()
        }
    }
}
