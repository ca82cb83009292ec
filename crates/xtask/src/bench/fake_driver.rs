//! The driver that both servers have: one thread that plays any number of drivers.
//!
//! It answers DUMPALL and PING, and says what it is told to say.

use super::ready::Ready;
use super::variables::dump;
use crate::failure::{Failure, Result};
use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use testkit::Sandbox;

/// The name of the program that it pretends to be.
pub(crate) const DRIVER: &str = "fake";
/// How long a server may leave what it was told unread.
const DEADLINE: Duration = Duration::from_secs(20);
/// How often the thread looks whether it shall end.
const LOOK_MILLIS: u16 = 50;

/// Drivers of UPSes `ups0`, `ups1`…; they end with this value.
pub(crate) struct FakeDrivers {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    doors: Vec<Door>,
    over: AtomicBool,
}

/// One driver's socket, and the server when it has connected.
struct Door {
    listener: UnixListener,
    server: Mutex<Option<UnixStream>>,
}

/// The name of a UPS.
pub(crate) fn ups(index: usize) -> String {
    format!("ups{index}")
}

impl FakeDrivers {
    /// Opens the sockets of `count` drivers.
    pub(crate) fn start(sandbox: &Sandbox, count: usize) -> Result<Self> {
        let doors = (0..count).map(|index| Door::open(sandbox, index));
        let shared = Arc::new(Shared {
            doors: doors.collect::<Result<_>>()?,
            over: AtomicBool::new(false),
        });
        let ready = Ready::new()?;
        for (index, door) in shared.doors.iter().enumerate() {
            ready.add_reader(&door.listener, index)?;
        }
        let own = Arc::clone(&shared);
        let thread = Some(thread::spawn(move || own.serve(ready)));
        Ok(Self { shared, thread })
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.shared.doors.len()
    }

    /// One of them tells the server.
    pub(crate) fn say(&self, index: usize, lines: &str) -> Result<()> {
        let door = self.shared.doors.get(index);
        let told = door.map_or(Ok(()), |door| door.tell(lines));
        told.map_err(Failure::io("upsd does not read what its driver says"))
    }
}

impl Drop for FakeDrivers {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            // what it has to complain about was of no use to the server either
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// Serves until it is over. Indices below the number of doors are listeners, those above are connections.
    fn serve(&self, mut ready: Ready) {
        while !self.over.load(Ordering::SeqCst) {
            let Ok(indices) = ready.wait(LOOK_MILLIS) else {
                return;
            };
            for index in indices {
                if let Some(door) = self.doors.get(index) {
                    let _ = door.accept(&ready, index + self.doors.len());
                } else if let Some(door) = self.doors.get(index - self.doors.len()) {
                    let _ = door.answer();
                }
            }
        }
    }
}

impl Door {
    fn open(sandbox: &Sandbox, index: usize) -> Result<Self> {
        let path = sandbox.socket(DRIVER, &ups(index));
        Ok(Self {
            listener: UnixListener::bind(&path).map_err(Failure::io(path.display()))?,
            server: Mutex::new(None),
        })
    }

    fn server(&self) -> MutexGuard<'_, Option<UnixStream>> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn accept(&self, ready: &Ready, index: usize) -> Result<()> {
        let (server, _) = self.listener.accept().map_err(Failure::io("accept"))?;
        server
            .set_write_timeout(Some(DEADLINE))
            .map_err(Failure::io("socket"))?;
        ready.add_reader(&server, index)?;
        *self.server() = Some(server);
        Ok(())
    }

    /// Reads what the server asks; its few words come whole. A server that has gone is forgotten.
    fn answer(&self) -> io::Result<()> {
        let mut server = self.server();
        let Some(stream) = server.as_mut() else {
            return Ok(());
        };
        let mut asked = [0; 4096];
        let bytes = stream.read(&mut asked)?;
        if bytes == 0 {
            *server = None;
            return Ok(());
        }
        let asked = String::from_utf8_lossy(asked.get(..bytes).unwrap_or_default()).into_owned();
        let answers: String = asked.lines().map(answer).collect();
        stream.write_all(answers.as_bytes())
    }

    fn tell(&self, lines: &str) -> io::Result<()> {
        match self.server().as_mut() {
            Some(server) => server.write_all(lines.as_bytes()),
            None => Err(io::ErrorKind::NotConnected.into()),
        }
    }
}

fn answer(line: &str) -> String {
    match line.trim_end() {
        "DUMPALL" => dump(),
        "PING" => "PONG\n".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::PATIENCE;

    #[test]
    fn it_answers_and_says() {
        let sandbox = Sandbox::new();
        let drivers = FakeDrivers::start(&sandbox, 2).unwrap();
        let mut upsd = UnixStream::connect(sandbox.socket(DRIVER, "ups1")).unwrap();
        upsd.set_read_timeout(Some(PATIENCE)).unwrap();
        upsd.write_all(b"PING\nDUMPALL\n").unwrap();
        let mut said = vec![0; "PONG\n".len() + dump().len()];
        upsd.read_exact(&mut said).unwrap();
        assert!(said.ends_with(b"DUMPDONE\n"));
        assert!(drivers.say(0, "DATASTALE\n").is_err());
        drivers.say(1, "DATASTALE\n").unwrap();
        upsd.read_exact(&mut said[..10]).unwrap();
        assert_eq!(&said[..10], b"DATASTALE\n");
        drop(drivers);
        assert_eq!(upsd.read(&mut said).unwrap(), 0);
    }
}
