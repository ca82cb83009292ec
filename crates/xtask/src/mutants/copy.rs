//! A copy of the crate under test, in a workspace of its own, where faults do no harm.

use std::fs;
use std::path::{Path, PathBuf};

use super::Mutant;
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;

/// What the copy consists of.
const CRATES: &[&str] = &["crates/text", "crates/model", "crates/monitor"];

pub(super) struct Copy {
    original: PathBuf,
    root: PathBuf,
    target: PathBuf,
}

impl Copy {
    pub(super) fn make(workspace: &Workspace) -> Result<Self> {
        let copy = Self {
            original: workspace.root.clone(),
            root: workspace.target.join("mutants/copy"),
            target: workspace.target.join("mutants/target"),
        };
        if copy.root.exists() {
            fs::remove_dir_all(&copy.root).map_err(trouble(&copy.root))?;
        }
        for part in CRATES {
            copy_tree(&copy.original.join(part), &copy.root.join(part))?;
        }
        let manifest = read(&copy.original.join("Cargo.toml"))?;
        let all = r#"members = ["crates/*", "bin/*", "tests", "tests/fuzz-checks"]"#;
        if !manifest.contains(all) {
            return Err(Failure::told(
                "Cargo.toml has other members than the copy expects",
            ));
        }
        let manifest = manifest.replace(all, r#"members = ["crates/*"]"#);
        write(&copy.root.join("Cargo.toml"), &manifest)?;
        let lock = read(&copy.original.join("Cargo.lock"))?;
        write(&copy.root.join("Cargo.lock"), &lock)?;
        Ok(copy)
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    pub(super) fn plant(&self, mutant: &Mutant) -> Result<()> {
        let source = read(&self.original.join(mutant.file))?;
        write(&self.root.join(mutant.file), &mutant.planted_in(&source)?)
    }

    pub(super) fn restore(&self, mutant: &Mutant) -> Result<()> {
        let source = read(&self.original.join(mutant.file))?;
        write(&self.root.join(mutant.file), &source)
    }
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).map_err(trouble(to))?;
    for entry in fs::read_dir(from).map_err(trouble(from))? {
        let path = entry.map_err(trouble(from))?.path();
        let place = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_tree(&path, &place)?;
        } else {
            fs::copy(&path, &place).map_err(trouble(&place))?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(trouble(path))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(trouble(path))
}

fn trouble(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    Failure::io(path.display())
}
