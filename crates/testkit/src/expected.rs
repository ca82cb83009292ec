//! Texts that a test makes, and the files that say what they are to be.

use std::env;
use std::fs;
use std::io;
use std::path::Path;

use crate::failure::fail;

/// Environment variable that has expected texts written instead of compared.
pub const UPDATE: &str = "UPDATE_EXPECTED";

/// How the names of files with expected texts end.
const EXPECTED: &str = "expected";
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

/// For every file in `dir` that ends so: compares what `make` makes of its text with the `.expected` beside it, as [`expect_file`]
/// does. A new file is a new test, and a `.expected` without its file is a mistake, too.
///
/// Panics with everything that is wrong.
#[track_caller]
pub fn expect_files(
    dir: &Path,
    extension: &str,
    test: &str,
    make: &dyn Fn(&str) -> Result<String, String>,
) {
    match every_file(dir, extension, test, make) {
        Ok(wrong) if wrong.is_empty() => {}
        Ok(wrong) => fail(wrong.join("\n")),
        Err(error) => fail(format!("{}: {error}", dir.display())),
    }
}

fn every_file(
    dir: &Path,
    extension: &str,
    test: &str,
    make: &dyn Fn(&str) -> Result<String, String>,
) -> io::Result<Vec<String>> {
    let paths = fs::read_dir(dir)?.map(|entry| Ok(entry?.path()));
    let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    let ends = |path: &Path, wanted: &str| path.extension().is_some_and(|end| end == wanted);
    let mut wrong = Vec::new();
    for path in &paths {
        if ends(path, extension) {
            let text = fs::read_to_string(path)?;
            let made = make(&text).map_err(|why| format!("{}: {why}", path.display()));
            let checked =
                made.and_then(|made| expect_file(&path.with_extension(EXPECTED), &made, test));
            wrong.extend(checked.err());
        } else if ends(path, EXPECTED) && !paths.contains(&path.with_extension(extension)) {
            wrong.push(format!(
                "{}: there is no .{extension} of that name",
                path.display()
            ));
        }
    }
    Ok(wrong)
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

    #[test]
    fn every_file_of_a_folder_is_a_test_and_every_expectation_has_its_file() {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("a.rec", "1"),
            ("a.expected", "made of 1"),
            ("b.rec", "2"),
            ("b.expected", "made of 1"),
            ("c.rec", "odd"),
            ("d.expected", ""),
            ("e.txt", ""),
        ] {
            fs::write(dir.path().join(name), text).unwrap();
        }
        let make = |text: &str| match text {
            "odd" => Err("line 7: odd".to_owned()),
            text => Ok(format!("made of {text}")),
        };
        let wrong = every_file(dir.path(), "rec", "cargo test", &make).unwrap();
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong[0].contains("b.expected: differs"), "{wrong:?}");
        assert!(wrong[1].contains("c.rec: line 7: odd"), "{wrong:?}");
        assert!(
            wrong[2].contains("d.expected: there is no .rec"),
            "{wrong:?}"
        );
    }
}
