//! `bench drivers`: our usbhid-ups and dummy-ups, as packages ship them, and C NUT's, on the same emulated devices.
//!
//! | figure | from, to |
//! |---|---|
//! | start | the program is started; its socket says DATAOK |
//! | RSS, CPU, wake-ups at rest | a driver with one client connected, over [`rest::WINDOW`]; nothing changes |
//! | mains off to OB | the device is told; the driver's socket says OB |
//!
//! A wake-up is a voluntary switch of any of the driver's threads. Over a kernel a control transfer is one; here the emulator
//! stands in for the kernel and is asked over a socket, which makes more than twenty of each. That is the same for both. Starts
//! and outages are in turns, drivers at rest side by side.

mod figure;
mod mains;
pub(super) mod make;
mod place;
mod process;
mod rest;
mod start;
mod targets;

pub(crate) use process::Counted;
use testkit::Umockdev;

use super::figures::Figures;
use super::table;
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use make::Make;

/// How often everything is measured.
const ROUNDS: usize = 3;

/// Measures, prints the table, and fails when a promise is not kept.
pub(crate) fn run() -> Result<()> {
    let makes = Make::all(&Workspace::load()?, &["usbhid-ups", "dummy-ups"])?;
    let umockdev = Umockdev::find("bench drivers").ok_or(Failure::Reported)?;
    let mut figures = Figures::default();
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}…");
        start::measure(&umockdev, &makes, &mut figures)?;
        mains::measure(&umockdev, &makes, &mut figures)?;
        rest::measure(&umockdev, &makes, &mut figures)?;
    }
    println!("\n{}", table::of(&figures));
    let (text, all_met) = targets::judge(&figures);
    println!("{text}");
    if all_met {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}
