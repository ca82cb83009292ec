//! Lines of ups.conf to sections.
//!
//! C NUT ignores what it does not understand without a word; here each such line is told. Only keys that no table knows
//! are left alone, because they belong to the driver, unless they look like a misspelt common one.

use super::{GLOBAL, SECTION, SHARED, Section, Setting, UpsConf};
use crate::grammar::{self, Directive, Style, cut_value, find, hint, names};
use crate::lines::for_each_line;
use crate::nearest::distance;
use crate::problem::Loaded;
use crate::report::Report;
use crate::sections::{Entry, entry};
use std::collections::HashMap;
use std::path::Path;
use text::Word;

pub(super) fn parse(path: &Path, source: &[u8]) -> Loaded<UpsConf> {
    let mut report = Report::new(path, source);
    let mut reader = Reader::default();
    for_each_line(&mut report, |report, line| {
        reader.take(entry(line, report), report);
    });
    let conf = reader.finish(&mut report);
    report.finish(conf)
}

#[derive(Default)]
struct Reader {
    conf: UpsConf,
    /// Where the header of each section stands.
    headers: Vec<u64>,
    /// Section names in lower case.
    index: HashMap<String, usize>,
    below: Below,
}

/// Whom a line belongs to.
#[derive(Clone, Copy, Default)]
enum Below {
    #[default]
    Globals,
    Section(usize),
    Nobody,
}

impl Reader {
    fn take(&mut self, entry: Entry<'_>, report: &mut Report<'_>) {
        match entry {
            Entry::Header(name) => self.below = self.open(name, report),
            Entry::NoHeader => self.below = Below::Nobody,
            Entry::Flag(key) => self.set(key, &[], report),
            Entry::Setting(key, []) => report.warning(
                key.at,
                format!(
                    "{0}: nothing stands behind \"=\", the line is ignored; write {0} = \"...\"",
                    key.text
                ),
            ),
            Entry::Setting(key, values) => self.set(key, values, report),
            Entry::Loose(key, _) => report.warning(
                key.at,
                format!(
                    "{0}: there is no \"=\" behind it, the line is ignored; write {0} = \"...\"",
                    key.text
                ),
            ),
            Entry::Ignored => {}
        }
    }

    /// Begins or continues the section called `name`.
    fn open(&mut self, name: Word<'_>, report: &mut Report<'_>) -> Below {
        let folded = name.text.to_ascii_lowercase();
        if let Some(&known) = self.index.get(&folded) {
            return self.open_again(known, name, report);
        }
        if !name.text.bytes().all(is_plain) {
            let text = format!(
                "{:?} is an awkward name for a UPS; use only letters, digits, \".\", \"_\" and \"-\"",
                name.text
            );
            report.warning(name.at, text);
        }
        let number = self.conf.sections.len();
        self.index.insert(folded, number);
        self.headers.push(name.at);
        self.conf.sections.push(Section {
            name: name.text.to_owned(),
            place: Some(report.place(name.at)),
            ..Section::default()
        });
        Below::Section(number)
    }

    fn open_again(&self, known: usize, name: Word<'_>, report: &mut Report<'_>) -> Below {
        let first = self.conf.sections.get(known);
        let line = first
            .and_then(|first| first.place)
            .map_or(0, |place| place.line);
        let spelt = first.map_or("", |first| first.name.as_str());
        if spelt == name.text {
            let text = format!(
                "[{spelt}] stands already in line {line}; the two are merged, the later value wins"
            );
            report.warning(name.at, text);
            return Below::Section(known);
        }
        let text = format!(
            "[{}] differs only in case from [{spelt}] in line {line} and is ignored; rename one",
            name.text
        );
        report.error(name.at, text);
        Below::Nobody
    }

    fn set(&mut self, key: Word<'_>, values: &[Word<'_>], report: &mut Report<'_>) {
        match self.below {
            Below::Globals => self.set_global(key, values, report),
            Below::Section(number) => {
                if let Some(section) = self.conf.sections.get_mut(number) {
                    set_in_section(section, key, values, report);
                }
            }
            Below::Nobody => {}
        }
    }

    fn set_global(&mut self, key: Word<'_>, values: &[Word<'_>], report: &mut Report<'_>) {
        let globals = &mut self.conf.globals;
        if let Some(directive) = find(GLOBAL, key.text) {
            grammar::apply(directive, globals, key, values, Style::Equals, report);
        } else if let Some(directive) = find(SHARED, key.text) {
            grammar::apply(
                directive,
                &mut globals.shared,
                key,
                values,
                Style::Equals,
                report,
            );
        } else if find(SECTION, key.text).is_some() {
            let text = format!(
                "{} has no effect before the first section; move it below a [name] line",
                key.text
            );
            report.warning(key.at, text);
        } else {
            let known = names(GLOBAL).chain(names(SHARED));
            let hint = hint(key.text, known, "; the line is ignored");
            report.warning(
                key.at,
                format!("unknown global setting {:?}{hint}", key.text),
            );
        }
    }

    /// Drops the sections that cannot be used.
    fn finish(mut self, report: &mut Report<'_>) -> UpsConf {
        let mut headers = self.headers.into_iter();
        self.conf.sections.retain(|section| {
            let missing = missing(section);
            if let (Some(at), Some(missing)) = (headers.next(), missing) {
                let text = format!(
                    "[{}] has no {missing} and is ignored; add {missing} = \"...\"",
                    section.name
                );
                report.error(at, text);
            }
            missing.is_none()
        });
        self.conf
    }
}

fn missing(section: &Section) -> Option<&'static str> {
    let has_port = section
        .settings
        .iter()
        .any(|setting| setting.key == "port" && setting.value.is_some());
    if section.driver.is_empty() {
        Some("driver")
    } else if has_port {
        None
    } else {
        Some("port")
    }
}

fn set_in_section(
    section: &mut Section,
    key: Word<'_>,
    values: &[Word<'_>],
    report: &mut Report<'_>,
) {
    section.settings.push(Setting {
        key: key.text.to_owned(),
        value: values.first().map(|value| value.text.to_owned()),
        place: report.place(key.at),
    });
    if let Some(directive) = find(SECTION, key.text) {
        grammar::apply(directive, section, key, values, Style::Equals, report);
    } else if let Some(directive) = find(SHARED, key.text) {
        grammar::apply(
            directive,
            &mut section.shared,
            key,
            values,
            Style::Equals,
            report,
        );
    } else {
        leave_to_driver(key, values, report);
    }
}

fn leave_to_driver(key: Word<'_>, values: &[Word<'_>], report: &mut Report<'_>) {
    if let Some(surplus) = values.get(1) {
        report.warning(surplus.at, cut_value(key.text));
    }
    if find(GLOBAL, key.text).is_some() {
        let text = format!(
            "{} has no effect in a section; move it before the first [name] line",
            key.text
        );
        report.warning(key.at, text);
    } else if let Some(name) = near_miss(key.text, SECTION).or_else(|| near_miss(key.text, SHARED))
    {
        let text = format!(
            "unknown setting {:?} is left to the driver, did you mean {name}?",
            key.text
        );
        report.warning(key.at, text);
    }
}

/// A name one letter away from `key`; anything further may well be an option of the driver.
fn near_miss<T>(key: &str, table: &'static [Directive<T>]) -> Option<&'static str> {
    names(table).find(|name| distance(key, name, 1).is_some())
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}
