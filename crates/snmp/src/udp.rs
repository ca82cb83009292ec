//! The way to an agent: one socket, connected, so that nobody else's datagrams come in.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::peer::{Family, Peer};

/// The largest datagram.
pub(crate) const DATAGRAM_MAX: usize = 65_535;
/// How long a name server may take.
const LOOK_UP_MAX: Duration = Duration::from_secs(10);
/// Old datagrams that are thrown away before something is sent.
const OLD_MAX: usize = 100;

/// A socket.
#[derive(Debug)]
pub(crate) struct Udp {
    socket: UdpSocket,
    buffer: Vec<u8>,
}

/// What comes.
#[derive(Debug)]
pub(crate) enum Arrival<'a> {
    /// A datagram.
    Datagram(&'a [u8]),
    /// Nothing until the deadline.
    Nothing,
    /// The host says that nobody listens there.
    Closed,
}

impl Udp {
    /// A socket to one of the peer's addresses; which, counts `attempt`.
    pub(crate) fn open(peer: &Peer, attempt: usize) -> Result<Self, Error> {
        let addresses = addresses(peer)?;
        let turn = attempt.checked_rem(addresses.len()).unwrap_or_default();
        let address = addresses.get(turn).ok_or_else(|| {
            Error::Io(format!(
                "{peer}: the name has no address of that kind; leave udp: or udp6: out"
            ))
        })?;
        let any: IpAddr = match address {
            SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        let open = || {
            let socket = UdpSocket::bind((any, 0))?;
            socket.connect(address)?;
            Ok(socket)
        };
        let socket = open().map_err(|error| unreachable_by(peer, &error))?;
        Ok(Self {
            socket,
            buffer: vec![0; DATAGRAM_MAX],
        })
    }

    /// Throws away what came too late, and sends.
    pub(crate) fn send(&mut self, peer: &Peer, bytes: &[u8], is_clean: bool) -> Result<(), Error> {
        let sent =
            (if is_clean { Ok(()) } else { self.discard() }).and_then(|()| self.socket.send(bytes));
        match sent {
            Ok(_) => Ok(()),
            // it is about a datagram that was sent before
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => Ok(()),
            Err(error) => Err(unreachable_by(peer, &error)),
        }
    }

    fn discard(&mut self) -> io::Result<()> {
        self.socket.set_nonblocking(true)?;
        for _ in 0..OLD_MAX {
            if self.socket.recv(&mut self.buffer).is_err() {
                break;
            }
        }
        self.socket.set_nonblocking(false)
    }

    /// What comes next until then.
    pub(crate) fn receive(&mut self, peer: &Peer, until: Instant) -> Result<Arrival<'_>, Error> {
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(Arrival::Nothing);
            }
            let socket = &self.socket;
            let came = socket
                .set_read_timeout(Some(left))
                .and_then(|()| socket.recv(&mut self.buffer));
            match came {
                Ok(length) => {
                    return Ok(Arrival::Datagram(
                        self.buffer.get(..length).unwrap_or_default(),
                    ));
                }
                Err(error) => match error.kind() {
                    // rounded down, so there may be some time left
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => {}
                    ErrorKind::ConnectionRefused => return Ok(Arrival::Closed),
                    _ => return Err(unreachable_by(peer, &error)),
                },
            }
        }
    }
}

fn unreachable_by(peer: &Peer, error: &io::Error) -> Error {
    Error::Io(format!("{peer}: {error}; check the network of this host"))
}

/// The addresses of a peer, looked up anew, within a bounded time.
pub(crate) fn addresses(peer: &Peer) -> Result<Vec<SocketAddr>, Error> {
    let is_wanted = |address: &SocketAddr| match peer.family {
        Family::Any => true,
        Family::V4 => address.is_ipv4(),
        Family::V6 => address.is_ipv6(),
    };
    let found = if let Ok(address) = peer.host.parse::<IpAddr>() {
        vec![(address, peer.port).into()]
    } else {
        look_up(peer)?
    };
    Ok(found.into_iter().filter(is_wanted).collect())
}

/// The system's resolver cannot be interrupted, so another thread waits for it.
fn look_up(peer: &Peer) -> Result<Vec<SocketAddr>, Error> {
    let failed = |why: &dyn std::fmt::Display| {
        let host = &peer.host;
        Error::Io(format!(
            "{host}: {why}; check the name, or give the address"
        ))
    };
    let (told, hears) = mpsc::sync_channel(1);
    let (host, port) = (peer.host.clone(), peer.port);
    let looks = move || {
        let found = (host.as_str(), port).to_socket_addrs();
        // nobody waits for it any more
        let _ = told.send(found.map(|found| found.collect::<Vec<_>>()));
    };
    let thread = thread::Builder::new().name("look-up".to_owned());
    thread.spawn(looks).map_err(|error| failed(&error))?;
    match hears.recv_timeout(LOOK_UP_MAX) {
        Ok(found) => found.map_err(|error| failed(&error)),
        Err(_) => Err(failed(&"the name server does not answer")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_none_is_told() {
        let peer: Peer = "no-such-host.invalid".parse().unwrap();
        let error = Udp::open(&peer, 0).unwrap_err().to_string();
        assert!(error.starts_with("no-such-host.invalid: "), "{error}");
        assert!(error.ends_with("check the name, or give the address"));
    }

    #[test]
    fn an_address_of_the_other_family_is_not_taken() {
        let peer: Peer = "udp6:127.0.0.1".parse().unwrap();
        let error = Udp::open(&peer, 0).unwrap_err().to_string();
        assert!(error.contains("no address of that kind"), "{error}");
    }
}
