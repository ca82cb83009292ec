//! Talking to a running instance over its socket (spec sock-protocol.md, section 10).
//!
//! ```text
//! NOBROADCAST -- SET or INSTCMD with a fresh id -- lines up to TRACKING <id> -- LOGOUT
//! ```
//! Blocking, with a deadline for every wait; no runtime is needed.

use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ipc::{ToDriver, ToServer};
use model::StateTree;
use nix::errno::Errno;
use nix::sys::socket::{AddressFamily, SockFlag, SockType, UnixAddr, connect, socket};
use proto::{Outcome, TrackingId};
use text::{Fed, Lexer};

/// How long to wait for a place in the instance's queue of connections.
const CONNECT: Duration = Duration::from_secs(3);

/// A conversation with a running driver.
#[derive(Debug)]
pub struct Instance {
    stream: UnixStream,
    lexer: Lexer,
    /// Bytes that were received and not read yet.
    input: Vec<u8>,
}

impl Instance {
    /// Connects to the driver behind the socket `path`.
    ///
    /// # Errors
    /// Nobody is there.
    pub fn connect(path: &Path) -> io::Result<Self> {
        let stream = connected(path)?;
        let mut instance = Self {
            stream,
            lexer: Lexer::new(),
            input: Vec::new(),
        };
        instance.send(&ToDriver::Broadcast(false))?;
        Ok(instance)
    }

    /// Has a command performed.
    ///
    /// # Errors
    /// No answer came in time.
    pub fn command(&mut self, cmd: &str, within: Duration) -> io::Result<Outcome> {
        let id = fresh_id()?;
        let message = ToDriver::InstCmd {
            cmd,
            param: None,
            tracking: Some(&id),
        };
        self.send(&message)?;
        self.outcome(&id, within)
    }

    /// Has a variable set.
    ///
    /// # Errors
    /// No answer came in time.
    pub fn set(&mut self, var: &str, value: &str, within: Duration) -> io::Result<Outcome> {
        let id = fresh_id()?;
        let message = ToDriver::Set {
            var,
            value,
            tracking: Some(&id),
        };
        self.send(&message)?;
        self.outcome(&id, within)
    }

    /// All that the driver publishes.
    ///
    /// # Errors
    /// The dump was not complete in time.
    pub fn dump(&mut self, within: Duration) -> io::Result<StateTree> {
        self.send(&ToDriver::DumpAll)?;
        let mut tree = StateTree::default();
        self.until(within, |message| match message {
            ToServer::DumpDone => Some(()),
            other => {
                ipc::apply(other, &mut tree);
                None
            }
        })?;
        Ok(tree)
    }

    /// Waits for the end of the connection; whether it came in time.
    pub fn is_gone(&mut self, within: Duration) -> bool {
        let ended = self.until(within, |_| None::<()>);
        ended.is_err_and(|error| error.kind() != ErrorKind::TimedOut)
    }

    fn outcome(&mut self, id: &str, within: Duration) -> io::Result<Outcome> {
        self.until(within, |message| match message {
            ToServer::Tracking { id: theirs, result } if *theirs == id => {
                Some(Outcome::from_driver(result))
            }
            _ => None,
        })
    }

    fn send(&mut self, message: &ToDriver<'_>) -> io::Result<()> {
        let mut line = String::new();
        message.write(&mut line);
        self.stream.set_write_timeout(Some(CONNECT))?;
        self.stream.write_all(line.as_bytes())
    }

    /// Reads messages until `wanted` finds something in one.
    fn until<T>(
        &mut self,
        within: Duration,
        mut wanted: impl FnMut(&ToServer<'_>) -> Option<T>,
    ) -> io::Result<T> {
        let deadline = Instant::now() + within;
        loop {
            match self.lexer.feed(&self.input) {
                Fed::More => {
                    self.input.clear();
                    self.receive(deadline)?;
                }
                Fed::Broken(used) => _ = self.input.drain(..used),
                Fed::Line(used) => {
                    let mut slots = [""; 8];
                    let words = self.lexer.words().slots(&mut slots);
                    let found = ToServer::parse(words)
                        .ok()
                        .and_then(|message| wanted(&message));
                    self.input.drain(..used);
                    if let Some(found) = found {
                        return Ok(found);
                    }
                }
            }
        }
    }

    fn receive(&mut self, deadline: Instant) -> io::Result<()> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        let mut chunk = [0; 4096];
        match self.stream.read(&mut chunk) {
            Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
            Ok(length) => {
                self.input
                    .extend_from_slice(chunk.get(..length).unwrap_or_default());
                Ok(())
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => Err(ErrorKind::TimedOut.into()),
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        let _ = self.send(&ToDriver::Logout);
    }
}

/// Connects without ever blocking: a stopped driver's queue of connections may be full.
fn connected(path: &Path) -> io::Result<UnixStream> {
    let address = UnixAddr::new(path)?;
    let deadline = Instant::now() + CONNECT;
    loop {
        match attempt(&address) {
            Ok(stream) => {
                stream.set_nonblocking(false)?;
                return Ok(stream);
            }
            Err(Errno::EAGAIN) if Instant::now() < deadline => sleep(Duration::from_millis(50)),
            Err(errno) => return Err(errno.into()),
        }
    }
}

/// Whether somebody listens behind the socket `path`, served or not.
pub(crate) fn is_listened_on(path: &Path) -> bool {
    let attempted = UnixAddr::new(path).and_then(|address| attempt(&address));
    !matches!(attempted, Err(Errno::ECONNREFUSED | Errno::ENOENT))
}

fn attempt(address: &UnixAddr) -> nix::Result<UnixStream> {
    let flags = SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK;
    let fd: OwnedFd = socket(AddressFamily::Unix, SockType::Stream, flags, None)?;
    connect(fd.as_raw_fd(), address)?;
    Ok(fd.into())
}

fn fresh_id() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(TrackingId::from_random(bytes).to_string())
}
