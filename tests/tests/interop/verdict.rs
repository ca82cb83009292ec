//! What a check found, as a cell of a table, and the table as a verdict.

use tests::Table;

/// A cell: what the table shows, and what was found if that was wrong.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    wrong: Option<String>,
}

impl Cell {
    /// What was found, where `expected` is the reason for a difference if there has to be one.
    pub(crate) fn of(found: Result<(), String>, expected: Option<&str>) -> Self {
        let (text, wrong) = match (found, expected) {
            (Ok(()), None) => ("ok".to_owned(), None),
            (Err(_), Some(reason)) => (format!("differs: {reason}"), None),
            (Ok(()), Some(reason)) => (
                "WRONG".to_owned(),
                Some(format!("no longer differs: {reason}")),
            ),
            (Err(found), None) => ("WRONG".to_owned(), Some(found)),
        };
        Self { text, wrong }
    }
}

/// A row: who was in the mix, and what each check found.
pub(crate) type Row = (Vec<String>, Vec<Cell>);

/// Prints the table; anything unexpected in it fails the test.
#[track_caller]
pub(crate) fn judge(title: &str, head: &[&str], rows: &[Row]) {
    let mut table = Table::new(head);
    let mut wrong = Vec::new();
    for (names, cells) in rows {
        let texts = cells.iter().map(|cell| cell.text.clone());
        table.row(names.iter().cloned().chain(texts));
        let column = head.iter().skip(names.len());
        let told = column.zip(cells).filter_map(|(column, cell)| {
            let wrong = cell.wrong.as_ref()?;
            Some(format!("{}, {column}: {wrong}", names.join(" + ")))
        });
        wrong.extend(told);
    }
    table.show(title);
    assert!(
        wrong.is_empty(),
        "{title}: {} cells are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
