//! What a program prints, read by threads so that it never waits for its reader.

use std::io::{BufRead, BufReader, Read};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Which of its two outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    Out,
    Err,
}

/// The lines of both outputs, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Capture {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    log: Mutex<Log>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Log {
    lines: Vec<(Stream, String)>,
    /// Outputs that are not at their end.
    open: usize,
    /// Lines before this one were found by an earlier wait.
    seen: usize,
}

impl Capture {
    /// Reads `from` to its end in a thread.
    pub(crate) fn follow(&self, stream: Stream, from: impl Read + Send + 'static) {
        self.log().open += 1;
        let capture = self.clone();
        thread::spawn(move || {
            let mut from = BufReader::new(from);
            let mut line = Vec::new();
            while matches!(from.read_until(b'\n', &mut line), Ok(1..)) {
                capture.add(stream, &line);
                line.clear();
            }
            capture.log().open -= 1;
            capture.shared.changed.notify_all();
        });
    }

    fn add(&self, stream: Stream, line: &[u8]) {
        let text = String::from_utf8_lossy(line)
            .trim_end_matches('\n')
            .to_owned();
        self.log().lines.push((stream, text));
        self.shared.changed.notify_all();
    }

    /// Waits for a line that holds `pattern`, after the one the last wait found.
    pub(crate) fn wait_for(&self, pattern: &str, within: Duration) -> Option<String> {
        self.wait(within, |log| {
            let found = log.lines.iter().enumerate().skip(log.seen);
            let (index, line) = { found }.find(|(_, (_, line))| line.contains(pattern))?;
            let line = line.1.clone();
            log.seen = index + 1;
            Some(line)
        })
    }

    /// Waits until nothing more can come.
    pub(crate) fn wait_for_end(&self, within: Duration) {
        self.wait(within, |log| (log.open == 0).then_some(()));
    }

    /// Everything of one output so far, with line ends.
    pub(crate) fn text_of(&self, stream: Stream) -> String {
        let log = self.log();
        let lines = log.lines.iter().filter(|(of, _)| *of == stream);
        lines.flat_map(|(_, line)| [line.as_str(), "\n"]).collect()
    }

    /// Everything so far, with line ends.
    pub(crate) fn text(&self) -> String {
        let log = self.log();
        log.lines
            .iter()
            .flat_map(|(_, line)| [line.as_str(), "\n"])
            .collect()
    }

    fn wait<T>(&self, within: Duration, mut look: impl FnMut(&mut Log) -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + within;
        let mut log = self.log();
        loop {
            if let Some(found) = look(&mut log) {
                return Some(found);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || log.open == 0 {
                return None;
            }
            let waited = self.shared.changed.wait_timeout(log, left);
            log = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.shared
            .log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PATIENCE;

    fn captured(text: &'static str) -> Capture {
        let capture = Capture::default();
        capture.follow(Stream::Err, text.as_bytes());
        capture
    }

    #[test]
    fn each_wait_begins_behind_the_line_found_before() {
        let capture = captured("one x\ntwo x\n");
        assert_eq!(capture.wait_for("x", PATIENCE).unwrap(), "one x");
        assert_eq!(capture.wait_for("x", PATIENCE).unwrap(), "two x");
        assert_eq!(capture.wait_for("x", PATIENCE), None);
    }

    #[test]
    fn the_last_line_needs_no_line_end() {
        let capture = captured("one\ntwo");
        capture.wait_for_end(PATIENCE);
        assert_eq!(capture.text_of(Stream::Err), "one\ntwo\n");
        assert_eq!(capture.text_of(Stream::Out), "");
    }
}
