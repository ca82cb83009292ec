//! A driver without manners: a socket behind which a test does what it wants.

use std::fs;
use std::io::Write;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use tests::Site;

/// The socket of a UPS; each connection is given to the same behaviour, in a thread of its own.
pub(crate) struct RawDriver {
    path: PathBuf,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    ended: AtomicBool,
    connections: AtomicUsize,
}

/// One connection.
pub(crate) struct Link {
    pub(crate) stream: UnixStream,
    /// Counted from 1.
    pub(crate) number: usize,
    shared: Arc<Shared>,
}

impl RawDriver {
    /// Listens where upsd looks for the driver of `ups`.
    pub(crate) fn start(site: &Site, ups: &str, behave: fn(&mut Link)) -> Self {
        let path = site.sandbox.socket("dummy-ups", ups);
        let door = UnixListener::bind(&path).unwrap();
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        thread::spawn(move || {
            while let Ok((stream, _)) = door.accept() {
                if own.ended.load(Ordering::SeqCst) {
                    return;
                }
                let number = own.connections.fetch_add(1, Ordering::SeqCst) + 1;
                let mut link = Link {
                    stream,
                    number,
                    shared: Arc::clone(&own),
                };
                thread::spawn(move || behave(&mut link));
            }
        });
        Self { path, shared }
    }

    /// How often upsd has connected.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for RawDriver {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        let _ = UnixStream::connect(&self.path);
        let _ = fs::remove_file(&self.path);
    }
}

impl Link {
    /// Sends bytes; false when the connection has ended.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }

    /// Sends a complete dump of a UPS that is on line.
    pub(crate) fn dump(&mut self) {
        self.send(b"SETINFO ups.status \"OL\"\nADDCMD test.battery.start\nDATAOK\nDUMPDONE\n");
    }

    /// Sends what `block` makes, numbered from 0, as fast as it can.
    pub(crate) fn flood(&mut self, mut block: impl FnMut(u64) -> Vec<u8>) {
        for number in 0.. {
            if self.is_over() || !self.send(&block(number)) {
                return;
            }
        }
    }

    /// Holds the connection open.
    pub(crate) fn hold(&mut self) {
        while !self.is_over() {
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn is_over(&self) -> bool {
        self.shared.ended.load(Ordering::SeqCst)
    }
}
