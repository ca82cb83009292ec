//! Going to the background, with the parent waiting until the daemon is up.
//!
//! ```text
//! parent: fork -- wait on the pipe -- a byte came: exit 0 -- the pipe closed: the child's exit code
//! child:  everything that can fail -- PID file -- setsid, stdio to /dev/null, byte into the pipe -- serve
//! ```
//! C NUT's upsd lets the parent exit 0 at once, so that a shell hears of a broken certificate never; its
//! drivers wait as ours do (spec server-behaviour.md, section 2). The child keeps terminal and process group
//! until it is ready, so Ctrl-C ends both.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};

use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, dup2_stderr, dup2_stdin, dup2_stdout, pipe, setsid};

use crate::{Error, Exit, log, process};

/// Which of the two processes this is.
#[derive(Debug)]
#[must_use]
pub enum Role {
    /// The one that was started: it exits so.
    Parent(Exit),
    /// The daemon.
    Child(Readiness),
}

/// The daemon's duty to say when it is up. Dropped unsaid, or with the process dead, the parent fails.
#[derive(Debug)]
pub struct Readiness {
    parent: Option<File>,
}

/// Splits the process in two. The parent returns only after the child is up or dead.
///
/// # Errors
/// Threads are running already, or the system refuses.
pub fn detach() -> Result<Role, Error> {
    let threads = process::threads();
    if threads != 1 {
        return Err(Error::Threads {
            action: "go to the background",
            threads,
        });
    }
    let (reader, writer) = pipe().map_err(Error::system("make a pipe"))?;
    match fork().map_err(Error::system("fork"))? {
        ForkResult::Child => {
            drop(reader);
            Ok(Role::Child(Readiness {
                parent: Some(writer.into()),
            }))
        }
        ForkResult::Parent { child } => {
            drop(writer);
            Ok(Role::Parent(wait(reader.into(), child)))
        }
    }
}

#[allow(
    unsafe_code,
    reason = "fork is unsafe because of threads, and there are none"
)]
fn fork() -> nix::Result<ForkResult> {
    // SAFETY: `detach` has made sure that this is the only thread of the process, so the child inherits no
    // lock that somebody holds; it may do all that the parent might.
    unsafe { nix::unistd::fork() }
}

/// Waits for the child's word; its silence is failure, never success.
fn wait(mut pipe: File, child: Pid) -> Exit {
    let mut byte = [0];
    if pipe.read_exact(&mut byte).is_ok() {
        return Exit::Success;
    }
    match waitpid(child, None) {
        Ok(WaitStatus::Exited(_, code)) if code != 0 => {
            u8::try_from(code).map_or(Exit::Failure, Exit::Code)
        }
        _ => Exit::Failure,
    }
}

impl Readiness {
    /// Of a daemon that stays in the foreground: nobody waits.
    #[must_use]
    pub fn foreground() -> Self {
        Self { parent: None }
    }

    /// Whether this process went to the background.
    #[must_use]
    pub fn is_background(&self) -> bool {
        self.parent.is_some()
    }

    /// Lets go of the terminal, logs to syslog from now on, and tells the parent that all is well.
    ///
    /// # Errors
    /// `/dev/null` cannot be opened.
    pub fn ready(self) -> Result<(), Error> {
        let Some(mut parent) = self.parent else {
            return Ok(());
        };
        setsid().map_err(Error::system("leave the terminal"))?;
        silence(log::leave_stderr())?;
        let _ = parent.write_all(b"!");
        Ok(())
    }
}

fn silence(stderr_too: bool) -> Result<(), Error> {
    let null = OpenOptions::new().read(true).write(true).open("/dev/null");
    let null = null.map_err(Error::file("open", "/dev/null"))?;
    let action = "redirect to /dev/null";
    dup2_stdin(&null).map_err(Error::system(action))?;
    dup2_stdout(&null).map_err(Error::system(action))?;
    if stderr_too {
        dup2_stderr(&null).map_err(Error::system(action))?;
    }
    Ok(())
}
