//! From a power failure, as the device has it, to OB on the driver's socket.

use std::thread::sleep;
use std::time::Duration;

use testkit::{DriverSocket, PATIENCE, Umockdev};

use super::figure;
use super::make::Make;
use super::place::{FAILING, POLL, Place};
use crate::bench::figures::{Figures, Unit};
use crate::failure::{Failure, Result};

/// Failures in a round, spread over the time between two polls.
const FAILURES: u32 = 4;

/// Each make in its turn.
pub(super) fn measure(umockdev: &Umockdev, makes: &[Make], figures: &mut Figures) -> Result<()> {
    for kind in FAILING {
        for make in makes {
            for took in outages(&Place::new(umockdev, kind)?, make)? {
                let millis = took.as_secs_f64() * 1e3;
                figures.add(make.side(), &figure::mains(kind), Unit::Millis, millis);
            }
        }
    }
    Ok(())
}

fn outages(place: &Place, make: &Make) -> Result<Vec<Duration>> {
    let bus = place.bus.as_ref();
    let device = bus
        .map(|bus| bus.device(0))
        .ok_or_else(|| Failure::told("a file has no mains to lose"))?;
    let mut driver = place.launch(make)?;
    let mut socket = place.hear(&mut driver);
    socket.wait(PATIENCE, on_line)?;
    let mut times = Vec::new();
    for failure in 0..FAILURES {
        // what ended the last one may have been a poll
        sleep(POLL / 2 + POLL * failure / FAILURES);
        device.mains(false);
        times.push(socket.wait(PATIENCE, |said| said.status_has("OB"))?);
        device.mains(true);
        socket.wait(PATIENCE, on_line)?;
    }
    Ok(times)
}

fn on_line(said: &DriverSocket) -> bool {
    said.is_fresh() == Some(true) && said.status_has("OL")
}
