//! The manual pages in `docs/man`: what they refer to is there, and nut.conf(5) tells what is read of nut.conf. Their tables are
//! compared with the programs by `cargo xtask generate --check`.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Pages of others that ours refer to.
const FOREIGN: &[&str] = &["strftime(3)", "systemctl(1)", "systemd.generator(7)"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All files below a directory whose names end so, with their texts.
fn texts(dir: &Path, ends: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap_or_else(|why| panic!("{}: {why}", dir.display())) {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        if path.is_dir() {
            found.extend(texts(&path, ends));
        } else if ends.iter().any(|end| name.ends_with(end)) {
            found.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_.-".contains(c)
}

/// What a text says of the form `upsd(8)`.
fn references(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices('(') {
        let (before, from) = text.split_at(at);
        let section = from.get(1..3).unwrap_or_default();
        let begin = before.trim_end_matches(is_of_name).len();
        let name = &before[begin..];
        let is_section = section.starts_with(|c: char| c.is_ascii_digit());
        if is_section && section.ends_with(')') && !name.is_empty() {
            found.insert(format!("{name}({section}"));
        }
    }
    found
}

#[test]
fn every_page_is_what_its_name_says_and_refers_to_pages_that_are_there() {
    let pages = texts(&root().join("docs/man"), &[".md"]);
    let title = |path: &Path| {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let (name, section) = name.rsplit_once('.').unwrap();
        format!("{name}({section})")
    };
    let titles: BTreeSet<String> = pages.iter().map(|(path, _)| title(path)).collect();
    let units = texts(&root().join("packaging/systemd"), &[".in"]);
    let mut wrong = Vec::new();
    for (path, text) in pages.iter().chain(&units) {
        let known = |name: &String| titles.contains(name) || FOREIGN.contains(&name.as_str());
        let lost = references(text).into_iter().filter(|name| !known(name));
        wrong.extend(lost.map(|name| format!("{}: {name}", path.display())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (path, text) in &pages {
        let title = title(path);
        let (name, _) = title.split_once('(').unwrap();
        let begin = format!("# {title}\n\n## Name\n\n{name}");
        assert!(text.starts_with(&begin), "{}", path.display());
        assert!(text.contains("\n## See also\n"), "{}", path.display());
    }
}

#[test]
fn nut_conf_tells_what_is_read_of_it_and_nothing_else() {
    let known: BTreeSet<&str> = config::nut::SETTINGS.iter().map(|one| one.name).collect();
    let units = texts(&root().join("packaging/systemd"), &[".in"]);
    let mut read = BTreeSet::new();
    for (path, text) in &units {
        for piece in text.split('$').skip(1) {
            let piece = piece.trim_start_matches('{');
            let end = piece.find(|c: char| !(c.is_ascii_uppercase() || c == '_'));
            let name = piece.get(..end.unwrap_or(piece.len())).unwrap();
            // what systemd sets
            if !name.is_empty() && name != "MAINPID" {
                assert!(known.contains(name), "{}: {name}", path.display());
                read.insert(name.to_owned());
            }
        }
    }
    let programs = [
        texts(&root().join("bin"), &[".rs"]),
        texts(&root().join("crates"), &[".rs"]),
    ];
    for name in known {
        let quoted = format!("\"{name}\"");
        let is_read = |(path, text): &(PathBuf, String)| {
            !path.ends_with("config/src/nut.rs") && text.contains(&quoted)
        };
        let in_program = programs.iter().flatten().any(is_read);
        assert!(in_program || read.contains(name), "nobody reads {name}");
    }
}

#[test]
fn references_are_found() {
    let found = references("see upsd.conf(5), nut-x(8) and (8), f(x), exit(2x)");
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        ["nut-x(8)", "upsd.conf(5)"]
    );
}
