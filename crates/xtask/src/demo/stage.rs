//! The programs of the demo, running in a sandbox.

use super::Pace;
use crate::failure::{Failure, Result};
use std::fs;
use std::path::{Path, PathBuf};
use testkit::{PATIENCE, Program, Running, Sandbox, eventually, free_port};

/// What the device goes through.
const OUTAGE: &str = include_str!("../../../../bin/dummy-ups/recordings/outage.seq");

/// A driver and a server. The fields are in the order in which they end.
#[derive(Debug)]
pub(crate) struct Stage {
    _upsd: Running,
    _driver: Running,
    upsc: PathBuf,
    port: u16,
    sandbox: Sandbox,
}

impl Stage {
    /// Starts both and waits until the server answers.
    pub(crate) fn set(programs: &Path, pace: Pace) -> Result<Self> {
        let sandbox = Sandbox::try_new()?;
        let port = free_port()?;
        configure(&sandbox, port, pace)?;
        let daemon = |name: &str| {
            Program::at(&programs.join(name), &sandbox)
                .arg("-F")
                .as_myself()
        };
        let driver = daemon("dummy-ups").args(["-a", "demo"]).try_start()?;
        await_socket(&sandbox, &driver)?;
        let upsd = daemon("upsd").try_start()?;
        upsd.try_wait_for_line("listening on", PATIENCE)?;
        let upsc = programs.join("upsc");
        let stage = Self {
            _upsd: upsd,
            _driver: driver,
            upsc,
            port,
            sandbox,
        };
        stage.await_data()?;
        Ok(stage)
    }

    /// What `upsc` lists now.
    pub(crate) fn listing(&self) -> Result<String> {
        let upsc = Program::at(&self.upsc, &self.sandbox).arg(self.address());
        let done = upsc.try_run_within(PATIENCE)?;
        if done.code == Some(0) {
            return Ok(done.stdout);
        }
        Err(Failure::told(format!(
            "upsc {}: {}",
            self.address(),
            done.stderr.trim()
        )))
    }

    fn address(&self) -> String {
        format!("demo@localhost:{}", self.port)
    }

    /// How to ask from another terminal.
    pub(crate) fn hint(&self) -> String {
        let upsc = self.upsc.display();
        format!(
            "A simulated UPS now suffers one power failure after another. Ask for yourself in another terminal:\n\n    \
             {upsc} {}\n\nCtrl-C ends all.\n",
            self.address()
        )
    }

    /// The server has nothing to tell until it has heard the driver.
    fn await_data(&self) -> Result<()> {
        let mut last = String::new();
        let heard = eventually(PATIENCE, || match self.listing() {
            Ok(listing) => listing.contains("ups.model").then_some(()),
            Err(failure) => {
                last = failure.to_string();
                None
            }
        });
        heard.ok_or_else(|| Failure::told(format!("upsd has no data of the driver; {last}")))
    }
}

fn configure(sandbox: &Sandbox, port: u16, pace: Pace) -> Result<()> {
    let ups = "pollinterval = 1\n[demo]\n  driver = dummy-ups\n  port = demo.seq\n  desc = \"A simulated UPS\"\n";
    sandbox.try_write("ups.conf", ups)?;
    sandbox.try_write("upsd.conf", &format!("LISTEN 127.0.0.1 {port}\n"))?;
    sandbox.try_write("upsd.users", "")?;
    sandbox.try_write("demo.seq", &recording(pace))?;
    Ok(())
}

/// The outage; for `Once` with short pauses.
fn recording(pace: Pace) -> String {
    let lines = OUTAGE.lines().map(|line| match pace {
        Pace::Once if line.starts_with("TIMER ") => "TIMER 1",
        _ => line,
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn await_socket(sandbox: &Sandbox, driver: &Running) -> Result<()> {
    let socket = sandbox.socket("dummy-ups", "demo");
    let there = eventually(PATIENCE, || {
        fs::exists(&socket).unwrap_or(false).then_some(())
    });
    there.ok_or_else(|| {
        let text = format!(
            "the driver did not start within {PATIENCE:?}, it printed:\n{}",
            driver.printed()
        );
        Failure::told(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn once_is_quick() {
        let recording = recording(Pace::Once);
        let (until_low, _) = recording.split_once("LB\n").unwrap();
        let pauses = until_low
            .lines()
            .filter(|line| line.starts_with("TIMER "))
            .count();
        // a pause of a second ends with the poll after it, and one more follows
        let longest = Duration::from_secs(2 * (u64::try_from(pauses).unwrap() + 1));
        assert!(longest <= Duration::from_secs(20), "{longest:?}");
    }

    #[test]
    fn endless_is_as_recorded() {
        assert_eq!(recording(Pace::Endless), OUTAGE);
    }
}
