//! From the start of a driver to good data.

use std::time::{Duration, Instant};

use testkit::{PATIENCE, Umockdev};

use super::figure;
use super::make::Make;
use super::place::{Place, STARTED};
use crate::bench::figures::{Figures, Unit};
use crate::failure::Result;

/// How often each is started in a round.
const TURNS: usize = 3;

/// Each device, in turns on the same bus.
pub(super) fn measure(umockdev: &Umockdev, makes: &[Make], figures: &mut Figures) -> Result<()> {
    for kind in STARTED {
        let place = Place::new(umockdev, kind)?;
        for make in makes.iter().cycle().take(makes.len() * TURNS) {
            let took = once(&place, make)?;
            let millis = took.as_secs_f64() * 1e3;
            figures.add(make.side(), &figure::start(kind), Unit::Millis, millis);
        }
    }
    Ok(())
}

fn once(place: &Place, make: &Make) -> Result<Duration> {
    let begin = Instant::now();
    let mut driver = place.launch(make)?;
    let mut socket = place.hear(&mut driver);
    socket.wait(PATIENCE, |said| said.is_fresh() == Some(true))?;
    Ok(begin.elapsed())
}
