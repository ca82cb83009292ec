//! A port on which the agent may call by itself.
//!
//! Whatever comes from another address is not looked at. What comes from the agent's is read by [`Ears`]; an inform is answered.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use crate::ears::Ears;
use crate::error::Error;
use crate::peer::Peer;
use crate::udp::{DATAGRAM_MAX, addresses};

/// A port that is listened on.
#[derive(Debug)]
pub struct Traps {
    socket: UdpSocket,
    /// Where the agent may be.
    agent: Vec<IpAddr>,
    ears: Ears,
    buffer: Vec<u8>,
    bell: Arc<Bell>,
    rung: UnixStream,
    /// What was wrong with the first that was not believed, until it is told; the others are not.
    complaint: Option<String>,
    complained: bool,
}

/// What came of waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waited {
    /// The agent calls.
    Called,
    /// The waker was woken.
    Woken,
    /// Nothing came in time.
    Nothing,
}

/// Ends the wait from another thread.
#[derive(Debug)]
struct Bell(UnixStream);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // when there is no room it was rung already
        let _ = (&self.0).write(&[0]);
    }
}

impl Traps {
    /// Listens on `port` for what `peer` sends.
    ///
    /// # Errors
    /// The port is taken or not for everyone, or the peer's name is not known.
    pub fn open(port: u16, peer: &Peer, ears: Ears) -> Result<Self, Error> {
        let agent = addresses_of(peer)?;
        let any: IpAddr = match agent.first() {
            Some(IpAddr::V6(_)) => Ipv6Addr::UNSPECIFIED.into(),
            _ => Ipv4Addr::UNSPECIFIED.into(),
        };
        let open = || {
            let socket = UdpSocket::bind((any, port))?;
            socket.set_nonblocking(true)?;
            let (bell, rung) = UnixStream::pair()?;
            bell.set_nonblocking(true)?;
            rung.set_nonblocking(true)?;
            Ok((socket, bell, rung))
        };
        let (socket, bell, rung) = open().map_err(|error| unusable(port, &error))?;
        Ok(Self {
            socket,
            agent,
            ears,
            buffer: vec![0; DATAGRAM_MAX],
            bell: Arc::new(Bell(bell)),
            rung,
            complaint: None,
            complained: false,
        })
    }

    /// The port, for who let the system choose it.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.socket.local_addr().ok().map(|address| address.port())
    }

    /// The agent's name is looked up anew, as it may have another address. What was known stays when that fails.
    pub fn renew(&mut self, peer: &Peer) {
        if let Ok(agent) = addresses_of(peer) {
            self.agent = agent;
        }
    }

    /// What ends [`wait`](Self::wait) from another thread.
    #[must_use]
    pub fn waker(&self) -> Waker {
        Arc::clone(&self.bell).into()
    }

    /// Why something from the agent's address was not believed; told once.
    pub fn complaint(&mut self) -> Option<String> {
        let complaint = self.complaint.take();
        self.complained |= complaint.is_some();
        complaint
    }

    /// Waits for the agent's call, at most so long.
    ///
    /// # Errors
    /// The system lets nobody listen any more.
    pub fn wait(&mut self, within: Duration) -> Result<Waited, Error> {
        let until = Instant::now() + within;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let came = self.anything(left).map_err(|error| broken(&error))?;
            if self.was_rung() {
                return Ok(Waited::Woken);
            }
            match self.socket.recv_from(&mut self.buffer) {
                Ok((length, from)) if self.hears(length, from) => return Ok(Waited::Called),
                Err(error) if error.kind() == ErrorKind::WouldBlock && !came && left.is_zero() => {
                    return Ok(Waited::Nothing);
                }
                // from a stranger, or about something that was sent: whatever comes does not make it longer
                Ok(_) | Err(_) if Instant::now() >= until => return Ok(Waited::Nothing),
                Ok(_) | Err(_) => {}
            }
        }
    }

    /// Waits until there is something to read; whether there is.
    fn anything(&self, within: Duration) -> io::Result<bool> {
        let mut both = [self.socket.as_fd(), self.rung.as_fd()]
            .map(|descriptor| PollFd::new(descriptor, PollFlags::POLLIN));
        // a millisecond more than is left, as it is rounded down
        let millis = i32::try_from(within.as_millis()).unwrap_or(i32::MAX);
        let millis = if within.is_zero() {
            0
        } else {
            millis.saturating_add(1)
        };
        let timeout = PollTimeout::try_from(millis).unwrap_or(PollTimeout::MAX);
        match poll(&mut both, timeout) {
            Ok(count) => Ok(count > 0),
            Err(nix::errno::Errno::EINTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn was_rung(&mut self) -> bool {
        let mut buffer = [0; 64];
        let mut was_rung = false;
        while matches!(self.rung.read(&mut buffer), Ok(count) if count > 0) {
            was_rung = true;
        }
        was_rung
    }

    /// Whether a datagram is the agent's call.
    fn hears(&mut self, length: usize, from: SocketAddr) -> bool {
        let address = from.ip().to_canonical();
        if !self.agent.contains(&address) {
            return false;
        }
        let bytes = self.buffer.get(..length).unwrap_or_default();
        match self.ears.hear(bytes) {
            Ok(call) => {
                if let Some(answer) = call.answer {
                    // it asks again when it does not get it
                    let _ = self.socket.send_to(&answer, from);
                }
                true
            }
            Err(garbled) => {
                if !self.complained {
                    self.complaint = Some(format!("a trap from {address} is not taken: {garbled}"));
                }
                false
            }
        }
    }
}

fn addresses_of(peer: &Peer) -> Result<Vec<IpAddr>, Error> {
    let found = addresses(peer)?;
    Ok(found
        .iter()
        .map(|address| address.ip().to_canonical())
        .collect())
}

fn unusable(port: u16, error: &io::Error) -> Error {
    let advice = match error.kind() {
        ErrorKind::PermissionDenied => "take one above 1023, and tell the device",
        ErrorKind::AddrInUse => {
            "another program listens there; each driver needs a port of its own"
        }
        _ => "check the network of this host",
    };
    Error::Io(format!("port {port}: {error}; {advice}"))
}

fn broken(error: &io::Error) -> Error {
    Error::Io(format!("listening for traps: {error}"))
}

#[cfg(test)]
mod tests;
