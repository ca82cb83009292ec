//! One connection to the driver's socket: bytes to messages for the hub, its outbox to bytes.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use ipc::ToDriver;
use text::{Fed, Lexer};
use tokio::io::Interest;
use tokio::net::UnixStream;
use tokio::task::yield_now;
use tokio::time::timeout;
use tracing::{debug, info};

use crate::hub::Hub;
use crate::outbox::{Outbox, Standing};
use crate::rarely::Rarely;

/// Bytes read at once.
const CHUNK: usize = 2048;
/// Most words of a message that mean something.
const WORDS: usize = 8;
/// How long a client may take to read its farewell.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves `stream` until either side closes it.
pub(crate) fn serve(stream: UnixStream, hub: Rc<RefCell<Hub>>) -> impl Future<Output = ()> {
    let (id, outbox) = hub.borrow_mut().open();
    let mut connection = Connection {
        stream,
        id,
        outbox,
        hub: Rc::clone(&hub),
        lexer: Lexer::new(),
        mistakes: Rarely::default(),
    };
    async move {
        match connection.run().await {
            Ok(()) => debug!("connection {id} is closed"),
            Err(error) => debug!("connection {id} is lost: {error}"),
        }
        hub.borrow_mut().close(id);
    }
}

struct Connection {
    stream: UnixStream,
    id: u64,
    outbox: Rc<Outbox>,
    hub: Rc<RefCell<Hub>>,
    lexer: Lexer,
    /// Wrong lines.
    mistakes: Rarely,
}

impl Connection {
    async fn run(&mut self) -> io::Result<()> {
        loop {
            self.write()?;
            match self.outbox.standing() {
                Standing::Open => self.wait().await?,
                Standing::TooSlow => {
                    info!(target: daemon::log::NOTICE, "a client does not read what it is sent and is dropped");
                    return Ok(());
                }
                Standing::Leaving => return self.farewell().await,
            }
            if self.read()? == 0 {
                return Ok(());
            }
            // a client that floods must not take the turns of others
            yield_now().await;
        }
    }

    /// Waits until there is something to read, to write, or to do.
    async fn wait(&self) -> io::Result<()> {
        let interest = if self.outbox.is_empty() {
            Interest::READABLE
        } else {
            Interest::READABLE | Interest::WRITABLE
        };
        tokio::select! {
            ready = self.stream.ready(interest) => ready.map(|_| ()),
            () = self.outbox.wake.notified() => Ok(()),
        }
    }

    /// Sends what it can without waiting; everything that is queued goes out in one piece if it fits.
    fn write(&self) -> io::Result<()> {
        while !self.outbox.is_empty() {
            match self.outbox.drain(|bytes| self.stream.try_write(bytes)) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn farewell(&self) -> io::Result<()> {
        let send_rest = async {
            while !self.outbox.is_empty() {
                self.stream.writable().await?;
                self.write()?;
            }
            Ok(())
        };
        timeout(FAREWELL, send_rest).await.unwrap_or(Ok(()))
    }

    /// Takes in what has come, if anything; 0 means that the client has closed.
    fn read(&mut self) -> io::Result<usize> {
        let mut chunk = [0; CHUNK];
        match self.stream.try_read(&mut chunk) {
            Ok(length) => {
                self.feed(chunk.get(..length).unwrap_or_default());
                Ok(length)
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(1),
            Err(error) => Err(error),
        }
    }

    fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && self.outbox.standing() == Standing::Open {
            let used = match self.lexer.feed(bytes) {
                Fed::More => return,
                Fed::Line(used) => {
                    self.line();
                    used
                }
                Fed::Broken(used) => {
                    self.mistake("an unescaped \"#\" inside quotes");
                    used
                }
            };
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    fn line(&mut self) {
        let mut slots = [""; WORDS];
        let words = self.lexer.words().slots(&mut slots);
        if words.is_empty() {
            return;
        }
        match ToDriver::parse(words) {
            Ok(message) => self.hub.borrow_mut().message(self.id, &message),
            Err(ipc::NotAMessage) => self.mistake("not a message"),
        }
    }

    fn mistake(&mut self, what: &str) {
        if let Some(number) = self.mistakes.count() {
            let words: Vec<&str> = self.lexer.words().iter().take(WORDS).collect();
            info!(target: daemon::log::NOTICE, "a client sent {what}: {words:?} (its mistake number {number})");
        }
    }
}
