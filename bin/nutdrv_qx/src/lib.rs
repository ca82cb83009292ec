//! nutdrv_qx: UPSes of the Megatec or Qx family, which hundreds of brands speak a dialect of.
//!
//! * [`dialect`]: the language that dialects are written in; [`dialects`] are the tables
//! * [`engine`]: walks, commands, settings; [`known`], [`bits`] and [`number`] are what it reckons with
//! * [`detect`]: which dialect a device speaks
//! * [`battery`]: charge and runtime of devices that do not tell them
//! * [`transport`]: how a request gets to the device; [`mod@hardware`] lists those that are known by their numbers
//! * [`qx`]: what the framework asks of a driver
//!
//! Facts are those of the specification nutdrv_qx.md.

#![forbid(unsafe_code)]

mod battery;
mod bits;
mod detect;
mod dialect;
mod dialects;
mod engine;
mod hardware;
mod known;
mod number;
mod options;
mod qx;
mod transport;

use driver::{Driver, Error, Info, Settings};

/// The driver.
pub static INFO: Info = Info {
    name: "nutdrv_qx",
    aliases: &["blazer_ser", "blazer_usb"],
    description: "Megatec and Qx protocols, serial and USB",
    version: env!("CARGO_PKG_VERSION"),
    options: options::OPTIONS,
    hardware: hardware::hardware,
    open,
};

fn open(settings: &Settings) -> Result<Box<dyn Driver>, Error> {
    let bus = transport::open(settings)?;
    Ok(Box::new(qx::Qx::new(bus, settings)?))
}
