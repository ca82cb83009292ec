//! Asking systemd, by its own tool: that is there wherever systemd is.

use std::path::Path;
use std::time::Duration;

pub use daemon::child::{Error, Said};

/// There when systemd runs the system.
const SYSTEMD: &str = "/run/systemd/system";

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
    daemon::child::run(Path::new("systemctl"), words, within)
}
