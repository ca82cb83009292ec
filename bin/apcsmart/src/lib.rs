//! apcsmart: APC UPSes with a serial port and the smart protocol, called UPS-Link by its maker.
//!
//! * [`letters`], [`variables`], [`commands`], [`firmware`], [`methods`]: what there is, as tables
//! * [`sift`], [`status`], [`form`], [`command_set`], [`capability`]: what answers mean
//! * [`mod@manual`]: the letters as a table for people
//! * [`talk`]: questions and answers with deadlines; [`questions`] that every unit understands, [`asking`] for a variable
//! * [`detect`]: what a unit has, [`present`]: one of its variables
//! * [`mod@unit`]: rounds and alerts; [`edit`]: settings; [`act`]: commands, with [`confirm`]; [`mod@driver`]: all of it for the framework
//!
//! Facts are those of the specification apcsmart.md.

#![forbid(unsafe_code)]

mod act;
mod asking;
mod capability;
mod command_set;
mod commands;
mod confirm;
mod detect;
mod driver;
mod edit;
#[cfg(test)]
mod fake;
mod firmware;
mod form;
mod hardware;
mod letters;
mod manual;
mod methods;
mod options;
mod present;
mod questions;
#[cfg(test)]
mod recordings;
mod sift;
mod status;
mod talk;
#[cfg(feature = "testing")]
pub mod testing;
mod unit;
mod variables;

pub use manual::manual;

use std::sync::Arc;

use ::driver::{Driver, Error, Info, Settings};

/// The driver.
pub static INFO: Info = Info {
    name: "apcsmart",
    aliases: &[options::OLD_NAME],
    description: "APC UPSes with a serial port, smart protocol",
    version: env!("CARGO_PKG_VERSION"),
    options: options::OPTIONS,
    hardware: hardware::hardware,
    open,
};

fn open(settings: &Settings) -> Result<Box<dyn Driver>, Error> {
    let port: driver::Open = Arc::new(driver::port);
    Ok(Box::new(driver::ApcSmart::find(&port, settings)?))
}

/// Whether a unit answers on a port. It is asked for nothing but the smart protocol, and not as often as by the driver: for
/// whoever looks for units on ports where most likely there is none.
///
/// # Errors
/// The port cannot be opened or used.
pub fn answers(settings: &Settings) -> Result<bool, Error> {
    const ATTEMPTS: u32 = 2;
    let mut talk = talk::Talk::new(driver::port(settings)?, settings.clock.clone());
    Ok(questions::smart(&mut talk, ATTEMPTS)?)
}
