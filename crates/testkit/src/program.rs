//! Starting a program in a sandbox, so that it neither sees nor touches a NUT of this machine.

use crate::Sandbox;
use crate::capture::Stream;
use crate::failure::{Error, must};
use crate::running::Running;
use crate::wait::PATIENCE;
use nix::unistd::{User, geteuid};
use std::ffi::OsStr;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A program with its arguments and environment.
#[derive(Debug)]
pub struct Program {
    path: PathBuf,
    command: Command,
}

/// What a program left when it had ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// Its exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// What it printed on its standard output.
    pub stdout: String,
    /// What it printed on its standard error.
    pub stderr: String,
}

impl Program {
    /// One of Locknut's programs.
    #[track_caller]
    #[must_use]
    pub fn locknut(name: &str, sandbox: &Sandbox) -> Self {
        Self::at(&must(our_programs()).join(name), sandbox)
    }

    /// The program at `path`.
    #[must_use]
    pub fn at(path: &Path, sandbox: &Sandbox) -> Self {
        let mut command = Command::new(path);
        command
            .env("NUT_CONFPATH", sandbox.etc())
            .env("NUT_STATEPATH", sandbox.run())
            .env("NUT_ALTPIDPATH", sandbox.run())
            .env("NUT_PIDPATH", sandbox.run())
            .env("HOME", sandbox.etc())
            .env("NUT_QUIET_INIT_BANNER", "true")
            .env("NUT_DEBUG_SYSLOG", "stderr")
            .env_remove("NUT_DEBUG_LEVEL")
            .env_remove("NOTIFY_SOCKET")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self {
            path: path.to_owned(),
            command,
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        self
    }

    /// Sets a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// What it reads on its standard input; nothing otherwise.
    #[track_caller]
    #[must_use]
    pub fn input(mut self, text: &str) -> Self {
        self.command.stdin(must(file_with(text)));
        self
    }

    /// For a daemon: it keeps the account that runs the test. Root would otherwise leave it, and C NUT looks for the
    /// account it was built for even when it cannot change to it.
    #[must_use]
    pub fn as_myself(self) -> Self {
        match User::from_uid(geteuid()) {
            Ok(Some(me)) => self.arg("-u").arg(me.name),
            _ => self,
        }
    }

    /// Starts it.
    #[track_caller]
    #[must_use]
    pub fn start(self) -> Running {
        must(self.try_start())
    }

    /// Starts it.
    ///
    /// # Errors
    /// When it cannot be executed.
    pub fn try_start(mut self) -> Result<Running, Error> {
        let path = self.path.display();
        if !self.path.exists() {
            let text = format!(
                "{path} is not there; run `cargo build --workspace` first, as `cargo xtask test` does"
            );
            return Err(Error::new(text));
        }
        let child = self.command.spawn().map_err(Error::io(&path))?;
        Ok(Running::new(path.to_string(), child))
    }

    /// Runs it to its end.
    #[track_caller]
    pub fn run(self) -> Finished {
        self.run_within(PATIENCE)
    }

    /// Runs it to its end, which must come within the time.
    #[track_caller]
    pub fn run_within(self, within: Duration) -> Finished {
        must(self.try_run_within(within))
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// When it cannot be executed or does not end within the time.
    pub fn try_run_within(self, within: Duration) -> Result<Finished, Error> {
        let mut running = self.try_start()?;
        let code = running.try_wait_for_end(within)?;
        Ok(Finished {
            code,
            stdout: running.printed_on(Stream::Out),
            stderr: running.printed_on(Stream::Err),
        })
    }
}

fn file_with(text: &str) -> Result<Stdio, Error> {
    let made = tempfile::tempfile().and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.rewind()?;
        Ok(Stdio::from(file))
    });
    made.map_err(Error::io("no file for the input"))
}

/// The directory of our programs: what `LOCKNUT_BIN_DIR` says, else beside the running executable.
///
/// # Errors
/// When the running executable does not know its own path.
pub fn our_programs() -> Result<PathBuf, Error> {
    if let Some(dir) = std::env::var_os("LOCKNUT_BIN_DIR") {
        return Ok(PathBuf::from(dir));
    }
    let me = std::env::current_exe().map_err(Error::io("no path of this executable"))?;
    let dir = me.parent().unwrap_or(&me);
    // cargo puts test executables into `deps`, below the programs
    let dir = if dir.ends_with("deps") {
        dir.parent().unwrap_or(dir)
    } else {
        dir
    };
    Ok(dir.to_owned())
}

/// A program that the machine has, by its name.
#[must_use]
pub fn installed(name: &str) -> Option<PathBuf> {
    let dirs = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&dirs)
        .map(|dir| dir.join(name))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::sys::signal::Signal;

    fn shell(script: &str) -> Program {
        Program::at(Path::new("/bin/sh"), &Sandbox::new()).args(["-c", script])
    }

    #[test]
    fn a_program_sees_the_sandbox() {
        let sandbox = Sandbox::new();
        let program = Program::at(Path::new("/bin/sh"), &sandbox);
        let finished = program
            .args(["-c", "echo $NUT_CONFPATH; echo $NUT_STATEPATH >&2; exit 3"])
            .run();
        assert_eq!(finished.code, Some(3));
        assert_eq!(finished.stdout, format!("{}\n", sandbox.etc().display()));
        assert_eq!(finished.stderr, format!("{}\n", sandbox.run().display()));
    }

    #[test]
    fn a_line_is_waited_for_and_a_signal_ends_it() {
        let mut running = shell("echo ready; sleep 60").start();
        assert_eq!(running.wait_for_line("read", PATIENCE), "ready");
        assert_eq!(running.ended(), None);
        running.signal(Signal::SIGTERM);
        assert_eq!(running.wait_for_end(PATIENCE), None);
    }

    #[test]
    fn what_ignores_sigterm_is_killed_when_dropped() {
        let running = shell("trap '' TERM; echo ready; while :; do sleep 0.1; done").start();
        running.wait_for_line("ready", PATIENCE);
        let proc = format!("/proc/{}", running.pid());
        drop(running);
        assert!(!Path::new(&proc).exists());
    }

    #[test]
    fn a_missing_program_says_what_to_do() {
        let missing = Program::at(Path::new("/nowhere/upsd"), &Sandbox::new());
        assert!(
            missing
                .try_start()
                .unwrap_err()
                .to_string()
                .contains("cargo build")
        );
    }

    #[test]
    #[should_panic(expected = "but:\nsomething else")]
    fn a_line_that_does_not_come_shows_what_came() {
        shell("echo something else")
            .start()
            .wait_for_line("ready", PATIENCE);
    }
}
