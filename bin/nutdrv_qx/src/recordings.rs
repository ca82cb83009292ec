//! Every recording in `tests/recordings` is played, and what the driver publishes is compared with the `.expected` beside it.
//!
//! A new `.rec` is a new test, and `UPDATE_EXPECTED=1` makes its expectation: read it before it is committed. The README says how
//! recordings are made.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use driver::testing::play;
use driver::{Driver, Error, Settings};
use recording::{Problem, Recording};
use testkit::expect_files;

use crate::dialects::DIALECTS;
use crate::qx::{Open, Qx};
use crate::transport::Transport;
use crate::transport::usb::Usb;

/// The command that runs these tests.
const TEST: &str = "cargo test -p nutdrv_qx record";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings")
}

/// What the driver makes of a recording.
fn played(text: &str) -> Result<String, String> {
    let recording = Recording::parse(text).map_err(|problem| problem.to_string())?;
    let is_usb = text.lines().any(|line| line.starts_with("@ usb "));
    let played = if is_usb {
        on_usb(&recording)
    } else {
        on_a_line(&recording)
    };
    played.map_err(|problem| problem.to_string())
}

fn on_a_line(recording: &Recording) -> Result<String, Problem> {
    let replay = serial::Replay::new(recording)?;
    let line = replay.clone();
    let open = move |settings: &Settings| -> Result<Box<dyn Driver>, Error> {
        let line = line.clone();
        crate::find(move || line.line(), settings)
    };
    play(recording, &replay, &open)
}

fn on_usb(recording: &Recording) -> Result<String, Problem> {
    let replay = ::usb::Replay::new(recording)?;
    let bus = replay.clone();
    let find: Open = Arc::new(move |settings: &Settings| {
        let bus: Box<dyn Transport> = Box::new(Usb::find(Box::new(bus.clone()), settings)?);
        Ok(bus)
    });
    let open = |settings: &Settings| -> Result<Box<dyn Driver>, Error> {
        Ok(Box::new(Qx::find(&find, settings)?))
    };
    play(recording, &replay, &open)
}

#[test]
fn every_recording_is_published_as_expected() {
    expect_files(&folder(), "rec", TEST, &played);
}

#[test]
fn every_dialect_has_a_recording() {
    let files = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let expected = files.filter(|path| path.extension().is_some_and(|end| end == "expected"));
    let texts: String = expected
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let without: BTreeSet<_> = DIALECTS
        .iter()
        .map(|dialect| dialect.title())
        .filter(|title| !texts.contains(&format!("SETINFO driver.version.data \"{title}\"")))
        .collect();
    assert_eq!(without, BTreeSet::new());
}
