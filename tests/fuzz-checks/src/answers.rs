//! What must hold of every answer of upsd.

use crate::lines::{is_plain, only_line};

/// Every line is short, printable and whole; the answer is one line, or a list in its frame.
///
/// upsd echoes names as the client wrote them, so that words which need quotes may come back unreadable: then only their
/// own asker is troubled, and only length and line ends are looked at.
pub(crate) fn check_answer(request: &[&str], answer: &str) {
    assert!(
        answer.ends_with('\n'),
        "no whole line to {request:?}: {answer:?}"
    );
    let lines: Vec<&str> = answer.split_inclusive('\n').collect();
    for line in &lines {
        assert!(
            line.len() <= proto::LINE_MAX + 1,
            "too long to {request:?}: {line:?}"
        );
        let printable = line
            .trim_end_matches('\n')
            .bytes()
            .all(|byte| matches!(byte, 0x20..=0x7f));
        assert!(printable, "to {request:?}: {line:?}");
    }
    framed(&lines);
    if request.iter().all(|word| is_plain(word)) {
        lines
            .iter()
            .for_each(|line| assert!(!only_line(line).is_empty()));
    }
}

fn framed(lines: &[&str]) {
    let [first, rest @ ..] = lines else {
        panic!("no answer")
    };
    let Some(query) = first.strip_prefix("BEGIN LIST ") else {
        assert!(rest.is_empty(), "more than one line: {lines:?}");
        return;
    };
    let (last, items) = rest.split_last().expect("a list ends");
    assert_eq!(last.strip_prefix("END LIST "), Some(query));
    let keyword = query
        .split_ascii_whitespace()
        .next()
        .expect("a kind of list");
    for item in items {
        assert!(
            item.starts_with(&format!("{keyword} ")),
            "{item:?} in {first:?}"
        );
    }
}
