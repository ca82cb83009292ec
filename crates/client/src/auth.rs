//! nutauth.conf: user and password for the tools and the repeater (spec config-files.md, section 12).
//!
//! ```text
//! user = guest                 # for every server
//! [@srv1]                      # for one server, port 3493
//!   user = admin
//!   pass = "p w"
//! [bob@srv1:3494]              # for one user there; the title names him
//!   pass = x
//! INCLUDE more.conf            # in this scope; INCLUDE_REQUIRED must be there
//! ```
//!
//! Keys for TLS are those of upsmon.conf: `CERTPATH`, `CERTFILE`, `CERTIDENT_NAME`, `CERTIDENT_PASS`, `CERTVERIFY`, `FORCESSL`;
//! `CERTHOST` is the name that the certificate of the server must carry.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use proto::HostPort;

use crate::Password;
use crate::error::errno_text;

mod encryption;
mod file;
mod find;
mod keys;
mod place;
mod title;

use encryption::Keys;
pub use file::Include;
pub use keys::{KEYS, Key};
pub(crate) use title::Title;

/// Which file to read: option `-A` of the tools, `authconf` of the repeater.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing was said: the first file found in the usual places, if there is one.
    Search,
    /// `default`: the same, but there must be one.
    Default,
    /// `none`: no file.
    None,
    /// This one; it must be readable.
    File(PathBuf),
}

impl Choice {
    /// Reads the option's value.
    #[must_use]
    pub fn parse(value: Option<&str>) -> Self {
        match value {
            None => Self::Search,
            Some("default") => Self::Default,
            Some("none") => Self::None,
            Some(path) => Self::File(path.into()),
        }
    }
}

/// Why there are no credentials to be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file named cannot be read.
    #[error("can't open nutauth.conf file {}: {}", .path.display(), errno_text(.source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There must be a file in one of the usual places, and there is none.
    #[error("Can't open a user/site-provided default nutauth.conf file")]
    NoneFound,
    /// A file includes one that must be there and is not.
    #[error("{}:{line}: can't open the required file {}: {}", .path.display(), .wanted.display(), errno_text(.source))]
    Required {
        /// The including file.
        path: PathBuf,
        /// Its line.
        line: u32,
        /// The file it asks for.
        wanted: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The encryption that the files ask for cannot be had.
    #[error(transparent)]
    Tls(#[from] tls::Error),
    /// Files that include each other.
    #[error("{}:{line}: files include each other more than {} deep", .path.display(), file::DEPTH_MAX)]
    TooDeep {
        /// The file that goes too far.
        path: PathBuf,
        /// Its line.
        line: u32,
    },
}

/// What a scope of the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Password>,
    pub(crate) encryption: Keys,
}

/// All that the files say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthConf {
    global: Entry,
    sections: Vec<(Title, Entry)>,
    problems: Vec<String>,
}

/// Who to be on a server, as far as the files know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The user, also when the caller named him.
    pub user: Option<String>,
    /// His password.
    pub password: Option<Password>,
}

impl AuthConf {
    /// Reads the file chosen; without one that must be there, an empty table.
    ///
    /// # Errors
    /// A file that must be there cannot be read.
    pub fn read(choice: &Choice) -> Result<Self, Error> {
        Self::read_from(choice, &place::usual())
    }

    /// Reads a text; `include` reads the files that it includes. `path` names it in messages, and is what
    /// included names are relative to.
    ///
    /// # Errors
    /// A file that must be there cannot be read, or files include each other.
    pub fn parse(path: &Path, bytes: &[u8], include: Include<'_>) -> Result<Self, Error> {
        file::parse(path, bytes, String::new(), include)
    }

    fn read_from(choice: &Choice, usual: &[PathBuf]) -> Result<Self, Error> {
        match choice {
            Choice::None => Ok(Self::default()),
            Choice::File(path) => file::load(path)?.map_err(|source| unreadable(path, source)),
            Choice::Default => Self::first(usual)?.ok_or(Error::NoneFound),
            Choice::Search => Ok(Self::first(usual)?.unwrap_or_default()),
        }
    }

    fn first(usual: &[PathBuf]) -> Result<Option<Self>, Error> {
        for path in usual {
            if let Ok(conf) = file::load(path)? {
                return Ok(Some(conf));
            }
        }
        Ok(None)
    }

    /// Lines that were not understood, as `path:line: warning: …`. None shows a line's text, which may
    /// hold a password.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// Who to be on `server`; `user` if the caller knows.
    #[must_use]
    pub fn credentials(&self, server: &HostPort, user: Option<&str>) -> Credentials {
        find::credentials(&self.global, &self.sections, server, user)
    }

    /// How to connect to `server`; `user` if the caller knows. Beside it what there is to be said about that.
    ///
    /// # Errors
    /// The encryption that the files ask for cannot be had.
    pub fn encryption(
        &self,
        server: &HostPort,
        user: Option<&str>,
    ) -> Result<(tls::Client, Vec<tls::Remark>), Error> {
        let mut remarks = Vec::new();
        let settings = self.encryption_settings(server, user);
        let client = tls::Client::load(&settings, SystemTime::now(), &mut remarks)?;
        Ok((client, remarks))
    }

    fn encryption_settings(&self, server: &HostPort, user: Option<&str>) -> tls::ClientSettings {
        find::encryption(&self.global, &self.sections, server, user).settings(server)
    }

    /// The entry of a scope, new if it has none.
    fn entry(&mut self, scope: Option<&Title>) -> &mut Entry {
        let Some(title) = scope else {
            return &mut self.global;
        };
        let known = self.sections.iter().position(|row| row.0 == *title);
        let at = known.unwrap_or_else(|| {
            self.sections.push((title.clone(), Entry::default()));
            self.sections.len() - 1
        });
        match self.sections.get_mut(at) {
            Some((_, entry)) => entry,
            None => &mut self.global,
        }
    }
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Unreadable {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_has_three_kinds_of_values() {
        assert_eq!(Choice::parse(None), Choice::Search);
        assert_eq!(Choice::parse(Some("none")), Choice::None);
        assert_eq!(Choice::parse(Some("default")), Choice::Default);
        assert_eq!(Choice::parse(Some("/x")), Choice::File("/x".into()));
    }

    #[test]
    fn only_what_must_be_there_is_missed() {
        let gone = PathBuf::from("/nonexistent/nutauth.conf");
        let read = |choice| AuthConf::read_from(&choice, std::slice::from_ref(&gone));
        assert_eq!(read(Choice::None).unwrap(), AuthConf::default());
        assert_eq!(read(Choice::Search).unwrap(), AuthConf::default());
        assert!(matches!(read(Choice::Default), Err(Error::NoneFound)));
        let error = read(Choice::File(gone.clone())).unwrap_err();
        assert_eq!(
            error.to_string(),
            "can't open nutauth.conf file /nonexistent/nutauth.conf: No such file or directory"
        );
    }

    #[test]
    fn the_first_file_found_counts() {
        let dir = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = ["gone", "a", "b"].map(|name| dir.path().join(name)).into();
        std::fs::write(&paths[1], "user = alice\n").unwrap();
        std::fs::write(&paths[2], "user = bob\n").unwrap();
        for choice in [Choice::Search, Choice::Default] {
            let conf = AuthConf::read_from(&choice, &paths).unwrap();
            let found = conf.credentials(&HostPort::default(), None);
            assert_eq!(found.user.as_deref(), Some("alice"));
        }
    }
}
