//! The table of programs and their state in the README.

/// The README with a row for a driver that is begun, the last one of its table; nothing when there is no such table.
pub(super) fn with_driver(readme: &str, name: &str) -> Option<String> {
    let begin = readme.find("| program | state |\n")?;
    let (before, table) = readme.split_at(begin);
    let end: usize = table
        .split_inclusive('\n')
        .take_while(|line| line.starts_with('|'))
        .map(str::len)
        .sum();
    let (table, after) = table.split_at(end);
    Some(format!("{before}{table}| {name} | begun |\n{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_is_the_last_of_its_table() {
        let readme = "a | b\n\n| program | state |\n|---|---|\n| upsd | works |\n\nmore\n";
        assert_eq!(
            with_driver(readme, "lab").unwrap(),
            "a | b\n\n| program | state |\n|---|---|\n| upsd | works |\n| lab | begun |\n\nmore\n"
        );
        assert_eq!(with_driver("no table\n", "lab"), None);
    }

    #[test]
    fn the_real_readme_has_the_table() {
        assert!(with_driver(include_str!("../../../../README.md"), "lab").is_some());
    }
}
