//! Request and reply.

use std::time::Duration;

use crate::error::Error;
use crate::line::{Input, Line, Until};

/// How long the line may take to accept a request; some hundred bytes at the slowest speed in use.
const WRITE: Duration = Duration::from_secs(2);

/// Writes a request and reads its reply. What came before is forgotten: it belongs to another request.
///
/// # Errors
/// See [`Error`]. That nothing comes is none.
pub fn ask(
    line: &mut dyn Line,
    request: &[u8],
    until: Until<'_>,
    within: Duration,
) -> Result<Input, Error> {
    line.discard()?;
    line.write(request, Duration::ZERO, WRITE)?;
    line.read(until, within)
}

/// After garbage: waits until the other side has been silent for `quiet`, at most `within`, and forgets what came. Whether it
/// did fall silent.
///
/// # Errors
/// See [`Error`].
pub fn settle(line: &mut dyn Line, quiet: Duration, within: Duration) -> Result<bool, Error> {
    let step = quiet.max(Duration::from_millis(1));
    let mut left = within;
    loop {
        line.discard()?;
        let silent = line.read(Until::length(1), step)?.bytes.is_empty();
        left = left.saturating_sub(step);
        if silent || left.is_zero() {
            return Ok(silent);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulated::Simulated;

    #[test]
    fn what_came_before_a_request_is_no_part_of_its_reply() {
        let mut line = Simulated::new(|request| [b"re:", request].concat());
        line.say(b"late reply\r");
        let reply = ask(&mut line, b"Q1\r", Until::any_of(b"\r"), Duration::ZERO).unwrap();
        assert_eq!(reply.bytes, b"re:Q1\r");
    }

    #[test]
    fn a_silent_line_is_settled_at_once() {
        let mut line = Simulated::new(|_| Vec::new());
        line.say(b"noise");
        assert_eq!(
            settle(&mut line, Duration::from_millis(50), Duration::from_secs(1)),
            Ok(true)
        );
        let rest = line.read(Until::length(1), Duration::ZERO).unwrap();
        assert!(rest.bytes.is_empty());
    }
}
