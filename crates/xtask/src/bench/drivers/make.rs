//! Whose drivers are measured.

use std::path::PathBuf;

use testkit::{CNut, PATIENCE, Program, Sandbox};

use crate::bench::figures::Side;
use crate::bench::subject::peers;
use crate::cargo::{cargo, perform};
use crate::failure::Result;
use crate::workspace::Workspace;

/// Ours or C's.
#[derive(Clone, Debug)]
pub(super) enum Make {
    /// Ours, in this directory.
    Ours(PathBuf),
    /// C NUT's.
    C(CNut),
}

impl Make {
    /// All there are, ours built as packages ship them.
    pub(super) fn all(workspace: &Workspace) -> Result<Vec<Self>> {
        println!("building usbhid-ups and dummy-ups, profile dist…");
        let programs = ["-p", "usbhid-ups", "-p", "dummy-ups"];
        perform(cargo().args(["build", "--profile", "dist"]).args(programs))?;
        let mut all = vec![Self::Ours(workspace.target.join("dist"))];
        match CNut::at(&peers(workspace)) {
            Some(c) => all.push(Self::C(c)),
            None => println!("C NUT is not here (`cargo xtask peers`): ours is measured alone"),
        }
        for make in &all {
            println!("{}", make.version()?);
        }
        Ok(all)
    }

    fn version(&self) -> Result<String> {
        let sandbox = Sandbox::try_new()?;
        let program = self.driver("usbhid-ups", &sandbox).arg("-V");
        let done = program.try_run_within(PATIENCE)?;
        let said = done.stdout + &done.stderr;
        Ok(said.lines().next().unwrap_or_default().to_owned())
    }

    /// A driver's program.
    pub(super) fn driver(&self, name: &str, sandbox: &Sandbox) -> Program {
        match self {
            Self::Ours(dir) => Program::at(&dir.join(name), sandbox),
            Self::C(c) => c.program(name, sandbox),
        }
    }

    /// Where its values stand.
    pub(super) const fn side(&self) -> Side {
        match self {
            Self::Ours(_) => Side::Ours,
            Self::C(_) => Side::C,
        }
    }
}
