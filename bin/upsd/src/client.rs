//! One client's connection.
//!
//! The task waits for something to read, then answers and writes without awaiting anything, in buffers
//! that all clients share. Only a client that does not read its answers gets
//! buffers of its own, and a deadline.

use std::future::poll_fn;
use std::io;
use std::rc::Rc;
use std::task::{Poll, ready};
use std::time::Duration;

use server::ConnId;
use text::Lexer;
use tokio::io::ReadBuf;
use tokio::net::TcpStream;
use tokio::task::{AbortHandle, spawn_local};
use tokio::time::timeout;
use tracing::info;

use crate::burst::{Ended, Out, answer};
use crate::shell::{Scratch, Shell};
use crate::wire::Wire;

/// How long a client may take to read what it asked for.
const WRITE_DEADLINE: Duration = Duration::from_secs(30);
/// Longest line. It could be endless, as what does not count is not kept, but who writes so much means no good.
const LINE_MAX: usize = 4 << 20;

/// What is left over between two bursts.
#[derive(Debug, Default)]
struct Carry {
    /// The lexer, if it is in the middle of a line.
    lexer: Option<Box<Lexer>>,
    /// Input not looked at yet.
    input: Vec<u8>,
    /// Whether the line in the lexer waits for its answer.
    held: bool,
    /// Bytes of the line that is not complete.
    unended: usize,
    /// Output that the socket did not take.
    output: Vec<u8>,
    /// Whether the session is over once the output is written.
    over: bool,
    /// Whether the connection is to be encrypted then.
    encrypt: bool,
}

/// Frees the session when the task ends, also when it is aborted.
struct Seat {
    shell: Rc<Shell>,
    conn: ConnId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.shell.dismiss(self.conn);
        self.shell.act();
    }
}

/// Begins to serve a client.
pub(crate) fn start(shell: Rc<Shell>, stream: TcpStream, conn: ConnId) -> AbortHandle {
    spawn_local(converse(shell, stream, conn)).abort_handle()
}

/// Serves a client until either side ends the connection.
async fn converse(shell: Rc<Shell>, stream: TcpStream, conn: ConnId) {
    let mut wire = Wire::Plain(stream);
    let seat = Seat { shell, conn };
    let mut carry = Carry::default();
    while !carry.over {
        let mut fresh = 0;
        if carry.held {
            seat.shell.resumption(conn).await;
        } else if carry.input.is_empty() {
            match read(&seat.shell, &mut wire).await {
                Ok(bytes @ 1..) => fresh = bytes,
                _ => return,
            }
        }
        if burst(&seat, &wire, fresh, &mut carry).is_err() {
            return;
        }
        if !carry.output.is_empty() {
            let written = timeout(WRITE_DEADLINE, wire.write_all(&carry.output)).await;
            if !matches!(written, Ok(Ok(()))) {
                info!(target: daemon::log::NOTICE, "write to a client failed or took too long; connection closed");
                return;
            }
            carry.output = Vec::new();
        }
        if std::mem::take(&mut carry.encrypt) {
            let Some(encrypted) = encrypt(&seat, wire).await else {
                return;
            };
            wire = encrypted;
        }
    }
    wire.bid_farewell().await;
}

/// The handshake that follows STARTTLS.
async fn encrypt(seat: &Seat, wire: Wire) -> Option<Wire> {
    let Wire::Plain(stream) = wire else {
        return None;
    };
    match seat.shell.encryption.handshake(stream).await {
        Ok(stream) => {
            seat.shell.hub.borrow_mut().encrypted(seat.conn);
            Some(Wire::Encrypted(stream))
        }
        Err(why) => {
            seat.shell.not_encrypted(seat.conn, &why);
            None
        }
    }
}

/// Waits for input and reads it into the shared buffer, where it stays until the task awaits again.
///
/// A read that does not fill its buffer shows tokio that nothing is left. That saves a failing read for
/// each request, which `readable` and `try_read` would need to find out.
async fn read(shell: &Shell, wire: &mut Wire) -> io::Result<usize> {
    poll_fn(|context| {
        let mut scratch = shell.scratch.borrow_mut();
        let mut buffer = ReadBuf::new(&mut scratch.input);
        ready!(wire.poll_read(context, &mut buffer))?;
        Poll::Ready(Ok(buffer.filled().len()))
    })
    .await
}

/// Answers and writes what can be done at once: what an earlier burst has left, else `fresh` bytes of the
/// shared buffer.
fn burst(seat: &Seat, wire: &Wire, fresh: usize, carry: &mut Carry) -> io::Result<()> {
    let mut scratch = seat.shell.scratch.borrow_mut();
    let Scratch { input, out, lexer } = &mut *scratch;
    let mut waiting = std::mem::take(&mut carry.input);
    let fresh = if waiting.is_empty() {
        input.get_mut(..fresh).unwrap_or_default()
    } else {
        &mut waiting
    };
    out.clear();
    let mut secret = false;
    let now = seat.shell.now();
    let lexer_in_use = carry.lexer.as_deref_mut().unwrap_or(lexer);
    let ended = answer(
        &mut seat.shell.hub.borrow_mut(),
        seat.conn,
        (lexer_in_use, carry.held),
        fresh,
        now,
        &mut Out {
            text: out,
            secret: &mut secret,
        },
    );
    let idle = lexer_in_use.is_idle();
    carry.over = ended == Ended::Over;
    carry.encrypt = matches!(ended, Ended::Encrypt { .. });
    carry.held = matches!(ended, Ended::Held(_));
    if let Ended::Full(used) | Ended::Held(used) = ended {
        carry.input = fresh.get(used..).unwrap_or_default().to_vec();
    }
    carry.unended = match ended {
        Ended::Drained if !idle => carry.unended.saturating_add(fresh.len()),
        _ => 0,
    };
    if secret {
        fresh.fill(0);
        std::hint::black_box(&fresh);
    }
    if idle && !carry.held {
        carry.lexer = None;
    } else if carry.lexer.is_none() {
        carry.lexer = Some(Box::new(std::mem::take(lexer)));
    }
    if ended == (Ended::Encrypt { more: true }) {
        drop(scratch);
        seat.shell.not_encrypted(
            seat.conn,
            "something came behind STARTTLS before the answer",
        );
        return Err(io::ErrorKind::InvalidData.into());
    }
    let unwritten = wire.try_write(out.as_bytes())?;
    carry.output = unwritten.to_vec();
    drop(scratch);
    if carry.unended > LINE_MAX {
        seat.shell.expel(seat.conn, "its line has more than 4 MiB");
        return Err(io::ErrorKind::InvalidData.into());
    }
    seat.shell.act();
    Ok(())
}
