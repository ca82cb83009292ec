//! One start of one driver.

use std::collections::BTreeMap;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use testkit::{DriverSocket, PATIENCE, Running, Sandbox, Simulator};

use super::case::{Case, NAMED, Unknown};
use crate::bench::drivers::make::Make;
use crate::bench::figures::{Figures, Side, Unit};
use crate::failure::{Failure, Result};

const DRIVER: &str = "nutdrv_qx";
const UPS: &str = "ups";
/// How often a driver is looked at that does not serve yet.
const STEP: Duration = Duration::from_millis(5);
/// The longest search of all, C's for a device on a dead line, takes a minute.
const LONGEST: Duration = Duration::from_secs(180);

/// A driver and what it is started on.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    make: Make,
    pub(super) case: Case,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) trial: Trial,
    /// Nothing if C NUT does not recognise the device.
    took: Option<Duration>,
    /// What the driver calls the dialect that it has found.
    found: String,
}

impl Trial {
    pub(super) fn new(make: &Make, case: Case) -> Self {
        Self {
            make: make.clone(),
            case,
        }
    }

    /// From the start to good data, or to the end.
    pub(super) fn perform(&self, script: &Path) -> Result<Outcome> {
        let sandbox = Sandbox::try_new()?;
        let name = self.case.name();
        let mut args = vec!["--dialect", self.case.dialect.unwrap_or(NAMED)];
        match (self.case.is_silent(), self.case.unknown) {
            (true, _) => args.extend(["--do", "fault silence"]),
            (_, Unknown::Silence) => args.extend(["--do", "set dialect.unknown=silence"]),
            _ => {}
        }
        let device = Simulator::start("bench serial", &sandbox, script, &args);
        let device = device.ok_or(Failure::Reported)?;
        sandbox.try_write("ups.conf", &self.conf(device.port()))?;
        let begin = Instant::now();
        let program = self.make.driver(DRIVER, &sandbox).args(["-a", UPS, "-F"]);
        let mut driver = program.as_myself().try_start()?;
        let found = match (self.case.is_silent(), serves(&sandbox, &mut driver)) {
            (true, Some(false)) => "given up".to_owned(),
            (false, Some(true)) => {
                let mut socket = DriverSocket::connect(&sandbox, DRIVER, UPS, &mut driver);
                socket.wait(PATIENCE, |said| said.is_fresh() == Some(true))?;
                socket
                    .value("driver.version.data")
                    .unwrap_or("?")
                    .to_owned()
            }
            (false, Some(false)) if self.make.side() == Side::C => "not recognised".to_owned(),
            _ => {
                let printed = driver.printed();
                return Err(Failure::told(format!("{name}: unexpected: {printed}")));
            }
        };
        let took = begin.elapsed();
        Ok(Outcome {
            trial: self.clone(),
            took: (found != "not recognised").then_some(took),
            found,
        })
    }

    fn conf(&self, port: &Path) -> String {
        let port = port.display();
        let protocol = match self.case {
            Case {
                named: true,
                dialect,
                ..
            } => {
                format!("protocol = {}\n", dialect.unwrap_or(NAMED))
            }
            _ => String::new(),
        };
        format!("pollinterval = 2\n[{UPS}]\ndriver = {DRIVER}\nport = {port}\n{protocol}")
    }
}

/// Waits until the driver serves or has ended; which of them.
fn serves(sandbox: &Sandbox, driver: &mut Running) -> Option<bool> {
    let path = sandbox.socket(DRIVER, UPS);
    let begin = Instant::now();
    while begin.elapsed() < LONGEST {
        if driver.ended().is_some() {
            return Some(false);
        }
        if UnixStream::connect(&path).is_ok() {
            return Some(true);
        }
        sleep(STEP);
    }
    None
}

impl Outcome {
    pub(super) fn note(&self, figures: &mut Figures, unit: Unit) {
        let Some(took) = self.took else { return };
        let millis = took.as_secs_f64() * 1e3;
        let name = self.trial.case.name();
        figures.add(self.trial.make.side(), &name, unit, millis);
    }
}

/// What each device was found to be, ours first.
pub(super) fn found(outcomes: &[Outcome]) -> String {
    let mut all = BTreeMap::new();
    for outcome in outcomes {
        let side = format!("{:?}", outcome.trial.make.side());
        let told: &mut BTreeMap<_, _> = all.entry(outcome.trial.case.name()).or_default();
        told.insert(std::cmp::Reverse(side), outcome.found.as_str());
    }
    let line = |(name, told): (&String, &BTreeMap<_, &str>)| {
        let told: Vec<&str> = told.values().copied().collect();
        format!("{name}: {}\n", told.join(", C's: "))
    };
    all.iter().map(line).collect()
}
