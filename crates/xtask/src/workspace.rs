//! What `cargo metadata` says about the workspace.

use crate::cargo::{ask, cargo};
use crate::failure::{Failure, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The workspace and its packages.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) packages: Vec<Package>,
}

/// One package of the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// Its directory, below the workspace's root.
    pub(crate) dir: PathBuf,
    /// What it needs to be built, tests apart: packages of the workspace.
    pub(crate) ours: Vec<String>,
    /// What it needs to be built, tests apart: packages of others.
    pub(crate) others: Vec<String>,
    /// Where its program is installed, if its manifest says so: `[package.metadata.install] place`.
    pub(crate) place: Option<String>,
    /// The package for distributions that has it, if its manifest says so: `[package.metadata.install] package`.
    pub(crate) part: Option<String>,
}

impl Workspace {
    pub(crate) fn load() -> Result<Self> {
        let text = ask(cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
        let value: Value = serde_json::from_str(&text).map_err(|cause| Failure::Json {
            what: "cargo metadata".into(),
            cause,
        })?;
        Self::from_metadata(&value).ok_or_else(|| {
            Failure::told("cargo metadata has another form than expected; is this cargo too new?")
        })
    }

    fn from_metadata(value: &Value) -> Option<Self> {
        let root = path(value, "workspace_root")?;
        let packages = value.get("packages")?.as_array()?;
        let mut packages: Vec<Package> = packages
            .iter()
            .map(|package| Package::from_metadata(package, &root))
            .collect::<Option<_>>()?;
        packages.sort_by(|a, b| a.dir.cmp(&b.dir));
        Some(Self {
            target: path(value, "target_directory")?,
            root,
            packages,
        })
    }
}

impl Package {
    fn from_metadata(value: &Value, root: &Path) -> Option<Self> {
        let manifest = path(value, "manifest_path")?;
        let install = value.pointer("/metadata/install");
        let install = |key| install.and_then(|install| text(install, key));
        let mut package = Self {
            name: text(value, "name")?,
            dir: manifest.parent()?.strip_prefix(root).ok()?.to_owned(),
            place: install("place"),
            part: install("package"),
            ..Self::default()
        };
        for dependency in value.get("dependencies")?.as_array()? {
            if dependency.get("kind").and_then(Value::as_str) == Some("dev") {
                continue;
            }
            let list = match dependency.get("path") {
                Some(Value::String(_)) => &mut package.ours,
                _ => &mut package.others,
            };
            list.push(text(dependency, "name")?);
        }
        Some(package)
    }

    /// Whether it is one of the programs.
    pub(crate) fn is_program(&self) -> bool {
        self.dir.starts_with("bin")
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(ToOwned::to_owned)
}

fn path(value: &Value, key: &str) -> Option<PathBuf> {
    text(value, key).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dependencies_of_tests_do_not_count() {
        let metadata = json!({
            "workspace_root": "/w", "target_directory": "/w/target",
            "packages": [{
                "name": "upsd", "manifest_path": "/w/bin/upsd/Cargo.toml",
                "dependencies": [
                    { "name": "server", "kind": null, "path": "/w/crates/server" },
                    { "name": "tokio", "kind": null },
                    { "name": "proptest", "kind": "dev" },
                ],
            }],
        });
        let workspace = Workspace::from_metadata(&metadata).unwrap();
        let package = &workspace.packages[0];
        assert_eq!(package.dir, Path::new("bin/upsd"));
        assert!(package.is_program());
        assert_eq!(
            (package.ours.as_slice(), package.others.as_slice()),
            (&["server".to_owned()][..], &["tokio".to_owned()][..])
        );
    }
}
