//! What carries the bytes: TCP, and TLS over it.

use std::io;

use proto::{HostPort, Reply, Request};
use text::WORDS_MAX;
use tls::ClientStream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Error;
use crate::lines::Lines;

/// An open connection.
#[derive(Debug)]
pub(crate) enum Transport {
    /// Bytes as they are.
    Plain(TcpStream),
    /// Encrypted bytes; in a box, because not all need the room.
    Encrypted(Box<ClientStream>),
}

impl Transport {
    /// Reads what is there; 0 when the server has closed.
    pub(crate) async fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(into).await,
            Self::Encrypted(stream) => match stream.read(into).await {
                // a server that ends without a word of goodbye: what it said before was whole lines or is refused
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
                read => read,
            },
        }
    }

    /// Writes all of it.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.write_all(bytes).await,
            Self::Encrypted(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }
}

/// Turns the fresh connection into a safe one, as far as `encryption` asks for it.
///
/// As C NUT does, every server is asked for encryption. One that has none is talked to in the clear, unless that is
/// forbidden. One that has it must get through the handshake: nobody falls back to the clear because a check failed.
pub(crate) async fn secure(
    mut stream: TcpStream,
    server: &HostPort,
    encryption: &tls::Client,
) -> Result<Transport, Error> {
    if let Err(refusal) = start_tls(&mut stream).await? {
        if encryption.forces(&server.host, server.port) {
            return Err(Error::NoTls(refusal));
        }
        return Ok(Transport::Plain(stream));
    }
    let shaken = Box::pin(encryption.connect(&server.host, server.port, stream)).await;
    match shaken {
        Ok(stream) => Ok(Transport::Encrypted(Box::new(stream))),
        Err(why) => Err(Error::Tls(why.to_string())),
    }
}

/// Asks for encryption. The inner error is the word of a server that has none.
async fn start_tls(stream: &mut TcpStream) -> Result<Result<(), String>, Error> {
    let mut request = String::new();
    Request::StartTls.write(&mut request);
    stream
        .write_all(request.as_bytes())
        .await
        .map_err(Error::Write)?;
    let mut lines = Lines::default();
    let mut chunk = [0; 512];
    while !lines.advance()? {
        match stream.read(&mut chunk).await.map_err(Error::Read)? {
            0 => return Err(Error::Disconnected),
            count => lines.push(chunk.get(..count).unwrap_or_default()),
        }
    }
    // somebody on the way may have put it there, for us to take it for something encrypted
    if lines.has_unread() {
        return Err(Error::Protocol);
    }
    let mut slots = [""; WORDS_MAX];
    match Reply::of(lines.words().slots(&mut slots)) {
        Reply::Ok(_) => Ok(Ok(())),
        Reply::Err(word) => Ok(Err(word.to_owned())),
        _ => Err(Error::Protocol),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use tls::{Client, ClientSettings, Said};

    use crate::testing::{Server, Then};
    use crate::{Blocking, Error};

    fn forcing() -> Client {
        let settings = ClientSettings {
            forcessl: Some(Said::new(true, "x")),
            ..ClientSettings::default()
        };
        Client::load(&settings, SystemTime::now(), &mut Vec::new()).unwrap()
    }

    fn open(server: &Server, encryption: &Client) -> Result<Blocking, Error> {
        Blocking::open_with(&server.address(), Duration::from_secs(5), encryption)
    }

    #[test]
    fn a_server_without_encryption_is_talked_to_unless_that_is_forbidden() {
        let server = Server::answering(&[]);
        assert!(open(&server, &Client::default()).is_ok());
        let error = open(&server, &forcing()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "SSL is not available: the server refuses it (FEATURE-NOT-CONFIGURED; see CERTFILE in its upsd.conf), \
             and FORCESSL demands it; nothing was sent"
        );
    }

    #[test]
    fn what_is_no_handshake_is_never_gone_on_with_in_the_clear() {
        for (words, told) in [
            (
                "OK STARTTLS\n",
                "SSL error: the connection was closed in the middle of the handshake",
            ),
            ("OK STARTTLS\nOK\n", "Protocol error"),
            ("VER\n", "Protocol error"),
        ] {
            let server = Server::wholly_raw(words, Then::Close);
            let error = open(&server, &Client::default()).unwrap_err();
            assert_eq!(error.to_string(), told, "{words:?}");
        }
        let server = Server::wholly_raw(
            "OK STARTTLS\n",
            Then::Trickle("junk", Duration::from_millis(50)),
        );
        let error = open(&server, &Client::default()).unwrap_err().to_string();
        assert!(
            error.starts_with("SSL error: ") || error == "Protocol error",
            "{error}"
        );
    }

    #[test]
    fn a_server_that_never_answers_starttls_costs_the_time_to_connect() {
        let server = Server::wholly_raw("", Then::Wait);
        let address = server.address();
        let error = Blocking::open_with(&address, Duration::from_millis(50), &Client::default());
        assert_eq!(
            error.unwrap_err().to_string(),
            "Connection failure: Connection timed out"
        );
    }
}
