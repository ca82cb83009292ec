//! What must hold of every problem that a file is told to have.

use config::{PROBLEMS_MAX, Place, Problem};

/// Problems are bounded, in order, inside the file, and safe to print.
pub(super) fn located(problems: &[Problem], source: &[u8]) {
    assert!(problems.len() <= PROBLEMS_MAX + 1);
    assert!(problems.is_sorted_by_key(|problem| problem.place));
    for problem in problems {
        within(problem.place.expect("a problem of some place"), source);
        let shown = problem.to_string();
        let lines: Vec<&str> = shown.split('\n').collect();
        assert!(matches!(lines.len(), 1 | 3), "{shown:?}");
        assert!(
            !shown.contains(|c: char| c.is_control() && c != '\n' && c != '\t'),
            "{shown:?}"
        );
        if let [_, cited, caret] = *lines {
            assert!(caret.ends_with('^'));
            // behind the last character there is the line end to point at
            assert!(
                caret.chars().count() <= cited.chars().count() + 1,
                "{shown:?}"
            );
        }
    }
}

/// A place is on a line of the file, and not more than one behind its last character.
pub(super) fn within(place: Place, source: &[u8]) {
    let index = usize::try_from(place.line).expect("a line number") - 1;
    let line = source.split(|&byte| byte == b'\n').nth(index);
    let line = line.unwrap_or_else(|| panic!("{place:?} is behind the file"));
    let most = String::from_utf8_lossy(line).chars().count() + 1;
    let col = usize::try_from(place.col).expect("a column");
    assert!((1..=most).contains(&col), "{place:?} is outside its line");
}

/// A password that stands in the file once is in no problem. One that our own words could contain is not looked for.
pub(super) fn secret(problems: &[Problem], password: &str, source: &[u8]) {
    let letters = bare(password.as_bytes());
    let telling = letters.len() >= 6 && letters.contains('Z') && letters.contains('9');
    if telling && bare(source).matches(&letters).count() == 1 {
        let password = unmarked(password);
        for problem in problems {
            let shown = problem.to_string();
            assert!(!unmarked(&shown).contains(&password), "told: {shown}");
        }
    }
}

/// The letters and digits of a text: where two of these are equal, what the lexer makes of both may be.
fn bare(text: &[u8]) -> String {
    let kept = text.iter().filter(|byte| byte.is_ascii_alphanumeric());
    kept.map(|byte| char::from(*byte)).collect()
}

/// A text without escapes, and without what stands in a message for bytes that the lexer drops.
fn unmarked(text: &str) -> String {
    let kept = |c: &char| c.is_ascii() && !matches!(c, '\\' | '?');
    text.chars().filter(kept).collect()
}
