//! `generate`: files that follow from what the drivers know, so that no table is written twice.
//!
//! | file | from |
//! |---|---|
//! | `packaging/udev/62-nut-usbups.rules` | the USB ids of all drivers |
//! | `packaging/driver.list`, `docs/hardware.md` | the devices of all drivers |
//! | `docs/man/<driver>.8.md`, its table of settings | the options of that driver |
//!
//! Every driver tells them itself (`--describe`, crates/driver/src/describe.rs), so a new driver is in all of them without a
//! line here, and this program is not built with the drivers' libraries.

mod diff;
mod driver_list;
mod facts;
mod hardware;
mod manual;
mod udev;

use crate::cargo::{ask, cargo, perform};
use crate::demo::built_programs;
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use facts::Facts;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One file: its path below the workspace's root, and what it is to hold.
struct Generated {
    path: PathBuf,
    text: String,
}

/// Writes all files.
pub(crate) fn run() -> Result<()> {
    let workspace = Workspace::load()?;
    build(&drivers(&workspace)?)?;
    let mut changed = 0;
    for file in generate(&workspace)? {
        let path = workspace.root.join(&file.path);
        if read(&path)?.as_deref() == Some(&file.text) {
            continue;
        }
        let dir = path.parent().unwrap_or(&workspace.root);
        fs::create_dir_all(dir).map_err(Failure::io(dir.display()))?;
        fs::write(&path, &file.text).map_err(Failure::io(path.display()))?;
        println!("{}: written", file.path.display());
        changed += 1;
    }
    println!("{changed} files changed");
    Ok(())
}

/// Compares all files with what they are to hold, and fails with what differs.
pub(crate) fn check() -> Result<()> {
    let workspace = Workspace::load()?;
    build(&drivers(&workspace)?)?;
    check_built(&workspace)
}

/// The same with drivers that are built already.
pub(crate) fn check_built(workspace: &Workspace) -> Result<()> {
    let files = generate(workspace)?;
    let mut wrong = Vec::new();
    for file in &files {
        let have = read(&workspace.root.join(&file.path))?;
        wrong.extend(diff::of(&file.path, have.as_deref(), &file.text));
    }
    if wrong.is_empty() {
        println!("{} generated files are as they should be", files.len());
        return Ok(());
    }
    Err(Failure::told(format!(
        "generated files are not up to date; run `cargo xtask generate`:\n{}",
        wrong.join("\n")
    )))
}

/// The drivers: programs whose `main` is the framework's.
fn drivers(workspace: &Workspace) -> Result<Vec<&str>> {
    let mut drivers = Vec::new();
    for package in workspace
        .packages
        .iter()
        .filter(|package| package.is_program())
    {
        let main = read(&workspace.root.join(&package.dir).join("src/main.rs"))?;
        if main.is_some_and(|main| main.contains("driver::start(")) {
            drivers.push(package.name.as_str());
        }
    }
    Ok(drivers)
}

/// The other names of each driver that is built in `programs`: links are to be made for them.
pub(crate) fn aliases(
    workspace: &Workspace,
    programs: &Path,
) -> Result<Vec<(String, Vec<String>)>> {
    let named = |driver: &&str| Ok(((*driver).to_owned(), ask_driver(programs, driver)?.aliases));
    drivers(workspace)?.iter().map(named).collect()
}

fn ask_driver(programs: &Path, driver: &str) -> Result<Facts> {
    let said = ask(Command::new(programs.join(driver)).arg("--describe"))?;
    Facts::read(&said).map_err(|why| Failure::told(format!("{driver}: {why}")))
}

fn build(drivers: &[&str]) -> Result<()> {
    let mut build = cargo();
    build.args(["build", "--quiet"]);
    for driver in drivers {
        build.args(["--package", driver]);
    }
    perform(&mut build)
}

fn generate(workspace: &Workspace) -> Result<Vec<Generated>> {
    let programs = built_programs(&workspace.target);
    let mut all = Vec::new();
    for driver in drivers(workspace)? {
        all.push(ask_driver(&programs, driver)?);
    }
    let file = |path: &str, text: String| Generated {
        path: path.into(),
        text,
    };
    let mut files = vec![
        file("packaging/udev/62-nut-usbups.rules", udev::rules(&all)?),
        file("packaging/driver.list", driver_list::text(&all)),
        file("docs/hardware.md", hardware::text(&all)),
    ];
    for facts in &all {
        let path = format!("docs/man/{}.8.md", facts.name);
        let have = read(&workspace.root.join(&path))?;
        files.push(file(&path, manual::page(facts, have.as_deref())?));
    }
    Ok(files)
}

fn read(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io(path.display())(error)),
    }
}
