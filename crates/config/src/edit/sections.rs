//! Files with sections.

use std::ops::Range;

use super::layout::Row;
use super::splice::Format;
use super::word::{check, check_name, line, quoted};
use super::{Document, EditError};
use text::WORDS_MAX;

/// What stands behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `key`
    Flag,
    /// `key = words`
    Words(&'a [&'a str]),
    /// `key words`, as upsd.users has `upsmon primary`
    Loose(&'a [&'a str]),
}

/// A key and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The key.
    pub key: &'a str,
    /// The words behind it, without `=`; empty for a flag.
    pub words: Vec<&'a str>,
}

impl Document {
    /// The names of the sections, each once.
    #[must_use]
    pub fn sections(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.rows.iter().filter_map(Row::header) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// What the section says, line by line.
    #[must_use]
    pub fn entries(&self, section: &str) -> Vec<Entry<'_>> {
        let extents = self.extents(section).into_iter();
        let rows =
            extents.flat_map(|rows| self.rows.get(rows.start + 1..rows.end).unwrap_or_default());
        rows.filter(|row| !row.tokens.is_empty())
            .map(|row| Entry {
                key: row.name(),
                words: row.words(values_at(row)),
            })
            .collect()
    }

    /// The words of the setting that counts: in upsd.users the first of its name, in ups.conf the last.
    #[must_use]
    pub fn entry(&self, section: &str, key: &str) -> Option<Entry<'_>> {
        let mut found = self
            .entries(section)
            .into_iter()
            .filter(|entry| self.is_same(entry.key, key));
        match self.format {
            Format::Users => found.next(),
            _ => found.next_back(),
        }
    }

    /// Adds an empty section at the end, unless it is there.
    ///
    /// # Errors
    /// Not a name that can stand in brackets.
    pub fn add_section(&mut self, name: &str) -> Result<(), EditError> {
        if !self.extents(name).is_empty() {
            return Ok(());
        }
        if name.is_empty() || name.contains('"') || check(&format!("[{name}]")).is_err() {
            return Err(EditError::Section(name.to_owned()));
        }
        let parted = self.rows.last().is_none_or(|row| self.is_blank(row));
        let blank = if parted { "" } else { self.line_end() };
        let header = quoted(&format!("[{name}]"));
        self.insert_line(self.bytes.len(), &format!("{blank}{header}"));
        Ok(())
    }

    /// Takes out the section: its header, its settings and what stands between them. Comments behind its last setting stay, as
    /// they may well be about what follows.
    pub fn remove_section(&mut self, name: &str) {
        while let Some(rows) = self.all_extents(name).pop() {
            // the blank line that parted it from what stands before
            let before = rows
                .start
                .checked_sub(1)
                .and_then(|before| self.rows.get(before));
            let parted =
                rows.end == self.rows.len() && before.is_some_and(|row| self.is_blank(row));
            let first = rows.start - usize::from(parted);
            let (Some(first), Some(last)) = (self.rows.get(first), self.rows.get(rows.end - 1))
            else {
                return;
            };
            self.remove_span(first.span.start..last.span.end);
        }
    }

    /// Has `key` of a section that is there say `value`.
    ///
    /// # Errors
    /// A key or value that no file can carry.
    pub fn set_key(&mut self, section: &str, key: &str, value: Value<'_>) -> Result<(), EditError> {
        check_name(key)?;
        let (equals, words): (&[&str], &[&str]) = match value {
            Value::Flag => (&[], &[]),
            Value::Words(words) => (&["="], words),
            Value::Loose(words) => (&[], words),
        };
        for word in words {
            check(word)?;
        }
        if words.len() + 2 > WORDS_MAX {
            return Err(EditError::TooMany);
        }
        let rows = self.rows_of(section, key);
        let counts = match self.format {
            Format::Users => rows.first(),
            _ => rows.last(),
        };
        let Some(&counts) = counts else {
            self.insert_key(section, &[&[key], equals, words].concat());
            return Ok(());
        };
        if self.format == Format::Users {
            // the words of all of them would count
            rows.iter()
                .skip(1)
                .rev()
                .for_each(|row| self.remove_row(*row));
        }
        let found = self.rows.get(counts).map_or(&[][..], |row| &row.tokens);
        let has_equals = found.get(1).is_some_and(|token| token.text == "=");
        match value {
            // with or without "=", as it was
            Value::Loose(_) => self.rewrite(counts, 1 + usize::from(has_equals), words),
            _ if has_equals && !equals.is_empty() => self.rewrite(counts, 2, words),
            _ => self.rewrite(counts, 1, &[equals, words].concat()),
        }
    }

    /// Adds words to what `key` of a section says, where they are missing; words count in any letter case.
    ///
    /// # Errors
    /// A key or value that no file can carry.
    pub fn add_to_key(
        &mut self,
        section: &str,
        key: &str,
        words: &[&str],
    ) -> Result<(), EditError> {
        let known = self
            .entries(section)
            .into_iter()
            .filter(|entry| self.is_same(entry.key, key));
        let known: Vec<&str> = known.flat_map(|entry| entry.words).collect();
        let is_new = |word: &&&str| !known.iter().any(|known| known.eq_ignore_ascii_case(word));
        let new: Vec<&str> = words.iter().filter(is_new).copied().collect();
        let Some(&row) = self.rows_of(section, key).last() else {
            return self.set_key(section, key, Value::Words(words));
        };
        if new.is_empty() {
            return Ok(());
        }
        let Some((first, old)) = self
            .rows
            .get(row)
            .map(|row| (values_at(row), row.words(values_at(row))))
        else {
            return Ok(());
        };
        let old: Vec<String> = old.into_iter().map(ToOwned::to_owned).collect();
        let all: Vec<&str> = old.iter().map(String::as_str).chain(new).collect();
        self.rewrite(row, first, &all)
    }

    /// Takes out every line of `key` in a section, each with what else stands in it.
    pub fn remove_key(&mut self, section: &str, key: &str) {
        let rows = self.rows_of(section, key);
        rows.iter().rev().for_each(|row| self.remove_row(*row));
    }

    /// Behind the last of its kind, else behind the last line of the section, indented as that is.
    fn insert_key(&mut self, section: &str, words: &[&str]) {
        let Some(extent) = self.extents(section).pop() else {
            return;
        };
        let indent = self.indent(extent.end - 1);
        let at = self
            .rows
            .get(extent.end - 1)
            .map_or(self.bytes.len(), |row| row.span.end);
        self.insert_line(at, &format!("{indent}{}", line(words)));
    }

    /// What stands before the first word of a setting's row; behind a header, as other sections have it.
    fn indent(&self, row: usize) -> String {
        let is_setting = |row: &&Row| !row.tokens.is_empty() && row.header().is_none();
        let sectioned = self.rows.iter().skip_while(|row| row.header().is_none());
        let model = self
            .rows
            .get(row)
            .filter(is_setting)
            .or_else(|| sectioned.filter(is_setting).last());
        let Some(model) = model else {
            return "    ".to_owned();
        };
        let first = model
            .tokens
            .first()
            .map_or(model.span.start, |token| token.span.start);
        let before = self.bytes.get(model.span.start..first).unwrap_or_default();
        before
            .iter()
            .map(|byte| if *byte == b'\t' { '\t' } else { ' ' })
            .collect()
    }

    /// The rows of `key` in what counts of a section.
    fn rows_of(&self, section: &str, key: &str) -> Vec<usize> {
        let rows = self
            .extents(section)
            .into_iter()
            .flat_map(|rows| rows.start + 1..rows.end);
        rows.filter(|row| {
            self.rows
                .get(*row)
                .is_some_and(|row| self.is_same(row.name(), key))
        })
        .collect()
    }

    fn is_same(&self, one: &str, other: &str) -> bool {
        match self.format {
            Format::Users => one.eq_ignore_ascii_case(other),
            _ => one == other,
        }
    }

    /// From the header of each part of a section that counts to behind its last row with words.
    fn extents(&self, section: &str) -> Vec<Range<usize>> {
        let mut extents = self.all_extents(section);
        if self.format == Format::Users {
            extents.truncate(1);
        }
        extents
    }

    fn all_extents(&self, section: &str) -> Vec<Range<usize>> {
        let mut extents: Vec<Range<usize>> = Vec::new();
        let mut inside = false;
        for (number, row) in self.rows.iter().enumerate() {
            if let Some(name) = row.header() {
                inside = name == section;
                if inside {
                    extents.push(number..number + 1);
                }
            } else if inside && !row.tokens.is_empty() {
                extents
                    .last_mut()
                    .into_iter()
                    .for_each(|extent| extent.end = number + 1);
            }
        }
        extents
    }
}

/// The number of the first word behind the key and its `=`.
fn values_at(row: &Row) -> usize {
    let has_equals = row.tokens.get(1).is_some_and(|token| token.text == "=");
    1 + usize::from(has_equals)
}
