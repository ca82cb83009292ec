//! The file being read, and the list of its problems as it grows.

use crate::problem::{Cited, Loaded, Problem, Severity, harmless};
use crate::telling;
use std::path::Path;
use text::{Place, place_of, source_line};

/// Problems kept of one file. What has more is not a configuration file.
pub const PROBLEMS_MAX: usize = 1000;

/// Collects problems by offset and turns them into located ones.
#[derive(Debug)]
pub(crate) struct Report<'s> {
    path: &'s Path,
    source: &'s [u8],
    /// Where each physical line starts.
    starts: Vec<usize>,
    /// Where the logical line starts that is being read.
    line_at: u64,
    problems: Vec<Problem>,
}

impl<'s> Report<'s> {
    pub(crate) fn new(path: &'s Path, source: &'s [u8]) -> Self {
        let ends = source
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n');
        Self {
            path,
            source,
            starts: std::iter::once(0)
                .chain(ends.map(|(at, _)| at + 1))
                .collect(),
            line_at: 0,
            problems: Vec::new(),
        }
    }

    /// The bytes of the file.
    pub(crate) fn source(&self) -> &'s [u8] {
        self.source
    }

    /// Says that a logical line begins at `at`.
    pub(crate) fn begin_line(&mut self, at: usize) {
        self.line_at = at as u64;
    }

    pub(crate) fn error(&mut self, at: u64, text: impl Into<String>) {
        self.add(Severity::Error, at, text.into());
    }

    pub(crate) fn warning(&mut self, at: u64, text: impl Into<String>) {
        self.add(Severity::Warning, at, text.into());
    }

    pub(crate) fn add(&mut self, severity: Severity, at: u64, text: String) {
        if self.problems.len() > PROBLEMS_MAX {
            return;
        }
        let text = if self.problems.len() == PROBLEMS_MAX {
            format!(
                "this is problem {PROBLEMS_MAX}, further ones are not told; is this the right file?"
            )
        } else {
            text
        };
        let place = self.place(at);
        self.problems.push(Problem {
            severity,
            path: self.path.to_owned(),
            place: Some(place),
            text: text.chars().map(harmless).collect(),
            cited: self.cite(at, place),
        });
    }

    /// Line and column of offset `at`.
    /// A remark on the whole file; the line of `place` is named and not shown.
    pub(crate) fn remark(&mut self, severity: Severity, place: Option<Place>, text: String) {
        if self.problems.len() > PROBLEMS_MAX {
            return;
        }
        self.problems.push(Problem {
            severity,
            path: self.path.to_owned(),
            place,
            text,
            cited: None,
        });
    }

    pub(crate) fn place(&self, at: u64) -> Place {
        let (number, start) = self.line_of(at);
        let line = self.source.get(start..).unwrap_or_default();
        Place {
            line: u32::try_from(number).unwrap_or(u32::MAX),
            ..place_of(line, at.saturating_sub(start as u64))
        }
    }

    /// Ends the reading; the problems come in the order of the file.
    pub(crate) fn finish<T>(mut self, value: T) -> Loaded<T> {
        self.problems.sort_by_key(|problem| problem.place);
        Loaded {
            value,
            problems: self.problems,
        }
    }

    fn cite(&self, at: u64, place: Place) -> Option<Cited> {
        let line = self.physical_line(at);
        let hidden = telling::is_told_in(&line) || telling::is_told_in(&self.up_to(at, &line));
        (!hidden).then(|| Cited::new(&line, place.col))
    }

    /// The logical line being read, up to the end of the physical `line` in it that holds `at`.
    fn up_to(&self, at: u64, line: &str) -> String {
        let begin = usize::try_from(self.line_at).unwrap_or(usize::MAX);
        let (_, start) = self.line_of(at);
        let before = self.source.get(begin..start).unwrap_or_default();
        String::from_utf8_lossy(before).into_owned() + line
    }

    fn physical_line(&self, at: u64) -> String {
        let (_, start) = self.line_of(at);
        source_line(self.source.get(start..).unwrap_or_default(), 0)
    }

    /// Number, counted from 1, and start of the physical line that holds `at`.
    fn line_of(&self, at: u64) -> (usize, usize) {
        let number = self
            .starts
            .partition_point(|&start| start as u64 <= at)
            .max(1);
        (number, self.starts.get(number - 1).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_lexer() {
        let source = "ab\ncdé f\r\n\ng".as_bytes();
        let report = Report::new(Path::new("x"), source);
        for at in 0..=source.len() as u64 {
            assert_eq!(report.place(at), place_of(source, at), "{at}");
            assert_eq!(report.physical_line(at), source_line(source, at), "{at}");
        }
    }

    #[test]
    fn problems_come_in_the_order_of_the_file_and_are_bounded() {
        let mut report = Report::new(Path::new("x"), b"one\ntwo\n");
        report.error(4, "second");
        report.warning(0, "first");
        let problems = report.finish(()).problems;
        assert_eq!(problems[0].text, "first");
        assert_eq!(problems[1].to_string(), "x:2:1: error: second\ntwo\n^");

        let mut report = Report::new(Path::new("x"), b"one\n");
        (0..5000).for_each(|_| report.error(0, "bad"));
        assert_eq!(report.finish(()).problems.len(), PROBLEMS_MAX + 1);
    }

    #[test]
    fn a_line_with_a_password_is_located_but_not_cited() {
        let mut report = Report::new(Path::new("x"), b"password = \\\n hunter2 x\n");
        report.warning(22, "bad");
        assert_eq!(
            report.finish(()).problems[0].to_string(),
            "x:2:10: warning: bad"
        );

        let mut report = Report::new(Path::new("x"), b"pa\\\nss = \\\n hunter2 x\n");
        report.warning(19, "bad");
        assert_eq!(
            report.finish(()).problems[0].to_string(),
            "x:3:9: warning: bad"
        );
    }
}
