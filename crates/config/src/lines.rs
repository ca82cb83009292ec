//! A file as lines of words, and what the lexer lost of it told as problems.
//!
//! The rules are those of spec config-files.md, sections 2.1 and 2.2, with these verdicts of Locknut: a
//! last line without line end counts; the rest of a line broken by `#` in quotes is skipped; the
//! empty word made by an indented line behind ` \` is kept, because positions of words matter, and told.

use crate::problem::OPEN_QUOTE;
use crate::report::Report;
use crate::telling;
use text::{Fed, Lexer, WORD_MAX, WORDS_MAX, Word, Words};

/// One logical line that has at least one word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) words: &'a [Word<'a>],
    /// Broken by `#` inside quotes: already told, to be ignored.
    pub(crate) broken: bool,
}

/// Gives `take` every line that has words.
pub(crate) fn for_each_line<'s>(
    report: &mut Report<'s>,
    mut take: impl FnMut(&mut Report<'s>, &Line<'_>),
) {
    let source = report.source();
    let mut lexer = Lexer::new();
    let mut start = 0;
    loop {
        let rest = source.get(start..).unwrap_or_default();
        let (used, broken) = match lexer.feed(rest) {
            Fed::Line(used) => (used, false),
            Fed::Broken(used) => (used, true),
            Fed::More => break,
        };
        tell_losses(report, lexer.words(), start, false);
        deliver(report, &lexer, start, broken, &mut take);
        start += used;
    }
    let open = lexer.in_quotes();
    if let Some(fed) = lexer.finish() {
        tell_losses(report, lexer.words(), start, open);
        let broken = matches!(fed, Fed::Broken(_));
        deliver(report, &lexer, start, broken, &mut take);
    }
}

fn deliver<'s>(
    report: &mut Report<'s>,
    lexer: &Lexer,
    start: usize,
    broken: bool,
    take: &mut impl FnMut(&mut Report<'s>, &Line<'_>),
) {
    report.begin_line(start);
    if broken {
        report.error(
            lexer.fault(),
            r##""#" inside quotes ends the line, which is ignored; write "\#""##,
        );
    }
    let words = located(report, lexer.words());
    tell_cut_password(report, start, &words);
    if !words.is_empty() {
        take(
            report,
            &Line {
                words: &words,
                broken,
            },
        );
    }
}

/// A password with `#` in it loses its end, on both sides of a connection alike, so that nobody would notice.
fn tell_cut_password(report: &mut Report<'_>, start: usize, words: &[Word<'_>]) {
    let Some(last) = words.last() else { return };
    let behind = from(report.source(), last.at).strip_prefix(last.text.as_bytes());
    let is_cut = !last.text.is_empty() && behind.is_some_and(|behind| behind.starts_with(b"#"));
    let line = report.source().get(start..).unwrap_or_default();
    let line = line.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if is_cut && telling::is_told_in(&String::from_utf8_lossy(line)) {
        report.warning(
            last.at + last.text.len() as u64,
            r##"this "#" begins a comment; if it belongs to the word, write the word in quotes, with "\#""##,
        );
    }
}

/// The words of a line; a word that begins behind a continuation is said to be where its text is.
fn located<'a>(report: &mut Report<'_>, words: &'a Words) -> Vec<Word<'a>> {
    let mut found = Vec::with_capacity(words.len());
    for mut word in (0..words.len()).filter_map(|index| words.word(index)) {
        let continued = behind_continuation(report.source(), word.at);
        if !word.text.is_empty() {
            word.at = continued;
        } else if continued != word.at {
            report.warning(
                word.at,
                r#"this "\" makes an empty word; remove the blank before it"#,
            );
        }
        found.push(word);
    }
    found
}

fn behind_continuation(source: &[u8], mut at: u64) -> u64 {
    while from(source, at).starts_with(b"\\\n") {
        at += 2;
    }
    at
}

fn from(source: &[u8], at: u64) -> &[u8] {
    usize::try_from(at)
        .ok()
        .and_then(|at| source.get(at..))
        .unwrap_or_default()
}

/// Tells what was dropped of the line that begins at `start`; `open` says that its quote was never closed.
fn tell_losses(report: &mut Report<'_>, words: &Words, start: usize, open: bool) {
    report.begin_line(start);
    let line = report.source().get(start..).unwrap_or_default();
    let last = words.len().checked_sub(1).and_then(|last| words.word(last));
    let last_at = last.map_or(start as u64, |word| word.at);
    if open {
        report.warning(
            last_at,
            format!("{OPEN_QUOTE} and takes the rest of the file; add the closing quote"),
        );
    }
    if words.dropped() > 0 {
        let at = first_loss(line, |words| words.dropped() > 0);
        tell_dropped(report, words, start + at, open);
    }
    if words.cut() {
        let at = start + first_loss(line, Words::cut);
        report.warning(
            word_around(words, at),
            format!("this word is longer than {WORD_MAX} bytes; what exceeds them is left out"),
        );
    }
    if words.surplus() {
        report.warning(
            last_at,
            format!("only {WORDS_MAX} words of a line are kept, this is the last of them"),
        );
    }
}

