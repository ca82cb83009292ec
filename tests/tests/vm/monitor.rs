//! QEMU's monitor (QMP): a JSON object a line. It tells when the system in the machine has powered off or starts anew, and
//! gives it power again.

use std::io::{BufRead, BufReader, Error, Result, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use testkit::{Value, json};

/// How long QEMU may take for an answer.
const ANSWER: Duration = Duration::from_secs(30);

/// How the system in the machine has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It has powered the machine off.
    PoweredOff,
    /// It has restarted the machine.
    Restarted,
}

/// The way to the monitor.
pub(crate) struct Monitor {
    port: BufReader<UnixStream>,
    /// What has happened while an answer was waited for.
    ends: Vec<End>,
}

impl Monitor {
    /// Connects, and goes over to commands.
    pub(crate) fn connect(port: &Path) -> Result<Self> {
        let port = BufReader::new(UnixStream::connect(port)?);
        let mut monitor = Self {
            port,
            ends: Vec::new(),
        };
        monitor.execute("qmp_capabilities")?;
        Ok(monitor)
    }

    /// The machine has power again: it boots with the disk as it was left.
    pub(crate) fn power_on(&mut self) -> Result<()> {
        self.execute("system_reset")?;
        self.execute("cont")
    }

    /// Forgets what has happened until now: the firmware restarts the machine once more before it boots again.
    pub(crate) fn forget(&mut self) -> Result<()> {
        // events come before the answer
        self.execute("query-status")?;
        self.ends.clear();
        Ok(())
    }

    /// Waits until the system in the machine has ended by itself.
    pub(crate) fn await_end(&mut self, within: Duration) -> Result<End> {
        let deadline = Instant::now() + within;
        while self.ends.is_empty() {
            let message = self.message(deadline)?;
            self.ends.extend(end_of(&message));
        }
        Ok(self.ends.remove(0))
    }

    fn execute(&mut self, command: &str) -> Result<()> {
        let line = format!("{}\n", json!({"execute": command}));
        self.port.get_mut().write_all(line.as_bytes())?;
        let deadline = Instant::now() + ANSWER;
        loop {
            let message = self.message(deadline)?;
            if message.get("return").is_some() {
                return Ok(());
            }
            if let Some(error) = message.get("error") {
                return Err(Error::other(format!("{command}: {error}")));
            }
            self.ends.extend(end_of(&message));
        }
    }

    fn message(&mut self, deadline: Instant) -> Result<Value> {
        let left = deadline.saturating_duration_since(Instant::now());
        // none at all is refused as a limit
        let left = left.max(Duration::from_millis(1));
        self.port.get_ref().set_read_timeout(Some(left))?;
        let mut line = String::new();
        if self.port.read_line(&mut line)? == 0 {
            return Err(Error::other("QEMU is gone"));
        }
        line.parse().map_err(Error::other)
    }
}

/// The end that an event tells of; none if the host was the cause.
fn end_of(message: &Value) -> Option<End> {
    if message.pointer("/data/guest") != Some(&Value::Bool(true)) {
        return None;
    }
    match message.get("event")?.as_str()? {
        "SHUTDOWN" => Some(End::PoweredOff),
        "RESET" => Some(End::Restarted),
        _ => None,
    }
}
