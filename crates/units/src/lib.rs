//! The systemd units of drivers: an instance of `nut-driver@.service` for each section of ups.conf.
//!
//! * [`name`]: what the unit of a UPS is called
//! * [`Needs`]: what a driver waits for, by its kind and port
//! * [`systemctl`]: asking systemd

#![forbid(unsafe_code)]

pub mod name;
mod needs;
pub mod systemctl;

pub use needs::{Needs, USB_KEYS};
