//! How testkit fails: an error with a text, or the panic that makes a test fail.

use std::fmt;
use std::io;

/// What went wrong and what to do about it, in one text.
pub struct Error(String);

impl Error {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn io(what: impl fmt::Display) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self(format!("{what}: {cause}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The same as the text, because `unwrap` shows this form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Ends the test.
#[track_caller]
#[allow(clippy::panic, reason = "a failed expectation of a test ends the test")]
pub(crate) fn fail(text: impl fmt::Display) -> ! {
    panic!("{text}")
}

/// The value, or the end of the test.
#[track_caller]
pub(crate) fn must<T, E: fmt::Display>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => fail(error),
    }
}
