//! POSIX extended regular expressions, as the matching options are written in (spec config-files.md), on `regex-lite`.
//!
//! The two languages differ in places that people's files use: a backslash in brackets is itself, `a+?` is an optional `a+`,
//! `{,3}` counts from 0, a lone `)` is a character. So an expression is translated first. Differences in *which* match is
//! preferred do not matter, as only matches of the whole text count. Back-references are not supported.

use regex_lite::{Regex, RegexBuilder};

/// An expression that matches a whole text, whatever its case.
#[derive(Clone, Debug)]
pub struct Ere {
    source: String,
    compiled: Regex,
}

impl Ere {
    /// Compiles it.
    ///
    /// # Errors
    /// Why it is no expression, without its text.
    pub fn new(source: &str) -> Result<Self, String> {
        let translated = Translator::default().run(source)?;
        let whole = format!(r"\A(?:{translated})\z");
        let built = RegexBuilder::new(&whole)
            .case_insensitive(true)
            .dot_matches_new_line(true)
            .build();
        let compiled = built.map_err(|error| error.to_string())?;
        Ok(Self {
            source: source.to_owned(),
            compiled,
        })
    }

    /// Whether it matches all of `text`.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.compiled.is_match(text)
    }

    /// As it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// Writes the expression anew, and remembers where the last thing that can be repeated began.
#[derive(Default)]
struct Translator {
    out: String,
    /// Start of the last atom, and whether it was repeated already.
    atom: Option<(usize, bool)>,
    /// Starts of the groups that are open.
    groups: Vec<usize>,
}

impl Translator {
    fn run(mut self, source: &str) -> Result<String, String> {
        let mut rest = source;
        while let Some(first) = rest.chars().next() {
            let after = rest.get(first.len_utf8()..).unwrap_or_default();
            rest = match first {
                '[' => self.bracket(after)?,
                '\\' => self.escape(after)?,
                '(' => self.open(after),
                ')' if !self.groups.is_empty() => self.close(after),
                '|' => self.operator('|', after),
                '*' | '+' | '?' => self.repeat(&first.to_string(), after)?,
                '{' => self.interval(after)?,
                '^' | '$' => self.anchor(first, after),
                '.' => self.raw(".", after),
                _ => self.literal(first, after),
            };
        }
        if self.groups.is_empty() {
            Ok(self.out)
        } else {
            Err("a \"(\" is not closed".to_owned())
        }
    }

    fn raw<'a>(&mut self, text: &str, after: &'a str) -> &'a str {
        self.atom = Some((self.out.len(), false));
        self.out.push_str(text);
        after
    }

    fn literal<'a>(&mut self, character: char, after: &'a str) -> &'a str {
        let mut text = String::new();
        push_literal(&mut text, character);
        self.raw(&text, after)
    }

    fn anchor<'a>(&mut self, character: char, after: &'a str) -> &'a str {
        self.out
            .push_str(if character == '^' { r"\A" } else { r"\z" });
        self.atom = None; // an anchor cannot be repeated
        after
    }

    fn operator<'a>(&mut self, character: char, after: &'a str) -> &'a str {
        self.atom = None;
        self.out.push(character);
        after
    }

    fn open<'a>(&mut self, after: &'a str) -> &'a str {
        self.groups.push(self.out.len());
        self.out.push_str("(?:");
        self.atom = None;
        after
    }

    fn close<'a>(&mut self, after: &'a str) -> &'a str {
        self.out.push(')');
        self.atom = self.groups.pop().map(|start| (start, false));
        after
    }

    /// A second repetition is one of the first: without the group, `a+?` would be another expression.
    fn repeat<'a>(&mut self, operator: &str, after: &'a str) -> Result<&'a str, String> {
        let Some((start, repeated)) = self.atom else {
            return Err(format!(
                "nothing stands before {operator:?} that could be repeated"
            ));
        };
        if repeated {
            self.out.insert_str(start, "(?:");
            self.out.push(')');
        }
        self.out.push_str(operator);
        self.atom = Some((start, true));
        Ok(after)
    }

    fn interval<'a>(&mut self, after: &'a str) -> Result<&'a str, String> {
        let (inner, rest) = after.split_once('}').ok_or("a \"{\" is not closed")?;
        let (low, high) = inner.split_once(',').unwrap_or((inner, inner));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(low) || !digits(high) || inner.is_empty() {
            return Err(format!("{{{inner}}} is no number of repetitions"));
        }
        let low = if low.is_empty() { "0" } else { low };
        self.repeat(&format!("{{{low},{high}}}"), rest)
    }

    /// What glibc knows after a backslash; everything else stands for itself.
    fn escape<'a>(&mut self, after: &'a str) -> Result<&'a str, String> {
        let character = after.chars().next().ok_or("a backslash at the end")?;
        let rest = after.get(character.len_utf8()..).unwrap_or_default();
        Ok(match character {
            'w' | 'W' | 's' | 'S' | 'b' | 'B' | '<' | '>' => {
                self.raw(&format!("\\{character}"), rest)
            }
            '`' => self.raw(r"\A", rest),
            '\'' => self.raw(r"\z", rest),
            '1'..='9' => {
                return Err(format!(
                    "back-references like \\{character} are not supported"
                ));
            }
            other => self.literal(other, rest),
        })
    }

    fn bracket<'a>(&mut self, after: &'a str) -> Result<&'a str, String> {
        let mut text = "[".to_owned();
        let mut rest = after;
        if let Some(inverted) = rest.strip_prefix('^') {
            text.push('^');
            rest = inverted;
        }
        let mut first = true;
        loop {
            let character = rest.chars().next().ok_or("a \"[\" is not closed")?;
            let behind = rest.get(character.len_utf8()..).unwrap_or_default();
            if character == ']' && !first {
                text.push(']');
                return Ok(self.raw(&text, behind));
            }
            rest = match named(rest) {
                Some((item, behind)) => {
                    text.push_str(&item);
                    behind
                }
                None if character == '-' && !first && !behind.starts_with(']') => {
                    text.push('-');
                    range_end(&mut text, behind)?
                }
                None => {
                    push_literal(&mut text, character);
                    behind
                }
            };
            first = false;
        }
    }
}

