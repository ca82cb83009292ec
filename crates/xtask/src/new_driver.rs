//! `new-driver NAME [--kind soft|usb]`: a folder in `bin/` that compiles and runs, and has one test that fails: the one that wants
//! a real device's answer.
//!
//! [`templates`] are the files; [`readme`] tells of the driver in the README; [`trial`] is the test of all this: each kind is
//! made in a copy of the workspace, built, run, and tested.

mod readme;
mod templates;
pub(crate) mod trial;

use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use std::fs;
use std::path::Path;
use templates::{KINDS, Kind};

/// Makes the folder and tells how to go on.
pub(crate) fn run(name: &str, kind: &str) -> Result<()> {
    let workspace = Workspace::load()?;
    make(&workspace.root, name, kind_called(kind)?)?;
    println!(
        "bin/{name} is there. To go on:\n  \
         cargo test -p {name}      one test fails: it wants a real device's answer\n  \
         cargo run -p {name} -- -s test -x port=... -d 1\n  \
         cargo xtask generate      its manual page, and udev's rules for its devices"
    );
    Ok(())
}

fn kind_called(name: &str) -> Result<&'static Kind> {
    let kind = KINDS.iter().find(|kind| kind.name == name);
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    kind.ok_or_else(|| {
        Failure::told(format!(
            "there is no kind {name:?}; there are {}",
            names.join(", ")
        ))
    })
}

/// Makes the folder of a driver in the workspace at `root`.
fn make(root: &Path, name: &str, kind: &Kind) -> Result<()> {
    check_name(name)?;
    let dir = root.join("bin").join(name);
    if dir.exists() {
        return Err(Failure::told(format!("{} is there already", dir.display())));
    }
    let path = root.join("README.md");
    let text = fs::read_to_string(&path).map_err(Failure::io(path.display()))?;
    let readme = readme::with_driver(&text, name).ok_or_else(|| {
        Failure::told("README.md has no table of programs and their state any more")
    })?;
    for (file, text) in templates::render(name, kind) {
        let path = dir.join(file);
        let parent = path.parent().unwrap_or(&dir);
        fs::create_dir_all(parent).map_err(Failure::io(parent.display()))?;
        fs::write(&path, text).map_err(Failure::io(path.display()))?;
    }
    fs::write(&path, readme).map_err(Failure::io(path.display()))
}

/// A name is a program's and a package's.
fn check_name(name: &str) -> Result<()> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_plain) {
        return Ok(());
    }
    Err(Failure::told(format!(
        "{name:?} is no name for a driver; use a-z, 0-9, - and _, a letter first"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_once_and_only_under_a_plain_name() {
        let root = tempfile::tempdir().unwrap();
        fs::write(
            root.path().join("README.md"),
            "| program | state |\n|---|---|\n| upsd | works |\n",
        )
        .unwrap();
        let kind = kind_called("soft").unwrap();
        for wrong in ["", "Lab", "../lab", "9lab", "-lab", "lab ups"] {
            assert!(make(root.path(), wrong, kind).is_err(), "{wrong}");
        }
        make(root.path(), "lab-ups", kind).unwrap();
        let main = fs::read_to_string(root.path().join("bin/lab-ups/src/main.rs")).unwrap();
        assert!(main.contains("driver::start(&lab_ups::INFO)"), "{main}");
        let told = make(root.path(), "lab-ups", kind).unwrap_err().to_string();
        assert!(told.contains("there already"), "{told}");
        let readme = fs::read_to_string(root.path().join("README.md")).unwrap();
        assert_eq!(readme.matches("lab-ups").count(), 1);
    }

    #[test]
    fn a_kind_that_is_not_there_is_told_with_those_that_are() {
        let told = kind_called("pigeon").err().unwrap().to_string();
        assert!(told.contains("soft, usb"), "{told}");
    }
}
