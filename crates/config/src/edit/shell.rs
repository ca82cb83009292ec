//! nut.conf: assignments, as shells and systemd read them (spec config-files.md, section 10).
//!
//! A value ends at the first blank outside quotes. What a shell would compute (`$NAME`, `` `command` ``) is taken as it stands,
//! since systemd computes nothing.

use std::ops::Range;
use std::path::Path;

use super::EditError;
use super::word::check_name;
use crate::problem::{OPEN_QUOTE, Problem};
use crate::report::Report;
use text::Place;

/// A file of assignments that can be edited.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    bytes: Vec<u8>,
    assignments: Vec<Assignment>,
    /// Where each line ends, behind its line end. A value in quotes may go over several lines of text, which are one here.
    ends: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Assignment {
    name: String,
    value: String,
    /// The bytes of the value, with its quotes.
    span: Range<usize>,
}

impl Shell {
    /// Reads a file; `path` only names it in messages.
    ///
    /// # Errors
    /// A quote is never closed, or the file ends in the middle of a line.
    pub fn parse(path: &Path, source: &[u8]) -> Result<Self, Vec<Problem>> {
        let mut report = Report::new(path, source);
        let mut assignments = Vec::new();
        let mut ends = Vec::new();
        let mut at = 0;
        while at < source.len() {
            at = line(source, at, &mut assignments, &mut report);
            ends.push(at);
        }
        let problems = report.finish(()).problems;
        if problems.is_empty() {
            Ok(Self {
                bytes: source.to_vec(),
                assignments,
                ends,
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

    /// The value of `name`; of several the last one, which counts.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        Some(self.find(name)?.value.as_str())
    }

    /// Where the assignment stands whose value that is.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<Place> {
        let known = self.find(name)?;
        let start = known.span.start.saturating_sub(name.len() + 1);
        Some(text::place_of(&self.bytes, start as u64))
    }

    fn find(&self, name: &str) -> Option<&Assignment> {
        self.assignments.iter().rfind(|known| known.name == name)
    }

    /// Has `name` be `value`. Of several assignments the last is changed; if there is none, one is put behind the one
    /// that stands there commented out, else at the end.
    ///
    /// # Errors
    /// A value that no file can carry.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), EditError> {
        check_name(name)?;
        if value.chars().any(char::is_control) {
            return Err(EditError::Control(value.to_owned()));
        }
        if self.get(name) == Some(value) {
            return Ok(());
        }
        if let Some(known) = self.find(name) {
            let was_quoted = matches!(self.bytes.get(known.span.start), Some(b'"' | b'\''));
            let text = written(value, was_quoted);
            self.bytes.splice(known.span.clone(), text.into_bytes());
        } else {
            self.insert(&format!("{name}={}", written(value, false)), name);
        }
        // nothing can be wrong with it now that was not before
        if let Ok(read) = Self::parse(Path::new(""), &self.bytes) {
            *self = read;
        }
        Ok(())
    }

    fn insert(&mut self, line: &str, name: &str) {
        let at = self.commented_out(name).unwrap_or(self.bytes.len());
        let unended =
            at == self.bytes.len() && self.bytes.last().is_some_and(|byte| *byte != b'\n');
        let text = if unended {
            format!("\n{line}")
        } else {
            format!("{line}\n")
        };
        self.bytes.splice(at..at, text.into_bytes());
    }

    /// Behind the last line that is `#NAME=...`.
    fn commented_out(&self, name: &str) -> Option<usize> {
        let commented_out = |line: &[u8]| {
            let text = line.trim_ascii_start().strip_prefix(b"#");
            let rest = text.and_then(|text| text.trim_ascii_start().strip_prefix(name.as_bytes()));
            rest.is_some_and(|rest| rest.starts_with(b"="))
        };
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let lines = starts.zip(&self.ends);
        let lines = lines.map(|(start, end)| (self.bytes.get(start..*end), *end));
        let last = lines
            .filter(|(line, _)| line.is_some_and(commented_out))
            .last();
        last.map(|(_, end)| end)
    }
}

/// Reads what begins at `at`, up to behind its line end.
fn line(source: &[u8], at: usize, found: &mut Vec<Assignment>, report: &mut Report<'_>) -> usize {
    let from = |at: usize| source.get(at..).unwrap_or_default();
    let start = at + blanks(from(at));
    let start = match from(start).strip_prefix(b"export") {
        Some(rest) if blanks(rest) > 0 => start + 6 + blanks(rest),
        _ => start,
    };
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let length = from(start).iter().take_while(is_name).count();
    let name = from(start).get(..length).unwrap_or_default();
    if length == 0 || from(start + length).first() != Some(&b'=') {
        return skip(source, at, report);
    }
    let begin = start + length + 1;
    let (value, end) = value(source, begin, report);
    let line_end = skip(source, end, report);
    let rest = from(end)
        .get(..line_end - end)
        .unwrap_or_default()
        .trim_ascii();
    // "NAME=value command" sets it for that command only
    if rest.is_empty() || rest.starts_with(b"#") || rest.starts_with(b";") {
        found.push(Assignment {
            name: String::from_utf8_lossy(name).into_owned(),
            value,
            span: begin..end,
        });
    }
    line_end
}

fn blanks(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

/// The value that begins at `at`, and where it ends.
fn value(source: &[u8], at: usize, report: &mut Report<'_>) -> (String, usize) {
    let mut value = Vec::new();
    let mut at = at;
    while let Some(&byte) = source.get(at) {
        match byte {
            b'"' | b'\'' => at = quoted(source, at, &mut value, report),
            b'\\' => {
                tell_unfinished(source, at, report);
                value.extend(source.get(at + 1).filter(|byte| **byte != b'\n'));
                at += 2;
            }
            b';' | b'&' | b'|' => break,
            byte if byte.is_ascii_whitespace() => break,
            _ => {
                value.push(byte);
                at += 1;
            }
        }
    }
    (
        String::from_utf8_lossy(&value).into_owned(),
        at.min(source.len()),
    )
}

/// Reads what stands in quotes from `at` on, and returns where it ends.
fn quoted(source: &[u8], at: usize, value: &mut Vec<u8>, report: &mut Report<'_>) -> usize {
    let quote = source.get(at).copied().unwrap_or_default();
    let mut next = at + 1;
    while let Some(&byte) = source.get(next) {
        let after = source.get(next + 1).copied().unwrap_or_default();
        if byte == quote {
            return next + 1;
        }
        if byte == b'\\' && quote == b'"' && matches!(after, b'"' | b'\\' | b'$' | b'`' | b'\n') {
            value.extend(Some(after).filter(|byte| *byte != b'\n'));
            next += 2;
        } else {
            value.push(byte);
            next += 1;
        }
    }
    report.begin_line(at);
    report.error(at as u64, format!("{OPEN_QUOTE}; add the closing quote"));
    source.len()
}

/// A `\` at `at` that is the last of the file: what is put behind it would be of the same line.
fn tell_unfinished(source: &[u8], at: usize, report: &mut Report<'_>) {
    if matches!(source.get(at + 1..), None | Some([] | [b'\n'])) {
        report.begin_line(at);
        report.error(
            at as u64,
            r#"the file ends in the middle of a line, with "\"; remove it"#,
        );
    }
}

/// Behind the line end that ends what goes on at `at`, over quotes and escapes.
fn skip(source: &[u8], at: usize, report: &mut Report<'_>) -> usize {
    let mut at = at;
    let mut in_word = false;
    while let Some(&byte) = source.get(at) {
        match byte {
            b'\n' => return at + 1,
            b'#' if !in_word => {
                let rest = source.get(at..).unwrap_or_default();
                at += rest
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .unwrap_or(rest.len());
                continue;
            }
            b'"' | b'\'' => {
                at = quoted(source, at, &mut Vec::new(), report);
                in_word = true;
                continue;
            }
            b'\\' => {
                tell_unfinished(source, at, report);
                at += 1;
            }
            _ => {}
        }
        in_word = !byte.is_ascii_whitespace() && byte != b';';
        at += 1;
    }
    at.min(source.len())
}

/// A value as shells and systemd read it alike.
fn written(value: &str, quotes: bool) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._/:@%+,-".contains(&byte);
    if !quotes && !value.is_empty() && value.bytes().all(plain) {
        return value.to_owned();
    }
    let mut out = String::from('"');
    for c in value.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Shell {
        Shell::parse(Path::new("nut.conf"), source.as_bytes()).unwrap()
    }

    fn after(source: &str, name: &str, value: &str) -> String {
        let mut shell = read(source);
        shell.set(name, value).unwrap();
        assert_eq!(shell.get(name), Some(value), "{source:?}");
        let once = shell.bytes().to_vec();
        shell.set(name, value).unwrap();
        assert_eq!(shell.bytes(), once);
        String::from_utf8(once).unwrap()
    }

    #[test]
    fn values_are_read_as_a_shell_reads_them() {
        for (source, value) in [
            ("MODE=none\n", Some("none")),
            ("MODE=\"netserver\" # there", Some("netserver")),
            ("  export MODE='stand'alone\n", Some("standalone")),
            ("MODE=none\nMODE=manual\n", Some("manual")),
            ("MODE=\n", Some("")),
            ("MODE=a\\ b;X=1\n", Some("a b")),
            ("MODE=\"a\\\"b\\$c\"\n", Some("a\"b$c")),
            ("#MODE=none\n", None),
            ("X=\"\nMODE=none\n\"\n", None),
            ("MODE=none start\n", None),
            ("MODE = none\n", None),
            ("A_MODE=none\n", None),
        ] {
            assert_eq!(read(source).get("MODE"), value, "{source:?}");
        }
    }

    #[test]
    fn only_the_value_changes() {
        for (source, expected) in [
            (
                "# it's\nMODE=none # so\n\nX=1\n",
                "# it's\nMODE=manual # so\n\nX=1\n",
            ),
            ("MODE='none'\n", "MODE=\"manual\"\n"),
            ("MODE=a\r\nX=1\r\n", "MODE=manual\r\nX=1\r\n"),
            ("MODE=a\nMODE=b", "MODE=a\nMODE=manual"),
            (
                "# x\n#MODE=none\nX=1\n",
                "# x\n#MODE=none\nMODE=manual\nX=1\n",
            ),
            // in the middle of a value there is no comment
            (
                "a \"b\n#MODE=c\nd\"\n",
                "a \"b\n#MODE=c\nd\"\nMODE=manual\n",
            ),
            ("X=1", "X=1\nMODE=manual"),
            ("", "MODE=manual\n"),
        ] {
            assert_eq!(after(source, "MODE", "manual"), expected, "{source:?}");
        }
        assert_eq!(
            after("", "X", "-4 $a `b` \"c\\"),
            "X=\"-4 \\$a \\`b\\` \\\"c\\\\\"\n"
        );
    }

    #[test]
    fn an_open_quote_is_told_with_its_place_and_a_line_end_refused() {
        let told = Shell::parse(Path::new("nut.conf"), b"X=1\nMODE=\"none\n").unwrap_err();
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        let expected = "nut.conf:2:6: error: this quote is never closed; add the closing quote\nMODE=\"none\n     ^";
        assert_eq!(told, [expected]);
        for source in ["X=1\\\n", "X=1\\", "X=1\nY \\\n", "Y \\"] {
            let told = Shell::parse(Path::new("nut.conf"), source.as_bytes()).unwrap_err();
            let told = told.first().map(ToString::to_string);
            let told = told.unwrap_or_default();
            assert!(told.contains("in the middle of a line"), "{told}");
        }
        assert!(read("").set("MODE", "a\nb").is_err());
        assert!(read("").set("MO DE", "a").is_err());
    }
}
