//! Files of directives: one a line, the values behind its name (upsd.conf; spec config-files.md, section 2.5).

use crate::grammar::{self, Directive, Style, find, hint, names};
use crate::lines::{Line, for_each_line};
use crate::places::Target;
use crate::problem::{Loaded, Severity};
use crate::report::Report;
use std::path::Path;
use text::Place;

/// Reads `source` by the directives of `table`; `path` only names it in messages.
pub fn read<T: Default + Target>(
    table: &'static [Directive<T>],
    path: &Path,
    source: &[u8],
) -> Loaded<T> {
    read_then(table, path, source, |_| Vec::new())
}

/// What is remarkable about a file as a whole: how bad, at which directive, and why.
pub type Remark = (Severity, Option<Place>, String);

/// The same; then `check` looks at the whole.
pub fn read_then<T: Default + Target>(
    table: &'static [Directive<T>],
    path: &Path,
    source: &[u8],
    check: fn(&T) -> Vec<Remark>,
) -> Loaded<T> {
    let mut report = Report::new(path, source);
    let mut value = T::default();
    for_each_line(&mut report, |report, line| {
        if !line.broken {
            take(table, &mut value, line, report);
        }
    });
    for (severity, place, text) in check(&value) {
        report.remark(severity, place, text);
    }
    report.finish(value)
}

fn take<T: Target>(
    table: &'static [Directive<T>],
    value: &mut T,
    line: &Line<'_>,
    report: &mut Report<'_>,
) {
    let Some((name, words)) = line.words.split_first() else {
        return;
    };
    if let Some(directive) = find(table, name.text) {
        let in_force = grammar::apply(directive, value, *name, words, Style::Words, report);
        if let Some(places) = value.places().filter(|_| in_force) {
            places.note(directive.name, report.place(name.at));
        }
    } else {
        let hint = hint(name.text, names(table), "; the line is ignored");
        report.warning(name.at, format!("unknown directive {:?}{hint}", name.text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Sample {
        pollfreq: Option<u32>,
        deadtime: Option<u32>,
        messages: Vec<String>,
    }

    impl Target for Sample {}

    static SAMPLE: &[Directive<Sample>] = &[
        Directive::new("POLLFREQ", "<seconds>", "", |sample: &mut Sample, args| {
            args.whole(0, "seconds")
                .map(|seconds| sample.pollfreq = Some(seconds))
        }),
        Directive::new("DEADTIME", "<seconds>", "", |sample, args| {
            args.whole(0, "seconds")
                .map(|seconds| sample.deadtime = Some(seconds))
        }),
        Directive::new("SAY", "<word> [<word>]", "", |sample, args| {
            args.text(0).map(|text| sample.messages.push(text))
        }),
    ];

    fn told(source: &str) -> (Sample, String) {
        let loaded = read(SAMPLE, Path::new("upsmon.conf"), source.as_bytes());
        let told: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        (loaded.value, told.join("\n"))
    }

    #[test]
    fn a_diagnosis_reads_exactly_so() {
        let (sample, told) = told("POLLFREQ five\nPOLLFREQ 7\n  deadtime 3\nDEADTIME 30s\n");
        assert_eq!(
            told,
            r#"upsmon.conf:1:10: error: POLLFREQ: "five" is not a whole number of seconds; usage: POLLFREQ <seconds>
POLLFREQ five
         ^
upsmon.conf:3:3: warning: unknown directive "deadtime", did you mean DEADTIME?
  deadtime 3
  ^
upsmon.conf:4:10: warning: DEADTIME: "30s" is read as 30
DEADTIME 30s
         ^"#
        );
        assert_eq!((sample.pollfreq, sample.deadtime), (Some(7), Some(30)));
    }

    #[test]
    fn missing_and_surplus_words_and_equals_are_told() {
        let first = |source| told(source).1.lines().next().unwrap_or_default().to_owned();
        assert_eq!(
            first("POLLFREQ"),
            "upsmon.conf:1:1: error: POLLFREQ: a value is missing; usage: POLLFREQ <seconds>"
        );
        assert_eq!(
            first("SAY a b c d"),
            "upsmon.conf:1:9: warning: SAY: this word is one too many and is ignored; usage: SAY <word> [<word>]"
        );
        assert_eq!(
            first("POLLFREQ = 5"),
            "upsmon.conf:1:10: error: POLLFREQ: here the value follows without \"=\"; usage: POLLFREQ <seconds>"
        );
        assert_eq!(
            first("XYZZY 1"),
            "upsmon.conf:1:1: warning: unknown directive \"XYZZY\"; the line is ignored"
        );
    }

    #[test]
    fn a_broken_line_has_no_effect_and_the_next_has() {
        let (sample, told) = told("SAY \"a # b\" c\nSAY d\n");
        assert_eq!(sample.messages, ["d"]);
        assert_eq!(told.matches("error").count(), 1);
    }
}
