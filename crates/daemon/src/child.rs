//! Running another program to its end, which must come in time.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

/// How often the program is looked at.
const STEP: Duration = Duration::from_millis(20);

/// Why it was not run to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be run.
    #[error("cannot run {0}: {1}")]
    Missing(String, io::Error),
    /// It took too long, and was ended.
    #[error("{0} has not ended within {1:?}")]
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

/// Runs it without input. What it complains of goes to our standard error.
///
/// # Errors
/// It cannot be run, or does not end in time.
pub fn run(program: &Path, words: &[&str], within: Duration) -> Result<Said, Error> {
    let name = || {
        let name = program.file_name().unwrap_or(program.as_os_str());
        name.to_string_lossy().into_owned()
    };
    let missing = |why| Error::Missing(name(), why);
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(missing)?;
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
        if let Some(status) = child.try_wait().map_err(missing)? {
            break status;
        }
        if Instant::now() >= deadline {
            let _ = child.kill();
            let _ = child.wait();
            let what = format!("{} {}", name(), words.join(" "));
            return Err(Error::Late(what, within));
        }
        sleep(STEP);
    };
    let bytes = reader.join().unwrap_or_default();
    Ok(Said {
        success: status.success(),
        text: String::from_utf8_lossy(&bytes).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(text: &str, within: Duration) -> Result<Said, Error> {
        run(Path::new("/bin/sh"), &["-c", text], within)
    }

    #[test]
    fn what_it_printed_and_how_it_ended_is_told() {
        let said = sh("echo a; exit 3", Duration::from_secs(60)).unwrap();
        assert_eq!((said.success, said.text.as_str()), (false, "a\n"));
        let missing = run(Path::new("/nonexistent/x"), &[], Duration::ZERO).unwrap_err();
        assert!(
            missing.to_string().starts_with("cannot run x: "),
            "{missing}"
        );
    }

    #[test]
    fn one_that_does_not_end_is_ended() {
        let late = sh("exec sleep 60", Duration::from_millis(50)).unwrap_err();
        assert_eq!(
            late.to_string(),
            "sh -c exec sleep 60 has not ended within 50ms"
        );
    }
}
