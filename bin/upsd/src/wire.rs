//! The bytes of a client's connection, in the clear or encrypted.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tls::ServerStream;
use tokio::io::{AsyncRead as _, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Input behind a LOGOUT that is taken off the socket, so that closing it does not cut the answer off.
const FAREWELL_MAX: usize = 64 * 1024;
/// How long a client may take to read that its encrypted connection ends.
const FAREWELL_TIME: Duration = Duration::from_secs(1);

/// A client's connection.
#[derive(Debug)]
pub(crate) enum Wire {
    Plain(TcpStream),
    /// In a box: most clients do not need the room.
    Encrypted(Box<ServerStream>),
}

impl Wire {
    pub(crate) fn poll_read(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Encrypted(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }

    /// Writes what the socket takes at once; returns the rest, which is all of what is to be encrypted.
    pub(crate) fn try_write<'o>(&self, mut out: &'o [u8]) -> io::Result<&'o [u8]> {
        let Self::Plain(stream) = self else {
            return Ok(out);
        };
        while !out.is_empty() {
            match stream.try_write(out) {
                Ok(bytes) => out = out.get(bytes..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(out)
    }

    /// Writes all of it.
    pub(crate) async fn write_all(&mut self, out: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.write_all(out).await,
            Self::Encrypted(stream) => {
                stream.write_all(out).await?;
                stream.flush().await
            }
        }
    }

    /// Closes so that the last answer arrives: unread input would turn the close into a reset.
    pub(crate) async fn bid_farewell(mut self) {
        if let Self::Encrypted(stream) = &mut self {
            // whoever does not hear that it is the end finds out soon enough
            let _ = timeout(FAREWELL_TIME, stream.shutdown()).await;
        }
        let stream = match &self {
            Self::Plain(stream) => stream,
            Self::Encrypted(stream) => stream.get_ref().0,
        };
        let mut discarded = 0;
        let mut sink = [0; 1024];
        while let Ok(bytes @ 1..) = stream.try_read(&mut sink) {
            discarded += bytes;
            if discarded > FAREWELL_MAX {
                return;
            }
        }
    }
}
