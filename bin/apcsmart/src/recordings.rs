//! Every recording in `tests/recordings` is played, and what the driver publishes is compared with the `.expected` beside it.
//!
//! A new `.rec` is a new test, and `UPDATE_EXPECTED=1` makes its expectation: read it before it is committed. The README says how
//! recordings are made.

use std::path::Path;
use std::sync::Arc;

use ::driver::testing::play;
use ::driver::{Driver, Error, Settings};
use recording::Recording;
use serial::Replay;
use testkit::expect_files;

use crate::driver::{ApcSmart, Open};

/// The command that runs these tests.
const TEST: &str = "cargo test -p apcsmart record";

/// What the driver makes of a recording.
fn played(text: &str) -> Result<String, String> {
    let recording = Recording::parse(text).map_err(|problem| problem.to_string())?;
    let replay = Replay::new(&recording).map_err(|problem| problem.to_string())?;
    let line = replay.clone();
    let port: Open = Arc::new(move |_: &Settings| Ok(line.line()));
    let open = |settings: &Settings| -> Result<Box<dyn Driver>, Error> {
        Ok(Box::new(ApcSmart::find(&port, settings)?))
    };
    play(&recording, &replay, &open).map_err(|problem| problem.to_string())
}

#[test]
fn every_recording_is_published_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
    expect_files(&folder, "rec", TEST, &played);
}
