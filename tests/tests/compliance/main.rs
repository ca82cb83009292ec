//! The same conversations with our upsd and with C NUT's, told in the text files of `conversations/`.
//!
//! | file | holds |
//! |---|---|
//! | `worked-examples.txt` | the examples of the network specification |
//! | `wire-rules.txt` | what clients of the field rely on |
//! | `words.txt` | what is a word, a line, a comment: the specification's tokenizer |
//! | `checks.txt` | which of several mistakes is told: the order of checks, command by command |
//! | `driver-says.txt` | what a driver says, and what clients see of it |
//! | `limits.txt` | long words, long lines, many of them |
//!
//! C's programs are those of the distribution, 2.8.0 with Debian 12. Where they answer otherwise, the file says
//! so and why: an older version, or something that `docs/differences.md` lists. The format is described in
//! `script.rs`.

#![cfg(test)]

mod lab;
mod script;
mod syntax;
mod talk;

use lab::Lab;
use script::Script;
use tests::Subject;

const FILES: &[(&str, &str)] = &[
    (
        "worked-examples.txt",
        include_str!("conversations/worked-examples.txt"),
    ),
    (
        "wire-rules.txt",
        include_str!("conversations/wire-rules.txt"),
    ),
    ("words.txt", include_str!("conversations/words.txt")),
    ("checks.txt", include_str!("conversations/checks.txt")),
    (
        "driver-says.txt",
        include_str!("conversations/driver-says.txt"),
    ),
    ("limits.txt", include_str!("conversations/limits.txt")),
];

#[test]
fn every_conversation_with_locknut() {
    play(&Subject::Locknut);
}

#[test]
fn every_conversation_with_c_nut() {
    if let Some(peers) = Subject::c("every_conversation_with_c_nut") {
        play(&peers);
    }
}

#[test]
fn every_worked_example_of_the_specification_is_told() {
    let (name, text) = FILES[0];
    let script = Script::parse(name, text);
    let examples = script
        .titles()
        .filter(|title| title.starts_with("example "));
    assert_eq!(examples.count(), 35);
}

/// Each file with a server of its own; what fails is told of all files.
fn play(subject: &Subject) {
    let mut wrong = Vec::new();
    for (name, text) in FILES {
        let script = Script::parse(name, text);
        wrong.extend(Lab::start(subject).play(&script));
    }
    assert!(
        wrong.is_empty(),
        "{subject}, {} conversations:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
