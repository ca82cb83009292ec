//! What is wrong with a file, told so that the administrator sees the spot.
//!
//! ```text
//! upsmon.conf:1:10: error: POLLFREQ: "five" is not a whole number of seconds; usage: POLLFREQ <seconds>
//! POLLFREQ five
//!          ^
//! ```

use crate::telling;
use std::fmt;
use std::path::PathBuf;
use text::Place;

/// How bad a [`Problem`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The line, or the section, has no effect.
    Error,
    /// The file works, but perhaps not as it was meant.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One thing that is wrong with a file; its `Display` is one to three lines without a final line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file, as the reader was given it.
    pub path: PathBuf,
    /// Where in the file; `None` when the whole file is meant.
    pub place: Option<Place>,
    /// What is wrong and what to do.
    pub text: String,
    /// The line it is about; `None` also when that line may hold a password.
    pub cited: Option<Cited>,
}

/// How it is said that a quote is open.
pub(crate) const OPEN_QUOTE: &str = "this quote is never closed";

impl Problem {
    /// Whether it is a quote that takes the rest of the file: what stands there is not missing.
    #[must_use]
    pub fn is_open_quote(&self) -> bool {
        self.text.starts_with(OPEN_QUOTE)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path.display())?;
        if let Some(place) = self.place {
            write!(f, "{}:{}:", place.line, place.col)?;
        }
        write!(f, " {}: {}", self.severity, self.text)?;
        match &self.cited {
            Some(cited) => write!(f, "\n{cited}"),
            None => Ok(()),
        }
    }
}

/// A line of a file with a caret under one of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    line: String,
    caret: usize,
}

/// Characters shown of a line on each side of the caret.
const AROUND: usize = 100;

impl Cited {
    /// Cites `line` with the caret under column `col`, counted from 1; of a long line only the part around it.
    #[must_use]
    pub fn new(line: &str, col: u32) -> Self {
        let col = usize::try_from(col).unwrap_or(usize::MAX).saturating_sub(1);
        let skipped = col.saturating_sub(AROUND);
        let shown = line.chars().skip(skipped).take(2 * AROUND);
        Self {
            line: shown.map(harmless).collect(),
            caret: col - skipped,
        }
    }

    /// Cites the line of `source` that `place` is in; nothing when it is not there, or may hold a password.
    #[must_use]
    pub fn of(source: &[u8], place: Place) -> Option<Self> {
        let number = usize::try_from(place.line).ok()?.checked_sub(1)?;
        let line = source.split(|byte| *byte == b'\n').nth(number)?;
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches('\r');
        (!telling::is_told_in(line)).then(|| Self::new(line, place.col))
    }

    /// The text of the line.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }
}

impl fmt::Display for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = self.line.chars().chain(std::iter::repeat(' '));
        let indent: String = before
            .take(self.caret)
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        write!(f, "{}\n{indent}^", self.line)
    }
}

/// Control characters could play tricks on a terminal.
pub(crate) fn harmless(c: char) -> char {
    if c.is_control() && c != '\t' { '?' } else { c }
}

/// What a file says, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded<T> {
    /// All that could be understood; the rest has its default.
    pub value: T,
    /// All problems, in the order of the file.
    pub problems: Vec<Problem>,
}

impl<T> Loaded<T> {
    /// Whether any problem is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_before_the_caret_stay_tabs() {
        let cited = Cited::new("\ta\tb c", 5);
        assert_eq!(cited.to_string(), "\ta\tb c\n\t \t ^");
    }

    #[test]
    fn the_caret_may_stand_behind_the_line() {
        assert_eq!(Cited::new("ab", 4).to_string(), "ab\n   ^");
    }

    #[test]
    fn of_a_long_line_only_the_part_around_the_caret_is_cited() {
        let cited = Cited::new(&format!("{}x{}", "a".repeat(500), "b".repeat(500)), 501);
        let mut lines = cited.to_string();
        let caret = lines.split_off(cited.line().len() + 1);
        assert_eq!(cited.line().len(), 2 * AROUND);
        assert_eq!(cited.line().chars().nth(caret.len() - 1), Some('x'));
    }

    #[test]
    fn a_line_is_cited_by_its_place_unless_it_may_hold_a_password() {
        let source = b"a\r\n b c\nMONITOR x 1 u p primary\n";
        let at = |line, col| Cited::of(source, Place { line, col });
        assert_eq!(at(1, 1).unwrap().to_string(), "a\n^");
        assert_eq!(at(2, 4).unwrap().to_string(), " b c\n   ^");
        assert_eq!([at(3, 1), at(0, 1), at(9, 1)], [None, None, None]);
    }

    #[test]
    fn control_characters_are_not_printed() {
        assert_eq!(Cited::new("a\u{1b}[2J", 1).line(), "a?[2J");
    }

    #[test]
    fn a_problem_of_the_whole_file_has_no_place() {
        let problem = Problem {
            severity: Severity::Warning,
            path: "upsd.conf".into(),
            place: None,
            text: "it is odd".into(),
            cited: None,
        };
        assert_eq!(problem.to_string(), "upsd.conf: warning: it is odd");
    }
}
