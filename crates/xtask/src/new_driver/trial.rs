//! Whether a new driver is what it is said to be: each kind is made in a copy of the workspace, and there it is formatted, has no
//! warnings, runs, and fails exactly one test.

use super::make;
use super::templates::{KINDS, Kind};
use crate::cargo::{cargo, perform};
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;
use testkit::{PATIENCE, Program, Sandbox};

/// The test that is to fail.
const FAILING: &str = "protocol::tests::a_real_device_is_understood";

/// A workspace of new drivers, on the libraries of this one.
struct Copy {
    root: PathBuf,
    target: PathBuf,
}

/// Tries all kinds; `thorough` takes clippy, too, for which everything is compiled once more.
pub(crate) fn run(thorough: bool) -> Result<()> {
    let copy = Copy::make(&Workspace::load()?)?;
    let names: Vec<String> = KINDS.iter().map(name).collect();
    for (kind, name) in KINDS.iter().zip(&names) {
        make(&copy.root, name, kind)?;
    }
    perform(copy.cargo("fmt", &names).arg("--check"))?;
    if thorough {
        let mut clippy = copy.cargo("clippy", &names);
        clippy.args(["--quiet", "--offline", "--all-targets"]);
        perform(clippy.args(["--", "-D", "warnings"]))?;
    }
    perform(copy.cargo("build", &names).args(["--quiet", "--offline"]))?;
    for (kind, name) in KINDS.iter().zip(&names) {
        copy.runs(kind, name)?;
        copy.fails_one_test(name)?;
        println!("{name}: made, built, run; one test fails, as it should");
    }
    Ok(())
}

fn name(kind: &Kind) -> String {
    format!("lab-{}", kind.name)
}

impl Copy {
    fn make(workspace: &Workspace) -> Result<Self> {
        let copy = Self {
            root: workspace.target.join("new-driver/copy"),
            target: workspace.target.clone(),
        };
        if copy.root.exists() {
            fs::remove_dir_all(&copy.root).map_err(Failure::io(copy.root.display()))?;
        }
        fs::create_dir_all(&copy.root).map_err(Failure::io(copy.root.display()))?;
        for file in ["Cargo.lock", "README.md"] {
            let to = copy.root.join(file);
            fs::copy(workspace.root.join(file), &to).map_err(Failure::io(to.display()))?;
        }
        let libraries = copy.root.join("libraries");
        symlink(workspace.root.join("crates"), &libraries)
            .map_err(Failure::io(libraries.display()))?;
        let from = workspace.root.join("Cargo.toml");
        let manifest = fs::read_to_string(&from).map_err(Failure::io(from.display()))?;
        let manifest = only_drivers(&manifest)
            .ok_or_else(|| Failure::told("Cargo.toml has no line that begins with `members =`"))?;
        let to = copy.root.join("Cargo.toml");
        fs::write(&to, manifest).map_err(Failure::io(to.display()))?;
        Ok(copy)
    }

    /// A call of cargo for these packages.
    fn cargo(&self, what: &str, names: &[String]) -> Command {
        let mut call = cargo();
        call.arg(what).current_dir(&self.root);
        call.env("CARGO_TARGET_DIR", &self.target);
        for name in names {
            call.args(["--package", name]);
        }
        call
    }

    /// It says what it is; with a device it says the device's state.
    fn runs(&self, kind: &Kind, name: &str) -> Result<()> {
        let program = self.target.join("debug").join(name);
        let sandbox = Sandbox::try_new()?;
        let start = || Program::at(&program, &sandbox);
        let said = start().arg("--describe").try_run_within(PATIENCE)?.stdout;
        expect(name, &said, &format!("driver\t{name}\t"))?;
        if kind.name != "soft" {
            return Ok(());
        }
        sandbox.try_write("device", "1 97\n")?;
        let port = format!("port={}", sandbox.etc().join("device").display());
        let dump = start()
            .as_myself()
            .args(["-s", "trial", "-x", &port, "-d", "0"]);
        let said = dump.try_run_within(PATIENCE)?.stdout;
        expect(name, &said, "ups.status: OL\n")
    }

    fn fails_one_test(&self, name: &str) -> Result<()> {
        let mut test = self.cargo("test", &[name.to_owned()]);
        let output = test.args(["--quiet", "--offline", "--lib"]).output();
        let output = output.map_err(Failure::io("cargo"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let failed = failed(&said);
        if failed == [FAILING] {
            return Ok(());
        }
        Err(Failure::told(format!(
            "{name}: the failing tests are {failed:?}, not {FAILING}:\n{said}"
        )))
    }
}

fn expect(name: &str, said: &str, part: &str) -> Result<()> {
    if said.contains(part) {
        return Ok(());
    }
    Err(Failure::told(format!(
        "{name} does not say {part:?}, but: {said}"
    )))
}

/// The manifest of the workspace with nothing but the new drivers and the libraries in it. These stand in another place there, so
/// that cargo does not take what was built of them here for theirs: both are built into one directory, to share what is others'.
/// Warnings of the compiler are errors.
fn only_drivers(manifest: &str) -> Option<String> {
    let line = manifest
        .lines()
        .find(|line| line.starts_with("members ="))?;
    let lints = "[workspace.lints.rust]\n";
    let copy = manifest
        .replace(line, r#"members = ["libraries/*", "bin/*"]"#)
        .replace("\"crates/", "\"libraries/")
        .replace(lints, &format!("{lints}warnings = \"deny\"\n"));
    Some(copy)
}

/// Names of tests that failed, in what `cargo test` prints.
fn failed(said: &str) -> Vec<&str> {
    let named = said.lines().filter_map(|line| line.strip_prefix("---- "));
    named.filter_map(|line| line.split(' ').next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failing_tests_are_found_by_their_names() {
        let said = "..\n---- a::b stdout ----\nx\n---- c stdout ----\n\nfailures:\n    a::b\n";
        assert_eq!(failed(said), ["a::b", "c"]);
    }

    #[test]
    fn the_copy_has_no_other_programs() {
        let manifest = include_str!("../../../../Cargo.toml");
        let copy = only_drivers(manifest).unwrap();
        assert!(!copy.contains("crates/"), "{copy}");
        assert!(!copy.contains("\"tests\""), "{copy}");
        assert!(copy.contains("warnings = \"deny\""), "{copy}");
        assert_eq!(only_drivers(""), None);
    }
}
