//! From a short-lived upssched to the timer daemon (spec upssched.md, section 4).
//!
//! There is one daemon because it locks LOCKFN for its life. The file is never removed, so that nobody can lock
//! another one of the same name. Who does not get the lock waits for the socket of the one who has it.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use daemon::Exit;
use daemon::background::{self, Role};
use nix::fcntl::{FlockArg, OFlag};
use tracing::{debug, error};

use crate::place::Place;
use crate::{Error, serve};

/// How long an answer may take. The daemon answers at once; only a machine in trouble takes longer.
const ANSWER_TIME: Duration = Duration::from_secs(10);
/// How long it is tried to reach a daemon.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pause between two attempts.
const PAUSE: Duration = Duration::from_millis(50);

/// Sends a request; starts the daemon if there is none.
pub(crate) fn send(place: &Place, line: &str) -> Result<(), Error> {
    let begun = Instant::now();
    loop {
        let why = match ask(place, line) {
            Ok(answer) if answer.last().is_some_and(|line| line == "OK") => return Ok(()),
            Ok(answer) => return Err(refused(line, &answer)),
            Err(why) => why,
        };
        if begun.elapsed() > PATIENCE {
            return Err(Error::Unreachable(why.to_string()));
        }
        debug!("the timer daemon does not answer: {why}");
        if is_absent(&why)
            && let Some(lock) = take_lock(place)?
        {
            start(place, lock)?;
            continue;
        }
        sleep(PAUSE);
    }
}

/// Sends a request that has nothing to do where no daemon is. One that is just starting is waited for: its lock tells.
pub(crate) fn send_if_running(place: &Place, line: &str) -> Result<(), Error> {
    match ask(place, line) {
        Err(why) if is_absent(&why) && take_lock(place)?.is_some() => Ok(()),
        Ok(answer) if answer.last().is_some_and(|line| line == "OK") => Ok(()),
        _ => send(place, line),
    }
}

/// The rows of LIST-TIMERS.
pub(crate) fn list(place: &Place) -> Result<Vec<String>, Error> {
    let answer = ask(place, "LIST-TIMERS\n").map_err(|why| {
        if is_absent(&why) {
            Error::NotRunning
        } else {
            Error::file("ask the timer daemon on", &place.socket)(why)
        }
    })?;
    match answer.as_slice() {
        [begin, rows @ .., end, ok]
            if (begin.as_str(), end.as_str(), ok.as_str())
                == ("BEGIN LIST TIMERS", "END LIST TIMERS", "OK") =>
        {
            Ok(rows.to_vec())
        }
        _ => Err(refused("LIST-TIMERS", &answer)),
    }
}

fn refused(line: &str, answer: &[String]) -> Error {
    let verb = line.split_whitespace().next().unwrap_or_default();
    let answer = answer.join(" ");
    Error::Unusable(format!("the timer daemon does not take {verb}: {answer:?}"))
}

/// One request and its answer, up to `OK` or `ERR`.
fn ask(place: &Place, line: &str) -> io::Result<Vec<String>> {
    let mut stream = UnixStream::connect(&place.socket)?;
    stream.set_read_timeout(Some(ANSWER_TIME))?;
    stream.set_write_timeout(Some(ANSWER_TIME))?;
    stream.write_all(line.as_bytes())?;
    let mut answer = Vec::new();
    for line in BufReader::new(stream).lines() {
        let line = line?;
        let last = line == "OK" || line.starts_with("ERR");
        answer.push(line);
        if last {
            return Ok(answer);
        }
    }
    // it ended in the middle: nothing was taken
    Err(ErrorKind::ConnectionReset.into())
}

/// Whether nobody listens, as opposed to somebody who is slow or not for us.
fn is_absent(why: &io::Error) -> bool {
    matches!(
        why.kind(),
        ErrorKind::NotFound
            | ErrorKind::ConnectionRefused
            | ErrorKind::ConnectionReset
            | ErrorKind::BrokenPipe
    )
}

/// The right to be the daemon, if nobody has it.
fn take_lock(place: &Place) -> Result<Option<File>, Error> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    options.custom_flags(OFlag::O_NOFOLLOW.bits());
    let file = options.open(&place.lock).or_else(|why| {
        if why.kind() != ErrorKind::PermissionDenied {
            return Err(why);
        }
        // C NUT makes it without any rights; nobody but its maker can open that one, and only anew
        std::fs::remove_file(&place.lock)?;
        options.open(&place.lock)
    });
    let file = file.map_err(Error::file("open", &place.lock))?;
    Ok(is_locked(&file).then_some(file))
}

/// Locks the file if nobody has. The lock goes when the last process that has inherited the file closes it.
#[allow(
    deprecated,
    reason = "the newer way unlocks when the parent closes its copy, and the lock is the daemon's"
)]
fn is_locked(file: &File) -> bool {
    nix::fcntl::flock(file.as_raw_fd(), FlockArg::LockExclusiveNonblock).is_ok()
}

/// Starts the daemon; returns when it listens. In the daemon itself this does not return.
fn start(place: &Place, lock: File) -> Result<(), Error> {
    match background::detach()? {
        Role::Parent(Exit::Success) => Ok(()),
        Role::Parent(_) => {
            let why = "it could not be started, as told before".to_owned();
            Err(Error::Unreachable(why))
        }
        Role::Child(readiness) => {
            let exit = serve::serve(place, readiness).unwrap_or_else(|why| {
                error!("{why}");
                Exit::Failure
            });
            drop(lock);
            std::process::exit(exit.code().into())
        }
    }
}
