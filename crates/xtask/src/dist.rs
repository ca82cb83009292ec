//! `dist`: what a distribution ships: an install tree with every path settable, the sizes of the programs in it, packages.
//!
//! ```text
//! wishes --places--> build (LOCKNUT_*) --programs--> tree <--files-- packaging/*.in, filled by template
//!                                                     |<--pages-- docs/man, made by lowdown
//!                                                     |--> sizes: printed, and held to their limits
//!                                                     +--> deb: the tree, divided among packages
//! ```
//! Programs appear by being in `bin/`. Drivers go to their directory, all others to that of commands, unless their manifest
//! says otherwise; see [`programs`].

mod deb;
mod files;
mod link;
mod manual;
mod places;
mod programs;
mod sizes;
mod template;
mod tree;
mod wishes;

use crate::cargo::{cargo, exists, perform};
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use manual::Page;
use places::Places;
use programs::Installed;
use std::fs;
use std::path::{Path, PathBuf};
use wishes::Wishes;

/// The profile of what is shipped.
const SHIPPED: &str = "dist";

/// The chore.
pub(crate) fn run(words: &[&str]) -> Result<()> {
    let wishes = Wishes::of(words)?;
    let workspace = Workspace::load()?;
    build(&workspace, &wishes)?;
    let programs = built(&workspace, &wishes.profile);
    let all = programs::all(&workspace, &programs)?;
    let root = wishes
        .destdir
        .clone()
        .unwrap_or_else(|| workspace.target.join("install"));
    if wishes.destdir.is_none() {
        empty(&root)?;
    }
    tree::make(&root, &workspace, &all, &wishes.places, wishes.strips())?;
    let pages = Page::all(&workspace, &all)?;
    manual::make(&root, &pages, &wishes.places)?;
    println!("installed below {}", root.display());
    let sizes = sizes::measure(&root, &all, &wishes.places)?;
    print!("{}", sizes::table(&sizes));
    if wishes.deb {
        for package in pack(&workspace, &wishes.profile)? {
            println!("{}", package.display());
        }
    }
    let over = sizes::over(&sizes);
    if wishes.limits && !over.is_empty() {
        return Err(Failure::told(over.join("\n")));
    }
    Ok(())
}

/// Makes the .deb files of programs that are built already, and gives the directory.
pub(crate) fn packages_of_built(workspace: &Workspace) -> Result<PathBuf> {
    pack(workspace, "dev")?;
    Ok(workspace.target.join("packages"))
}

/// What packages cannot be made without, and is not there.
pub(crate) fn lacking() -> Option<&'static str> {
    if exists("dpkg-deb") {
        manual::lacking()
    } else {
        Some("dpkg-deb, as Debian and its kin have it")
    }
}

/// The .deb files, of a tree with Debian's paths.
fn pack(workspace: &Workspace, profile: &str) -> Result<Vec<PathBuf>> {
    let programs = built(workspace, profile);
    let all = programs::all(workspace, &programs)?;
    let root = workspace.target.join("packages.tree");
    empty(&root)?;
    tree::make(
        &root,
        workspace,
        &all,
        &Places::default(),
        profile != SHIPPED,
    )?;
    let pages = Page::all(workspace, &all)?;
    manual::make(&root, &pages, &Places::default())?;
    let to = workspace.target.join("packages");
    empty(&to)?;
    let made = deb::make(&to, &root, workspace, &all, &pages, profile != SHIPPED)?;
    empty(&root)?;
    Ok(made)
}

fn build(workspace: &Workspace, wishes: &Wishes) -> Result<()> {
    if wishes.built {
        return Ok(());
    }
    let mut build = cargo();
    build.args(["build", "--quiet", "--locked", "--profile", &wishes.profile]);
    for package in workspace.packages.iter().filter(|one| one.is_program()) {
        build.args(["--package", &package.name]);
    }
    // the debug profile is that of the tests: with default paths they share it
    build.envs(wishes.places.environment());
    if wishes.profile == SHIPPED {
        build.envs(link::environment());
    }
    perform(&mut build)
}

/// Where cargo puts what it builds with a profile.
fn built(workspace: &Workspace, profile: &str) -> PathBuf {
    workspace.target.join(match profile {
        "dev" => "debug",
        other => other,
    })
}

fn empty(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).map_err(Failure::io(dir.display()))?;
    }
    fs::create_dir_all(dir).map_err(Failure::io(dir.display()))
}

/// The places that a program and its other names have, below the root of a tree.
fn paths(root: &Path, places: &Places, program: &Installed) -> PathBuf {
    places.under(root, &program.place).join(&program.name)
}
