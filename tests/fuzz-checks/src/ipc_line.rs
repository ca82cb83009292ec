//! The driver socket, in both directions.

use crate::lines::{is_plain, only_line, read};
use ipc::{Applied, ToDriver, ToServer, apply, dump};
use model::StateTree;

/// Lines whose effect on a state tree is looked at closely, which takes a dump each.
const LOOKED_AT: usize = 48;

/// A message is read as it was written; a tree made of any messages survives being dumped.
pub fn check_ipc_line(bytes: &[u8]) {
    let mut tree = StateTree::default();
    for (number, line) in read(bytes).iter().enumerate() {
        let words = line.words();
        if let Ok(message) = ToDriver::parse(&words) {
            to_driver(&message);
        }
        if let Ok(message) = ToServer::parse(&words) {
            to_server(&message);
            if number < LOOKED_AT {
                change(&message, &mut tree);
            } else {
                apply(&message, &mut tree);
            }
        }
    }
    redump(&tree);
}

fn to_driver(message: &ToDriver<'_>) {
    let mut text = String::new();
    message.write(&mut text);
    let words = only_line(&text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(ToDriver::parse(&words).as_ref(), Ok(message), "{text:?}");
}

/// A long value is cut when it is written; what was cut is read as it is.
fn to_server(message: &ToServer<'_>) {
    if matches!(message, ToServer::SetFlags { flags, .. } if flags.is_empty()) {
        return; // there is no line that clears flags; drivers tell the variable anew
    }
    let first = written(message);
    let words = only_line(&first);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let again = ToServer::parse(&words).expect("what we write is a message");
    assert_eq!(written(&again), first);
    if first.len() < ipc::VALUE_MAX {
        assert_eq!(again, *message, "{first:?}");
    }
}

fn written(message: &ToServer<'_>) -> String {
    let mut text = String::new();
    message.write(&mut text);
    text
}

/// The version moves on when, and only when, the contents change.
fn change(message: &ToServer<'_>, tree: &mut StateTree) {
    let before = tree.clone();
    let applied = apply(message, tree);
    let same = before.iter().eq(tree.iter()) && before.commands().eq(tree.commands());
    assert_eq!(before.version() == tree.version(), same, "{message:?}");
    if applied != Applied::Done {
        assert!(same, "{applied:?}: {message:?}");
    }
    let names = tree.iter().map(|(name, _)| name).chain(tree.commands());
    names.for_each(|name| assert!(is_plain(name), "no client can read {name:?}"));
}

/// A copy made from a dump is the same.
fn redump(tree: &StateTree) {
    let first = dumped(tree);
    let mut copy = StateTree::default();
    for line in read(first.as_bytes()) {
        let words = line.words();
        let message = ToServer::parse(&words).expect("a dump consists of messages");
        let applied = apply(&message, &mut copy);
        assert!(
            matches!(applied, Applied::Done | Applied::Elsewhere),
            "{message:?}"
        );
    }
    let cut = tree.iter().any(|(_, variable)| {
        let mut texts = variable.choices.iter().chain([&variable.value]);
        texts.any(|text| text.len() > ipc::VALUE_MAX / 2)
    });
    if !cut {
        assert!(copy.iter().eq(tree.iter()), "{first}");
        assert!(copy.commands().eq(tree.commands()), "{first}");
    }
}

fn dumped(tree: &StateTree) -> String {
    let mut text = String::new();
    dump(tree, false, &mut text);
    text
}
