//! `packaging/debian/control`: stanzas of fields, with `${...}` for what is known only when a package is made.

use std::fmt::Write;

/// One package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stanza {
    fields: Vec<(String, String)>,
}

impl Stanza {
    /// All of a file.
    pub(super) fn all(text: &str) -> Vec<Self> {
        text.split("\n\n").map(Self::read).collect()
    }

    /// A line that begins with a blank goes on with the field before.
    fn read(text: &str) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in text.lines() {
            match (line.split_once(':'), fields.last_mut()) {
                (_, Some((_, value))) if line.starts_with(' ') => {
                    value.push('\n');
                    value.push_str(line);
                }
                (Some((name, value)), _) => fields.push((name.to_owned(), value.trim().to_owned())),
                _ => {}
            }
        }
        Self { fields }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        if let Some((_, old)) = self.fields.iter_mut().find(|(known, _)| known == name) {
            value.clone_into(old);
        }
    }

    /// Appends to a list.
    pub(super) fn add(&mut self, name: &str, item: &str) {
        if let Some((_, list)) = self.fields.iter_mut().find(|(known, _)| known == name) {
            list.push_str(", ");
            list.push_str(item);
        }
    }

    /// With all `${name}` replaced.
    pub(super) fn filled(&self, values: &[(&str, String)]) -> Self {
        let fill = |text: &String| {
            values.iter().fold(text.clone(), |text, (name, value)| {
                text.replace(&format!("${{{name}}}"), value)
            })
        };
        let fields = self.fields.iter();
        Self {
            fields: fields
                .map(|(name, text)| (name.clone(), fill(text)))
                .collect(),
        }
    }

    /// The file of a package: these, and `more` before the description, which is last.
    pub(super) fn text(&self, more: &[(&str, &str)]) -> String {
        let mut text = String::new();
        let (last, first): (Vec<_>, Vec<_>) = self
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .partition(|(name, _)| *name == "Description");
        for (name, value) in first.iter().chain(more).chain(&last) {
            // writing to a string cannot fail
            let _ = writeln!(text, "{name}: {value}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stanzas_are_read_filled_and_written() {
        let text = "Package: a\nDepends: b (= ${version}), ${libraries}\nProvides: x\nDescription: first\n second\n .\n third\n\nPackage: c\n";
        let stanzas = Stanza::all(text);
        assert_eq!(stanzas.len(), 2);
        assert_eq!(stanzas[1].get("Package"), Some("c"));
        let values = [
            ("version", "1".to_owned()),
            ("libraries", "libc6".to_owned()),
        ];
        let mut filled = stanzas[0].filled(&values);
        filled.add("Provides", "y");
        assert_eq!(
            filled.text(&[("Version", "1")]),
            "Package: a\nDepends: b (= 1), libc6\nProvides: x, y\nVersion: 1\nDescription: first\n second\n .\n third\n"
        );
    }
}
