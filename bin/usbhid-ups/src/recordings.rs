//! Every recording in `tests/recordings` is played, and what the driver publishes is compared with the `.expected` beside it.
//!
//! A new `.rec` is a new test, and `UPDATE_EXPECTED=1` makes its expectation: read it before it is committed. The README says how
//! recordings are made.

use std::fs;
use std::path::{Path, PathBuf};

use ::driver::testing::play;
use ::driver::{Driver, Error, Settings};
use recording::Recording;
use testkit::expect_file;
use usb::Replay;

use crate::driver::UsbHidUps;
use crate::subdrivers::SUBDRIVERS;

/// The command that runs these tests.
pub(crate) const TEST: &str = "cargo test -p usbhid-ups record";

/// Where they are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings")
}

/// All recordings, by their names.
fn recordings() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "rec"))
        .collect();
    paths.sort();
    paths
}

/// One of them, ready to be played.
pub(crate) fn read(path: &Path) -> Result<(Recording, Replay), String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let recording = Recording::parse(&text).map_err(|problem| problem.to_string())?;
    let replay = Replay::new(&recording).map_err(|problem| problem.to_string())?;
    Ok((recording, replay))
}

/// What the driver makes of it.
fn played(path: &Path) -> Result<String, String> {
    let (recording, replay) = read(path)?;
    let open = |settings: &Settings| -> Result<Box<dyn Driver>, Error> {
        let bus = Box::new(replay.clone());
        Ok(Box::new(UsbHidUps::find(bus, settings)?))
    };
    play(&recording, &replay, &open).map_err(|problem| problem.to_string())
}

fn check(path: &Path) -> Result<(), String> {
    expect_file(&path.with_extension("expected"), &played(path)?, TEST)
}

#[test]
fn every_recording_is_published_as_expected() {
    let recordings = recordings();
    let wrong: Vec<String> = recordings
        .iter()
        .filter_map(|path| {
            let wrong = check(path).err()?;
            Some(format!("{}:\n{wrong}\n", path.display()))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} recordings:\n{}",
        wrong.len(),
        recordings.len(),
        wrong.concat()
    );
    println!("{} recordings", recordings.len());
}

#[test]
fn every_expectation_belongs_to_a_recording() {
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "expected")
        {
            assert!(path.with_extension("rec").exists(), "{}", path.display());
        }
    }
}

#[test]
fn every_subdriver_has_a_recording() {
    let texts: String = recordings()
        .iter()
        .map(|path| played(path).unwrap())
        .collect();
    for subdriver in SUBDRIVERS {
        let line = format!("SETINFO driver.version.data \"{}\"", subdriver.name);
        assert!(texts.contains(&line), "{}", subdriver.name);
    }
}
