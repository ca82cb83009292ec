//! From a name to an open connection.

use std::net::SocketAddr;
use std::time::Duration;

use proto::HostPort;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout, timeout_at};

use crate::error::timed_out;
use crate::transport::secure;
use crate::{Connection, Error};

/// How long connecting may take when nobody says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest time-out that makes sense; it keeps sums of instants far from their limits.
const LONGEST: Duration = Duration::from_secs(86_400);

/// Which addresses of a server may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Family {
    /// All of them.
    #[default]
    Any,
    /// IPv4 only.
    V4,
    /// IPv6 only.
    V6,
}

impl Family {
    fn has(self, address: &SocketAddr) -> bool {
        match self {
            Self::Any => true,
            Self::V4 => address.is_ipv4(),
            Self::V6 => address.is_ipv6(),
        }
    }
}

impl Connection {
    /// Connects to `server`, trying each of its addresses.
    ///
    /// Encryption is tried, and nothing is checked. All of resolving and connecting takes no longer than `within`, which is then the deadline of every
    /// request too, until [`set_deadline`](Self::set_deadline).
    ///
    /// # Errors
    /// The name has no address, or no address lets us in.
    pub async fn open(server: &HostPort, within: Duration) -> Result<Self, Error> {
        Self::open_with(server, within, Family::Any, &tls::Client::default()).await
    }

    /// The same, with addresses of one family only (`-4`, `-6`), and encryption as the configuration wants it.
    ///
    /// # Errors
    /// As for [`open`](Self::open); or there is no encryption, and there must be.
    pub async fn open_with(
        server: &HostPort,
        within: Duration,
        family: Family,
        encryption: &tls::Client,
    ) -> Result<Self, Error> {
        let within = within.min(LONGEST);
        let until = Instant::now() + within;
        let mut addresses = resolve(server, until).await?;
        addresses.retain(|address| family.has(address));
        let stream = dial(&addresses, until).await?;
        // requests are short and wait for their answers: never hold one back
        stream.set_nodelay(true).map_err(Error::Connect)?;
        let transport = timeout_at(until, secure(stream, server, encryption))
            .await
            .map_err(|_| Error::Connect(timed_out()))??;
        Ok(Self::over(transport, within))
    }
}

async fn resolve(server: &HostPort, until: Instant) -> Result<Vec<SocketAddr>, Error> {
    let lookup = lookup_host((server.host.as_str(), server.port));
    let found = timeout_at(until, lookup)
        .await
        .map_err(|_| Error::Connect(timed_out()))?;
    Ok(found.map_err(Error::NoSuchHost)?.collect())
}

/// Tries the addresses in order. Each gets an even share of the time left, so that one that swallows
/// packets (IPv6 without a route, often) leaves time for the next.
async fn dial(addresses: &[SocketAddr], until: Instant) -> Result<TcpStream, Error> {
    let mut last = Error::NoSuchHost(std::io::ErrorKind::NotFound.into());
    for (tried, address) in addresses.iter().enumerate() {
        let left = u32::try_from(addresses.len() - tried).unwrap_or(u32::MAX);
        let share = until.saturating_duration_since(Instant::now()) / left.max(1);
        last = match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => Error::Connect(error),
            Err(_) => Error::Connect(timed_out()),
        };
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Blocking;
    use crate::testing::{Server, unused_port};

    fn open(host: &str, port: u16, within: Duration) -> Result<Blocking, Error> {
        let host = host.to_owned();
        Blocking::open(&HostPort { host, port }, within)
    }

    #[test]
    fn a_port_where_nobody_listens_refuses() {
        let error = open("127.0.0.1", unused_port(), DEFAULT_TIMEOUT).unwrap_err();
        assert_eq!(error.to_string(), "Connection failure: Connection refused");
    }

    #[test]
    fn a_name_without_address_is_no_such_host() {
        let error = open("no such host.invalid", 3493, DEFAULT_TIMEOUT).unwrap_err();
        assert_eq!(error.to_string(), "No such host");
    }

    #[test]
    fn every_address_of_a_name_is_tried() {
        // localhost is ::1 and 127.0.0.1 on most machines; the server listens on the latter only
        let server = Server::answering(&[]);
        assert!(open("localhost", server.port(), DEFAULT_TIMEOUT).is_ok());
    }

    #[test]
    fn a_name_without_address_of_the_family_is_no_such_host() {
        for (host, family) in [("127.0.0.1", Family::V6), ("::1", Family::V4)] {
            let server = HostPort {
                host: host.to_owned(),
                port: unused_port(),
            };
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            let encryption = tls::Client::default();
            let opened = Connection::open_with(&server, DEFAULT_TIMEOUT, family, &encryption);
            let error = runtime.block_on(opened).unwrap_err();
            assert_eq!(error.to_string(), "No such host");
        }
    }

    #[test]
    fn no_time_at_all_is_a_time_out() {
        let server = Server::answering(&[]);
        let error = open("127.0.0.1", server.port(), Duration::ZERO).err();
        // the connection may be there before the clock is looked at
        if let Some(error) = error {
            assert_eq!(
                error.to_string(),
                "Connection failure: Connection timed out"
            );
        }
    }
}
