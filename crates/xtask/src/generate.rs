//! `generate`: files that follow from what the drivers know, so that no table is written twice.
//!
//! | file | from |
//! |---|---|
//! | `packaging/udev/62-nut-usbups.rules` | the USB ids of all drivers |
//! | `packaging/driver.list`, `docs/hardware.md` | the devices of all drivers |
//! | `docs/man/<driver>.8.md`, its table of settings; `conf/ups.conf.drivers.sample` | the options of that driver |
//! | `docs/man/<program>.8.md`, its table of options | the help of that program |
//! | `docs/man/nut-check.8.md`, its table of findings | `nut-check --rules` |
//! | `packaging/completions/` | the help of programs |
//! | `docs/man/<file>.5.md`, its table of directives | the table by which that file is read |
//!
//! Every driver tells them itself (`--describe`, crates/driver/src/describe.rs), so a new driver is in all of them without a
//! line here, and this program is not built with the drivers' libraries. So does every other program with its help.

mod completions;
mod diff;
mod driver_list;
mod facts;
mod files;
mod hardware;
mod help;
mod manual;
mod settings_sample;
mod udev;

use crate::cargo::{ask, cargo, perform};
use crate::demo::built_programs;
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use facts::Facts;
use help::Opt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that takes no options, so that nobody is to call it for its help.
const WITHOUT_OPTIONS: &[&str] = &["upsmon-helper"];

/// The program that tells what it looks for, too.
const CHECKER: &str = "nut-check";

/// One file: its path below the workspace's root, and what it is to hold.
struct Generated {
    path: PathBuf,
    text: String,
}

/// Writes all files.
pub(crate) fn run() -> Result<()> {
    let workspace = Workspace::load()?;
    build(&workspace)?;
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
    build(&workspace)?;
    check_built(&workspace)
}

/// The same with programs that are built already.
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

fn build(workspace: &Workspace) -> Result<()> {
    let mut build = cargo();
    build.args(["build", "--quiet"]);
    for package in workspace.packages.iter().filter(|one| one.is_program()) {
        build.args(["--package", &package.name]);
    }
    perform(&mut build)
}

/// The options of a program, as its help tells them.
fn options(programs: &Path, name: &str) -> Result<Vec<Opt>> {
    let help = ask(Command::new(programs.join(name)).arg("-h"))?;
    Ok(help::options(&help))
}

fn generate(workspace: &Workspace) -> Result<Vec<Generated>> {
    let programs = built_programs(&workspace.target);
    let drivers = drivers(workspace)?;
    let mut all = Vec::new();
    for driver in &drivers {
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
        file("conf/ups.conf.drivers.sample", settings_sample::text(&all)),
    ];
    let page = |name: &str| format!("docs/man/{name}.md");
    let have = |name: &str| read(&workspace.root.join(page(name)));
    for facts in &all {
        let name = format!("{}.8", facts.name);
        let text = manual::driver(facts, have(&name)?.as_deref())?;
        files.push(file(&page(&name), text));
    }
    let known: Vec<completions::Known<'_>> = completions::PROGRAMS
        .iter()
        .map(|program| Ok((program, options(&programs, program.name)?)))
        .collect::<Result<_>>()?;
    files.extend([
        file(
            "packaging/completions/locknut.bash",
            completions::bash(&known),
        ),
        file("packaging/completions/_locknut", completions::zsh(&known)),
        file(
            "packaging/completions/locknut.fish",
            completions::fish(&known),
        ),
    ]);
    for program in workspace.packages.iter().filter(|one| one.is_program()) {
        let is_driver = drivers.contains(&program.name.as_str());
        if is_driver || WITHOUT_OPTIONS.contains(&program.name.as_str()) {
            continue;
        }
        let name = format!("{}.8", program.name);
        let options = options(&programs, &program.name)?;
        let mut text = manual::program(&program.name, &options, have(&name)?.as_deref())?;
        if program.name == CHECKER {
            let rules = ask(Command::new(programs.join(CHECKER)).arg("--rules"))?;
            text = manual::rules(&name, &text, &rules)?;
        }
        files.push(file(&page(&name), text));
    }
    if let Some(driver) = drivers.first() {
        let text = have("nutupsdrv.8")?.unwrap_or_default();
        let text = manual::drivers(&options(&programs, driver)?, &text)?;
        files.push(file(&page("nutupsdrv.8"), text));
    }
    for conf in files::all() {
        let name = format!("{}.5", conf.name);
        let text = have(&name)?.unwrap_or_default();
        files.push(file(&page(&name), manual::file(&conf, &text)?));
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
