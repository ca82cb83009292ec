//! Every recording in `tests/recordings` is played, and what the driver publishes is compared with the `.expected` beside it.
//!
//! A new `.rec` is a new test, and `UPDATE_EXPECTED=1` makes its expectation: read it before it is committed. The README says how
//! recordings are made.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::driver::testing::play;
use ::driver::{Driver, Error, Settings};
use recording::Recording;
use snmp::Replay;
use testkit::expect_files;

use crate::driver::{Open, SnmpUps};
use crate::mibs::MIBS;

/// The command that runs these tests.
const TEST: &str = "cargo test -p snmp-ups record";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings")
}

/// What the driver makes of a recording.
fn played(text: &str) -> Result<String, String> {
    let recording = Recording::parse(text).map_err(|problem| problem.to_string())?;
    let replay = Replay::new(&recording).map_err(|problem| problem.to_string())?;
    let agent = replay.clone();
    let open = move |settings: &Settings| -> Result<Box<dyn Driver>, Error> {
        let agent = agent.clone();
        let session: Open = Arc::new(move |_, _| Ok(agent.agent()));
        Ok(Box::new(SnmpUps::find(session, settings)?))
    };
    play(&recording, &replay, &open).map_err(|problem| problem.to_string())
}

#[test]
fn every_recording_is_published_as_expected() {
    expect_files(&folder(), "rec", TEST, &played);
}

#[test]
fn every_mapping_has_a_recording() {
    let files = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let expected = files.filter(|path| path.extension().is_some_and(|end| end == "expected"));
    let texts: String = expected
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let title = |name: &str| format!("SETINFO driver.version.data \"{name} MIB ");
    let without: BTreeSet<_> = MIBS
        .iter()
        .filter(|mib| !texts.contains(&title(mib.name)))
        .map(|mib| mib.name)
        .collect();
    assert_eq!(without, BTreeSet::new());
}
