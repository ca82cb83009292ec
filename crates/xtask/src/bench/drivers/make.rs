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
pub(crate) enum Make {
    /// Ours, in this directory.
    Ours(PathBuf),
    /// C NUT's.
    C(CNut),
}

impl Make {
    /// All there are, our drivers built as packages ship them.
    pub(crate) fn all(workspace: &Workspace, drivers: &[&'static str]) -> Result<Vec<Self>> {
        println!("building {}, profile dist…", drivers.join(" and "));
        let programs = drivers.iter().flat_map(|driver| ["-p", driver]);
        perform(cargo().args(["build", "--profile", "dist"]).args(programs))?;
        let mut all = vec![Self::Ours(workspace.target.join("dist"))];
        match CNut::at(&peers(workspace)) {
            Some(c) => all.push(Self::C(c)),
            None => println!("C NUT is not here (`cargo xtask peers`): ours is measured alone"),
        }
        for make in &all {
            println!("{}", make.version(drivers)?);
        }
        Ok(all)
    }

    fn version(&self, drivers: &[&str]) -> Result<String> {
        let sandbox = Sandbox::try_new()?;
        let name = drivers.first().copied().unwrap_or_default();
        let program = self.driver(name, &sandbox).arg("-V");
        let done = program.try_run_within(PATIENCE)?;
        let said = done.stdout + &done.stderr;
        Ok(said.lines().next().unwrap_or_default().to_owned())
    }

    /// A driver's program.
    pub(crate) fn driver(&self, name: &str, sandbox: &Sandbox) -> Program {
        match self {
            Self::Ours(dir) => Program::at(&dir.join(name), sandbox),
            Self::C(c) => c.program(name, sandbox),
        }
    }

    /// Where its values stand.
    pub(crate) const fn side(&self) -> Side {
        match self {
            Self::Ours(_) => Side::Ours,
            Self::C(_) => Side::C,
        }
    }
}
