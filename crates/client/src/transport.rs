//! What carries the bytes: TCP now, TLS over it when STARTTLS comes.

use std::io;

use proto::HostPort;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Error;

/// An open connection.
#[derive(Debug)]
pub(crate) enum Transport {
    /// Bytes as they are.
    Plain(TcpStream),
}

impl Transport {
    /// Reads what is there; 0 when the server has closed.
    pub(crate) async fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(into).await,
        }
    }

    /// Writes all of it.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.write_all(bytes).await,
        }
    }
}

/// Turns the fresh connection into a safe one, as far as the policy asks for it.
///
/// This is where STARTTLS goes: send it before anything else, read exactly one line, and on `OK STARTTLS`
/// begin the handshake only if no byte has arrived behind that line (an attacker could have put it there);
/// on `ERR` go on in clear unless FORCESSL is set. Until crate `tls` exists nothing is sent.
pub(crate) async fn secure(transport: Transport, _server: &HostPort) -> Result<Transport, Error> {
    Ok(transport)
}
