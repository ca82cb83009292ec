//! Bytes from the server to lines of words.
//!
//! A line ends at its LF whatever its quotes say, as C's clients read it: otherwise one stray quote would
//! swallow the answers behind it.

use text::{Fed, Lexer, Words};

use crate::Error;

/// Longest line that is read. Servers keep to 510 bytes; what exceeds this is no answer.
pub(crate) const LINE_LIMIT: usize = 2048;

/// Bytes that have arrived, and the words of the line read last.
#[derive(Default)]
pub(crate) struct Lines {
    buffer: Vec<u8>,
    /// Bytes of the buffer that were read.
    start: usize,
    lexer: Lexer,
}

impl Lines {
    /// Adds what has arrived.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// Reads the next line, if all of it has arrived.
    pub(crate) fn advance(&mut self) -> Result<bool, Error> {
        let rest = self.buffer.get(self.start..).unwrap_or_default();
        let end = rest.iter().position(|&byte| byte == b'\n');
        if end.unwrap_or(rest.len()) > LINE_LIMIT {
            return Err(Error::Protocol);
        }
        let Some(line) = end.and_then(|end| rest.get(..end)) else {
            return Ok(false);
        };
        self.start += line.len() + 1;
        lex(&mut self.lexer, line)?;
        Ok(true)
    }

    /// The words of the line that [`advance`](Self::advance) read.
    pub(crate) fn words(&self) -> &Words {
        self.lexer.words()
    }

    /// Whether bytes have arrived that nobody has read.
    pub(crate) fn has_unread(&self) -> bool {
        self.start < self.buffer.len()
    }
}

fn lex(lexer: &mut Lexer, line: &[u8]) -> Result<(), Error> {
    lexer.feed(line);
    match lexer.finish() {
        Some(Fed::Broken(_)) => Err(Error::Parse),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(lines: &Lines) -> Vec<&str> {
        lines.words().iter().collect()
    }

    #[test]
    fn lines_come_in_any_pieces() {
        let mut lines = Lines::default();
        lines.push(b"VAR u ups.st");
        assert!(!lines.advance().unwrap());
        lines.push(b"atus \"OL\"\r\nOK\n\nE");
        assert!(lines.advance().unwrap());
        assert_eq!(words(&lines), ["VAR", "u", "ups.status", "OL"]);
        assert!(lines.advance().unwrap());
        assert_eq!(words(&lines), ["OK"]);
        assert!(lines.advance().unwrap());
        assert_eq!(words(&lines), [""; 0]);
        assert!(!lines.advance().unwrap());
        assert!(lines.has_unread());
    }

    #[test]
    fn a_stray_quote_does_not_swallow_the_next_line() {
        let mut lines = Lines::default();
        lines.push(b"VAR \"x\nOK\n");
        assert!(lines.advance().unwrap());
        assert_eq!(words(&lines), ["VAR", "x"]);
        assert!(lines.advance().unwrap());
        assert_eq!(words(&lines), ["OK"]);
    }

    #[test]
    fn a_hash_in_quotes_is_an_error_of_its_line_only() {
        let mut lines = Lines::default();
        lines.push(b"VAR \"a#b\" c\nOK\n");
        assert!(matches!(lines.advance(), Err(Error::Parse)));
        assert!(lines.advance().unwrap());
        assert_eq!(words(&lines), ["OK"]);
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let mut lines = Lines::default();
        lines.push(&[b'x'; LINE_LIMIT]);
        assert!(!lines.advance().unwrap());
        lines.push(b"xx");
        assert!(matches!(lines.advance(), Err(Error::Protocol)));
    }

    proptest! {
        #[test]
        fn nothing_a_server_sends_panics(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 0..20)) {
            let mut lines = Lines::default();
            for piece in pieces {
                lines.push(&piece);
                for _ in 0..60 {
                    if !matches!(lines.advance(), Ok(true) | Err(Error::Parse)) {
                        break;
                    }
                }
            }
        }
    }
}
