//! Calling cargo, and other programs, as parts of a chore.

use crate::failure::{Failure, Result};
use std::env;
use std::process::{Command, Output, Stdio};

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.stdin(Stdio::null());
    command
}

/// Runs a command that talks to the terminal; it must succeed.
pub(crate) fn perform(command: &mut Command) -> Result<()> {
    let name = shown(command);
    let status = command.status().map_err(Failure::io(&name))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::told(format!(
        "`{name}` failed ({status}), see above"
    )))
}

/// Runs a command for what it prints on its standard output; it must succeed.
pub(crate) fn ask(command: &mut Command) -> Result<String> {
    let name = shown(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(Failure::io(&name))?;
    let Output {
        status,
        stdout,
        stderr,
    } = output;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&stderr);
    Err(Failure::told(format!(
        "`{name}` failed ({status}): {}",
        said.trim()
    )))
}

/// A command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let program = program.rsplit('/').next().unwrap_or_default();
    command.get_args().fold(program.to_owned(), |line, arg| {
        line + " " + &arg.to_string_lossy()
    })
}

/// Whether a program can be run at all.
pub(crate) fn exists(program: &str) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&paths).any(|dir| dir.join(program).is_file())
}
