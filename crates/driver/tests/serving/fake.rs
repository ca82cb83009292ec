//! A device that does as the test says: each poll reports what lies in its script.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, LazyLock, Mutex};
use std::task::{Wake, Waker};
use std::time::Duration;

use driver::testing::Running;
use driver::{Depth, Driver, Error, Heard, Info, OptionKind, OptionSpec, Report, Settings};
use model::{Flags, Range};
use proto::Outcome;

use crate::client::Client;

/// One thing that happens at a poll.
pub(crate) enum Step {
    /// The poll reports this.
    Tell(fn(&mut Report)),
    /// The poll takes so long.
    Sleep(Duration),
    /// The poll takes so long and fails then.
    Slow(Duration, fn() -> Error),
    /// The poll fails.
    Fail(fn() -> Error),
    /// Opening fails so often.
    Closed(u32),
    /// The device says this by itself, between two polls.
    Say(fn(&mut Report)),
    /// Between two polls, after it was listened to so often, it seems gone so often.
    Vanish { after: u32, times: u32 },
    /// Between two polls, after it was listened to so often, it calls.
    Call { after: u32 },
}

/// Scripts by port, so that tests can run side by side.
static SCRIPTS: LazyLock<Mutex<HashMap<String, VecDeque<Step>>>> = LazyLock::new(Mutex::default);

/// Polls so far, by port.
static POLLS: LazyLock<Mutex<HashMap<String, u32>>> = LazyLock::new(Mutex::default);

pub(crate) fn polls(port: &str) -> u32 {
    let polls = POLLS.lock().unwrap();
    polls.get(port).copied().unwrap_or_default()
}

/// The driver under test.
pub(crate) static FAKE: Info = Info {
    name: "fake-ups",
    aliases: &["old-fake"],
    description: "Test device",
    version: "0.7",
    options: &[
        OptionSpec {
            name: "mode",
            kind: OptionKind::Value,
            doc: "How",
        },
        OptionSpec {
            name: "token",
            kind: OptionKind::Secret,
            doc: "Key",
        },
    ],
    hardware: Vec::new,
    open,
};

struct Fake {
    port: String,
    bell: Arc<Bell>,
}

/// Ends the wait of a device whose port says that it can be woken.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

impl Bell {
    fn wait(&self, within: Duration) {
        let rung = self.rung.lock().unwrap();
        let waited = self.heard.wait_timeout_while(rung, within, |rung| !*rung);
        *waited.unwrap().0 = false;
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        *self.rung.lock().unwrap() = true;
        self.heard.notify_one();
    }
}

fn open(settings: &Settings) -> Result<Box<dyn Driver>, Error> {
    let mut scripts = SCRIPTS.lock().unwrap();
    let script = scripts.entry(settings.port.clone()).or_default();
    if let Some(Step::Closed(times)) = script.front_mut() {
        if *times > 0 {
            *times -= 1;
            return Err(Error::Gone("the device does not open".into()));
        }
        script.pop_front();
    }
    Ok(Box::new(Fake {
        port: settings.port.clone(),
        bell: Arc::default(),
    }))
}

