//! Where every word of a file stands.

use std::ops::Range;

use crate::problem::OPEN_QUOTE;
use crate::report::Report;
use text::{Fed, Lexer, Words};

/// A word and the bytes that it is written with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) span: Range<usize>,
    /// Where it begins with the continuations of the line (`\` and line end) that stand before it.
    pub(super) lead: usize,
}

/// A logical line with its line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) span: Range<usize>,
    /// None in a blank line and in a comment.
    pub(super) tokens: Vec<Token>,
}

impl Row {
    /// The first word; empty in a line without words.
    pub(super) fn name(&self) -> &str {
        self.tokens.first().map_or("", |token| token.text.as_str())
    }

    /// The words from `first` on.
    pub(super) fn words(&self, first: usize) -> Vec<&str> {
        let tokens = self.tokens.get(first..).unwrap_or_default();
        tokens.iter().map(|token| token.text.as_str()).collect()
    }

    /// The name between the brackets, if it is a header.
    pub(super) fn header(&self) -> Option<&str> {
        self.name().strip_prefix('[')?.strip_suffix(']')
    }

    /// Where the last word ends, also if it is one of those that are too many to be kept.
    pub(super) fn words_end(&self, source: &[u8]) -> usize {
        let mut end = self
            .tokens
            .last()
            .map_or(self.span.start, |token| token.span.end);
        while end < self.span.end {
            match source.get(end) {
                None | Some(b'\n' | b'#') => break,
                Some(byte) if byte.is_ascii_whitespace() || *byte == 0x0b => end += 1,
                Some(_) => end = token_end(source, end),
            }
        }
        // the blanks that were skipped belong to the line end or the comment
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0x0b;
        let first = self
            .tokens
            .last()
            .map_or(self.span.start, |token| token.span.end);
        while end > first && source.get(end - 1).is_some_and(blank) {
            end -= 1;
        }
        end
    }
}

/// The rows of `report`'s file. What cannot be told apart for certain is an error there.
pub(super) fn rows(report: &mut Report<'_>) -> Vec<Row> {
    let source = report.source();
    let mut lexer = Lexer::new();
    let mut found = Vec::new();
    let mut start = 0;
    loop {
        let rest = source.get(start..).unwrap_or_default();
        let (used, broken) = match lexer.feed(rest) {
            Fed::Line(used) => (used, false),
            Fed::Broken(used) => (used, true),
            Fed::More => break,
        };
        if broken {
            tell_broken(report, start, lexer.fault());
        }
        found.push(row(source, start..start + used, lexer.words()));
        start += used;
    }
    if start < source.len() {
        finish(report, &mut lexer, start, &mut found);
    }
    found
}

/// The last line, which has no line end.
fn finish(report: &mut Report<'_>, lexer: &mut Lexer, start: usize, found: &mut Vec<Row>) {
    let source = report.source();
    let open = lexer.in_quotes();
    let span = start..source.len();
    if !open && source.ends_with(b"\n") {
        // or the line would have ended there
        tell_unfinished(report, start, source.len().saturating_sub(2));
    }
    match lexer.finish() {
        None => found.push(Row {
            span,
            tokens: Vec::new(),
        }),
        Some(Fed::Broken(_)) => tell_broken(report, start, lexer.fault()),
        Some(_) => {
            let row = row(source, span, lexer.words());
            let last = row.tokens.last().map_or(start, |token| token.span.start);
            if open {
                report.begin_line(start);
                report.error(last as u64, format!("{OPEN_QUOTE}; add the closing quote"));
            } else if !ends(source.get(start..).unwrap_or_default()) {
                tell_unfinished(report, start, last);
            }
            found.push(row);
        }
    }
}

/// Whether a line end would end this line, and not be escaped.
pub(super) fn ends(line: &[u8]) -> bool {
    let line = [line, b"\n"].concat();
    matches!(Lexer::new().feed(&line), Fed::Line(used) if used == line.len())
}

fn tell_unfinished(report: &mut Report<'_>, start: usize, at: usize) {
    report.begin_line(start);
    let text = r#"the file ends in the middle of a line, with "\"; remove it"#;
    report.error(at as u64, text);
}

