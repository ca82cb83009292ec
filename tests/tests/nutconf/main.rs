//! nutconf on copies of the samples, on nothing, and on what it must not touch.

#![cfg(test)]

mod pairs;
mod refusals;
mod setup;

use std::fs;
use std::path::Path;
use testkit::{Finished, Program, Sandbox};

/// Every file that nutconf changes.
const FILES: [&str; 5] = [
    "nut.conf",
    "ups.conf",
    "upsd.conf",
    "upsd.users",
    "upsmon.conf",
];

/// A sandbox with copies of the samples.
fn with_samples() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in FILES {
        sandbox.write(name, &sample(name));
    }
    sandbox
}

fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../conf/{name}.sample"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn nutconf(sandbox: &Sandbox, words: &[&str]) -> Finished {
    Program::locknut("nutconf", sandbox).args(words).run()
}

/// The same; it must do it, without a word.
#[track_caller]
fn done(sandbox: &Sandbox, words: &[&str]) -> String {
    let done = nutconf(sandbox, words);
    assert_eq!(
        (done.code, done.stderr.as_str()),
        (Some(0), ""),
        "{words:?}"
    );
    done.stdout
}

fn text(sandbox: &Sandbox, name: &str) -> String {
    fs::read_to_string(sandbox.etc().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}
