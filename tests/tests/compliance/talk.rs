//! One conversation, played against a server.

use crate::lab::password;
use crate::script::{Scene, Step};
use crate::syntax::{bytes, expand, matches};
use std::time::Duration;
use testkit::{FakeDriver, PATIENCE, Wire, eventually};
use tests::Subject;

/// How long a server that is expected to say nothing is listened to. One that does speak fails a later step.
const MOMENT: Duration = Duration::from_millis(100);

/// How long an answer may take.
const ANSWER_MAX: Duration = Duration::from_secs(5);

pub(crate) struct Talk<'a> {
    driver: &'a FakeDriver,
    wire: Wire,
    closed: bool,
    id: Option<String>,
    marks: usize,
    heard: usize,
}

/// What went otherwise than told.
type Result = std::result::Result<(), String>;

impl<'a> Talk<'a> {
    pub(crate) fn begin(port: u16, driver: &'a FakeDriver) -> Self {
        Self {
            driver,
            wire: Wire::connect(port).with_patience(ANSWER_MAX),
            closed: false,
            id: None,
            marks: 0,
            heard: 0,
        }
    }

    /// Plays a conversation up to its end, or to the first step that goes otherwise.
    pub(crate) fn play(&mut self, scene: &Scene, subject: &Subject) -> Result {
        if let Some(user) = &scene.user {
            assert_eq!(self.wire.ask(&format!("USERNAME {user}")), "OK");
            let password = password(user);
            assert_eq!(self.wire.ask(&format!("PASSWORD {password}")), "OK");
        }
        let played = self.perform(scene, subject);
        self.driver.set_silent(false);
        played.map_err(|wrong| format!("{}: {wrong}", scene.title))
    }

    fn perform(&mut self, scene: &Scene, subject: &Subject) -> Result {
        for (place, step) in scene.steps(subject) {
            self.step(step)
                .map_err(|wrong| format!("{place}: {wrong}"))?;
        }
        if self.closed {
            return Ok(());
        }
        // nothing may have come that was not asked for
        self.wire.send("PROTVER");
        self.hear("1.3")
    }

    fn step(&mut self, step: &Step) -> Result {
        match step {
            Step::Client(line) => {
                self.heard = self.driver.received().len();
                let mut line = bytes(&self.with_id(line));
                line.push(b'\n');
                self.wire.send_bytes(&line);
            }
            Step::Server(expected) => return self.hear(expected),
            Step::DriverGets(expected) => return self.driver_gets(&self.with_id(expected)),
            Step::DriverSays(line) => {
                self.driver.broadcast(&self.with_id(line));
                return self.settle(line);
            }
            Step::Silent(silent) => self.driver.set_silent(*silent),
            Step::Closed => {
                self.wire.expect_closed();
                self.closed = true;
            }
            Step::Quiet => self.wire.expect_silence(MOMENT),
        }
        Ok(())
    }

    fn hear(&mut self, expected: &str) -> Result {
        let got = self.wire.try_read_line().map_err(|e| e.to_string());
        let got = got.map_err(|error| format!("expected {expected}, but {error}"))?;
        if matches(expected, &got, &mut self.id) {
            return Ok(());
        }
        Err(format!("\n  expected {expected}\n  got      {got}"))
    }

    fn with_id(&self, line: &str) -> String {
        expand(&line.replace("{id}", self.id.as_deref().unwrap_or("{id}")))
    }

    fn driver_gets(&self, expected: &str) -> Result {
        let new = || -> Vec<String> {
            let all = self.driver.received();
            all.into_iter().skip(self.heard).collect()
        };
        let came = eventually(ANSWER_MAX, || {
            new().iter().any(|line| line == expected).then_some(())
        });
        came.ok_or_else(|| format!("the driver got {:?}, not {expected}", new()))
    }

    /// Waits until upsd has read what the driver said: a mark behind it shows.
    fn settle(&mut self, line: &str) -> Result {
        if line == "DATASTALE" {
            return self.see("ERR DATA-STALE");
        }
        self.marks += 1;
        let name = format!("{}.{}", std::process::id(), self.marks);
        self.driver.broadcast(&format!("SETINFO mark \"{name}\""));
        self.see(&format!("VAR lab1 mark \"{name}\""))?;
        self.driver.broadcast("DELINFO mark");
        self.see("ERR VAR-NOT-SUPPORTED")
    }

    /// Asks for the mark until the answer is as wanted.
    fn see(&mut self, wanted: &str) -> Result {
        let seen = || (self.wire.ask("GET VAR lab1 mark") == wanted).then_some(());
        eventually(PATIENCE, seen).ok_or_else(|| format!("the mark was never answered {wanted}"))
    }
}
