//! Editing a file: what is set is said, and nothing else says anything else.

use crate::lines::read;
use config::edit::{Document, EditError, Format, Shell, Value};
use std::path::Path;

/// The first line is the value, the rest the file. Whatever they are, an edit is refused or does what it is for.
pub fn check_conf_edit(bytes: &[u8]) {
    let at = bytes.iter().position(|byte| *byte == b'\n');
    let (value, source) = bytes.split_at(at.unwrap_or(bytes.len()));
    let source = source.get(1..).unwrap_or_default();
    let value = String::from_utf8_lossy(value);
    directives(&value, source);
    for format in [Format::Ups, Format::Users] {
        sections(format, &value, source);
    }
    shell(&value, source);
}

fn directives(value: &str, source: &[u8]) {
    let set = |file: &mut Document| file.set("A", &[], &[value, "x"]);
    let Some((before, after)) = edited(Format::Directives, value, source, set) else {
        return;
    };
    assert_eq!(after.directives("A").last(), Some(&vec![value, "x"]));
    let is_mine = |words: &[String]| words.first().is_some_and(|word| word == "A");
    assert_eq!(
        lines(after.bytes(), is_mine),
        lines(before.bytes(), is_mine)
    );
    // half a line end at the end of the file is made a whole one, and goes with what was put behind it
    if before.bytes().ends_with(b"\r") {
        return;
    }
    let mut added = before.clone();
    if added.set("NEW", &["k"], &[value]).is_ok() && before.directives("NEW").is_empty() {
        added.retain("NEW", |_| false);
        assert_eq!(added.bytes(), before.bytes());
    }
}

fn sections(format: Format, value: &str, source: &[u8]) {
    let set = |file: &mut Document| {
        file.add_section("a")?;
        file.set_key("a", "A", Value::Words(&[value]))
    };
    let Some((before, after)) = edited(format, value, source, set) else {
        return;
    };
    let entry = after.entry("a", "A").expect("it was set");
    assert_eq!(entry.words, [value]);
    for section in before.sections().into_iter().filter(|name| *name != "a") {
        assert_eq!(after.entries(section), before.entries(section));
    }
    let is_mine = |words: &[String]| {
        let first = words.first().map_or("", String::as_str);
        first.eq_ignore_ascii_case("A") || first == "[a]"
    };
    assert_eq!(
        lines(after.bytes(), is_mine),
        lines(before.bytes(), is_mine)
    );
}

fn shell(value: &str, source: &[u8]) {
    let Ok(mut file) = Shell::parse(Path::new("f"), source) else {
        return;
    };
    let before = file.clone();
    if file.set("MODE", value).is_err() {
        assert_eq!(file.bytes(), before.bytes());
        return;
    }
    assert_eq!(file.get("MODE"), Some(value));
    for other in ["A", "X", "UPSD_OPTIONS"] {
        assert_eq!(file.get(other), before.get(other));
    }
}

/// The file before and after an edit; nothing if it is not to be edited, or cannot carry the value.
fn edited(
    format: Format,
    value: &str,
    source: &[u8],
    edit: impl Fn(&mut Document) -> Result<(), EditError>,
) -> Option<(Document, Document)> {
    let before = Document::parse(format, Path::new("f"), source).ok()?;
    let mut after = before.clone();
    if let Err(why) = edit(&mut after) {
        let bad = !value.is_ascii()
            || value.len() > text::WORD_MAX
            || value.chars().any(char::is_control);
        assert!(bad, "{why}");
        return None;
    }
    // what was written can be edited again, and saying the same changes nothing
    let again = Document::parse(format, Path::new("f"), after.bytes());
    let mut again = again.expect("an edited file is clear");
    edit(&mut again).expect("it was possible before");
    assert_eq!(again.bytes(), after.bytes());
    Some((before, after))
}

/// The words of each line that is not `mine`.
fn lines(source: &[u8], mine: impl Fn(&[String]) -> bool) -> Vec<Vec<String>> {
    let lines = read(source).into_iter().map(|line| line.words);
    lines
        .filter(|words| !words.is_empty() && !mine(words))
        .collect()
}