/// After the `-` of a range its end is taken as it is, even another `-`.
fn range_end<'a>(text: &mut String, behind: &'a str) -> Result<&'a str, String> {
    if let Some((item, rest)) = named(behind) {
        if item.starts_with("[:") {
            return Err("a class cannot end a range".to_owned());
        }
        text.push_str(&item);
        return Ok(rest);
    }
    let end = behind.chars().next().ok_or("a \"[\" is not closed")?;
    push_literal(text, end);
    Ok(behind.get(end.len_utf8()..).unwrap_or_default())
}

/// `[:class:]`, `[=x=]` and `[.x.]` within brackets.
fn named(rest: &str) -> Option<(String, &str)> {
    let inner = rest.strip_prefix('[')?;
    for mark in [':', '=', '.'] {
        let Some(inner) = inner.strip_prefix(mark) else {
            continue;
        };
        let (name, behind) = inner.split_once(&format!("{mark}]"))?;
        let mut item = String::new();
        match mark {
            ':' => item = format!("[:{name}:]"),
            _ => name
                .chars()
                .for_each(|character| push_literal(&mut item, character)),
        }
        return Some((item, behind));
    }
    None
}

fn push_literal(text: &mut String, character: char) {
    if character.is_ascii_punctuation() && !matches!(character, '<' | '>') {
        text.push('\\');
    }
    text.push(character);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expression, texts that it matches, texts that it does not; answers of glibc's `regcomp` with `REG_EXTENDED | REG_ICASE`.
    const TABLE: &[(&str, &[&str], &[&str])] = &[
        ("051d", &["051d", "051D"], &["051d0", "0051d", ""]),
        ("0002|0003", &["0002", "0003"], &["00020003", "000"]),
        ("a|ab", &["a", "ab"], &["b"]),
        ("", &[""], &["a"]),
        (
            "Back-UPS.*",
            &["Back-UPS", "BACK-UPS ES 525"],
            &["APC Back-UPS"],
        ),
        ("^ups$", &["ups"], &["upsx"]),
        ("[[:digit:]]{3}", &["001"], &["01", "0a1"]),
        ("[[:alpha:]_]+", &["a_B"], &["a1"]),
        ("0{,3}x", &["x", "000x"], &["0000x"]),
        ("0{2,}", &["00", "0000"], &["0"]),
        ("a+?", &["", "a", "aa"], &["b"]),
        ("(ab)+*", &["", "abab"], &["a"]),
        ("a**", &["", "aaa"], &["b"]),
        (r"[\d]", &["d", "\\"], &["5"]),
        (r"\d", &["d"], &["5", "\\d"]),
        ("[]a]", &["]", "a"], &["b"]),
        ("[^]a]", &["b"], &["]", "a"]),
        ("[a-]", &["a", "-"], &["b"]),
        ("[--/]", &["-", ".", "/"], &["0"]),
        ("[a&&b]", &["a", "&", "b"], &["c"]),
        ("[a[.-.]z]", &["-", "a", "z"], &["b"]),
        ("[[=a=]]", &["a"], &["b"]),
        (r"1\.5", &["1.5"], &["1x5"]),
        (r"a\-b", &["a-b"], &["ab"]),
        (r"\w+", &["a_1"], &["a-1"]),
        ("a.b", &["a\nb", "axb"], &["ab"]),
        ("a)", &["a)"], &["a"]),
        ("a}", &["a}"], &["a"]),
        ("a]", &["a]"], &["a"]),
        ("UPS #1~", &["ups #1~"], &["ups"]),
        ("()", &[""], &["a"]),
        ("a||b", &["a", "", "b"], &["ab"]),
    ];

    #[test]
    fn whole_texts_match_as_posix_says_whatever_their_case() {
        for (source, yes, no) in TABLE {
            let ere = Ere::new(source).unwrap_or_else(|error| panic!("{source}: {error}"));
            for text in *yes {
                assert!(ere.matches(text), "{source} should match {text:?}");
            }
            for text in *no {
                assert!(!ere.matches(text), "{source} should not match {text:?}");
            }
        }
    }

    #[test]
    fn what_is_no_expression_is_told() {
        for source in [
            "*a", "(", "(a", "a|*", "[a", "[", "a{", "a{x}", "{1}", "^*a", "a$+", r"a\", r"(a)\1",
            "[z-a]", "[[:no:]]", "?", "a{3,2}",
        ] {
            assert!(Ere::new(source).is_err(), "{source}");
        }
        assert!(Ere::new("(?i)a").unwrap_err().contains("\"?\""));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_compiling_fail_otherwise_than_with_an_error(
            source in "[a(){}\\[\\]*+?|^$.\\\\0-2,:=&-]{0,12}|.{0,12}",
            text in ".{0,8}",
        ) {
            let _ = Ere::new(&source).map(|ere| ere.matches(&text));
        }
    }
}
