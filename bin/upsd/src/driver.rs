//! The connection to one driver: kept up for as long as the UPS is configured.

use std::io;
use std::rc::Rc;
use std::time::Duration;

use server::DeviceId;
use text::{Fed, Lexer, WORDS_MAX};
use tokio::net::UnixStream;
use tokio::sync::Notify;
use tokio::task::{AbortHandle, spawn_local, yield_now};
use tokio::time::{sleep, timeout};

use crate::shell::Shell;

/// How long a connect may take; a driver's queue of connections can be full.
const CONNECT_DEADLINE: Duration = Duration::from_secs(1);
/// Time between two attempts.
const RETRY: Duration = Duration::from_secs(1);
/// Bytes read at once.
const READ_MAX: usize = 16 * 1024;

/// Begins to keep the connection to a driver.
pub(crate) fn start(
    shell: Rc<Shell>,
    id: DeviceId,
    socket: String,
    wake: Rc<Notify>,
) -> AbortHandle {
    spawn_local(keep(shell, id, socket, wake)).abort_handle()
}

/// Connects, converses, and connects again. Ends only by being aborted.
///
/// `socket` is a name in the state directory, which is the working directory: that keeps it short.
async fn keep(shell: Rc<Shell>, id: DeviceId, socket: String, wake: Rc<Notify>) {
    loop {
        match connect(&socket).await {
            Ok(stream) => {
                shell
                    .hub
                    .borrow_mut()
                    .driver_connected(id, &socket, shell.now());
                shell.act();
                let why = converse(&shell, id, &stream, &wake).await;
                shell.hub.borrow_mut().driver_gone(id, &why);
            }
            Err(error) => {
                shell
                    .hub
                    .borrow_mut()
                    .driver_unreachable(id, &socket, &text(&error), shell.now());
            }
        }
        shell.act();
        sleep(RETRY).await;
    }
}

async fn connect(socket: &str) -> io::Result<UnixStream> {
    timeout(CONNECT_DEADLINE, UnixStream::connect(socket)).await?
}

/// The system's own words, without the number that Rust adds.
fn text(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

/// Reads and writes until the connection ends; returns why it did.
async fn converse(shell: &Rc<Shell>, id: DeviceId, stream: &UnixStream, wake: &Notify) -> String {
    let mut lexer = Lexer::new();
    let mut unsent = String::new();
    loop {
        let ended = tokio::select! {
            ready = stream.readable() => ready.and_then(|()| listen(shell, id, stream, &mut lexer)),
            ready = stream.writable(), if !unsent.is_empty() => ready.and_then(|()| speak(stream, &mut unsent)),
            () = wake.notified(), if unsent.is_empty() => {
                unsent = shell.hub.borrow_mut().take_outbox(id);
                speak(stream, &mut unsent)
            }
        };
        match ended {
            // a driver that floods must not take the turns of others
            Ok(()) => yield_now().await,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return "the driver has closed it".to_owned();
            }
            Err(error) => return text(&error),
        }
    }
}

/// Reads once and hands every complete line to the hub.
fn listen(
    shell: &Rc<Shell>,
    id: DeviceId,
    stream: &UnixStream,
    lexer: &mut Lexer,
) -> io::Result<()> {
    let mut buffer = [0; READ_MAX];
    let bytes = stream.try_read(&mut buffer)?;
    if bytes == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut rest = buffer.get(..bytes).unwrap_or_default();
    let now = shell.now();
    let mut hub = shell.hub.borrow_mut();
    loop {
        let fed = lexer.feed(rest);
        let mut slots = [""; WORDS_MAX];
        let words = lexer.words().slots(&mut slots);
        match fed {
            Fed::More => break,
            Fed::Line(used) => {
                hub.driver_says(id, words, now);
                rest = rest.get(used..).unwrap_or_default();
            }
            Fed::Broken(used) => {
                hub.driver_garbled(id, words, now);
                rest = rest.get(used..).unwrap_or_default();
            }
        }
    }
    drop(hub);
    shell.act();
    Ok(())
}

/// Writes what the socket takes.
fn speak(stream: &UnixStream, unsent: &mut String) -> io::Result<()> {
    while !unsent.is_empty() {
        let bytes = stream.try_write(unsent.as_bytes())?;
        unsent.drain(..bytes);
    }
    Ok(())
}