impl Driver for Fake {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        report.set("ups.model", "Fake").add_command("load.off");
        report
            .set_text("lab.mode", "on", 10)
            .choices("lab.mode", &["on", "off"]);
        report
            .set("lab.limit", "15")
            .flags("lab.limit", Flags::RW_NUMBER);
        report.ranges("lab.limit", &[Range { min: 10, max: 20 }]);
        Ok(())
    }

    fn poll(&mut self, _: Depth, report: &mut Report) -> Result<(), Error> {
        report.status("OL").no_alarms();
        *POLLS.lock().unwrap().entry(self.port.clone()).or_default() += 1;
        let step = SCRIPTS
            .lock()
            .unwrap()
            .entry(self.port.clone())
            .or_default()
            .pop_front();
        match step {
            Some(Step::Tell(fill)) => {
                *report = Report::default();
                fill(report);
            }
            Some(Step::Sleep(span)) => std::thread::sleep(span),
            Some(Step::Slow(span, error)) => {
                std::thread::sleep(span);
                return Err(error());
            }
            Some(Step::Fail(error)) => return Err(error()),
            Some(
                later @ (Step::Closed(_) | Step::Say(_) | Step::Vanish { .. } | Step::Call { .. }),
            ) => {
                SCRIPTS
                    .lock()
                    .unwrap()
                    .entry(self.port.clone())
                    .or_default()
                    .push_front(later);
            }
            None => {}
        }
        Ok(())
    }

    /// A device whose port is called so talks by itself, or is silent until it is woken.
    fn listen(&mut self, within: Duration, report: &mut Report) -> Heard {
        if self.waker().is_some() {
            self.bell.wait(within);
            return Heard::Nothing;
        }
        if !self.port.starts_with("talking") {
            return Heard::Deaf;
        }
        let mut scripts = SCRIPTS.lock().unwrap();
        let script = scripts.entry(self.port.clone()).or_default();
        match script.front_mut() {
            Some(Step::Vanish { after: 0, times: 1 }) => {
                script.pop_front();
                return Heard::Gone;
            }
            Some(Step::Vanish { after: 0, times }) => {
                *times -= 1;
                return Heard::Gone;
            }
            Some(Step::Call { after: 0 }) => {
                script.pop_front();
                return Heard::Called;
            }
            Some(Step::Call { after } | Step::Vanish { after, .. }) => *after -= 1,
            _ => {}
        }
        let Some(Step::Say(fill)) = script.front() else {
            drop(scripts);
            std::thread::sleep(within);
            return Heard::Nothing;
        };
        fill(report);
        script.pop_front();
        Heard::Something
    }

    fn waker(&self) -> Option<Waker> {
        let can_be_woken = self.port.starts_with("asleep");
        can_be_woken.then(|| Waker::from(Arc::clone(&self.bell)))
    }

    fn command(
        &mut self,
        name: &str,
        param: Option<&str>,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        match (name, param) {
            ("load.off", None) => {
                report.status("OFF");
                Ok(Outcome::Handled)
            }
            ("load.off", Some(_)) => Err(Error::Timeout("no answer to load.off".into())),
            ("test.lost", _) => Err(Error::Gone("unplugged".into())),
            _ => Ok(Outcome::Unknown),
        }
    }

    fn set(&mut self, var: &str, value: &str, report: &mut Report) -> Result<Outcome, Error> {
        if var != "lab.mode" {
            return Ok(Outcome::Unknown);
        }
        if value.len() > 10 {
            return Ok(Outcome::Invalid);
        }
        report.set(var, value);
        Ok(Outcome::Handled)
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        Ok(if self.port == "stubborn" {
            Outcome::Unknown
        } else {
            Outcome::Handled
        })
    }
}

/// A running driver and its directory.
pub(crate) struct Lab {
    pub(crate) driver: Running,
    pub(crate) dir: tempfile::TempDir,
}

impl Lab {
    /// Starts a driver whose port is `port`, with more lines in its section.
    pub(crate) fn start(port: &str, more: &str, script: Vec<Step>) -> Self {
        Self::try_start(port, more, script).unwrap()
    }

    pub(crate) fn try_start(port: &str, more: &str, mut script: Vec<Step>) -> Result<Self, String> {
        // the second poll comes at once, before a test has a client
        if !script.is_empty() {
            script.insert(1, Step::Tell(|_| ()));
        }
        SCRIPTS
            .lock()
            .unwrap()
            .insert(port.to_owned(), script.into());
        let dir = tempfile::tempdir().unwrap();
        write_conf(dir.path().join("ups.conf"), port, more);
        let before = polls(port);
        let driver = Running::start(&FAKE, "u1", dir.path())?;
        let lab = Self { driver, dir };
        lab.rests_after(port, before + 2);
        Ok(lab)
    }

    /// Waits until so many polls are over and published.
    fn rests_after(&self, port: &str, count: u32) {
        while polls(port) < count {
            std::thread::sleep(Duration::from_millis(1));
        }
        let mut client = self.client();
        let rests = |line: &String| line == r#"SETINFO driver.state "quiet""#;
        while !client.dump().iter().any(rests) {}
        client.send("LOGOUT");
        client.wait("OK Goodbye");
        assert!(client.is_closed());
    }

    /// Replaces the configuration.
    pub(crate) fn configure(&self, port: &str, more: &str) {
        write_conf(self.dir.path().join("ups.conf"), port, more);
    }

    pub(crate) fn client(&self) -> Client {
        Client::connect(self.driver.socket())
    }

    /// A client that does not hear of changes.
    pub(crate) fn quiet_client(&self) -> Client {
        let mut client = self.client();
        client.send("NOBROADCAST");
        client
    }
}

fn write_conf(path: PathBuf, port: &str, more: &str) {
    let head = "pollinterval = 1\n[u1]\ndriver = fake-ups\n";
    std::fs::write(path, format!("{head}port = {port}\n{more}\n")).unwrap();
}