fn tell_broken(report: &mut Report<'_>, start: usize, fault: u64) {
    report.begin_line(start);
    report.error(fault, r##""#" inside quotes ends the line; write "\#""##);
}

fn row(source: &[u8], span: Range<usize>, words: &Words) -> Row {
    let tokens = (0..words.len()).filter_map(|index| words.word(index));
    let tokens = tokens.map(|word| {
        let lead = usize::try_from(word.at).unwrap_or(usize::MAX);
        let mut at = lead;
        while !word.text.is_empty() && source.get(at..).unwrap_or_default().starts_with(b"\\\n") {
            at += 2;
        }
        // from there, as behind a continuation a quote is in the middle of the word
        let end = token_end(source, lead).min(source.len());
        Token {
            text: word.text.to_owned(),
            span: at..end,
            lead,
        }
    });
    Row {
        span,
        tokens: tokens.collect(),
    }
}

/// Where the token that begins at `at` ends; behind the end of `source` when a `\` there escapes nothing.
fn token_end(source: &[u8], at: usize) -> usize {
    let mut at = at;
    let quoted = match source.get(at) {
        Some(b'=') => return at + 1,
        Some(b'"') => true,
        _ => false,
    };
    at += usize::from(quoted);
    while let Some(byte) = source.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' if quoted => return at + 1,
            b'\n' | b'#' | b'=' | b'\t' | 0x0b | 0x0c | b'\r' | b' ' if !quoted => return at,
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn read(source: &str) -> Result<Vec<Row>, String> {
        let mut report = Report::new(Path::new("f"), source.as_bytes());
        let rows = rows(&mut report);
        let problems = report.finish(()).problems;
        problems
            .first()
            .map_or(Ok(rows), |problem| Err(problem.to_string()))
    }

    /// The bytes of each token.
    fn raw(source: &str) -> Vec<&str> {
        let rows = read(source).unwrap();
        let spans = rows.into_iter().flat_map(|row| row.tokens);
        spans.map(|token| &source[token.span]).collect()
    }

    #[test]
    fn every_token_is_found_with_its_quotes_and_escapes() {
        for (source, expected) in [
            ("a=b", &["a", "=", "b"][..]),
            ("\ta  = \"b \\\" c\"#d", &["a", "=", "\"b \\\" c\""]),
            ("\"a\"b w#c", &["\"a\"", "b", "w"]),
            ("pre\"mid\"x y\\ z\r\nq", &["pre\"mid\"x", "y\\ z", "q"]),
            ("foo \\\nbar", &["foo", "bar"]),
            ("foo \\\n\"a b\"", &["foo", "\"a", "b\""]),
            ("foo \\\n  bar", &["foo", "\\\n", "bar"]),
        ] {
            assert_eq!(raw(source), expected, "{source:?}");
        }
    }

    #[test]
    fn rows_cover_the_file() {
        for source in ["", "\n", "# x", "a\n\n b \\\nc\n# d\n  ", "a \"b\nc\" d\n"] {
            let mut at = 0;
            for row in read(source).unwrap() {
                assert_eq!(row.span.start, at);
                at = row.span.end;
            }
            assert_eq!(at, source.len(), "{source:?}");
        }
    }

    #[test]
    fn the_words_of_a_line_end_before_blanks_and_comments() {
        let long = format!("{}  # c\n", "w ".repeat(40).trim_end());
        for (source, expected) in [("a b  # c\n", 3), ("a b\r\n", 3), ("a\n", 1), (&long, 79)] {
            let rows = read(source).unwrap();
            assert_eq!(rows[0].words_end(source.as_bytes()), expected, "{source:?}");
        }
    }

    #[test]
    fn what_is_not_certain_is_told_with_its_place() {
        for (source, expected) in [
            ("a\nb \"x#y\"\n", "f:2:5: error: \"#\" inside"),
            ("a \"x#y", "f:1:5: error: \"#\" inside"),
            (
                "x\na \"b c\nd\n",
                "f:2:3: error: this quote is never closed",
            ),
            ("a b\\", "f:1:3: error: the file ends in the middle"),
            ("a\nb \\\n", "f:2:3: error: the file ends in the middle"),
            ("\\\n", "f:1:1: error: the file ends in the middle"),
            (
                &format!("a{} \\", " b".repeat(40)),
                "f:1:63: error: the file ends in the middle",
            ),
        ] {
            let told = read(source).unwrap_err();
            assert!(told.starts_with(expected), "{told}");
        }
    }
}
