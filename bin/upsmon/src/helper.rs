//! The helper: the process that stays root to shut the system down (bin/upsmon-helper).
//!
//! It is started before root's rights are given up, and by the process that watches, so after going to the
//! background. All it will ever do is fixed by its arguments.
//!
//! * It and what it runs get no environment but `PATH`.
//! * It has the signals blocked that ask a program to end, so that a service manager which stops all processes of
//!   upsmon does not stop it in the middle of a shutdown; the end of its socket ends it in order. SHUTDOWNCMD
//!   begins with the same signals blocked, and its shell keeps them so (bash) or not (dash, after the first program).
//! * They are a process group of their own, out of reach of the terminal's keys.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream as StdStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use tokio::net::UnixStream;
use tokio::time::sleep;
use tracing::error;

const NAME: &str = "upsmon-helper";
/// Where helpers lie that do not lie beside upsmon.
const LIBEXEC_DIR: &str = match option_env!("LOCKNUT_LIBEXECDIR") {
    Some(dir) => dir,
    None => "/usr/libexec/locknut",
};
const ACT: u8 = 1;
/// Bits of the answer.
const COMMAND_FAILED: u8 = 1;
const FLAG_FAILED: u8 = 2;
/// What ends a program, and what upsmon takes for its commands.
const BLOCKED: [Signal; 6] = [
    Signal::SIGTERM,
    Signal::SIGINT,
    Signal::SIGQUIT,
    Signal::SIGHUP,
    Signal::SIGUSR1,
    Signal::SIGUSR2,
];

/// Why there is no helper; upsmon cannot go on, because nobody could shut the system down.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HelperError {
    #[error("{NAME} is in none of {}; install it beside upsmon", places.join(", "))]
    Missing { places: Vec<String> },
    #[error("cannot start {}: {source}", program.display())]
    Start { program: PathBuf, source: io::Error },
    #[error("cannot talk to {NAME}: {0}")]
    Socket(#[from] io::Error),
}

/// What comes from the helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HelperEvent {
    /// SHUTDOWNCMD has ended, and says that it went well.
    Done,
    /// SHUTDOWNCMD failed; it may be tried again.
    Failed,
    /// The helper is gone and nobody can shut the system down. Nothing comes after this.
    Lost,
}

/// The helper's program file: beside our own, else where the build says.
pub(crate) fn find() -> Result<PathBuf, HelperError> {
    let own = std::env::current_exe().ok();
    let own = own.as_deref().and_then(Path::parent).map(Path::to_owned);
    let built = [LIBEXEC_DIR, daemon::paths::DRIVER_DIR].map(PathBuf::from);
    find_in(own.into_iter().chain(built))
}

fn find_in(dirs: impl Iterator<Item = PathBuf>) -> Result<PathBuf, HelperError> {
    let mut places = Vec::new();
    for dir in dirs {
        let program = dir.join(NAME);
        if is_program(&program) {
            return Ok(program);
        }
        places.push(dir.display().to_string());
    }
    Err(HelperError::Missing { places })
}

fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Where the output of the helper and of SHUTDOWNCMD goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    /// Where ours goes.
    Inherited,
    /// Nowhere: in the background it would keep the terminal.
    Nowhere,
}

impl Output {
    fn stdio(self) -> Stdio {
        match self {
            Self::Inherited => Stdio::inherit(),
            Self::Nowhere => Stdio::null(),
        }
    }
}

/// A helper that runs, before there is an event loop to listen to it.
#[derive(Debug)]
pub(crate) struct Started {
    child: Child,
    socket: StdStream,
}

/// Starts `program` with what it is to do.
pub(crate) fn start(
    program: &Path,
    shutdown: &OsStr,
    flag: Option<&Path>,
    output: Output,
) -> Result<Started, HelperError> {
    let (socket, theirs) = StdStream::pair()?;
    let mut command = Command::new(program);
    command.arg(shutdown).args(flag).env_clear();
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
        .process_group(0)
        .stdin(OwnedFd::from(theirs))
        .stdout(output.stdio())
        .stderr(output.stdio());
    let child = shielded(|| command.spawn()).map_err(|source| HelperError::Start {
        program: program.to_owned(),
        source,
    })?;
    Ok(Started { child, socket })
}

/// Runs `action` with the signals blocked; what it starts keeps them so for good.
fn shielded<T>(action: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let blocked: SigSet = BLOCKED.into_iter().collect();
    let before = blocked.thread_swap_mask(SigmaskHow::SIG_BLOCK)?;
    let result = action();
    before.thread_set_mask()?;
    result
}

impl Started {
    /// Connects it to the event loop that is running.
    pub(crate) fn listen(self) -> Result<Helper, HelperError> {
        self.socket.set_nonblocking(true)?;
        Ok(Helper {
            child: self.child,
            socket: UnixStream::from_std(self.socket)?,
        })
    }
}

/// The running helper. It ends when this is dropped, but not before a shutdown that it has begun.
#[derive(Debug)]
pub(crate) struct Helper {
    child: Child,
    socket: UnixStream,
}

impl Helper {
    /// Has it write the flag and run SHUTDOWNCMD; [`next`](Self::next) tells what came of it.
    pub(crate) async fn act(&self) -> io::Result<()> {
        loop {
            self.socket.writable().await?;
            match self.socket.try_write(&[ACT]) {
                Ok(_) => return Ok(()),
                Err(why) if why.kind() == io::ErrorKind::WouldBlock => {}
                Err(why) => return Err(why),
            }
        }
    }

    /// The next event. Dropping the future loses none.
    pub(crate) async fn next(&mut self) -> HelperEvent {
        match self.read().await {
            Ok(answer) => understand(answer),
            Err(why) => {
                error!(target: daemon::log::ALERT, "{NAME} is gone ({why}{}); shutdown impossible", self.bury().await);
                HelperEvent::Lost
            }
        }
    }

    async fn read(&self) -> io::Result<u8> {
        let mut answer = [0];
        loop {
            self.socket.readable().await?;
            match self.socket.try_read(&mut answer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => return Ok(answer[0]),
                Err(why) if why.kind() == io::ErrorKind::WouldBlock => {}
                Err(why) => return Err(why),
            }
        }
    }

    /// How it ended. The socket closes a moment before the process is gone.
    async fn bury(&mut self) -> String {
        for _ in 0..100 {
            if let Ok(Some(status)) = self.child.try_wait() {
                return format!(", {status}");
            }
            sleep(Duration::from_millis(10)).await;
        }
        String::new()
    }
}

fn understand(answer: u8) -> HelperEvent {
    if answer & FLAG_FAILED != 0 {
        error!("cannot write POWERDOWNFLAG; the UPS will not cut power");
    }
    if answer & COMMAND_FAILED == 0 {
        return HelperEvent::Done;
    }
    error!(target: daemon::log::CRIT, "Unable to call shutdown command");
    HelperEvent::Failed
}

#[cfg(test)]
mod tests;
