//! Asking for a password that is to be kept in a file, and making a hash of it.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use secret::{Hash, SALT_LEN, Secret};

/// Longest password: NUT's words are no longer.
const PASSWORD_MAX: usize = 512;

/// Why there is no password; the text says it whole.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The two that were typed differ.
    #[error("the two are not the same; nothing was made")]
    Unequal,
    /// None was given.
    #[error("the password is empty; nothing was made")]
    Empty,
    /// No client could send it.
    #[error("the password has more than {PASSWORD_MAX} characters; no client can send it")]
    Long,
    /// No client could send it.
    #[error("NUT's protocol carries printable ASCII characters only; choose another password")]
    Unprintable,
    /// Nobody to ask.
    #[error("cannot ask for a password: {0}")]
    Ask(io::Error),
    /// Nothing to read.
    #[error("cannot read the password: {0}")]
    Read(io::Error),
    /// Nothing to read there.
    #[error("cannot read the password in {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No hash without salt.
    #[error("the system gives no random numbers: {0}")]
    NoRandom(getrandom::Error),
    /// No hash.
    #[error(transparent)]
    Hash(#[from] secret::HashError),
}

/// Asks for a new password, twice and unseen at a terminal, else on standard input.
///
/// # Errors
/// There is none that could be used.
pub fn ask() -> Result<Secret, Error> {
    let password = if io::stdin().is_terminal() {
        let once = prompt("Password: ")?;
        if prompt("The same again: ")? != once {
            return Err(Error::Unequal);
        }
        once
    } else {
        read_line(io::stdin().lock()).map_err(Error::Read)?
    };
    usable(password)
}

/// Reads the first line of a file.
///
/// # Errors
/// There is no password that could be used.
pub fn of_file(path: &Path) -> Result<Secret, Error> {
    let read = File::open(path).and_then(read_line);
    let read = read.map_err(|source| Error::File {
        path: path.to_owned(),
        source,
    });
    usable(read?)
}

/// What may stand in upsd.users in its place.
///
/// # Errors
/// The system has no random numbers.
pub fn hash(password: &Secret) -> Result<Hash, Error> {
    let mut salt = [0; SALT_LEN];
    getrandom::fill(&mut salt).map_err(Error::NoRandom)?;
    Ok(Hash::of(password, salt)?)
}

fn prompt(question: &str) -> Result<Secret, Error> {
    let told = rpassword::prompt_password(question);
    told.map(Secret::new).map_err(Error::Ask)
}

fn read_line(from: impl Read) -> io::Result<Secret> {
    let mut text = String::with_capacity(2 * PASSWORD_MAX);
    let limit = u64::try_from(PASSWORD_MAX + 2).unwrap_or(u64::MAX);
    let read = from.take(limit).read_to_string(&mut text);
    let text = Secret::new(text);
    read?;
    Ok(Secret::new(
        text.expose().lines().next().unwrap_or_default(),
    ))
}

/// What NUT's protocol does not carry could be kept, but never be given.
///
/// # Errors
/// It is empty, too long, or has characters that are not carried.
pub fn usable(password: Secret) -> Result<Secret, Error> {
    let text = password.expose();
    if text.is_empty() {
        Err(Error::Empty)
    } else if text.len() > PASSWORD_MAX {
        Err(Error::Long)
    } else if !text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
        Err(Error::Unprintable)
    } else {
        Ok(password)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_counts_if_a_client_can_send_it() {
        let long = "x".repeat(513);
        for (input, expected) in [
            ("a b\n", Some("a b")),
            ("a b\r\nc\n", Some("a b")),
            ("pw", Some("pw")),
            ("", None),
            ("\n", None),
            ("p\u{e4}ss\n", None),
            ("a\tb\n", None),
            (&long, None),
        ] {
            let read = read_line(input.as_bytes()).ok();
            let read = read.and_then(|read| usable(read).ok());
            assert_eq!(read.as_ref().map(Secret::expose), expected, "{input:?}");
        }
    }

    #[test]
    fn a_hash_is_of_its_password_and_never_the_same_twice() {
        let password = Secret::new("hunter2");
        let (one, other) = (hash(&password).unwrap(), hash(&password).unwrap());
        assert_ne!(one, other);
        assert!(one.is_of(&password) && other.is_of(&password));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let told = of_file(Path::new("/nonexistent/pw")).unwrap_err();
        let told = told.to_string();
        assert!(
            told.starts_with("cannot read the password in /nonexistent/pw: "),
            "{told}"
        );
    }
}
