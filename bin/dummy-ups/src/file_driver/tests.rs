//! A device in a real file, polled at times that the tests say.

use super::*;
use driver::Update;
use model::status::Status;
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

/// A driver over a file in a directory of its own, and what it has published.
struct Lab {
    dir: TempDir,
    driver: FileDriver,
    vars: BTreeMap<String, String>,
    status: Status,
    alarms: Vec<String>,
}

impl Lab {
    /// A driver that has identified itself.
    fn new(repeat: Repeat, source: &str) -> Self {
        let mut lab = Self::unopened(repeat);
        lab.write(source);
        let mut report = Report::default();
        lab.driver.identify(&mut report).unwrap();
        lab.take(report);
        lab
    }

    fn unopened(repeat: Repeat) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let driver = FileDriver::new(dir.path().join("lab.dev"), "dummy-once", repeat);
        let (status, alarms) = (Status::default(), Vec::new());
        Self {
            dir,
            driver,
            vars: BTreeMap::new(),
            status,
            alarms,
        }
    }

    /// Puts another file in the place of the old one, as editors do.
    fn write(&self, source: &str) {
        let (new, path) = (self.dir.path().join("new"), self.dir.path().join("lab.dev"));
        fs::write(&new, source).unwrap();
        fs::rename(&new, &path).unwrap();
    }

    fn take(&mut self, report: Report) {
        for update in report.updates {
            match update {
                Update::Set { var, value } => drop(self.vars.insert(var, value)),
                Update::Remove { var } => drop(self.vars.remove(&var)),
                _ => {}
            }
        }
        self.status = report.status.unwrap_or_else(|| self.status.clone());
        self.alarms = report.alarms.unwrap_or_else(|| self.alarms.clone());
    }

    fn poll(&mut self, secs: u64) -> Result<(), Error> {
        let mut report = Report::default();
        let result = self.driver.poll_at(Tick::secs(secs), &mut report);
        self.take(report);
        result
    }

    fn set(&mut self, var: &str, value: &str) -> Outcome {
        let mut report = Report::default();
        let outcome = self.driver.set(var, value, &mut report).unwrap();
        self.take(report);
        outcome
    }

    fn value(&self, var: &str) -> Option<&str> {
        self.vars.get(var).map(String::as_str)
    }
}

#[test]
fn an_empty_file_gives_the_default_device() {
    let lab = Lab::new(Repeat::Once, "");
    assert_eq!(lab.value("ups.mfr"), Some("Dummy Manufacturer"));
    assert_eq!(lab.value("ups.model"), Some("Dummy UPS"));
    assert_eq!(lab.value("driver.parameter.mode"), Some("dummy-once"));
    assert_eq!(lab.status, Status::of("OL"));
}

#[test]
fn the_worked_example_reads_as_the_specification_says() {
    let lab = Lab::new(
        Repeat::Once,
        "# recorded by hand\nups.mfr: Acme Power\nups.model: \"Lab 1500\"\nups.status: OL CHRG\n\
         battery.charge: 91\nups.load: 12.5\nlab.note: one two   three\ndriver.version: 9.9\n",
    );
    for (var, value) in [
        ("ups.mfr", "Acme Power"),
        ("ups.model", "Lab 1500"),
        ("battery.charge", "91"),
        ("ups.load", "12.5"),
        ("lab.note", "one two three"),
    ] {
        assert_eq!(lab.value(var), Some(value));
    }
    assert_eq!(lab.value("driver.version"), None);
    assert_eq!(lab.status, Status::of("OL CHRG"));
}

#[test]
fn a_file_that_is_missing_at_the_start_is_an_error() {
    let mut lab = Lab::unopened(Repeat::Loop);
    let error = lab
        .driver
        .identify(&mut Report::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("lab.dev") && error.contains("correct port"),
        "{error}"
    );
}

#[test]
fn a_changed_file_gives_new_values_and_keeps_old_variables() {
    let mut lab = Lab::new(Repeat::Once, "lab.a: 1\nlab.b: 1\n");
    lab.write("lab.a: 2\n");
    lab.poll(2).unwrap();
    assert_eq!(
        (lab.value("lab.a"), lab.value("lab.b")),
        (Some("2"), Some("1"))
    );
}

#[test]
fn a_set_survives_until_the_file_changes() {
    let mut lab = Lab::new(Repeat::Once, "lab.a: 1\nups.status: OL\n");
    assert_eq!(lab.set("lab.a", "7"), Outcome::Handled);
    assert_eq!(lab.set("ups.status", "OB LB"), Outcome::Handled);
    lab.poll(2).unwrap();
    assert_eq!(
        (lab.value("lab.a"), &lab.status),
        (Some("7"), &Status::of("OB LB"))
    );
    lab.write("lab.a: 1\nups.status: OL\n");
    lab.poll(4).unwrap();
    assert_eq!(
        (lab.value("lab.a"), &lab.status),
        (Some("1"), &Status::of("OL"))
    );
}

