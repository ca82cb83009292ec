//! A device, its line, a driver, and what clients see of it. Time passes as the line and the driver say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use driver::testing::Published;
use driver::{Clock, Depth, Driver, Error, Report, Settings};
use serial::{Line, Simulated, Time};

use crate::device::{Answers, Device};
use crate::line::Fault;

/// Words of `ups.status` that somebody may shut down for, and OL.
const CRITICAL: &[&str] = &["OL", "OB", "LB", "OFF", "FSD", "RB", "OVER"];
/// A full walk is due, and is not.
const LONG: Duration = Duration::from_secs(40);
const SHORT: Duration = Duration::from_secs(2);

/// What is at the other end of the line.
#[derive(Default)]
struct World {
    answers: Answers,
    /// What is wrong; with all answers if no request is named.
    fault: Option<(Option<Vec<u8>>, Fault)>,
    /// What it was asked.
    asked: BTreeSet<Vec<u8>>,
}

/// The driver's time is the line's.
struct DriverTime(Clock);

impl Time for DriverTime {
    fn now(&self) -> Duration {
        self.0.since_start()
    }

    fn pass(&mut self, span: Duration) {
        self.0.sleep(span);
    }
}

/// A driver on a device.
pub(crate) struct Bench {
    world: Arc<Mutex<World>>,
    driver: Box<dyn Driver>,
    published: Published,
    stale: bool,
    clock: Clock,
    polls: u32,
    took: Duration,
}

impl Bench {
    /// The driver attached at that moment of the device, and read once.
    pub(crate) fn new(device: &Device, moment: &Answers) -> Self {
        Self::with(device, moment, None).unwrap()
    }

    /// The same with something wrong from the beginning.
    pub(crate) fn with(
        device: &Device,
        moment: &Answers,
        fault: Option<(Option<Vec<u8>>, Fault)>,
    ) -> Result<Self, Error> {
        let world = Arc::new(Mutex::new(World {
            answers: moment.clone(),
            fault,
            asked: BTreeSet::new(),
        }));
        let settings = Settings {
            clock: Clock::standing(),
            poll_interval: SHORT,
            options: device.options(),
            ..Settings::default()
        };
        let (other, clock) = (Arc::clone(&world), settings.clock.clone());
        let line = move || -> Box<dyn Line> {
            let (other, clock) = (Arc::clone(&other), clock.clone());
            let line = Simulated::slow(move |request| other.lock().unwrap().pieces(request));
            Box::new(line.with_time(DriverTime(clock)))
        };
        let mut driver = nutdrv_qx::find(line, &settings)?;
        let mut published = Published::default();
        let mut report = Report::default();
        driver.identify(&mut report)?;
        published.tell(report);
        let mut bench = Self {
            world,
            driver,
            published,
            stale: true,
            clock: settings.clock,
            polls: 0,
            took: Duration::ZERO,
        };
        bench.poll();
        Ok(bench)
    }

    /// The device is so now.
    pub(crate) fn turn_to(&self, moment: &Answers) {
        self.world.lock().unwrap().answers = moment.clone();
    }

    /// From now on something is wrong with the answers to a request, or to all.
    pub(crate) fn spoil(&self, request: Option<&[u8]>, fault: Fault) {
        self.world.lock().unwrap().fault = Some((request.map(<[u8]>::to_vec), fault));
    }

    /// All is well again.
    pub(crate) fn mend(&self) {
        self.world.lock().unwrap().fault = None;
    }

    /// Reads the device, all of it every other time.
    pub(crate) fn poll(&mut self) -> bool {
        self.clock.sleep(if self.polls.is_multiple_of(2) {
            LONG
        } else {
            SHORT
        });
        self.polls += 1;
        let begun = self.now();
        let mut report = Report::default();
        match self.driver.poll(Depth::Full, &mut report) {
            Ok(()) => {
                self.published.apply(report);
                self.stale = false;
            }
            Err(error) => {
                assert!(matches!(error, Error::Timeout(_)), "{error}");
                self.published.stale();
                self.stale = true;
            }
        }
        self.took = self.now() - begun;
        !self.stale
    }

    /// Reads it until all was read once.
    pub(crate) fn settle(&mut self) -> &mut Self {
        self.poll();
        self.poll();
        self
    }

    /// What a quick walk asks for.
    pub(crate) fn vital(&mut self) -> BTreeSet<Vec<u8>> {
        self.settle();
        if self.polls.is_multiple_of(2) {
            self.poll();
        }
        self.world.lock().unwrap().asked.clear();
        self.poll();
        self.world.lock().unwrap().asked.clone()
    }

    pub(crate) fn is_stale(&self) -> bool {
        self.stale
    }

    /// How long the last poll took.
    pub(crate) fn took(&self) -> Duration {
        self.took
    }

    /// What time it is on the device's line.
    pub(crate) fn now(&self) -> Duration {
        self.clock.since_start()
    }

    /// The words of the status that somebody may act upon.
    pub(crate) fn critical(&self) -> BTreeSet<String> {
        let status = self.published.value("ups.status").unwrap_or_default();
        let words = status.split(' ').filter(|word| CRITICAL.contains(word));
        words.map(str::to_owned).collect()
    }

    /// Everything that is published.
    pub(crate) fn values(&self) -> BTreeMap<String, String> {
        let tree = self.published.tree().iter();
        tree.map(|(name, variable)| (name.to_owned(), variable.value.clone()))
            .collect()
    }
}

impl World {
    fn pieces(&mut self, request: &[u8]) -> Vec<serial::Piece> {
        if !self.asked.contains(request) {
            self.asked.insert(request.to_vec());
        }
        let answer = self.answers.get(request).map_or(&[][..], Vec::as_slice);
        match &self.fault {
            Some((at, fault)) if at.as_deref().is_none_or(|at| at == request) => {
                fault.pieces(request, answer)
            }
            _ => vec![(Duration::ZERO, answer.to_vec())],
        }
    }
}
