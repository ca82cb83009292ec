//! An event as text, and a line on standard error.

use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::{Event, Level};

/// The message, then the other fields as `name=value`.
pub(super) fn text(event: &Event<'_>) -> String {
    let mut text = Text::default();
    event.record(&mut text);
    text.message.push_str(&text.fields);
    text.message
}

#[derive(Debug, Default)]
struct Text {
    message: String,
    fields: String,
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = if field.name() == "message" {
            write!(self.message, "{value:?}")
        } else {
            write!(self.fields, " {}={value:?}", field.name())
        };
    }
}

/// Seconds since the start and the debug level, as C NUT's `%4.0f.%06ld TAB [D1] `; nothing without `-D`.
pub(super) fn prefix(verbosity: u8, elapsed: Duration, level: Level) -> String {
    if verbosity == 0 {
        return String::new();
    }
    let tag = match level {
        Level::DEBUG => "[D1] ",
        Level::TRACE => "[D2] ",
        _ => "",
    };
    format!(
        "{:4}.{:06}\t{tag}",
        elapsed.as_secs(),
        elapsed.subsec_micros()
    )
}

/// Writes a line in one piece; that nobody reads it is no error.
pub(super) fn write(prefix: &str, text: &str) {
    let line = format!("{prefix}{text}\n");
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_that_of_c() {
        let elapsed = Duration::from_micros(12_000_345);
        assert_eq!(prefix(0, elapsed, Level::INFO), "");
        assert_eq!(prefix(1, elapsed, Level::INFO), "  12.000345\t");
        assert_eq!(prefix(2, elapsed, Level::TRACE), "  12.000345\t[D2] ");
        assert_eq!(prefix(1, elapsed, Level::DEBUG), "  12.000345\t[D1] ");
    }
}
