//! Questions to the user.
//!
//! At a terminal a password is typed unseen. From a pipe both come as lines, so that scripts can feed them.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use client::Password;

use crate::Failure;

/// Bytes read of an answer.
const ANSWER_MAX: u64 = 4096;

/// Asks on stdout for a line.
///
/// # Errors
/// There is none: `what` was wanted.
pub fn ask_line(question: &str, what: &'static str) -> Result<String, Failure> {
    let mut out = io::stdout().lock();
    write!(out, "{question}")?;
    out.flush()?;
    line().map_err(|error| Failure::Prompt(what, error))
}

/// Asks for a password.
///
/// # Errors
/// There is none.
pub(crate) fn ask_password(question: &str) -> Result<Password, Failure> {
    let typed = if io::stdin().is_terminal() {
        rpassword::prompt_password(question)
    } else {
        line()
    };
    typed
        .map(Password::new)
        .map_err(|error| Failure::Prompt("the password", error))
}

fn line() -> io::Result<String> {
    let mut line = String::new();
    if io::stdin().lock().take(ANSWER_MAX).read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}