#[test]
fn a_loop_undoes_a_set_at_its_next_pass() {
    let mut lab = Lab::new(Repeat::Loop, "lab.a: 1\n");
    lab.set("lab.a", "7");
    lab.set("lab.b", "7");
    lab.poll(2).unwrap();
    assert_eq!(
        (lab.value("lab.a"), lab.value("lab.b")),
        (Some("1"), Some("7"))
    );
}

#[test]
fn settings_are_answered_as_the_specification_says() {
    let mut lab = Lab::new(Repeat::Once, "battery.charge: 50\nups.load: 5\n");
    for (var, value, outcome, after) in [
        ("ups.load", "abc", Outcome::Handled, Some("abc")),
        ("lab.new", "x", Outcome::Handled, Some("x")),
        ("battery.charge", "", Outcome::Handled, None),
        ("driver.name", "x", Outcome::Unknown, None),
        ("Driver.Name", "x", Outcome::Unknown, None),
        ("server.info", "x", Outcome::Unknown, None),
        ("bad name", "x", Outcome::Invalid, None),
    ] {
        assert_eq!(lab.set(var, value), outcome, "{var}");
        assert_eq!(lab.value(var), after, "{var}");
    }
    assert_eq!(lab.set("lab.long", &"x".repeat(256)), Outcome::Invalid);
    assert_eq!(lab.set("ups.status", ""), Outcome::Handled);
    assert_eq!(lab.status, Status::default());
    assert_eq!(lab.set("ups.alarm", "smoke"), Outcome::Handled);
    assert_eq!(lab.alarms, ["smoke"]);
}

#[test]
fn load_off_is_offered_and_not_known() {
    let mut lab = Lab::unopened(Repeat::Once);
    lab.write("");
    let mut report = Report::default();
    lab.driver.identify(&mut report).unwrap();
    assert!(report.updates.contains(&Update::AddCommand {
        name: "load.off".into()
    }));
    let outcome = lab.driver.command("load.off", None, &mut report).unwrap();
    assert_eq!(outcome, Outcome::Unknown);
    assert_eq!(lab.driver.shut_down().unwrap(), Outcome::Failed);
}

#[test]
fn the_cycle_of_the_specification_is_played() {
    let mut lab = Lab::new(
        Repeat::Loop,
        "ups.status: OL\nALARM \"[Replace battery]\"\nALARM second text\nTIMER 4\n\
         ALARM\nTIMER 4\nups.status: OB LB\nTIMER 4\n",
    );
    let first = ("OL", vec!["[Replace battery]", "second text"]);
    for (secs, (status, alarms)) in [
        (2, first.clone()),
        (6, ("OL", vec![])),
        (8, ("OL", vec![])),
        (12, ("OB LB", vec![])),
        (14, ("OB LB", vec![])),
        (18, ("OB LB", vec![])),
        (20, first),
    ] {
        lab.poll(secs).unwrap();
        assert_eq!(lab.status, Status::of(status), "at {secs} s");
        assert_eq!(lab.alarms, alarms, "at {secs} s");
    }
}

#[test]
fn a_pause_before_the_first_status_keeps_the_old_one() {
    let mut lab = Lab::new(Repeat::Loop, "TIMER 2\nups.status: OB\n");
    assert_eq!(lab.status, Status::of("OL"));
    for (secs, status) in [(2, "OB"), (4, "OB"), (6, "OB")] {
        lab.poll(secs).unwrap();
        assert_eq!(lab.status, Status::of(status), "at {secs} s");
    }
}

#[test]
fn a_vanished_file_fails_the_poll_and_a_new_one_heals_it() {
    for repeat in [Repeat::Loop, Repeat::Once] {
        let mut lab = Lab::new(repeat, "lab.a: 1\nups.status: OB\n");
        fs::remove_file(lab.dir.path().join("lab.dev")).unwrap();
        for secs in [2, 4] {
            assert!(
                matches!(lab.poll(secs), Err(Error::Timeout(_))),
                "{repeat:?}"
            );
        }
        assert_eq!(
            (lab.value("lab.a"), &lab.status),
            (Some("1"), &Status::of("OB"))
        );
        lab.write("lab.a: 2\n");
        lab.poll(6).unwrap();
        assert_eq!(
            (lab.value("lab.a"), &lab.status),
            (Some("2"), &Status::of("OB"))
        );
    }
}

#[test]
fn faults_of_a_file_are_remembered_so_that_a_loop_tells_them_once() {
    let mut lab = Lab::new(Repeat::Loop, "TIMER\n");
    assert_eq!(lab.driver.told.len(), 1);
    lab.write("lab.a: 1\n");
    lab.poll(2).unwrap();
    assert_eq!(lab.driver.told.len(), 0);
}
