//! Facts that tests compare with and that are no part of this project: what the reference does, and what is in its tables.

use crate::failure::fail;
use crate::skip::skipped;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The directory with facts that `variable` names, else `beside` in the one for shared devices next to the repository. Without it test
/// `name` is noted as skipped, as it needs what `needs` says.
#[track_caller]
pub fn reference(name: &str, variable: &str, beside: Option<&str>, needs: &str) -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/devices");
    let dir = env::var_os(variable)
        .map(PathBuf::from)
        .or_else(|| beside.map(|folder| shared.join(folder)));
    let found = dir.filter(|dir| dir.is_dir());
    if found.is_none() {
        skipped(
            name,
            &format!("{needs}, in the directory that {variable} names"),
        );
    }
    found
}

/// One line of a CSV file, by the names in the file's head.
#[derive(Clone, Debug)]
pub struct CsvLine {
    fields: Vec<(String, String)>,
}

impl CsvLine {
    /// All lines of a file.
    #[must_use]
    #[track_caller]
    pub fn read(dir: &Path, file: &str) -> Vec<Self> {
        let path = dir.join(file);
        let text = fs::read_to_string(&path)
            .unwrap_or_else(|error| fail(format!("{}: {error}", path.display())));
        Self::parse(&text)
    }

    fn parse(text: &str) -> Vec<Self> {
        let mut lines = text.lines().map(fields);
        let names = lines.next().unwrap_or_default();
        let line = |fields| Self {
            fields: names.iter().cloned().zip(fields).collect(),
        };
        lines.map(line).collect()
    }

    /// The field of that name.
    #[must_use]
    #[track_caller]
    pub fn get(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|(known, _)| known == name);
        &field
            .unwrap_or_else(|| fail(format!("no column {name} in {self:?}")))
            .1
    }

    /// A number, hexadecimal behind `0x`.
    #[must_use]
    #[track_caller]
    pub fn number(&self, name: &str) -> i64 {
        let text = self.get(name).to_ascii_lowercase();
        let number = match text.strip_prefix("0x") {
            Some(digits) => i64::from_str_radix(digits, 16),
            None => text.parse(),
        };
        number.unwrap_or_else(|error| fail(format!("{name}: {text:?}: {error}")))
    }

    /// A text of C: `""` is an empty one.
    #[must_use]
    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        let text = self.get(name);
        if text == "\"\"" { "" } else { text }
    }

    /// Whether this is one of the words in the field.
    #[must_use]
    #[track_caller]
    pub fn has(&self, name: &str, word: &str) -> bool {
        self.get(name).split(' ').any(|known| known == word)
    }
}

/// Fields with commas between; one in quotes has each of its quotes twice.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if is_quoted && rest.peek() == Some(&'"') => field.extend(rest.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    fields.push(field);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_the_names_of_the_head() {
        let lines =
            CsvLine::parse("n,text,words\n0x1F,\"a, \"\"b\"\"\",OK STATIC\n7,\"\"\"\"\"\",\n");
        let [first, second] = &lines[..] else {
            panic!("{lines:?}");
        };
        assert_eq!((first.number("n"), first.get("text")), (31, "a, \"b\""));
        assert!(first.has("words", "STATIC") && !second.has("words", "STATIC"));
        assert_eq!((second.number("n"), second.text("text")), (7, ""));
    }
}
