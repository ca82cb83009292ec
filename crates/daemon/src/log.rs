//! The log: standard error in the foreground, syslog in the background (spec server-behaviour.md, section 14). Where
//! standard error is systemd's journal, it is enough: syslog would only repeat every line there.
//!
//! | `-D` | shown |
//! |---|---|
//! | none | error, warning, notice, info |
//! | 1 | debug, too |
//! | 2 and more | trace, too |
//!
//! With `-D`, lines on standard error begin with the seconds since the start as C NUT writes them. The
//! level can be changed while running (`driver.debug`, `DEBUG_MIN`). Nothing here fails or panics: a log that
//! cannot be written is lost.
//!
//! syslog knows levels that `tracing` does not. Use the target [`NOTICE`] with `info!`, and [`CRIT`], [`ALERT`] and
//! [`EMERG`] with `error!` for them: `info!(target: daemon::log::NOTICE, "UPS [{name}] is stale")`.

use std::ffi::OsStr;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Instant;

use tracing::level_filters::LevelFilter;
use tracing::subscriber::{Interest, set_global_default};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use crate::Error;

mod journal;
mod line;
mod no_spans;
mod syslog;

use no_spans::NoSpans;

/// Target of events for the administrator's attention that are no trouble.
pub const NOTICE: &str = "notice";
/// Target of events about power being cut.
pub const CRIT: &str = "crit";
/// Target of events that somebody has to act on at once.
pub const ALERT: &str = "alert";
/// Target of events that mean the system will be lost; syslog shows them on every terminal.
pub const EMERG: &str = "emerg";

static VERBOSITY: AtomicU8 = AtomicU8::new(0);
static TO_STDERR: AtomicBool = AtomicBool::new(true);
static TO_SYSLOG: AtomicBool = AtomicBool::new(false);
/// Standard error is the journal, and takes severities.
static TO_JOURNAL: AtomicBool = AtomicBool::new(false);
static SYSLOG_WANTED: AtomicU8 = AtomicU8::new(Destination::Default as u8);

/// What `NUT_DEBUG_SYSLOG` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Destination {
    /// syslog; in the background nothing else.
    Default,
    /// No syslog; standard error also in the background.
    Stderr,
    /// No syslog, and nothing in the background.
    None,
}

impl Destination {
    fn of(value: Option<&OsStr>) -> Self {
        match value.and_then(OsStr::to_str) {
            Some("stderr") => Self::Stderr,
            Some("none") => Self::None,
            _ => Self::Default,
        }
    }
}

/// Begins logging to standard error. `verbosity` is what [`chosen_verbosity`] tells; `quiet` counts `-q`.
///
/// A second call only changes the level.
///
/// # Errors
/// More `-q` than there are levels.
pub fn init(program: &str, verbosity: u8, quiet: u8) -> Result<(), Error> {
    syslog::prepare(program, quiet)?;
    let wanted = Destination::of(std::env::var_os("NUT_DEBUG_SYSLOG").as_deref());
    SYSLOG_WANTED.store(wanted as u8, Ordering::Relaxed);
    VERBOSITY.store(verbosity, Ordering::Relaxed);
    TO_JOURNAL.store(journal::is_stderr(), Ordering::Relaxed);
    let sink = Sink {
        start: Instant::now(),
    };
    let _ = set_global_default(NoSpans.with(sink));
    set_verbosity(verbosity);
    Ok(())
}

/// The verbosity to start with: `-D`, or else `NUT_DEBUG_LEVEL`.
#[must_use]
pub fn chosen_verbosity(debug: u8) -> u8 {
    if debug > 0 {
        return debug;
    }
    let level = std::env::var("NUT_DEBUG_LEVEL").unwrap_or_default();
    level.trim().parse().unwrap_or(0)
}

/// Changes how much is told, from now on.
pub fn set_verbosity(verbosity: u8) {
    VERBOSITY.store(verbosity, Ordering::Relaxed);
    tracing::callsite::rebuild_interest_cache();
}

/// How much is told.
#[must_use]
pub fn verbosity() -> u8 {
    VERBOSITY.load(Ordering::Relaxed)
}

/// Logs to syslog as well, unless the environment forbids it or all is in the journal anyway. Call it before `chroot`.
pub fn open_syslog() {
    let wanted = SYSLOG_WANTED.load(Ordering::Relaxed) == Destination::Default as u8;
    if wanted && !TO_JOURNAL.load(Ordering::Relaxed) {
        syslog::open();
        TO_SYSLOG.store(true, Ordering::Relaxed);
    }
}

/// Logs to syslog only, because there is no terminal any more; whether standard error is free to be closed.
pub(crate) fn leave_stderr() -> bool {
    TO_JOURNAL.store(false, Ordering::Relaxed);
    open_syslog();
    let keep = SYSLOG_WANTED.load(Ordering::Relaxed) == Destination::Stderr as u8;
    TO_STDERR.store(keep, Ordering::Relaxed);
    !keep
}

/// The one layer that writes.
#[derive(Debug)]
struct Sink {
    start: Instant,
}

fn level() -> LevelFilter {
    match verbosity() {
        0 => LevelFilter::INFO,
        1 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}

impl<S: Subscriber> Layer<S> for Sink {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if *metadata.level() <= level() {
            Interest::always()
        } else {
            Interest::never()
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        *metadata.level() <= level()
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(level())
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let text = line::text(event);
        if TO_STDERR.load(Ordering::Relaxed) {
            self.write_line(event.metadata(), &text);
        }
        if TO_SYSLOG.load(Ordering::Relaxed) {
            syslog::write(event.metadata(), &text);
        }
    }
}

impl Sink {
    fn write_line(&self, metadata: &Metadata<'_>, text: &str) {
        let prefix = line::prefix(verbosity(), self.start.elapsed(), *metadata.level());
        if !TO_JOURNAL.load(Ordering::Relaxed) {
            line::write(&prefix, text);
        } else if let Some(severity) = syslog::told(metadata) {
            line::write("", &journal::lines(severity, &prefix, text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_follows_the_verbosity_at_run_time() {
        init("lab", 0, 0).unwrap();
        assert!(tracing::enabled!(tracing::Level::INFO));
        assert!(!tracing::enabled!(tracing::Level::DEBUG));
        set_verbosity(1);
        assert!(tracing::enabled!(tracing::Level::DEBUG));
        assert!(!tracing::enabled!(tracing::Level::TRACE));
        set_verbosity(5);
        assert!(tracing::enabled!(tracing::Level::TRACE));
        set_verbosity(0);
        assert!(!tracing::enabled!(tracing::Level::DEBUG));
    }

    #[test]
    fn the_environment_chooses_where_to_log() {
        assert_eq!(
            Destination::of(Some(OsStr::new("stderr"))),
            Destination::Stderr
        );
        assert_eq!(Destination::of(Some(OsStr::new("none"))), Destination::None);
        assert_eq!(
            Destination::of(Some(OsStr::new("default"))),
            Destination::Default
        );
        assert_eq!(Destination::of(None), Destination::Default);
    }

    #[test]
    fn the_command_line_beats_the_environment() {
        assert_eq!(chosen_verbosity(3), 3);
    }
}
