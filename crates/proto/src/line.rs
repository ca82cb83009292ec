//! One line of an answer, never longer than a client can read and never without its end.

use text::escape_within;

use crate::{LINE_MAX, VALUE_MAX};

/// The line would not fit in [`LINE_MAX`] bytes; nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// A line that is being appended to `out`.
#[derive(Debug)]
pub struct Line<'o> {
    out: &'o mut String,
    start: usize,
}

impl<'o> Line<'o> {
    /// Begins a line with `keyword`.
    pub fn new(keyword: &str, out: &'o mut String) -> Self {
        let start = out.len();
        out.push_str(keyword);
        Self { out, start }
    }

    /// Appends a blank and a word as it is: names are echoed as the client wrote them.
    #[must_use]
    pub fn word(self, word: &str) -> Self {
        self.out.push(' ');
        self.out.push_str(word);
        self
    }

    /// Appends a blank and each of the words.
    #[must_use]
    pub fn words(self, words: &[&str]) -> Self {
        words.iter().fold(self, |line, word| line.word(word))
    }

    /// Appends a blank and a quoted value, cut at [`VALUE_MAX`] or what the line has room for.
    #[must_use]
    pub fn value(self, value: &str) -> Self {
        let limit = self.room().min(VALUE_MAX);
        self.quoted(value, limit)
    }

    /// Appends a blank and a quoted text, cut at what the line has room for.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        let limit = self.room();
        self.quoted(text, limit)
    }

    /// Bytes that a quoted word may still have.
    fn room(&self) -> usize {
        let written = self.out.len() - self.start;
        LINE_MAX.saturating_sub(written + " \"\"".len())
    }

    fn quoted(self, text: &str, limit: usize) -> Self {
        self.out.push_str(" \"");
        escape_within(text, limit, self.out);
        self.out.push('"');
        self
    }

    /// Ends the line.
    ///
    /// # Errors
    /// It is too long; the output is as before the line.
    pub fn end(self) -> Result<(), TooLong> {
        if self.out.len() - self.start > LINE_MAX {
            self.out.truncate(self.start);
            return Err(TooLong);
        }
        self.out.push('\n');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_cut() {
        let mut out = String::new();
        assert!(
            Line::new("VAR", &mut out)
                .words(&["lab1", "a.b"])
                .value("\"x\" #1")
                .end()
                .is_ok()
        );
        assert_eq!(out, "VAR lab1 a.b \"\\\"x\\\" \\#1\"\n");
        out.clear();
        assert!(
            Line::new("VAR", &mut out)
                .value(&"x".repeat(600))
                .end()
                .is_ok()
        );
        assert_eq!(out.len(), "VAR \"\"\n".len() + 255);
    }

    #[test]
    fn a_text_takes_what_room_there_is() {
        let mut out = String::new();
        assert!(
            Line::new("DESC", &mut out)
                .word("u")
                .text(&"x".repeat(900))
                .end()
                .is_ok()
        );
        assert_eq!(out.len(), LINE_MAX + 1);
    }

    #[test]
    fn a_line_that_is_too_long_leaves_no_trace() {
        let mut out = String::from("before\n");
        assert_eq!(
            Line::new("VAR", &mut out)
                .word(&"f".repeat(600))
                .value("x")
                .end(),
            Err(TooLong)
        );
        assert_eq!(out, "before\n");
    }
}
