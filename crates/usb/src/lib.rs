//! USB devices for drivers: finding the right one, talking to it, and doing without it in tests.
//!
//! ```text
//! options --> Matcher, Place --> Search::find ----> Found { device: Box<dyn UsbDevice>, stable, .. }
//!                                  |  asks            |  control, interrupt, string, reset: each with a deadline
//!                                 Bus                 v
//!                                  |                class: reports and descriptors    Recorder: writes everything down
//!                             real::Libusb
//!
//! lost? Search::find_again finds the same unit by what Stable remembers of it; Health::step says when to reset its port
//! Finder and Trace are all of that in one, for drivers
//! ```
//!
//! Three things are a [`UsbDevice`] beside the real one: a [`Recorder`] around any, one of a [`Replay`], which answers as one
//! did that was recorded, and a [`Simulated`] one, a table of reports that can be told to fail.
//!
//! What a rule comes from is said where it stands; most are facts about how the reference finds and opens devices, as people's
//! configuration files count on them. Nothing here knows what a report means: that is crate `hid`.

#![deny(unsafe_code)]

pub mod access;
pub mod class;
mod device;
#[cfg(any(test, feature = "testing"))]
pub mod device_file;
pub mod ere;
mod error;
mod find;
mod finder;
pub mod health;
mod identity;
pub mod matcher;
pub mod options;
pub mod real;
mod record;
mod replay;
pub mod select;
pub mod simulated;
mod stable;
pub mod string;
pub mod traffic;

pub use device::{CONTROL, CONTROL_MAX, INTERRUPT, Interface, Setup, UsbDevice};
pub use error::{Error, Meaning};
pub use find::{Bus, Candidate, Claim, Found, Search, WhyNot, explain};
pub use finder::{Finder, First, Trace};
pub use health::{Advice, Event, Health};
pub use identity::Identity;
pub use matcher::{Known, Matcher, Mismatch};
pub use options::Place;
pub use record::{RecordedBus, Recorder, Reports, bus};
pub use replay::Replay;
pub use simulated::Simulated;
pub use stable::Stable;
