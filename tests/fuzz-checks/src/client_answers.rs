//! What a server may say to our clients, over a connection.

use client::{Blocking, Error, ITEMS_MAX};
use proto::{Get, HostPort, List, Request};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// All that the server says is there before anything is asked, so this is never waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whatever a server says, and then hangs up: each question has an answer that is one, or an error; after an answer that was
/// not understood nothing more is asked.
pub fn check_client_answers(bytes: &[u8]) {
    let Some((mut client, _server)) = served(bytes) else {
        return;
    };
    let (ups, var) = ("lab1", "ups.status");
    let said = bytes.len();
    for _ in 0..4 {
        let was_usable = client.is_usable();
        let words = client.get(Get::Var { ups, var });
        heed(&client, was_usable, words, |words| texts(words, said));
        let was_usable = client.is_usable();
        let items = client.list(List::Var { ups });
        heed(&client, was_usable, items, |items| {
            assert!(items.len() <= ITEMS_MAX);
            items.iter().for_each(|words| texts(words, said));
        });
        let was_usable = client.is_usable();
        let reply = client.ok(Request::InstCmd {
            ups,
            cmd: "load.off",
            param: None,
        });
        heed(&client, was_usable, reply, |_| ());
        let was_usable = client.is_usable();
        let line = client.line(Request::Ver);
        heed(&client, was_usable, line, |words| texts(words, said));
    }
}

/// A client and its server, which has no encryption, has said `bytes` and hung up; it reads nothing more. All fits in the
/// kernel's buffers.
fn served(bytes: &[u8]) -> Option<(Blocking, TcpStream)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
    let port = listener.local_addr().ok()?.port();
    let address = HostPort::parse(&format!("127.0.0.1:{port}")).ok()?;
    let server = thread::spawn(move || without_encryption(&listener));
    let client = Blocking::open(&address, PATIENCE);
    let mut server = server.join().ok()??;
    server.write_all(bytes.get(..8192).unwrap_or(bytes)).ok()?;
    server.shutdown(Shutdown::Write).ok()?;
    Some((client.ok()?, server))
}

/// The connection of a client whose wish for encryption is refused.
fn without_encryption(listener: &TcpListener) -> Option<TcpStream> {
    let (mut server, _) = listener.accept().ok()?;
    server.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut asked = [0; 64];
    let length = server.read(&mut asked).ok()?;
    assert_eq!(asked.get(..length), Some(&b"STARTTLS\n"[..]));
    server.write_all(b"ERR FEATURE-NOT-CONFIGURED\n").ok()?;
    Some(server)
}

fn heed<T>(client: &Blocking, was_usable: bool, answer: Result<T, Error>, look: impl FnOnce(&T)) {
    match answer {
        Ok(answer) => {
            assert!(was_usable, "an answer behind one that was not understood");
            look(&answer);
        }
        Err(error) if error.is_refusal() => assert!(was_usable),
        Err(error) => {
            assert!(!client.is_usable(), "{error} and yet more may be asked");
            assert!(!error.to_string().contains('\n'));
        }
    }
}

/// Words come from what was said, and can be printed.
fn texts(words: &[String], said: usize) {
    for word in words {
        assert!(word.len() <= said);
        assert!(
            word.bytes().all(|byte| matches!(byte, 0x20..=0x7f)),
            "{word:?}"
        );
    }
}
