//! The framework every driver stands on.
//!
//! A driver is a [`Driver`]: blocking code that owns one bus and talks to one device. Everything else is
//! here and the same for all: command line and ups.conf, the device thread, the Unix socket that upsd
//! connects to, status composition, staleness, PID file, signals, killpower. A driver's `main` is one call:
//!
//! ```no_run
//! # use driver::{Driver, Error, Info, Settings};
//! static INFO: Info = Info {
//!     name: "lab-ups",
//!     aliases: &[],
//!     description: "A UPS that exists on paper",
//!     version: "0.1",
//!     options: &[],
//!     hardware: Vec::new,
//!     open: |_: &Settings| -> Result<Box<dyn Driver>, Error> { Err(Error::Config("no such thing".into())) },
//! };
//!
//! fn main() -> std::process::ExitCode {
//!     driver::start(&INFO)
//! }
//! ```
//!
//! Inside, data flow one way:
//!
//! ```text
//! setup: ups.conf, -x --> start --> device_thread: Driver --News--> hub: publish --> outbox --> connection --> upsd
//!                                        ^-----------Job-------------'  ^----------------------'
//! ```

#![forbid(unsafe_code)]

mod backoff;
mod cli;
mod clock;
mod connection;
mod describe;
mod device;
mod device_thread;
mod evict;
mod framework;
mod hardware;
mod hub;
mod instance;
mod job;
mod jobs;
mod killpower;
mod link;
mod live;
mod looks;
mod options;
mod outbox;
mod publish;
mod rarely;
mod recorded;
mod reload;
mod report;
mod run;
mod setup;
mod socket;
mod start;
mod state;
pub mod testing;
mod told;

pub use clock::Clock;
pub use daemon::user::device_group;
pub use device::{Attempt, Depth, Driver, Error, Heard, Info, Lost};
pub use hardware::{Basis, Hardware, Port};
pub use instance::Instance;
pub use options::{OptionKind, OptionSpec, Settings};
pub use recording::Tape;
pub use report::{Report, Update};
pub use start::start;
