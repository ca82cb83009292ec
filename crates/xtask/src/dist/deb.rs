//! Packages for Debian.

use super::programs::Installed;
use crate::failure::Result;
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};

/// Makes them of a tree, into `to`.
pub(super) fn make(
    _to: &Path,
    _root: &Path,
    _workspace: &Workspace,
    _programs: &[Installed],
) -> Result<Vec<PathBuf>> {
    Ok(Vec::new())
}
