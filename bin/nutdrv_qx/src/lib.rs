//! nutdrv_qx: UPSes of the Megatec or Qx family, which hundreds of brands speak a dialect of.
//!
//! * [`dialect`]: the language that dialects are written in; [`dialects`] are the tables
//! * [`engine`]: walks, commands, settings; [`known`], [`bits`] and [`number`] are what it reckons with
//! * [`detect`]: which dialect a device speaks
//! * [`battery`]: charge and runtime of devices that do not tell them
//! * [`transport`]: how a request gets to the device; [`mod@hardware`] lists those that are known by their numbers
//! * [`qx`]: what the framework asks of a driver; [`older`] is what it does under the names of drivers that it stands in for
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
mod older;
mod options;
mod qx;
#[cfg(test)]
mod recordings;
mod transport;

use std::sync::Arc;

use driver::{Driver, Error, Info, Settings};
use tracing::info;

/// The driver.
pub static INFO: Info = Info {
    name: "nutdrv_qx",
    aliases: &["blazer_ser", "blazer_usb", "bestups", "masterguard"],
    description: "Megatec and Qx protocols, serial and USB",
    version: env!("CARGO_PKG_VERSION"),
    options: options::OPTIONS,
    hardware: hardware::hardware,
    open,
};

/// The dialects that `protocol =` may name.
pub fn protocols() -> impl Iterator<Item = &'static str> {
    dialects::DIALECTS.iter().map(|dialect| dialect.name)
}

/// The driver on a serial line that is open; every time the device is opened anew, `line` is asked for one.
///
/// # Errors
/// The device does not speak any of the dialects that the settings allow, or the settings cannot work.
pub fn find(
    line: impl Fn() -> Box<dyn serial::Line> + Send + Sync + 'static,
    settings: &Settings,
) -> Result<Box<dyn Driver>, Error> {
    let open: qx::Open = Arc::new(move |_: &Settings| {
        let bus: Box<dyn transport::Transport> = Box::new(transport::serial::Serial::new(line()));
        Ok(bus)
    });
    Ok(Box::new(qx::Qx::find(&open, settings)?))
}

fn open(settings: &Settings) -> Result<Box<dyn Driver>, Error> {
    if !settings.driver.is_empty() && settings.driver != INFO.name {
        info!("{} is an older name of {}", settings.driver, INFO.name);
    }
    let open: qx::Open = Arc::new(transport::open);
    Ok(Box::new(qx::Qx::find(&open, settings)?))
}
