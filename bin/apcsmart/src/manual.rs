//! The letters as a table for people, made of the tables that the code uses. README.md has it between two marks.

use std::collections::BTreeMap;
use std::fmt::Write;

use model::catalog;

use crate::commands::{Action, COMMANDS, Command, Extra};
use crate::letters::{LETTERS, Since, show};
use crate::variables::{OLD_FIRMWARE, VARIABLES, Variable, When};

/// Every letter: what it does, from which units on, and the variable or command that it is for. A table in Markdown.
#[must_use]
pub fn manual() -> String {
    let mut lines: BTreeMap<&[u8], Vec<Line>> = BTreeMap::new();
    for row in LETTERS {
        let line = Line::new(row.does.to_owned(), row.since, "");
        lines
            .entry(std::slice::from_ref(&row.letter))
            .or_default()
            .push(line);
    }
    for row in VARIABLES.iter().chain([&OLD_FIRMWARE]) {
        lines.entry(row.letter).or_default().push(of_variable(row));
    }
    for row in COMMANDS {
        lines
            .entry(std::slice::from_ref(&row.letter))
            .or_default()
            .push(of_command(row));
    }
    let mut table =
        "| letter | what it does | there is it on | variable or command |\n|---|---|---|---|\n"
            .to_owned();
    for (letter, lines) in &lines {
        for line in lines {
            let letter = show(letter).replace('|', "\\|");
            // writing to a string cannot fail
            let _ = writeln!(
                table,
                "| `{letter}` | {} | {} | {} |",
                line.does,
                line.since.text(),
                line.name
            );
        }
    }
    table
}

struct Line {
    does: String,
    since: Since,
    name: String,
}

impl Line {
    fn new(does: String, since: Since, name: &str) -> Self {
        let name = if name.is_empty() {
            String::new()
        } else {
            format!("`{name}`")
        };
        Self { does, since, name }
    }
}

fn of_variable(row: &Variable) -> Line {
    let text =
        catalog::variable(row.var).unwrap_or("Answer to this letter, as apcsmart-old has it");
    let often = match row.when {
        When::Poll => "at every poll",
        When::Hour => "once an hour",
    };
    Line::new(format!("{text}; {often}"), row.since, row.var)
}

fn of_command(row: &Command) -> Line {
    let text = match row.action {
        Action::Off(method) => method.does(),
        _ => catalog::command(row.name).unwrap_or_default(),
    };
    let extra = match row.extra {
        Extra::None | Extra::Empty => "",
        Extra::Cs => " cs",
        Extra::At => " at:nnn",
    };
    Line::new(text.to_owned(), row.since, &format!("{}{extra}", row.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const BEGIN: &str = "<!-- made from the driver's tables, UPDATE_EXPECTED=1 cargo test -p apcsmart writes it; do not edit -->\n";
    const END: &str = "<!-- end -->\n";

    #[test]
    fn the_readme_has_the_table() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        let text = std::fs::read_to_string(&path).unwrap();
        let (head, rest) = text.split_once(BEGIN).unwrap();
        let (_, tail) = rest.split_once(END).unwrap();
        let wanted = format!("{head}{BEGIN}{}{END}{tail}", manual());
        let compared = testkit::expect_file(&path, &wanted, "cargo test -p apcsmart readme");
        assert_eq!(compared, Ok(()));
    }

    #[test]
    fn every_letter_has_a_line() {
        let manual = manual();
        for letter in ["Q", "Y", "^Z", "9F D3", "@", "S", "^N", "{"] {
            assert!(manual.contains(&format!("| `{letter}` |")), "{letter}");
        }
        let rows = LETTERS.len() + VARIABLES.len() + 1 + COMMANDS.len();
        assert_eq!(manual.lines().count(), rows + 2);
    }
}
