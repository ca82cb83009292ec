//! The source files of the workspace.

use super::facts::Facts;
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};

/// One source file.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) package: String,
    /// Its path, below the workspace's root.
    pub(crate) path: PathBuf,
    /// All of it is a test.
    pub(crate) is_test: bool,
    pub(crate) lines: usize,
    pub(crate) facts: Facts,
}

/// Reads the sources of all packages.
pub(crate) fn read(workspace: &Workspace) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for package in &workspace.packages {
        for dir in ["src", "tests"] {
            let mut paths = Vec::new();
            find(&workspace.root.join(&package.dir).join(dir), &mut paths)?;
            paths.sort();
            for path in paths {
                sources.push(read_one(workspace, &package.name, &path)?);
            }
        }
    }
    Ok(sources)
}

fn read_one(workspace: &Workspace, package: &str, path: &Path) -> Result<Source> {
    let text = fs::read_to_string(path).map_err(Failure::io(path.display()))?;
    let facts = Facts::of(&text).map_err(|error| {
        Failure::told(format!(
            "{}:{}: {error}",
            path.display(),
            error.span().start().line
        ))
    })?;
    let path = path
        .strip_prefix(&workspace.root)
        .unwrap_or(path)
        .to_owned();
    Ok(Source {
        package: package.to_owned(),
        is_test: is_test(&path),
        path,
        lines: text.lines().count(),
        facts,
    })
}

/// Files named `tests.rs` and everything in a directory `tests`.
fn is_test(path: &Path) -> bool {
    path.components()
        .any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
}

fn find(dir: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(dir)
        .map_err(Failure::io(dir.display()))?
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            find(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_from_code() {
        assert!(is_test(Path::new("crates/text/src/lexer/tests.rs")));
        assert!(is_test(Path::new("bin/upsd/tests/reload.rs")));
        assert!(is_test(Path::new("crates/server/src/tests/worked.rs")));
        assert!(!is_test(Path::new("crates/text/src/lexer.rs")));
    }
}
