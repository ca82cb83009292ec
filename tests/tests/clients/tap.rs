//! A tap between client and server: all bytes pass through, and the lines of both sides are remembered.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Bytes that went one way, over all connections.
type Heard = Arc<Mutex<Vec<u8>>>;

/// A port that leads to the server.
#[derive(Debug)]
pub(crate) struct Tap {
    pub(crate) port: u16,
    asked: Heard,
    answered: Heard,
}

impl Tap {
    /// A tap to the server on `server`, a port of 127.0.0.1. Its thread ends with the test.
    pub(crate) fn on(server: u16) -> Self {
        let door = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let tap = Self {
            port: door.local_addr().unwrap().port(),
            asked: Heard::default(),
            answered: Heard::default(),
        };
        let (asked, answered) = (Arc::clone(&tap.asked), Arc::clone(&tap.answered));
        thread::spawn(move || {
            for client in door.incoming().flatten() {
                // a client whose server is gone sees the end of its connection
                let _ = connect(client, server, &asked, &answered);
            }
        });
        tap
    }

    /// Whether a client asked this line.
    pub(crate) fn asked(&self, line: &str) -> bool {
        has(&self.asked, line)
    }

    /// Whether the server answered this line.
    pub(crate) fn answered(&self, line: &str) -> bool {
        has(&self.answered, line)
    }
}

fn has(heard: &Heard, line: &str) -> bool {
    let heard = heard.lock().unwrap();
    String::from_utf8_lossy(&heard)
        .lines()
        .any(|each| each == line)
}

fn connect(client: TcpStream, server: u16, asked: &Heard, answered: &Heard) -> io::Result<()> {
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, server))?;
    for (from, to, heard) in [
        (client.try_clone()?, server.try_clone()?, asked),
        (server, client, answered),
    ] {
        to.set_nodelay(true)?;
        let heard = Arc::clone(heard);
        thread::spawn(move || pass(from, to, &heard));
    }
    Ok(())
}

/// Remembers before it passes on, so that whoever has an answer finds it here.
fn pass(mut from: TcpStream, mut to: TcpStream, heard: &Heard) {
    let mut buffer = [0; 4096];
    let mut open = true;
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        heard.lock().unwrap().extend(&buffer[..read]);
        // one that has gone does not keep the other side from being heard
        open = open && to.write_all(&buffer[..read]).is_ok();
    }
    let _ = to.shutdown(Shutdown::Write);
}
