//! Asking systemd, by its own tool: that is there wherever systemd is.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

/// There when systemd runs the system.
const SYSTEMD: &str = "/run/systemd/system";
/// How often the tool is looked at.
const STEP: Duration = Duration::from_millis(20);

/// Why systemd was not asked, or has not answered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The tool cannot be run.
    #[error("cannot run systemctl: {0}")]
    Missing(#[from] io::Error),
    /// It took too long.
    #[error("systemctl {0} has not ended within {1:?}")]
    Late(String, Duration),
}

/// How it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Whether it says that all is well.
    pub success: bool,
    /// What it printed.
    pub text: String,
}

/// Whether systemd runs this system.
#[must_use]
pub fn is_there() -> bool {
    Path::new(SYSTEMD).exists()
}

/// Runs it. What it complains of goes to our standard error.
///
/// # Errors
/// It cannot be run, or does not end in time.
pub fn run(words: &[&str], within: Duration) -> Result<Said, Error> {
    let mut child = Command::new("systemctl")
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut output = child.stdout.take();
    // a full pipe must not keep it from ending
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(output) = &mut output {
            // what was read before an error is what there is
            let _ = output.read_to_end(&mut bytes);
        }
        bytes
    });
    let deadline = Instant::now() + within;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() >= deadline {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Error::Late(words.join(" "), within));
        }
        sleep(STEP);
    };
    let bytes = reader.join().unwrap_or_default();
    Ok(Said {
        success: status.success(),
        text: String::from_utf8_lossy(&bytes).into_owned(),
    })
}
