//! Who is measured.

use crate::cargo::{cargo, perform};
use crate::failure::Result;
use crate::workspace::Workspace;
use std::path::PathBuf;
use testkit::{CNut, Program, Sandbox};

/// Where C NUT is, if it is there.
pub(super) fn peers(workspace: &Workspace) -> PathBuf {
    let peers = std::env::var_os("LOCKNUT_PEERS").map(PathBuf::from);
    peers.unwrap_or_else(|| workspace.target.join("peers"))
}

/// A server.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    /// Ours, as developers build it for speed.
    Release(PathBuf),
    /// Ours, as packages ship it; only its memory is measured.
    Dist(PathBuf),
    /// C NUT's.
    C(CNut),
}

impl Subject {
    /// All there are, built where needed; each has its turn in this order.
    pub(crate) fn all(workspace: &Workspace) -> Result<Vec<Self>> {
        let peers = peers(workspace);
        let mut all = Vec::new();
        for profile in ["release", "dist"] {
            println!("building upsd, profile {profile}…");
            perform(cargo().args(["build", "--profile", profile, "-p", "upsd"]))?;
        }
        all.push(Self::Release(workspace.target.join("release/upsd")));
        all.extend(CNut::at(&peers).map(Self::C));
        all.push(Self::Dist(workspace.target.join("dist/upsd")));
        Ok(all)
    }

    /// The server's program.
    pub(crate) fn upsd(&self, sandbox: &Sandbox) -> Program {
        match self {
            Self::Release(path) | Self::Dist(path) => Program::at(path, sandbox),
            Self::C(peers) => peers.program("upsd", sandbox),
        }
    }

    pub(crate) fn is_c(&self) -> bool {
        matches!(self, Self::C(_))
    }
}
