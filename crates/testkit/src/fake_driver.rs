//! A driver that says what a test wants it to say.

use crate::Sandbox;
use crate::failure::{fail, must};
use crate::served::Served;
use std::fmt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A socket in the sandbox's state directory that upsd takes for a driver.
///
/// It answers `DUMPALL` with the given lines and `PING` with `PONG`; a tracked command or setting succeeds.
pub struct FakeDriver {
    path: PathBuf,
    served: Arc<Served<UnixStream>>,
    silent: Arc<AtomicBool>,
}

impl FakeDriver {
    /// Listens as driver `driver` of `ups`. The lines of `dump` are sent as they are, so `DATAOK` and
    /// `DUMPDONE` belong to them.
    #[track_caller]
    #[must_use]
    pub fn start(sandbox: &Sandbox, driver: &str, ups: &str, dump: &[&str]) -> Self {
        let path = sandbox.socket(driver, ups);
        // what a killed driver left behind
        let _ = std::fs::remove_file(&path);
        let silent = Arc::new(AtomicBool::new(false));
        let dump: String = dump.iter().flat_map(|line| [*line, "\n"]).collect();
        let mute = Arc::clone(&silent);
        let answer = move |line: &str| {
            if mute.load(Ordering::SeqCst) {
                Vec::new()
            } else {
                answer(line, &dump).into_bytes()
            }
        };
        let door = must(UnixListener::bind(&path));
        Self {
            path,
            served: Served::start(door, Box::new(answer)),
            silent,
        }
    }

    /// Sends a line to everybody, as a driver does when something changed.
    pub fn broadcast(&self, line: &str) {
        self.send_bytes(format!("{line}\n").as_bytes());
    }

    /// Sends bytes as they are to everybody.
    pub fn send_bytes(&self, bytes: &[u8]) {
        self.served.send(bytes);
    }

    /// Answers nothing any more, or answers again.
    pub fn set_silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::SeqCst);
    }

    /// Ends the connections; new ones are accepted.
    pub fn hang_up(&self) {
        self.served.hang_up();
    }

    /// Every line that came so far.
    #[must_use]
    pub fn received(&self) -> Vec<String> {
        self.served.received()
    }

    /// Waits for a line that holds `pattern`, and gives it.
    #[track_caller]
    pub fn wait_for_line(&self, pattern: &str, within: Duration) -> String {
        match self.served.wait_for(pattern, within) {
            Some(line) => line,
            None => fail(format!(
                "`{pattern}` was not sent within {within:?}, but: {:#?}",
                self.received()
            )),
        }
    }
}

impl fmt::Debug for FakeDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeDriver")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Drop for FakeDriver {
    fn drop(&mut self) {
        self.served.end();
        let _ = UnixStream::connect(&self.path);
        let _ = std::fs::remove_file(&self.path);
    }
}

fn answer(line: &str, dump: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["DUMPALL"] => dump.to_owned(),
        ["PING"] => "PONG\n".to_owned(),
        ["INSTCMD" | "SET", .., "TRACKING", id] => format!("TRACKING {id} 0\n"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PATIENCE;
    use std::io::{BufRead, BufReader, Write};

    fn connected(driver: &FakeDriver) -> BufReader<UnixStream> {
        let stream = UnixStream::connect(&driver.path).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        BufReader::new(stream)
    }

    fn ask(stream: &mut BufReader<UnixStream>, line: &str) -> String {
        writeln!(stream.get_mut(), "{line}").unwrap();
        let mut answer = String::new();
        stream.read_line(&mut answer).unwrap();
        answer
    }

    #[test]
    fn it_answers_like_a_driver_and_remembers() {
        let sandbox = Sandbox::new();
        let driver = FakeDriver::start(
            &sandbox,
            "dummy-ups",
            "lab",
            &["SETINFO ups.status \"OL\"", "DUMPDONE"],
        );
        let mut upsd = connected(&driver);
        assert_eq!(ask(&mut upsd, "DUMPALL"), "SETINFO ups.status \"OL\"\n");
        let mut done = String::new();
        upsd.read_line(&mut done).unwrap();
        assert_eq!(done, "DUMPDONE\n");
        assert_eq!(
            ask(&mut upsd, "INSTCMD load.off TRACKING abc"),
            "TRACKING abc 0\n"
        );
        assert_eq!(
            driver.wait_for_line("INSTCMD", PATIENCE),
            "INSTCMD load.off TRACKING abc"
        );
    }

    #[test]
    fn it_broadcasts_falls_silent_and_hangs_up() {
        let sandbox = Sandbox::new();
        let driver = FakeDriver::start(&sandbox, "dummy-ups", "lab", &[]);
        let mut upsd = connected(&driver);
        assert_eq!(ask(&mut upsd, "PING"), "PONG\n");
        driver.set_silent(true);
        writeln!(upsd.get_mut(), "PING again").unwrap();
        driver.wait_for_line("again", PATIENCE);
        driver.broadcast("DATASTALE");
        let mut line = String::new();
        upsd.read_line(&mut line).unwrap();
        assert_eq!(line, "DATASTALE\n");
        driver.hang_up();
        assert_eq!(upsd.read_line(&mut line).unwrap(), 0);
    }
}
