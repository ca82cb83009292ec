//! Descriptions of variables and commands: the built-in ones, and a cmdvartab file over them.
//!
//! Format of the file (spec server-behaviour.md, section 16): `VARDESC name "text"` and `CMDDESC name
//! "text"`, one a line. Later entries win; short lines and other keywords are ignored.

use std::collections::HashMap;

use text::{Fed, Lexer};

/// Texts for GET DESC and GET CMDDESC.
#[derive(Debug, Default)]
pub struct Descriptions {
    variables: HashMap<String, String>,
    commands: HashMap<String, String>,
}

impl Descriptions {
    /// Reads a cmdvartab file.
    #[must_use]
    pub fn read(source: &[u8]) -> Self {
        let mut all = Self::default();
        let mut lexer = Lexer::new();
        let mut rest = source;
        loop {
            match lexer.feed(rest) {
                Fed::More => break,
                Fed::Broken(used) => rest = rest.get(used..).unwrap_or_default(),
                Fed::Line(used) => {
                    rest = rest.get(used..).unwrap_or_default();
                    all.add(&lexer);
                }
            }
        }
        if let Some(Fed::Line(_)) = lexer.finish() {
            all.add(&lexer);
        }
        all
    }

    fn add(&mut self, lexer: &Lexer) {
        let words = lexer.words();
        let (Some(keyword), Some(name), Some(text)) = (words.get(0), words.get(1), words.get(2))
        else {
            return;
        };
        let texts = match keyword {
            "VARDESC" => &mut self.variables,
            "CMDDESC" => &mut self.commands,
            _ => return,
        };
        texts.insert(name.to_ascii_lowercase(), text.to_owned());
    }

    /// How many texts the file had.
    #[must_use]
    pub fn len(&self) -> usize {
        self.variables.len() + self.commands.len()
    }

    /// Whether there was no file, or nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the variable called `name` means.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        let name = own(name);
        lookup(&self.variables, name).or_else(|| model::catalog::variable(name))
    }

    /// What the command called `name` does.
    pub(crate) fn command(&self, name: &str) -> Option<&str> {
        let name = own(name);
        lookup(&self.commands, name).or_else(|| model::catalog::command(name))
    }
}

/// Drivers that pass on another's data put `upstream.` in front of its names.
fn own(name: &str) -> &str {
    name.strip_prefix("upstream.").unwrap_or(name)
}

fn lookup<'a>(texts: &'a HashMap<String, String>, name: &str) -> Option<&'a str> {
    if texts.is_empty() {
        return None;
    }
    texts.get(&name.to_ascii_lowercase()).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_overrides_the_built_in_texts() {
        let file = Descriptions::read(
            b"# comment\nVARDESC ups.status \"My \\\"own\\\" text\"\nvardesc ups.load \"no\"\n\
              VARDESC short\nVARDESC a \"x # y\"\nCMDDESC Load.Off unquoted words\nVARDESC ups.id \"1\"\nVARDESC ups.id \"2\"",
        );
        assert_eq!(file.variable("Ups.Status"), Some("My \"own\" text"));
        assert_eq!(
            file.variable("upstream.ups.status"),
            Some("My \"own\" text")
        );
        assert_eq!(file.variable("ups.id"), Some("2"));
        assert_eq!(file.command("load.off"), Some("unquoted"));
        assert_ne!(file.variable("ups.load"), Some("no"));
        assert_eq!(file.variable("no.such"), None);
        assert_eq!(file.len(), 3);
    }

    #[test]
    fn standard_names_have_a_text_without_any_file() {
        let none = Descriptions::default();
        assert!(none.variable("battery.charge").is_some());
        assert!(none.variable("outlet.7.switch").is_some());
        assert!(none.command("load.off").is_some());
    }
}
