//! Which programs there are, where each goes, and which package has it.
//!
//! All in `bin/` are installed. A driver goes to `drvpath` and into the server's package, any other program to `bindir`
//! and into the client's, unless its manifest says otherwise:
//!
//! ```toml
//! [package.metadata.install]
//! place = "sbindir"
//! package = "server"
//! ```

use crate::failure::Result;
use crate::generate;
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};

/// A program that is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Installed {
    pub(super) name: String,
    /// Where cargo has put it.
    pub(super) built: PathBuf,
    /// A name of [`Places`](super::places::Places).
    pub(super) place: String,
    /// The package: `server`, `client` …
    pub(super) part: String,
    /// Other names for it, in the same place.
    pub(super) aliases: Vec<String>,
}

/// All of them. `built` is where cargo has put them.
pub(super) fn all(workspace: &Workspace, built: &Path) -> Result<Vec<Installed>> {
    let drivers = generate::aliases(workspace, built)?;
    let programs = workspace.packages.iter().filter(|one| one.is_program());
    let installed = programs.map(|package| {
        let driver = drivers.iter().find(|(name, _)| *name == package.name);
        let (place, part) = match driver {
            Some(_) => ("drvpath", "server"),
            None => ("bindir", "client"),
        };
        Installed {
            name: package.name.clone(),
            built: built.join(&package.name),
            place: package.place.clone().unwrap_or_else(|| place.to_owned()),
            part: package.part.clone().unwrap_or_else(|| part.to_owned()),
            aliases: driver.map(|(_, names)| names.clone()).unwrap_or_default(),
        }
    });
    Ok(installed.collect())
}