fn tell_dropped(report: &mut Report<'_>, words: &Words, at: usize, open: bool) {
    let source = report.source();
    let at_byte = at as u64;
    match source.get(at) {
        Some(b'\n') if open => {}
        Some(b'\n') => report.warning(
            word_around(words, at),
            r#"this quoted text goes on over the end of its line; close the quote, or end the line with "\""#,
        ),
        Some(b'\r') if at.checked_sub(1).and_then(|at| source.get(at)) == Some(&b'\\') => report
            .warning(
                at_byte.saturating_sub(1),
                r#""\" does not continue a line that ends in CR LF; save the file with LF line ends"#,
            ),
        Some(b'\t') => report.warning(at_byte, "a tab inside quotes is left out; write a blank"),
        Some(byte) => report.warning(
            at_byte,
            format!(
                "byte 0x{byte:02x} is not printable ASCII; {} such bytes of this line are left out",
                words.dropped()
            ),
        ),
        None => {}
    }
}

/// Where the word begins that holds offset `at`.
fn word_around(words: &Words, at: usize) -> u64 {
    (0..words.len())
        .filter_map(|index| words.word(index))
        .map(|word| word.at)
        .take_while(|&word_at| word_at <= at as u64)
        .last()
        .unwrap_or(at as u64)
}

/// The offset of the first byte that makes `lost` true, found by reading the line once more.
fn first_loss(line: &[u8], lost: impl Fn(&Words) -> bool) -> usize {
    let mut lexer = Lexer::new();
    line.iter()
        .position(|byte| {
            lexer.feed(&[*byte]);
            lost(lexer.words())
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn read(source: &[u8]) -> (Vec<Vec<String>>, Vec<String>) {
        let mut report = Report::new(Path::new("f"), source);
        let mut lines = Vec::new();
        for_each_line(&mut report, |_, line| {
            if !line.broken {
                lines.push(line.words.iter().map(|word| word.text.to_owned()).collect());
            }
        });
        let problems = report.finish(()).problems;
        (lines, problems.iter().map(short).collect())
    }

    /// `line:col: text`, up to the first punctuation.
    fn short(problem: &crate::Problem) -> String {
        let place = problem.place.unwrap();
        let text = problem.text.split([';', ',']).next().unwrap();
        format!("{}:{} {text}", place.line, place.col)
    }

    fn expect(source: &[u8], lines: &[&[&str]], problems: &[&str]) {
        let (found, told) = read(source);
        let shown = String::from_utf8_lossy(source);
        assert_eq!(found, lines, "{shown:?}");
        assert_eq!(told, problems, "{shown:?}");
    }

    #[test]
    fn ordinary_lines_have_no_problem() {
        expect(
            b"# x \xc3\xa9\n\n a\tb\r\n\"c d\" e\\\nf\nlast",
            &[&["a", "b"], &["c d", "ef"], &["last"]],
            &[],
        );
        expect(b"foo \\\nbar", &[&["foo", "bar"]], &[]);
    }

    #[test]
    fn a_hash_inside_quotes_is_an_error_and_the_rest_of_the_line_is_skipped() {
        expect(
            b"a \"x#y\" b\nnext\n",
            &[&["next"]],
            &["1:5 \"#\" inside quotes ends the line"],
        );
        expect(b"a \"x#y", &[], &["1:5 \"#\" inside quotes ends the line"]);
    }

    #[test]
    fn dropped_bytes_are_told_once_a_line_with_the_place_of_the_first() {
        expect(
            b"# \xff\na \"b\xc3\xa4\xc3\xb6\" # \xe9\n",
            &[&["a", "b"]],
            &["2:5 byte 0xc3 is not printable ASCII"],
        );
        expect(
            b"a \"b\tc\"",
            &[&["a", "bc"]],
            &["1:5 a tab inside quotes is left out"],
        );
    }

    #[test]
    fn long_words_and_long_lines_are_told() {
        let mut long = b"a ".to_vec();
        long.extend([b'x'; 600]);
        let (_, told) = read(&long);
        assert_eq!(told, ["1:3 this word is longer than 512 bytes"]);
        let (lines, told) = read("w ".repeat(40).as_bytes());
        assert_eq!(lines[0].len(), WORDS_MAX);
        assert_eq!(told, ["1:63 only 32 words of a line are kept"]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_once() {
        expect(
            b"a \"b c\nd\n",
            &[&["a", "b cd"]],
            &["1:3 this quote is never closed and takes the rest of the file"],
        );
    }

    #[test]
    fn a_quote_that_swallows_a_line_end_is_told() {
        expect(
            b"\"a \n b \"x\n",
            &[&["a  b ", "x"]],
            &["1:1 this quoted text goes on over the end of its line"],
        );
        expect(b"\"a \\\nb\"\n", &[&["a b"]], &[]);
    }

    #[test]
    fn an_indented_continuation_keeps_its_empty_word_and_is_told() {
        expect(
            b"foo \\\n  bar\n",
            &[&["foo", "", "bar"]],
            &["1:5 this \"\\\" makes an empty word"],
        );
        expect(
            b"foo \\\n\n",
            &[&["foo", ""]],
            &["1:5 this \"\\\" makes an empty word"],
        );
        expect(b"foo\\\n  bar\n", &[&["foo", "bar"]], &[]);
        expect(b"foo \"\" bar\n", &[&["foo", "", "bar"]], &[]);
    }

    #[test]
    fn a_continuation_before_cr_lf_is_told() {
        expect(
            b"foo \\\r\nbar\r\n",
            &[&["foo", ""], &["bar"]],
            &["1:5 \"\\\" does not continue a line that ends in CR LF"],
        );
    }

    #[test]
    fn a_word_behind_a_continuation_is_where_its_text_is() {
        let mut report = Report::new(Path::new("f"), b"foo \\\nbar\n");
        let mut at = Vec::new();
        for_each_line(&mut report, |_, line| {
            at.extend(line.words.iter().map(|word| word.at));
        });
        assert_eq!(at, [0, 6]);
    }
}
