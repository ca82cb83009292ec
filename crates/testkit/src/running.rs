//! A program that runs.

use crate::PATIENCE;
use crate::capture::{Capture, Stream};
use crate::failure::{Error, must};
use crate::wait::eventually;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::process::{Child, ExitStatus};
use std::time::Duration;

/// How long a program may take to end when it is told to, before it is killed.
const GRACE: Duration = Duration::from_secs(3);

/// A program that was started; dropping it ends it, by its process id.
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
    capture: Capture,
    status: Option<ExitStatus>,
}

impl Running {
    pub(crate) fn new(name: String, mut child: Child) -> Self {
        let capture = Capture::default();
        if let Some(out) = child.stdout.take() {
            capture.follow(Stream::Out, out);
        }
        if let Some(err) = child.stderr.take() {
            capture.follow(Stream::Err, err);
        }
        Self {
            name,
            child,
            capture,
            status: None,
        }
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Everything it printed so far.
    #[must_use]
    pub fn printed(&self) -> String {
        self.capture.text()
    }

    pub(crate) fn printed_on(&self, stream: Stream) -> String {
        self.capture.text_of(stream)
    }

    /// Waits for a line that holds `pattern`, after the one found by the last wait, and gives it.
    #[track_caller]
    pub fn wait_for_line(&self, pattern: &str, within: Duration) -> String {
        must(self.try_wait_for_line(pattern, within))
    }

    /// Waits for a line that holds `pattern`, after the one found by the last wait, and gives it.
    ///
    /// # Errors
    /// When there was none in time, or the program ended.
    pub fn try_wait_for_line(&self, pattern: &str, within: Duration) -> Result<String, Error> {
        self.capture.wait_for(pattern, within).ok_or_else(|| {
            let printed = self.printed();
            Error::new(format!(
                "{} did not print `{pattern}` within {within:?}, but:\n{printed}",
                self.name
            ))
        })
    }

    /// Sends it a signal, unless it has ended.
    pub fn signal(&mut self, signal: Signal) {
        if self.ended().is_none()
            && let Ok(pid) = i32::try_from(self.pid())
        {
            // it can only fail when the process ended in this moment
            let _ = kill(Pid::from_raw(pid), signal);
        }
    }

    /// Its exit status if it has ended.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        if self.status.is_none() {
            self.status = self.child.try_wait().ok().flatten();
        }
        self.status
    }

    /// Waits for its end and gives the exit code; `None` when a signal ended it.
    #[track_caller]
    pub fn wait_for_end(&mut self, within: Duration) -> Option<i32> {
        must(self.try_wait_for_end(within))
    }

    /// Waits for its end and gives the exit code; `None` when a signal ended it.
    ///
    /// # Errors
    /// When it does not end within the time.
    pub fn try_wait_for_end(&mut self, within: Duration) -> Result<Option<i32>, Error> {
        let status = eventually(within, || self.ended()).ok_or_else(|| {
            let printed = self.printed();
            Error::new(format!(
                "{} did not end within {within:?}, it printed:\n{printed}",
                self.name
            ))
        })?;
        self.capture.wait_for_end(GRACE);
        Ok(status.code())
    }

    /// Ends it as an administrator would, and gives the exit code.
    #[track_caller]
    pub fn stop(mut self) -> Option<i32> {
        self.signal(Signal::SIGTERM);
        self.wait_for_end(PATIENCE)
    }

    /// Ends it as a crash would.
    #[track_caller]
    pub fn kill(mut self) {
        self.signal(Signal::SIGKILL);
        self.wait_for_end(PATIENCE);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for signal in [Signal::SIGTERM, Signal::SIGKILL] {
            self.signal(signal);
            if eventually(GRACE, || self.ended()).is_some() {
                return;
            }
        }
    }
}
