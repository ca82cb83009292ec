//! The steps, as one table.

use super::{Context, Outcome, cases};
use crate::cargo::{cargo, exists, perform};
use crate::demo::{self, Pace};
use crate::failure::{Failure, Result};
use crate::{dist, generate, mutants, new_driver, peers, shape, vm};

/// How long each fuzz target is searched.
const SEARCHED_SECONDS: &str = "20";

/// A step and what performs it.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) perform: fn(&mut Context) -> Result<Outcome>,
}

/// In an order in which each finds built what it needs, and the quick ones fail first.
#[rustfmt::skip]
pub(crate) const STEPS: &[Step] = &[
    Step { name: "format", perform: |_| plain(&["fmt", "--all", "--check"]) },
    Step { name: "shape",  perform: |_| shape::run().map(|()| Outcome::Passed) },
    Step { name: "peers",  perform: fetch_peers },
    Step { name: "vm",     perform: make_vm },
    Step { name: "clippy", perform: |_| plain(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]) },
    // with the tests, so that `cargo test` below compiles nothing again
    Step { name: "build",  perform: |_| plain(&["build", "--workspace", "--all-targets"]) },
    Step { name: "generated", perform: |context| generate::check_built(&context.workspace).map(|()| Outcome::Passed) },
    Step { name: "packages", perform: make_packages },
    Step { name: "tests",  perform: cases::perform },
    Step { name: "fuzz",   perform: search },
    Step { name: "mutants", perform: |_| mutants::run().map(|()| Outcome::Passed) },
    Step { name: "new driver", perform: |context| new_driver::trial::run(context.wishes.all).map(|()| Outcome::Passed) },
    Step { name: "demo",   perform: play },
    Step { name: "docs",   perform: |_| docs() },
    Step { name: "deny",   perform: deny },
];

fn plain(args: &[&str]) -> Result<Outcome> {
    perform(cargo().args(args)).map(|()| Outcome::Passed)
}

/// Only root gets them without being asked: nobody else expects a test to download packages.
fn fetch_peers(context: &mut Context) -> Result<Outcome> {
    let may_fetch = nix::unistd::geteuid().is_root() && exists("apt-get");
    if !context.ci && !may_fetch {
        let needs = "root on Debian or its kin, or `cargo xtask peers` before; tests against C NUT and with emulated USB devices use what is there";
        return Ok(Outcome::Skipped(needs.to_owned()));
    }
    match peers::run() {
        // without them the tests are skipped, each by name
        Err(failure) if !context.ci => Ok(Outcome::Skipped(failure.to_string())),
        other => other.map(|()| Outcome::Passed),
    }
}

/// The tests that boot it are cases like others, in the step that runs all of them.
fn make_vm(context: &mut Context) -> Result<Outcome> {
    let wishes = context.wishes;
    if !context.ci && !wishes.vm && !wishes.all {
        let needs =
            "--vm (or CI=true, or --all); installs what it lacks of mmdebstrap, QEMU and their kin";
        return Ok(Outcome::Skipped(needs.to_owned()));
    }
    match vm::prepare(&context.workspace)? {
        Ok(dir) => {
            context.vm = Some(dir);
            Ok(Outcome::Passed)
        }
        Err(vm::Lacking(needs)) if !context.ci => Ok(Outcome::Skipped(needs)),
        Err(vm::Lacking(needs)) => Err(Failure::told(format!("it needs {needs}"))),
    }
}

/// The fuzz targets as the stable compiler builds them, as many at a time as there are processors. Some minutes in all, so
/// only where changes are checked; for hours of it there is `cargo xtask fuzz`.
fn search(context: &mut Context) -> Result<Outcome> {
    if !context.ci && !context.wishes.all {
        let needs = "CI=true, or --all; their seeded twins are among the tests";
        return Ok(Outcome::Skipped(needs.to_owned()));
    }
    let mut test = cargo();
    // of the whole workspace, so that nothing is compiled again with fewer features
    test.args(["test", "--workspace", "--test", "seeded"]);
    test.env("LOCKNUT_FUZZ_SECONDS", SEARCHED_SECONDS)
        .env("LOCKNUT_FUZZ_SEED", &context.seed);
    perform(&mut test).map(|()| Outcome::Passed)
}

/// The tests that look into them and install them are cases like others.
fn make_packages(context: &mut Context) -> Result<Outcome> {
    if let Some(needs) = dist::lacking() {
        return Ok(Outcome::Skipped(needs.to_owned()));
    }
    context.packages = Some(dist::packages_of_built(&context.workspace)?);
    Ok(Outcome::Passed)
}

fn play(context: &mut Context) -> Result<Outcome> {
    demo::play(&demo::built_programs(&context.workspace.target), Pace::Once)
        .map(|()| Outcome::Passed)
}

fn docs() -> Result<Outcome> {
    let mut doc = cargo();
    // for those who work on it: programs have no users of their libraries
    doc.args([
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
    ])
    .env(
        "RUSTDOCFLAGS",
        "-D warnings -A rustdoc::private-intra-doc-links",
    );
    perform(&mut doc).map(|()| Outcome::Passed)
}

fn deny(context: &mut Context) -> Result<Outcome> {
    let tool = "cargo-deny, `cargo install cargo-deny --locked`";
    if !context.ci && !context.wishes.all {
        return Ok(Outcome::Skipped(format!("CI=true or --all, and {tool}")));
    }
    if !exists("cargo-deny") {
        return Err(Failure::told(format!("it needs {tool}")));
    }
    plain(&["deny", "check", "bans", "licenses", "sources"])
}
