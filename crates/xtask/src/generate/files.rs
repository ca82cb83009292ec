//! The configuration files and what may stand in them.

use client::auth::KEYS;
use config::manual::{self, Entry, File, Part};

/// Those of crate `config`, and nutauth.conf, which clients read.
pub(super) fn all() -> Vec<File> {
    let entries = KEYS.iter().map(|key| Entry {
        name: key.name,
        between: if key.has_equals() { " = " } else { " " },
        args: key.args,
        doc: key.doc,
        is_removed: false,
    });
    let nutauth = File {
        name: "nutauth.conf",
        parts: vec![Part {
            place: "",
            entries: entries.collect(),
        }],
    };
    let mut files = manual::files();
    files.push(nutauth);
    files
}
