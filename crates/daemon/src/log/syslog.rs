//! The system log, facility `daemon`, with the program's name and process id.

use std::ffi::{CStr, CString};
use std::sync::OnceLock;

use nix::syslog::{Facility, LogFlags, LogMask, Severity, openlog, setlogmask, syslog};
use tracing::{Level, Metadata};

use super::{ALERT, CRIT, EMERG, NOTICE};
use crate::Error;

static IDENT: OnceLock<CString> = OnceLock::new();
/// What `-q` leaves.
static LEAST: OnceLock<Severity> = OnceLock::new();

/// Levels from the least to the most important; each `-q` drops one more.
const STEPS: [Severity; 8] = [
    Severity::LOG_DEBUG,
    Severity::LOG_INFO,
    Severity::LOG_NOTICE,
    Severity::LOG_WARNING,
    Severity::LOG_ERR,
    Severity::LOG_CRIT,
    Severity::LOG_ALERT,
    Severity::LOG_EMERG,
];

/// Remembers the program's name and applies `-q`.
pub(super) fn prepare(program: &str, quiet: u8) -> Result<(), Error> {
    let Some(least) = STEPS.get(usize::from(quiet)) else {
        let source = std::io::Error::other(format!("{quiet} times -q, at most 7 make sense"));
        return Err(Error::System {
            action: "lower the log level",
            source,
        });
    };
    let _ = IDENT.set(CString::new(program).unwrap_or_default());
    setlogmask(Some(LogMask::up_to(*least)));
    let _ = LEAST.set(*least);
    Ok(())
}

/// Connects to the system log at once, so that it still works after `chroot`.
pub(super) fn open() {
    let ident: Option<&'static CStr> = IDENT.get().map(CString::as_c_str);
    let flags = LogFlags::LOG_PID | LogFlags::LOG_NDELAY;
    let _ = openlog(ident, flags, Facility::LOG_DAEMON);
}

/// Writes an event, line by line.
pub(super) fn write(metadata: &Metadata<'_>, text: &str) {
    let severity = severity(*metadata.level(), metadata.target());
    for line in text.lines() {
        let _ = syslog(severity, line);
    }
}

/// An event's severity, as a number from 0, the most important, to 7; none for one that `-q` leaves out.
pub(super) fn told(metadata: &Metadata<'_>) -> Option<u8> {
    let severity = severity(*metadata.level(), metadata.target()) as u8;
    let least = LEAST.get().copied().unwrap_or(Severity::LOG_DEBUG) as u8;
    (severity <= least).then_some(severity)
}

fn severity(level: Level, target: &str) -> Severity {
    match (level, target) {
        (Level::ERROR, EMERG) => Severity::LOG_EMERG,
        (Level::ERROR, ALERT) => Severity::LOG_ALERT,
        (Level::ERROR, CRIT) => Severity::LOG_CRIT,
        (Level::ERROR, _) => Severity::LOG_ERR,
        (Level::WARN, _) => Severity::LOG_WARNING,
        (Level::INFO, NOTICE) => Severity::LOG_NOTICE,
        (Level::INFO, _) => Severity::LOG_INFO,
        _ => Severity::LOG_DEBUG,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_targets_make_severities() {
        let number = |severity| severity as i32;
        for (level, target, expected) in [
            (Level::ERROR, "lab", Severity::LOG_ERR),
            (Level::ERROR, CRIT, Severity::LOG_CRIT),
            (Level::ERROR, ALERT, Severity::LOG_ALERT),
            (Level::ERROR, EMERG, Severity::LOG_EMERG),
            (Level::INFO, NOTICE, Severity::LOG_NOTICE),
            (Level::INFO, "lab", Severity::LOG_INFO),
            (Level::TRACE, "lab", Severity::LOG_DEBUG),
        ] {
            assert_eq!(number(severity(level, target)), number(expected));
        }
    }

    #[test]
    fn eight_times_quiet_is_too_much() {
        let told = prepare("lab", 8).unwrap_err().to_string();
        assert_eq!(
            told,
            "cannot lower the log level: 8 times -q, at most 7 make sense"
        );
        assert!(prepare("lab", 0).is_ok());
    }
}
