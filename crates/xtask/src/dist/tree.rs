//! The install tree.

use super::files::{FILES, File, LINKS, Link};
use super::places::Places;
use super::programs::Installed;
use super::{paths, template};
use crate::cargo::perform;
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Installs all below `root`.
pub(super) fn make(
    root: &Path,
    workspace: &Workspace,
    programs: &[Installed],
    places: &Places,
    strips: bool,
) -> Result<()> {
    for program in programs {
        install(root, places, program, strips)?;
    }
    for file in FILES {
        write(
            &path(root, places, file),
            &text(workspace, places, file)?,
            file.mode,
        )?;
    }
    for link in LINKS {
        make_link(root, places, link)?;
    }
    Ok(())
}

/// Leads to where the program will be, from below whatever root.
fn make_link(root: &Path, places: &Places, wanted: &Link) -> Result<()> {
    let (place, name) = wanted.to;
    if !places.under(root, place).join(name).exists() {
        return Ok(());
    }
    let path = places.under(root, wanted.place).join(wanted.name);
    make_dir(&path)?;
    let target = format!("{}/{name}", places.get(place).unwrap_or_default());
    link(
        &path,
        &relative(places.get(wanted.place).unwrap_or_default(), &target),
    )
}

/// `target` as seen from the directory `from`; both are absolute.
fn relative(from: &str, target: &str) -> String {
    let from: Vec<&str> = from.split('/').filter(|step| !step.is_empty()).collect();
    let to: Vec<&str> = target.split('/').filter(|step| !step.is_empty()).collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(common).map(|_| "..");
    let steps: Vec<&str> = up.chain(to.into_iter().skip(common)).collect();
    steps.join("/")
}

/// Where a file goes.
pub(super) fn path(root: &Path, places: &Places, file: &File) -> PathBuf {
    let name = file.from.rsplit('/').next().unwrap_or(file.from);
    let name = name.strip_suffix(".in").unwrap_or(name);
    places.under(root, file.place).join(name)
}

fn text(workspace: &Workspace, places: &Places, file: &File) -> Result<String> {
    let from = workspace.root.join(file.from);
    let text = fs::read_to_string(&from).map_err(Failure::io(from.display()))?;
    if file.from.ends_with(".in") {
        return template::fill_all(file.from, &text, places);
    }
    // made by a build with the default group
    let group = places.get("group").unwrap_or("nut");
    Ok(text.replace("GROUP=\"nut\"", &format!("GROUP=\"{group}\"")))
}

fn install(root: &Path, places: &Places, program: &Installed, strips: bool) -> Result<()> {
    let to = paths(root, places, program);
    make_dir(&to)?;
    if strips {
        perform(Command::new("strip").arg("-o").arg(&to).arg(&program.built))?;
    } else {
        fs::copy(&program.built, &to).map_err(Failure::io(program.built.display()))?;
    }
    set_mode(&to, 0o755)?;
    for alias in &program.aliases {
        link(&to.with_file_name(alias), &program.name)?;
    }
    Ok(())
}

/// A link to a file beside it.
fn link(path: &Path, target: &str) -> Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        fs::remove_file(path).map_err(Failure::io(path.display()))?;
    }
    symlink(target, path).map_err(Failure::io(path.display()))
}

pub(super) fn write(path: &Path, text: &str, mode: u32) -> Result<()> {
    make_dir(path)?;
    fs::write(path, text).map_err(Failure::io(path.display()))?;
    set_mode(path, mode)
}

fn make_dir(path: &Path) -> Result<()> {
    let dir = path.parent().unwrap_or(path);
    fs::create_dir_all(dir).map_err(Failure::io(dir.display()))
}

fn set_mode(path: &Path, mode: u32) -> Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(Failure::io(path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_right_below_any_root() {
        let generator = relative(
            "/usr/lib/systemd/system-generators",
            "/usr/libexec/locknut/x",
        );
        assert_eq!(generator, "../../../libexec/locknut/x");
        assert_eq!(
            relative("/usr/libexec", "/usr/libexec/locknut/x"),
            "locknut/x"
        );
        assert_eq!(relative("/a", "/a/b"), "b");
    }
}
