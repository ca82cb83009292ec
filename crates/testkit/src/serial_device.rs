//! A device at the other end of a serial line, which is a pseudo terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::pty::openpty;
use nix::sys::termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr};

use crate::failure::must;

/// How often the device looks at its line.
const LOOK: Duration = Duration::from_millis(1);

/// A device whose requests end with a certain byte, or are single bytes. It is there until it is dropped.
#[derive(Debug)]
pub struct SerialDevice {
    port: PathBuf,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl SerialDevice {
    /// Starts a device. Each request, with the byte `end` that ends it, goes to `answer`, which writes what comes back, at
    /// once or in pieces with pauses.
    #[track_caller]
    #[must_use]
    pub fn start(
        end: Option<u8>,
        answer: impl FnMut(&[u8], &mut dyn Write) + Send + 'static,
    ) -> Self {
        let pty = must(openpty(None, None));
        let (master, slave) = (File::from(pty.master), File::from(pty.slave));
        let mut mode = must(tcgetattr(&slave));
        cfmakeraw(&mut mode);
        must(tcsetattr(&slave, SetArg::TCSANOW, &mode));
        must(fcntl(master.as_fd(), FcntlArg::F_SETFL(OFlag::O_NONBLOCK)));
        let port = must(nix::unistd::ttyname(&slave));
        let over = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&over);
        let thread = thread::spawn(move || {
            // held open, so that a driver may close and open its end
            let _slave = slave;
            serve(master, end, answer, &told);
        });
        Self {
            port,
            over,
            thread: Some(thread),
        }
    }

    /// The port that a driver opens.
    #[must_use]
    pub fn port(&self) -> &Path {
        &self.port
    }
}

impl Drop for SerialDevice {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(
    mut line: File,
    end: Option<u8>,
    mut answer: impl FnMut(&[u8], &mut dyn Write),
    over: &AtomicBool,
) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !over.load(Ordering::SeqCst) {
        match line.read(&mut byte) {
            Ok(1..) => {
                request.extend_from_slice(&byte);
                if end.is_none() || end == Some(byte[0]) {
                    answer(&std::mem::take(&mut request), &mut line);
                }
            }
            // nothing has come
            _ => thread::sleep(LOOK),
        }
    }
}
