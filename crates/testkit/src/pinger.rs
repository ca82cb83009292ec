//! How soon a driver's socket answers, all the time.

use crate::failure::{Error, fail, must};
use crate::wait::PATIENCE;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

/// Time between an answer and the next question.
const PAUSE: Duration = Duration::from_millis(20);
/// What a prompt answer takes at most.
const PROMPT: Duration = Duration::from_millis(50);
/// Of so many answers one may be late.
const ONE_OF: usize = 10;
/// But never so late.
const LATE: Duration = Duration::from_secs(1);

/// A client that says PING to a driver all the time.
#[derive(Debug)]
pub struct Pinger {
    over: Arc<AtomicBool>,
    thread: JoinHandle<Result<Vec<Duration>, Error>>,
}

impl Pinger {
    /// Begins, on the driver's socket at `path`.
    #[track_caller]
    #[must_use]
    pub fn start(path: &Path) -> Self {
        let stream = must(UnixStream::connect(path).map_err(Error::io(path.display())));
        must(stream.set_read_timeout(Some(PATIENCE)));
        let over = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&over);
        let thread = spawn(move || {
            let mut socket = BufReader::new(stream);
            let mut times = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                times.push(ping(&mut socket).map_err(Error::io("PING"))?);
                sleep(PAUSE);
            }
            Ok(times)
        });
        Self { over, thread }
    }

    /// Ends, and expects that the driver was prompt all the time: nine of ten answers within 50 ms, and none after a second.
    ///
    /// A driver that waits for its device in between would be late with most of them, each by a second or more. The one in
    /// ten is the machine's, which may have other things to do.
    #[track_caller]
    pub fn expect_prompt(self) {
        self.over.store(true, Ordering::Relaxed);
        let Ok(times) = self.thread.join() else {
            fail("the pinging thread has died");
        };
        if let Some(complaint) = complaint(must(times)) {
            fail(complaint);
        }
    }
}

fn ping(socket: &mut BufReader<UnixStream>) -> std::io::Result<Duration> {
    let begun = Instant::now();
    socket.get_mut().write_all(b"PING\n")?;
    let mut line = String::new();
    while line.trim_end() != "PONG" {
        line.clear();
        if socket.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(begun.elapsed())
}

fn complaint(mut times: Vec<Duration>) -> Option<String> {
    times.sort_unstable();
    let count = times.len();
    let late = times.iter().filter(|time| **time > PROMPT).count();
    let slowest = times.last().copied().unwrap_or_default();
    let is_prompt = count > 0 && late.saturating_mul(ONE_OF) <= count && slowest < LATE;
    (!is_prompt).then(|| {
        format!(
            "{late} of {count} answers to PING came after {PROMPT:?}, the last after {slowest:?}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_ten_may_be_late_but_not_by_a_second() {
        let times = |late: &[u64]| {
            let prompt = vec![Duration::from_millis(1); 10 - late.len()];
            let late = late.iter().map(|late| Duration::from_millis(*late));
            complaint(prompt.into_iter().chain(late).collect())
        };
        assert_eq!(times(&[900]), None);
        assert!(times(&[60, 60]).is_some());
        assert!(times(&[1000]).is_some());
        assert!(complaint(Vec::new()).is_some());
    }
}
