//! Ingestion: how fast upsd takes in what drivers report.
//!
//! It counts until every UPS shows its last value to a client, not until the drivers have got rid of it.

use super::fake_driver::ups;
use super::question::connect;
use super::stage::Stage;
use super::variables::{ASKED, change};
use crate::failure::{Failure, Result};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};
use testkit::eventually;

/// Changes in all, from all drivers together.
const CHANGES: usize = 200_000;
/// Changes that a driver reports in one go.
const PART: usize = 40;
const DEADLINE: Duration = Duration::from_secs(20);

/// Changes a second, from all drivers of the stage, each in its turn.
pub(crate) fn rate(stage: &Stage) -> Result<f64> {
    let drivers = stage.drivers.count();
    let part: String = (0..PART).map(change).collect();
    let turns = CHANGES / PART / drivers;
    let begin = Instant::now();
    for _ in 0..turns {
        for driver in 0..drivers {
            stage.drivers.say(driver, &part)?;
        }
    }
    for driver in 0..drivers {
        stage
            .drivers
            .say(driver, &format!("SETINFO {ASKED} \"last\"\n"))?;
    }
    await_value(stage.address, drivers, "last", DEADLINE)?;
    Ok((turns * PART * drivers) as f64 / begin.elapsed().as_secs_f64())
}

/// Waits until all UPSes show a value.
pub(crate) fn await_value(
    address: SocketAddr,
    upses: usize,
    value: &str,
    within: Duration,
) -> Result<()> {
    let mut first = 0;
    let shown = eventually(within, || {
        first = show(address, first..upses, value).unwrap_or(first);
        (first == upses).then_some(())
    });
    shown.ok_or_else(|| {
        Failure::told(format!(
            "{} does not show {value:?} within {within:?}",
            ups(first)
        ))
    })
}

/// Asks one UPS after the other; returns the first that does not show the value.
fn show(address: SocketAddr, upses: std::ops::Range<usize>, value: &str) -> io::Result<usize> {
    let mut server = BufReader::new(connect(address)?);
    for index in upses.clone() {
        if ask(&mut server, index)? != format!("VAR {} {ASKED} \"{value}\"\n", ups(index)) {
            return Ok(index);
        }
    }
    Ok(upses.end)
}

fn ask(server: &mut BufReader<TcpStream>, index: usize) -> io::Result<String> {
    writeln!(server.get_mut(), "GET VAR {} {ASKED}", ups(index))?;
    let mut answer = String::new();
    server.read_line(&mut answer)?;
    Ok(answer)
}
