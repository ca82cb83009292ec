//! A printed matrix: a row for each mix, a column for each check.

use std::fmt;
use std::io::{self, Write};

/// Rows of cells under a head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with nothing below its head.
    #[must_use]
    pub fn new<S: ToString>(head: impl IntoIterator<Item = S>) -> Self {
        let mut table = Self::default();
        table.row(head);
        table
    }

    /// Adds a row.
    pub fn row<S: ToString>(&mut self, cells: impl IntoIterator<Item = S>) {
        let cells = cells.into_iter().map(|cell| cell.to_string());
        self.rows.push(cells.collect());
    }

    /// Shows it on the terminal, also when the test passes: the test harness keeps what `println!` says to itself.
    pub fn show(&self, title: &str) {
        // a closed terminal is no failure of the test
        let _ = write!(io::stderr(), "\n{title}\n{self}");
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            let cells = row.iter().enumerate();
            let line: Vec<String> = cells
                .map(|(at, cell)| format!("{cell:<0$}", self.width(at)))
                .collect();
            writeln!(f, "| {} |", line.join(" | "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(["server", "read"]);
        table.row(["C NUT", "ok"]);
        assert_eq!(table.to_string(), "| server | read |\n| C NUT  | ok   |\n");
    }
}
