//! A driver whose device has nothing new to tell.

use std::thread::sleep;
use std::time::{Duration, Instant};

use testkit::{DriverSocket, PATIENCE, Running, Umockdev};

use super::figure;
use super::make::Make;
use super::place::{Kind, POLL, Place, RESTING};
use super::process::Counted;
use crate::bench::figures::{Figures, Unit};
use crate::bench::memory;
use crate::failure::Result;

/// What the start leads to is over.
const SETTLE: Duration = Duration::from_secs(8);
/// How long it is watched: everything is read twice in that time, and what changes often at each poll.
pub(super) const WINDOW: Duration = Duration::from_secs(60);

/// A driver with a client, in the order in which they end.
struct Resting {
    _socket: DriverSocket,
    driver: Running,
    _place: Place,
    kind: Kind,
    make: Make,
}

/// All of them at the same time: they sleep, so that none keeps another from anything.
pub(super) fn measure(umockdev: &Umockdev, makes: &[Make], figures: &mut Figures) -> Result<()> {
    let mut all = Vec::new();
    for kind in RESTING {
        for make in makes {
            all.push(Resting::begin(umockdev, kind, make)?);
        }
    }
    sleep(SETTLE);
    let begin = Instant::now();
    let before: Result<Vec<Counted>> = all.iter().map(Resting::counted).collect();
    let before = before?;
    sleep(WINDOW);
    let seconds = begin.elapsed().as_secs_f64();
    for (resting, before) in all.iter().zip(before) {
        resting.note(figures, before, seconds)?;
    }
    Ok(())
}

impl Resting {
    fn begin(umockdev: &Umockdev, kind: Kind, make: &Make) -> Result<Self> {
        let place = Place::new(umockdev, kind)?;
        let mut driver = place.launch(make)?;
        let mut socket = place.hear(&mut driver);
        socket.wait(PATIENCE, |said| said.is_fresh() == Some(true))?;
        Ok(Self {
            _socket: socket,
            driver,
            _place: place,
            kind,
            make: make.clone(),
        })
    }

    fn counted(&self) -> Result<Counted> {
        Counted::of(self.driver.pid())
    }

    fn note(&self, figures: &mut Figures, before: Counted, seconds: f64) -> Result<()> {
        let counted = self.counted()?.since(before);
        let resident = memory::resident(self.driver.pid())?;
        let polls = seconds / POLL.as_secs_f64();
        let micros = counted.processor.as_secs_f64() * 1e6 / polls;
        let wakeups = counted.wakeups as f64 * 60.0 / seconds;
        let side = self.make.side();
        let kind = self.kind;
        figures.add(side, &figure::resident(kind), Unit::Kilobytes, resident);
        figures.add(side, &figure::processor(kind), Unit::Micros, micros);
        figures.add(side, &figure::wakeups(kind), Unit::PerMinute, wakeups);
        Ok(())
    }
}
