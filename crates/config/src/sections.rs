//! INI-like files: headers, flags, `key = value` (ups.conf, upsd.users; spec config-files.md, section 2.4).
//!
//! A header is a first *word* in brackets, so `[a b]` is none while `"[a b]"` is. C NUT takes what stands below a
//! header it does not recognise for a part of the section before it; here such lines belong to nobody.

use crate::lines::Line;
use crate::report::Report;
use text::Word;

/// What one line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry<'a> {
    /// `[name]`: the name, at the place of the bracket.
    Header(Word<'a>),
    /// A header that is wrong, already told; what follows belongs to no section.
    NoHeader,
    /// `key`
    Flag(Word<'a>),
    /// `key = value...`
    Setting(Word<'a>, &'a [Word<'a>]),
    /// `key value...`: no `=` behind the key.
    Loose(Word<'a>, &'a [Word<'a>]),
    /// Nothing to do.
    Ignored,
}

/// Tells what a line is; wrong headers are reported here.
pub(crate) fn entry<'a>(line: &Line<'a>, report: &mut Report<'_>) -> Entry<'a> {
    let Some((first, rest)) = line.words.split_first() else {
        return Entry::Ignored;
    };
    if let Some(inner) = first.text.strip_prefix('[') {
        return if line.broken {
            Entry::NoHeader
        } else {
            header(*first, inner, rest, report)
        };
    }
    match rest.split_first() {
        _ if line.broken => Entry::Ignored,
        None => Entry::Flag(*first),
        Some((equals, values)) if equals.text == "=" => Entry::Setting(*first, values),
        Some(_) => Entry::Loose(*first, rest),
    }
}

fn header<'a>(
    first: Word<'a>,
    inner: &'a str,
    rest: &[Word<'_>],
    report: &mut Report<'_>,
) -> Entry<'a> {
    let Some(name) = inner.strip_suffix(']') else {
        let mut words = std::iter::once(first.text).chain(rest.iter().map(|word| word.text));
        let text = words.find(|word| word.ends_with(']')).map_or_else(
            || r#"this header has no "]"; write "[name]""#.to_owned(),
            |_| {
                format!(
                    "a header with blanks needs quotes; write {}",
                    meant(first, rest)
                )
            },
        );
        report.error(first.at, text);
        return Entry::NoHeader;
    };
    if name.is_empty() {
        report.error(first.at, "this header has no name; write \"[name]\"");
        return Entry::NoHeader;
    }
    if name.contains('"') {
        report.warning(
            first.at,
            "the quotes are part of the name; write them around the brackets or not at all",
        );
    }
    if let Some(surplus) = rest.first() {
        report.warning(
            surplus.at,
            "words behind a header are ignored; begin a new line",
        );
    }
    Entry::Header(Word {
        text: name,
        at: first.at,
    })
}

/// `"[c d]"` for the words `[c` and `d]`.
fn meant(first: Word<'_>, rest: &[Word<'_>]) -> String {
    let mut header = first.text.replace('"', "");
    for word in rest {
        let text = word.text.replace('"', "");
        header = format!("{header} {text}");
        if text.ends_with(']') {
            break;
        }
    }
    let name = header.trim_start_matches('[').trim_end_matches(']').trim();
    format!("\"[{name}]\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::for_each_line;
    use std::path::Path;

    /// The entries in a short form, and the problems without their path.
    fn read(source: &str) -> (Vec<String>, Vec<String>) {
        let mut report = Report::new(Path::new("f"), source.as_bytes());
        let mut found = Vec::new();
        for_each_line(&mut report, |report, line| {
            found.push(match entry(line, report) {
                Entry::Header(name) => format!("[{}]", name.text),
                Entry::NoHeader => "nobody".into(),
                Entry::Flag(key) => key.text.into(),
                Entry::Setting(key, values) => format!("{} = {}", key.text, joined(values)),
                Entry::Loose(key, values) => format!("{} : {}", key.text, joined(values)),
                Entry::Ignored => "ignored".into(),
            });
        });
        let problems = report.finish(()).problems;
        (
            found,
            problems.into_iter().map(|problem| problem.text).collect(),
        )
    }

    fn joined(values: &[Word<'_>]) -> String {
        values
            .iter()
            .map(|word| word.text)
            .collect::<Vec<_>>()
            .join(",")
    }

    #[test]
    fn lines_are_what_the_specification_says() {
        for (source, expected) in [
            ("[a]", "[a]"),
            ("\"[g h]\"", "[g h]"),
            ("nolock", "nolock"),
            ("a=b", "a = b"),
            ("a = b c", "a = b,c"),
            ("a =", "a = "),
            ("a==b", "a = =,b"),
            ("a b", "a : b"),
            ("a b c", "a : b,c"),
        ] {
            assert_eq!(
                read(source),
                (vec![expected.to_owned()], vec![]),
                "{source}"
            );
        }
    }

    #[test]
    fn headers_that_are_none_are_errors_that_tell_the_fix() {
        for (source, text) in [
            (
                "[c d]",
                r#"a header with blanks needs quotes; write "[c d]""#,
            ),
            (
                "[\"e f\"]",
                r#"a header with blanks needs quotes; write "[e f]""#,
            ),
            ("[ a ]", r#"a header with blanks needs quotes; write "[a]""#),
            ("[a", r#"this header has no "]"; write "[name]""#),
            ("[]", r#"this header has no name; write "[name]""#),
        ] {
            assert_eq!(
                read(source),
                (vec!["nobody".to_owned()], vec![text.to_owned()])
            );
        }
    }

    #[test]
    fn quotes_in_a_name_and_words_behind_a_header_are_told() {
        let (found, told) = read("[\"x\"]\n[y] driver = z\n");
        assert_eq!(found, ["[\"x\"]", "[y]"]);
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn below_a_broken_header_nothing_belongs_to_the_section_before() {
        let (found, told) = read("[a]\n\"[b#c]\"\nx = \"y#z\"\n");
        assert_eq!(found, ["[a]", "nobody", "ignored"]);
        assert_eq!(told.len(), 2);
    }
}
