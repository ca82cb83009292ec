//! The driver on a unit that says anything, for tests of other packages.

use std::sync::{Arc, Mutex};

use driver::{Depth, Driver, Report, Settings};
use serial::Simulated;

use crate::capability::Capabilities;
use crate::driver::{ApcSmart, Open};
use crate::letters::STATUS;
use crate::sift::Sieve;

/// A record of a capability string: letter, locale, values.
pub type Record = (u8, u8, Vec<String>);

/// The records of a capability string as it comes over the line, and whether it is as long as it says.
#[must_use]
pub fn capabilities(line: &[u8]) -> (Vec<Record>, bool) {
    let text = Sieve::Capability.sift(line).text;
    let read = Capabilities::parse(&text);
    let records = read.records.into_iter();
    let records = records.map(|record| (record.letter, record.locale, record.values));
    (records.collect(), read.problem.is_none())
}

/// What a driver did with the answers of a unit.
#[derive(Debug, Default)]
pub struct Driven {
    /// What it told, in order.
    pub told: Vec<Report>,
    /// What the unit said when it was asked for its status.
    pub status: Vec<Vec<u8>>,
    /// How often it was asked something, or told.
    pub writes: usize,
}

/// What a unit is asked to do by the way.
const COMMANDS: &[&str] = &[
    "calibrate.start",
    "load.on",
    "test.panel.start",
    "bypass.start",
];
const SETTINGS: &[(&str, &str)] = &[("battery.runtime.low", "300"), ("ups.id", "ABC")];

/// Has a driver identify a unit, poll it, listen to it, give it commands and settings, and switch it off, while it says one of
/// `answers` after the other to whatever it is asked, and then nothing more.
#[must_use]
pub fn drive(answers: Vec<Vec<u8>>) -> Driven {
    let driven = Arc::new(Mutex::new(Driven::default()));
    let mut told = act(answers, &driven);
    let mut driven = driven
        .lock()
        .map(|mut driven| std::mem::take(&mut *driven))
        .unwrap_or_default();
    driven.told.append(&mut told);
    driven
}

fn act(answers: Vec<Vec<u8>>, driven: &Arc<Mutex<Driven>>) -> Vec<Report> {
    let notes = Arc::clone(driven);
    let open: Open = Arc::new(move |_| {
        let (mut answers, notes) = (answers.clone().into_iter(), Arc::clone(&notes));
        Ok(Box::new(Simulated::new(move |letter| {
            let answer = answers.next().unwrap_or_default();
            if let Ok(mut notes) = notes.lock() {
                notes.writes += 1;
                if letter == [STATUS] {
                    notes.status.push(answer.clone());
                }
            }
            answer
        })))
    });
    let mut told = Vec::new();
    let Ok(mut driver) = ApcSmart::find(&open, &Settings::default()) else {
        return told;
    };
    let mut report = Report::default();
    // a unit that is not recognised is still asked all the rest
    let _ = driver.identify(&mut report);
    told.push(report);
    for (var, value) in SETTINGS {
        let mut report = Report::default();
        if driver.poll(Depth::Full, &mut report).is_ok() {
            told.push(report);
        }
        let mut report = Report::default();
        let _ = driver.listen(std::time::Duration::ZERO, &mut report);
        told.push(report);
        let mut report = Report::default();
        let _ = driver.set(var, value, &mut report);
        told.push(report);
    }
    for command in COMMANDS {
        let _ = driver.command(command, None, &mut Report::default());
    }
    let _ = driver.shut_down();
    told
}
