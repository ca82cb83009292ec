//! The part that a fake driver and a fake server share: accept, read lines, answer, remember.

use crate::wait::eventually;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// A connection.
pub(crate) trait Socket: Read + Write + Send + Sized + 'static {
    fn twin(&self) -> io::Result<Self>;
    fn hang_up(&self);
}

/// A listener.
pub(crate) trait Door: Send + 'static {
    type Socket: Socket;
    fn next(&self) -> io::Result<Self::Socket>;
}

/// Gives the bytes that answer a line.
pub(crate) type Answer = dyn Fn(&str) -> Vec<u8> + Send + Sync;

/// What the threads share.
pub(crate) struct Served<S> {
    answer: Box<Answer>,
    received: Mutex<Vec<String>>,
    connections: Mutex<Vec<S>>,
    ended: AtomicBool,
}

impl<S: Socket> Served<S> {
    /// Serves what comes through `door`, each connection in its own thread.
    pub(crate) fn start<D: Door<Socket = S>>(door: D, answer: Box<Answer>) -> Arc<Self> {
        let served = Arc::new(Self {
            answer,
            received: Mutex::default(),
            connections: Mutex::default(),
            ended: AtomicBool::new(false),
        });
        let own = Arc::clone(&served);
        thread::spawn(move || {
            while let Ok(socket) = door.next() {
                if own.ended.load(Ordering::SeqCst) {
                    return;
                }
                own.take(socket);
            }
        });
        served
    }

    fn take(self: &Arc<Self>, socket: S) {
        if let Ok(twin) = socket.twin() {
            lock(&self.connections).push(twin);
            let own = Arc::clone(self);
            thread::spawn(move || own.read(socket));
        }
    }

    fn read(&self, socket: S) {
        let mut socket = BufReader::new(socket);
        let mut line = Vec::new();
        while matches!(socket.read_until(b'\n', &mut line), Ok(1..)) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            let answer = (self.answer)(&text);
            lock(&self.received).push(text);
            if socket.get_mut().write_all(&answer).is_err() {
                return;
            }
            line.clear();
        }
    }

    /// Sends bytes to everybody.
    pub(crate) fn send(&self, bytes: &[u8]) {
        // who has gone is of no interest
        lock(&self.connections).retain_mut(|socket| socket.write_all(bytes).is_ok());
    }

    /// Ends all connections; new ones are still accepted.
    pub(crate) fn hang_up(&self) {
        for socket in lock(&self.connections).drain(..) {
            socket.hang_up();
        }
    }

    /// Ends everything; the caller then connects once, so that the door is left.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        self.hang_up();
    }

    /// The lines that came so far.
    pub(crate) fn received(&self) -> Vec<String> {
        lock(&self.received).clone()
    }

    /// Waits for a line that holds `pattern`.
    pub(crate) fn wait_for(&self, pattern: &str, within: Duration) -> Option<String> {
        eventually(within, || {
            self.received()
                .into_iter()
                .find(|line| line.contains(pattern))
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Socket for UnixStream {
    fn twin(&self) -> io::Result<Self> {
        self.try_clone()
    }

    fn hang_up(&self) {
        let _ = self.shutdown(Shutdown::Both);
    }
}

impl Socket for TcpStream {
    fn twin(&self) -> io::Result<Self> {
        self.try_clone()
    }

    fn hang_up(&self) {
        let _ = self.shutdown(Shutdown::Both);
    }
}

impl Door for UnixListener {
    type Socket = UnixStream;

    fn next(&self) -> io::Result<UnixStream> {
        self.accept().map(|(socket, _)| socket)
    }
}

impl Door for TcpListener {
    type Socket = TcpStream;

    fn next(&self) -> io::Result<TcpStream> {
        self.accept().map(|(socket, _)| socket)
    }
}
