//! The files with the facts.

use std::fs;
use std::path::{Path, PathBuf};

/// One line, by the names in the head of its file.
#[derive(Clone, Debug)]
pub(super) struct Line {
    fields: Vec<(String, String)>,
}

impl Line {
    #[track_caller]
    pub(super) fn get(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|(known, _)| known == name);
        &field
            .unwrap_or_else(|| panic!("no column {name} in {self:?}"))
            .1
    }

    /// A text of C: `""` is an empty one.
    pub(super) fn text(&self, name: &str) -> &str {
        let text = self.get(name);
        if text == "\"\"" { "" } else { text }
    }

    pub(super) fn has(&self, flag: &str) -> bool {
        self.get("flags").split(' ').any(|known| known == flag)
    }
}

/// The directory of the files, for the test `name`; without it the test is noted as skipped.
pub(super) fn facts(name: &str) -> Option<PathBuf> {
    let beside =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/devices/snmp/mappings");
    let dir = std::env::var_os("LOCKNUT_SNMP_MAPPINGS").map_or(beside, PathBuf::from);
    if dir.join("_mibs.csv").is_file() {
        return Some(dir);
    }
    testkit::skipped(
        name,
        "the reference's tables as CSV in the directory that LOCKNUT_SNMP_MAPPINGS names",
    );
    None
}

/// All lines of a file.
pub(super) fn read(path: &Path) -> Vec<Line> {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines().map(words);
    let names = lines.next().unwrap();
    let line = |fields| Line {
        fields: names.iter().cloned().zip(fields).collect(),
    };
    lines.map(line).collect()
}

/// Words with commas between; one in quotes has each of its quotes twice.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if is_quoted && rest.peek() == Some(&'"') => word.extend(rest.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words
}
