//! The framework every driver stands on.
//!
//! A driver is a [`Driver`]: blocking code that owns one bus and talks to one device. Everything else is
//! here and the same for all: command line and ups.conf, the device thread, the Unix socket that upsd
//! connects to, status composition, staleness, PID file, signals, killpower.

#![forbid(unsafe_code)]

mod device;
mod options;
mod report;

pub use device::{Depth, Driver, Error, Info};
pub use options::{OptionKind, OptionSpec, Settings};
pub use report::{Report, Update};
