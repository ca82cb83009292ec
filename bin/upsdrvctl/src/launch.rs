//! A driver program as a child, with a deadline.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use daemon::pidfile::Signal;
use daemon::process;
use tracing::info;

/// How often a child is looked at.
const STEP: Duration = Duration::from_millis(20);

/// Starts it.
pub(crate) fn launch(program: &Path, line: &[OsString]) -> io::Result<Child> {
    Command::new(program)
        .args(line)
        .stdin(Stdio::null())
        .spawn()
}

/// Tells what would be started.
pub(crate) fn would_launch(program: &Path, line: &[OsString]) {
    let words: Vec<_> = line.iter().map(|word| word.to_string_lossy()).collect();
    info!("would run {} {}", program.display(), words.join(" "));
}

/// Waits for its end; `None` when it has not come in time. No time at all is all the time.
pub(crate) fn wait(child: &mut Child, within: Duration) -> io::Result<Option<ExitStatus>> {
    let deadline = (!within.is_zero()).then(|| Instant::now() + within);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Ok(None);
        }
        sleep(STEP);
    }
}

/// Asks it to end, and makes it if it does not.
pub(crate) fn end(child: &mut Child, within: Duration) {
    let pid = i32::try_from(child.id()).unwrap_or(i32::MAX);
    let _ = process::signal(pid, Signal::SIGTERM);
    if !matches!(wait(child, within), Ok(Some(_))) {
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Child {
        launch(Path::new("/bin/sh"), &["-c".into(), script.into()]).unwrap()
    }

    #[test]
    fn the_end_is_waited_for_and_no_longer_than_allowed() {
        let status = wait(&mut sh("exit 3"), Duration::ZERO).unwrap().unwrap();
        assert_eq!(status.code(), Some(3));
        let mut slow = sh("exec sleep 60");
        assert!(
            wait(&mut slow, Duration::from_millis(100))
                .unwrap()
                .is_none()
        );
        end(&mut slow, Duration::from_secs(5));
        assert!(slow.try_wait().unwrap().is_some());
    }

    #[test]
    fn who_does_not_want_to_end_has_to() {
        let mut stubborn = sh("trap '' TERM; while :; do sleep 0.05; done");
        sleep(Duration::from_millis(100));
        end(&mut stubborn, Duration::from_millis(300));
        assert!(stubborn.try_wait().unwrap().is_some());
    }
}
