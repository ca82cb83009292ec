//! Every recording in `tests/recordings` is played, and what the driver publishes is compared with the `.expected` beside it.
//!
//! A new `.rec` is a new test, and `UPDATE_EXPECTED=1` makes its expectation: read it before it is committed. The README says how
//! recordings are made.

use std::fs;
use std::path::{Path, PathBuf};

use ::driver::testing::play;
use ::driver::{Driver, Error, Settings};
use recording::{Problem, Recording};
use testkit::expect_files;
use usb::Replay;

use crate::driver::UsbHidUps;
use crate::subdrivers::SUBDRIVERS;

/// The command that runs these tests.
pub(crate) const TEST: &str = "cargo test -p usbhid-ups record";

/// Where the recordings are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings")
}

/// A recording, ready to be played.
pub(crate) fn read(text: &str) -> Result<(Recording, Replay), Problem> {
    let recording = Recording::parse(text)?;
    let replay = Replay::new(&recording)?;
    Ok((recording, replay))
}

/// What the driver makes of a recording.
fn played(text: &str) -> Result<String, Problem> {
    let (recording, replay) = read(text)?;
    let open = |settings: &Settings| -> Result<Box<dyn Driver>, Error> {
        let bus = Box::new(replay.clone());
        Ok(Box::new(UsbHidUps::find(bus, settings)?))
    };
    play(&recording, &replay, &open)
}

#[test]
fn every_recording_is_published_as_expected() {
    let made = |text: &str| played(text).map_err(|problem| problem.to_string());
    expect_files(&folder(), "rec", TEST, &made);
}

#[test]
fn every_subdriver_has_a_recording() {
    let entries = fs::read_dir(folder()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let recordings = paths.filter(|path| path.extension().is_some_and(|end| end == "rec"));
    let published: String = recordings
        .map(|path| played(&fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    for subdriver in SUBDRIVERS {
        let line = format!("SETINFO driver.version.data \"{}\"", subdriver.name);
        assert!(published.contains(&line), "{}", subdriver.name);
    }
}
