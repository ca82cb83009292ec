//! The file being edited: cutting out and putting in.

use std::ops::Range;
use std::path::Path;

use super::EditError;
use super::layout::{Row, Token, ends, rows};
use super::word::{Dress, check, written};
use crate::problem::Problem;
use crate::report::Report;
use text::WORDS_MAX;

/// How a file's lines are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `NAME value value`: upsd.conf, upsmon.conf, upssched.conf.
    Directives,
    /// ups.conf: sections of one name are one, the last value of a key counts.
    Ups,
    /// upsd.users: the first section of a name counts, keys are the same in any letter case.
    Users,
}

/// A file that can be edited.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) format: Format,
    pub(super) bytes: Vec<u8>,
    pub(super) rows: Vec<Row>,
}

impl Document {
    /// Reads a file; `path` only names it in messages.
    ///
    /// # Errors
    /// It cannot be told for certain what some bytes are, so that no edit is safe: a quote that is never closed, a broken
    /// or unfinished line, brackets that are no header.
    pub fn parse(format: Format, path: &Path, source: &[u8]) -> Result<Self, Vec<Problem>> {
        let mut report = Report::new(path, source);
        let rows = rows(&mut report);
        if format != Format::Directives {
            for row in rows.iter().filter(|row| is_no_header(row)) {
                report.begin_line(row.span.start);
                let at = row
                    .tokens
                    .first()
                    .map_or(row.span.start, |token| token.span.start);
                report.error(at as u64, r#"this header is not "[name]"; write it so"#);
            }
        }
        let problems = report.finish(()).problems;
        if problems.is_empty() {
            Ok(Self {
                format,
                bytes: source.to_vec(),
                rows,
            })
        } else {
            Err(problems)
        }
    }

    /// The file as it is now.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Makes the words of `row` from number `first` on those of `words`, and leaves alone the bytes of those that are so already.
    pub(super) fn rewrite(
        &mut self,
        row: usize,
        first: usize,
        words: &[&str],
    ) -> Result<(), EditError> {
        for word in words {
            check(word)?;
        }
        if first + words.len() > WORDS_MAX {
            return Err(EditError::TooMany);
        }
        let Some(row) = self.rows.get(row) else {
            return Ok(());
        };
        let tokens = row.tokens.get(first..).unwrap_or_default();
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for (index, (token, word)) in tokens.iter().zip(words).enumerate() {
            let leads_on = index + 1 == words.len() && tokens.len() > words.len();
            if token.text != *word || leads_on && self.is_continued(token) {
                edits.push(self.replacement(token, word));
            }
        }
        let kept = first + words.len().min(tokens.len());
        let end = |index: usize| row.tokens.get(index).map(|token| token.span.end);
        let kept_end = kept.checked_sub(1).and_then(end).unwrap_or(row.span.start);
        if let Some(more) = words.get(tokens.len()..).filter(|more| !more.is_empty()) {
            let more: String = more
                .iter()
                .map(|word| format!(" {}", written(word, Dress::Bare)))
                .collect();
            edits.push((kept_end..kept_end, more));
        } else if tokens.len() > words.len() || tokens.is_empty() {
            edits.push((
                kept_end..row.words_end(&self.bytes).max(kept_end),
                String::new(),
            ));
        }
        // from the end, so that the places before stay right
        for (span, text) in edits.into_iter().rev() {
            self.bytes.splice(span, text.into_bytes());
        }
        self.reread();
        Ok(())
    }

    /// Whether the line goes on behind the word with `\` and a line end, so that it would not end there.
    fn is_continued(&self, token: &Token) -> bool {
        let written = self.bytes.get(token.span.clone()).unwrap_or_default();
        written.ends_with(b"\n")
    }

    /// What is to stand in place of `token` to be read as `word`.
    fn replacement(&self, token: &Token, word: &str) -> (Range<usize>, String) {
        let was_quoted = self.bytes.get(token.span.start) == Some(&b'"');
        let dress = if was_quoted {
            Dress::Quoted
        } else {
            Dress::Bare
        };
        let mut text = written(word, dress);
        let mut span = token.span.clone();
        if text.starts_with(['"', '=']) {
            // behind a continuation it would be in the middle of a word
            span.start = token.lead.min(span.start);
        }
        if token.text == "=" {
            // it parts its neighbours, other words do not
            let touches = |at: Option<usize>| {
                at.and_then(|at| self.bytes.get(at))
                    .is_some_and(|byte| !is_space(*byte))
            };
            // a blank before it may be a word's, with "\" in front
            let mut others = self.rows.iter().flat_map(|row| &row.tokens);
            if touches(span.start.checked_sub(1)) || others.any(|word| word.span.end == span.start)
            {
                text.insert(0, ' ');
            }
            if touches(Some(span.end)) {
                text.push(' ');
            }
        }
        (span, text)
    }

    /// Puts `line` before the row that begins at `at`, or at the end.
    pub(super) fn insert_line(&mut self, at: usize, line: &str) {
        let end = self.line_end();
        let unended =
            at == self.bytes.len() && self.bytes.last().is_some_and(|byte| *byte != b'\n');
        let text = if unended {
            format!("{end}{line}")
        } else {
            format!("{line}{end}")
        };
        self.bytes.splice(at..at, text.into_bytes());
        self.reread();
    }

    /// Takes out the row with its line end.
    pub(super) fn remove_row(&mut self, row: usize) {
        let Some(row) = self.rows.get(row) else {
            return;
        };
        self.remove_span(row.span.clone());
    }

    /// Takes out whole rows.
    pub(super) fn remove_span(&mut self, mut span: Range<usize>) {
        let unended = self.bytes.get(span.clone()).and_then(<[u8]>::last) != Some(&b'\n');
        if span.end == self.bytes.len() && unended {
            // the line before is the last one now, and the file has no line end there
            span.start = self.unended(span.start);
        }
        self.bytes.drain(span);
        self.reread();
    }

    /// Where the row that ends at `at` ends without its line end; at `at` if what stands before would escape nothing then.
    fn unended(&self, at: usize) -> usize {
        let mut rows = self.rows.iter();
        let begin = rows.find(|row| row.span.end == at);
        let begin = begin.map_or(0, |row| row.span.start);
        let row = self.bytes.get(begin..at).unwrap_or_default();
        let ended = [&b"\r\n"[..], b"\n"].into_iter();
        let line = ended
            .filter_map(|end| row.strip_suffix(end))
            .find(|line| !line.ends_with(b"\n") && ends(line));
        line.map_or(at, |line| begin + line.len())
    }

    /// Whether a row has nothing but blanks.
    pub(super) fn is_blank(&self, row: &Row) -> bool {
        let bytes = self.bytes.get(row.span.clone()).unwrap_or_default();
        bytes.iter().all(u8::is_ascii_whitespace)
    }

    /// What the first line of this file ends in.
    pub(super) fn line_end(&self) -> &'static str {
        let lf = self.bytes.iter().position(|byte| *byte == b'\n');
        let before = lf
            .and_then(|lf| lf.checked_sub(1))
            .and_then(|at| self.bytes.get(at));
        if before == Some(&b'\r') { "\r\n" } else { "\n" }
    }

    fn reread(&mut self) {
        let mut report = Report::new(Path::new(""), &self.bytes);
        self.rows = rows(&mut report);
    }
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

/// A first word in a bracket that opens no section, or one without a name.
fn is_no_header(row: &Row) -> bool {
    row.name().starts_with('[') && row.header().is_none_or(str::is_empty)
}
