//! Texts that a test makes, and the files that say what they are to be.

use std::env;
use std::fs;
use std::path::Path;

/// Environment variable that has expected texts written instead of compared.
pub const UPDATE: &str = "UPDATE_EXPECTED";

/// Lines shown around the first difference.
const AROUND: usize = 3;

/// Compares what a test has made with the file that says what is expected. With [`UPDATE`] set to 1 the file is written instead;
/// who does that reads the difference before it is committed. `test` is the command that runs the test.
///
/// # Errors
/// The first difference, or that there is no such file, and the command that accepts what was made.
pub fn expect_file(path: &Path, made: &str, test: &str) -> Result<(), String> {
    if env::var_os(UPDATE).is_some_and(|value| value == "1") {
        return fs::write(path, made).map_err(|error| format!("{}: {error}", path.display()));
    }
    compare(path, made).map_err(|difference| {
        let name = path.display();
        format!("{name}: {difference}\n  if what was made is right: {UPDATE}=1 {test}")
    })
}

fn compare(path: &Path, made: &str) -> Result<(), String> {
    let expected = fs::read_to_string(path).map_err(|error| {
        format!(
            "cannot read what is expected: {error}; made were {} lines",
            made.lines().count()
        )
    })?;
    if expected == made {
        return Ok(());
    }
    let same = expected
        .lines()
        .zip(made.lines())
        .take_while(|(one, other)| one == other);
    let first = same.count();
    let from = first.saturating_sub(AROUND);
    let part = |text: &str| {
        let lines = text.lines().skip(from).take(first - from + AROUND + 1);
        lines
            .map(|line| format!("\n    {line}"))
            .collect::<String>()
    };
    Err(format!(
        "differs from line {}\n  expected:{}\n  made:{}",
        first + 1,
        part(&expected),
        part(made)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_shown_with_what_is_around_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.expected");
        fs::write(&path, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n").unwrap();
        assert_eq!(compare(&path, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"), Ok(()));
        let difference = compare(&path, "1\n2\n3\n4\n5\nsix\n7\n8\n9\n10\n").unwrap_err();
        let expected = "differs from line 6\n  expected:\n    3\n    4\n    5\n    6\n    7\n    8\n    9\n  made:\n    3\n    4\n    5\n    six\n    7\n    8\n    9";
        assert_eq!(difference, expected);
        assert!(compare(&path, "1\n2\n").is_err());
    }

    #[test]
    fn a_missing_file_is_told_with_the_command_that_makes_it() {
        let dir = tempfile::tempdir().unwrap();
        let told =
            expect_file(&dir.path().join("a.expected"), "1\n", "cargo test -p x y").unwrap_err();
        assert!(
            told.contains("a.expected") && told.ends_with("UPDATE_EXPECTED=1 cargo test -p x y"),
            "{told}"
        );
    }
}
