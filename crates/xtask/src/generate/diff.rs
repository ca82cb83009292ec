//! What differs between a file and what it should be, short enough to read.

use std::path::Path;

/// Most lines that are shown of a file.
const SHOWN: usize = 20;

/// The lines that differ, with `-` those that are there and with `+` those that should be; nothing for the same text.
pub(super) fn of(path: &Path, have: Option<&str>, want: &str) -> Option<String> {
    let name = path.display();
    let Some(have) = have else {
        return Some(format!("{name}: is not there"));
    };
    if have == want {
        return None;
    }
    let have: Vec<&str> = have.lines().collect();
    let want: Vec<&str> = want.lines().collect();
    let same = |one: &[&str], other: &[&str], last: bool| {
        let pairs = one
            .iter()
            .zip(other)
            .take_while(|(one, other)| one == other);
        if last {
            let pairs = one.iter().rev().zip(other.iter().rev());
            return pairs.take_while(|(one, other)| one == other).count();
        }
        pairs.count()
    };
    let before = same(&have, &want, false);
    let shorter = have.len().min(want.len());
    let after = same(&have, &want, true).min(shorter - before);
    let middle = |lines: &[&str], sign: char| -> Vec<String> {
        let lines = lines.get(before..lines.len() - after).unwrap_or_default();
        lines.iter().map(|line| format!("{sign} {line}")).collect()
    };
    let changed = [middle(&have, '-'), middle(&want, '+')].concat();
    if changed.is_empty() {
        return Some(format!("{name}: differs at the end of its last line"));
    }
    let mut text = format!("{name}:{}:", before + 1);
    for line in changed.iter().take(SHOWN) {
        text.push_str("\n  ");
        text.push_str(line);
    }
    if changed.len() > SHOWN {
        text.push_str(&format!("\n  and {} lines more", changed.len() - SHOWN));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(have: &str, want: &str) -> Option<String> {
        of(Path::new("x"), Some(have), want)
    }

    #[test]
    fn only_what_differs_is_shown() {
        assert_eq!(diff("a\nb\n", "a\nb\n"), None);
        assert_eq!(
            diff("a\nb\nc\n", "a\nB\nc\n").unwrap(),
            "x:2:\n  - b\n  + B"
        );
        assert_eq!(diff("a\nc\n", "a\nb\nc\n").unwrap(), "x:2:\n  + b");
        assert_eq!(diff("a\na\n", "a\n").unwrap(), "x:2:\n  - a");
        assert!(diff("a", "a\n").unwrap().contains("last line"));
        assert_eq!(of(Path::new("x"), None, "a").unwrap(), "x: is not there");
    }

    #[test]
    fn a_long_difference_is_cut() {
        let long: String = (0..30).map(|number| format!("{number}\n")).collect();
        let told = diff("", &long).unwrap();
        assert!(told.ends_with("and 10 lines more"), "{told}");
    }
}
