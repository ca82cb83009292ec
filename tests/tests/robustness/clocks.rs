//! A clock that is set by an hour, back or forth, changes nothing: no program asks it for a decision.
//!
//! Setting the machine's clock would disturb everything that runs on it, and a time namespace can shift only the
//! clocks that nobody can set. So this is shown in the sources of all that is shipped: what is kept apart by time uses
//! `Instant`, tokio's timers or the kernel's time-outs, which are all monotonic, and the names by which a Rust program
//! learns the time of day do not occur, but where a table here says why.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the sources of what is shipped are.
const SOURCES: &[&str] = &["bin", "crates"];
/// What is not shipped.
const TOOLS: &[&str] = &["crates/xtask", "crates/testkit"];

/// Names by which a program learns the time of day.
const WORDS: &[&str] = &[
    "SystemTime",
    "UNIX_EPOCH",
    "CLOCK_REALTIME",
    "gettimeofday",
    "localtime",
    "gmtime",
    "chrono::",
    "OffsetDateTime",
    ".modified()",
    ".accessed()",
    ".created()",
];

/// Where the time of day may be asked for: file or directory, words, reason.
const ALLOWED: &[(&str, &[&str], &str)] = &[
    (
        "bin/dummy-ups/src/file.rs",
        &["UNIX_EPOCH", ".modified()"],
        "its tests give files a time; the driver only asks whether that differs from the last one",
    ),
    (
        "bin/upssched/src/serve.rs",
        &["SystemTime", "UNIX_EPOCH"],
        "the list of timers shows people when each is due; the timers run by monotonic time",
    ),
    (
        "bin/upslog/src/run.rs",
        &["SystemTime", "UNIX_EPOCH"],
        "the time of day is what its lines begin with; when it polls is monotonic",
    ),
    (
        "crates/daemon/src/local_time.rs",
        &["localtime"],
        "shows people the time of day",
    ),
    (
        "bin/nut-driver-enumerator/src/sync.rs",
        &["SystemTime", ".modified()"],
        "asks whether a file's time differs from the last one",
    ),
    (
        "crates/tls",
        &["SystemTime", "UNIX_EPOCH"],
        "certificates are valid from a day to another",
    ),
    (
        "crates/client",
        &["SystemTime"],
        "tells `tls` what day it is",
    ),
    (
        "bin/upsd/src/encryption.rs",
        &["SystemTime"],
        "tells `tls` what day it is",
    ),
    (
        "bin/upsmon/src/encryption.rs",
        &["SystemTime"],
        "tells `tls` what day it is",
    ),
    (
        "bin/upsd/src/start.rs",
        &["SystemTime"],
        "tells `tls` each hour what day it is, for the warning that a certificate ends",
    ),
    (
        "bin/upsmon/src/shell.rs",
        &["SystemTime"],
        "tells `tls` each hour what day it is, for the warning that a certificate ends",
    ),
    (
        "bin/nut-check/src/collect/certificates.rs",
        &["SystemTime"],
        "tells `tls` what day it is",
    ),
    (
        "bin/upsd-tls",
        &["SystemTime", "UNIX_EPOCH"],
        "makes certificates that are valid from today on",
    ),
];

#[test]
fn no_decision_depends_on_the_time_of_day() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    SOURCES
        .iter()
        .for_each(|dir| collect(&root.join(dir), &mut files));
    files.retain(|file| !TOOLS.iter().any(|dir| file.starts_with(root.join(dir))));
    assert!(files.len() > 100, "{files:#?}");
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(root).unwrap().display().to_string();
        let occurs = |word: &&&str| code(&text).any(|line| line.contains(**word));
        found.extend(
            WORDS
                .iter()
                .filter(occurs)
                .map(|word| (name.clone(), *word)),
        );
    }
    let allowed = |file: &str, word| {
        ALLOWED
            .iter()
            .any(|(place, words, _)| Path::new(file).starts_with(place) && words.contains(&word))
    };
    found.retain(|(file, word)| !allowed(file, *word));
    assert!(found.is_empty(), "the time of day is used in {found:#?}");
}

/// The lines that are no comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
