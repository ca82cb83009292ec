//! What manual pages and samples tell of the files: the tables by which they are read, without what reads them.

use crate::grammar::{Directive, Style};
use crate::{nut, ups, upsd, upsmon, upssched, users};

/// A file, and where in it which directives stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, as in `upsd.conf`.
    pub name: &'static str,
    /// Its parts; one for most files.
    pub parts: Vec<Part>,
}

/// Directives that stand in the same place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The place, as `before all sections`; empty where it is the whole file.
    pub place: &'static str,
    /// What may stand there.
    pub entries: Vec<Entry>,
}

/// One directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// What stands between name and value, with blanks: `=`, or nothing.
    pub between: &'static str,
    /// The words that follow it.
    pub args: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Whether it has no effect any more, so that nobody is to write it.
    pub is_removed: bool,
}

/// Every file that has a table in this crate.
#[must_use]
pub fn files() -> Vec<File> {
    let words = |name, entries| File {
        name,
        parts: vec![Part { place: "", entries }],
    };
    vec![
        words(
            "nut.conf",
            nut::SETTINGS.iter().map(nut::Setting::entry).collect(),
        ),
        File {
            name: "ups.conf",
            parts: vec![
                part("before all sections", entries(ups::GLOBAL, Style::Equals)),
                part(
                    "before all sections, or in one",
                    entries(ups::SHARED, Style::Equals),
                ),
                part("in a section", entries(ups::SECTION, Style::Equals)),
            ],
        },
        words("upsd.conf", entries(upsd::DIRECTIVES, Style::Words)),
        words("upsd.users", entries(users::SETTINGS, Style::Equals)),
        words("upsmon.conf", entries(upsmon::DIRECTIVES, Style::Words)),
        words("upssched.conf", entries(upssched::DIRECTIVES, Style::Words)),
    ]
}

fn part(place: &'static str, entries: Vec<Entry>) -> Part {
    Part { place, entries }
}

fn entries<T>(table: &'static [Directive<T>], style: Style) -> Vec<Entry> {
    let entry = |directive: &Directive<T>| Entry {
        name: directive.name,
        between: match style {
            // upsmon of upsd.users: neither stands there in the samples of anybody
            _ if directive.args.is_empty() || directive.name == "upsmon" => " ",
            Style::Words => " ",
            Style::Equals => " = ",
        },
        args: directive.args,
        doc: directive.doc,
        is_removed: directive.is_removed,
    };
    table.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_directive_says_what_it_is_for() {
        for file in files() {
            let entries = file.parts.iter().flat_map(|part| &part.entries);
            for entry in entries {
                let sentence = entry.doc.len() > 10 && entry.doc.ends_with('.');
                assert!(sentence, "{} {}: {:?}", file.name, entry.name, entry.doc);
            }
        }
    }

    #[test]
    fn a_table_is_told_as_its_file_is_written() {
        let shown = |file: &str, name: &str| {
            let files = files();
            let file = files.iter().find(|one| one.name == file).unwrap();
            let mut entries = file.parts.iter().flat_map(|part| &part.entries);
            let entry = entries.find(|entry| entry.name == name).unwrap();
            format!("{}{}{}", entry.name, entry.between, entry.args)
        };
        assert_eq!(shown("upsd.conf", "MAXAGE"), "MAXAGE <seconds>");
        assert_eq!(shown("ups.conf", "user"), "user = <name>");
        assert_eq!(shown("ups.conf", "nolock"), "nolock ");
        assert_eq!(shown("upsd.users", "upsmon"), "upsmon primary|secondary...");
    }
}
