//! Counting test cases in what `cargo test` prints.

use std::collections::BTreeSet;

/// The count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    passed: usize,
    failed: usize,
    /// Names with reasons of what was not tested.
    skipped: BTreeSet<String>,
}

impl Counts {
    /// Takes one line of the output.
    pub(crate) fn read_line(&mut self, line: &str) {
        if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
        } else if let Some((name, reason)) = ignored(line) {
            self.skipped.insert(format!("{name}: {reason}"));
        }
    }

    /// Takes the notes of tests that skipped themselves, which `cargo test` counted as passed.
    pub(crate) fn note_skipped(&mut self, notes: &str) {
        let names: BTreeSet<&str> = notes
            .lines()
            .filter_map(|note| note.split(':').next())
            .collect();
        self.passed = self.passed.saturating_sub(names.len());
        self.skipped.extend(notes.lines().map(ToOwned::to_owned));
    }

    /// Takes that `cargo test` failed, which may be because something did not compile or crashed.
    pub(crate) fn note_failure(&mut self) {
        self.failed = self.failed.max(1);
    }

    /// What was not tested.
    pub(crate) fn skipped(&self) -> impl Iterator<Item = &str> {
        self.skipped.iter().map(String::as_str)
    }

    /// The line that ends the summary.
    pub(crate) fn last_line(&self) -> String {
        format!(
            "{} passed, {} failed, {} skipped",
            self.passed,
            self.failed,
            self.skipped.len()
        )
    }
}

fn number_before(text: &str, what: &str) -> usize {
    let before = text.split(what).next().unwrap_or_default();
    before
        .rsplit(' ')
        .next()
        .and_then(|word| word.parse().ok())
        .unwrap_or(0)
}

fn ignored(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix("test ")?.split_once(" ... ignored")?;
    Some((name, rest.strip_prefix(", ").unwrap_or("ignored")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(lines: &[&str]) -> Counts {
        let mut counts = Counts::default();
        lines.iter().for_each(|line| counts.read_line(line));
        counts
    }

    #[test]
    fn results_of_all_executables_are_added() {
        let counts = counted(&[
            "test a ... ok",
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test b ... ignored, needs a wire",
            "test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        ]);
        assert_eq!(counts.last_line(), "15 passed, 2 failed, 1 skipped");
        assert_eq!(counts.skipped().collect::<Vec<_>>(), ["b: needs a wire"]);
    }

    #[test]
    fn a_test_that_skipped_itself_did_not_pass() {
        let mut counts = counted(&["test result: ok. 12 passed; 0 failed; 0 ignored"]);
        counts.note_skipped("interop: needs C NUT\ndumps: needs the dumps\n");
        assert_eq!(counts.last_line(), "10 passed, 0 failed, 2 skipped");
    }

    #[test]
    fn a_crash_is_a_failure() {
        let mut counts = counted(&["test result: ok. 12 passed; 0 failed; 0 ignored"]);
        counts.note_failure();
        assert_eq!(counts.last_line(), "12 passed, 1 failed, 0 skipped");
    }
}
