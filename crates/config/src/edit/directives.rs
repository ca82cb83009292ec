//! Files with a directive on each line.

use super::layout::Row;
use super::word::{check, check_name, line};
use super::{Document, EditError};
use text::WORDS_MAX;

impl Document {
    /// The words behind each directive `name`, in the order of the file.
    #[must_use]
    pub fn directives(&self, name: &str) -> Vec<Vec<&str>> {
        let rows = self.rows.iter().filter(|row| row.name() == name);
        rows.map(|row| row.words(1)).collect()
    }

    /// Has `name` say `values`, behind `keys` which tell such directives apart (`NOTIFYFLAG ONBATT`). Of several, the last is
    /// changed, since it is the one that counts; if there is none, one is put where it belongs.
    ///
    /// # Errors
    /// A value that no file can carry.
    pub fn set(&mut self, name: &str, keys: &[&str], values: &[&str]) -> Result<(), EditError> {
        let found = self.rows.iter().rposition(|row| is_for(row, name, keys));
        match found {
            Some(row) => self.rewrite(row, 1 + keys.len(), values),
            None => self.insert(name, &[keys, values].concat()),
        }
    }

    /// Adds `name` with `values`, unless there is such a line.
    ///
    /// # Errors
    /// A value that no file can carry.
    pub fn add(&mut self, name: &str, values: &[&str]) -> Result<(), EditError> {
        if self.directives(name).iter().any(|known| known == values) {
            return Ok(());
        }
        self.insert(name, values)
    }

    /// Takes out every `name` whose words are not `wanted`, each with what else stands in its line.
    pub fn retain(&mut self, name: &str, mut wanted: impl FnMut(&[&str]) -> bool) {
        let rows = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.name() == name);
        let unwanted: Vec<usize> = rows
            .filter(|(_, row)| !wanted(&row.words(1)))
            .map(|(at, _)| at)
            .collect();
        for row in unwanted.into_iter().rev() {
            self.remove_row(row);
        }
    }

    fn insert(&mut self, name: &str, values: &[&str]) -> Result<(), EditError> {
        check_name(name)?;
        for value in values {
            check(value)?;
        }
        if values.len() >= WORDS_MAX {
            return Err(EditError::TooMany);
        }
        let at = self.place_for(name);
        self.insert_line(at, &line(&[&[name], values].concat()));
        Ok(())
    }

    /// Behind the last of its kind; else behind the last that stands there commented out, as in a sample; else at the end.
    fn place_for(&self, name: &str) -> usize {
        let last = self.rows.iter().rposition(|row| row.name() == name);
        let last = last.or_else(|| {
            let shown = self.rows.iter().rposition(|row| self.shows(row, name))?;
            let after = self
                .rows
                .iter()
                .skip(shown)
                .take_while(|row| self.is_comment(row));
            // an explanation may follow; "#NAME" is a line to be used and has it before
            let explains = self
                .rows
                .get(shown)
                .is_some_and(|row| !self.is_unused(row, name));
            Some(if explains {
                shown + after.count() - 1
            } else {
                shown
            })
        });
        last.and_then(|row| self.rows.get(row))
            .map_or(self.bytes.len(), |row| row.span.end)
    }

    /// Whether the row is a comment that begins with `name`.
    fn shows(&self, row: &Row, name: &str) -> bool {
        let comment = self.comment(row);
        comment.is_some_and(|comment| comment.split_ascii_whitespace().next() == Some(name))
    }

    /// Whether the row is `#NAME`, without a blank.
    fn is_unused(&self, row: &Row, name: &str) -> bool {
        self.comment(row)
            .is_some_and(|comment| comment.starts_with(name))
    }

    fn is_comment(&self, row: &Row) -> bool {
        self.comment(row).is_some()
    }

    /// What stands behind the `#` of a line that has nothing else.
    fn comment(&self, row: &Row) -> Option<&str> {
        let bytes = self.bytes.get(row.span.clone())?;
        let text = std::str::from_utf8(bytes)
            .ok()
            .filter(|_| row.tokens.is_empty())?;
        text.trim_start().strip_prefix('#')
    }
}

fn is_for(row: &Row, name: &str, keys: &[&str]) -> bool {
    row.name() == name && row.words(1).starts_with(keys)
}
