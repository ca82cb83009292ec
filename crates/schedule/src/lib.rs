//! upssched's timers, without a clock, a socket or a process (spec upssched.md, sections 3 and 5).
//!
//! [`Schedule`] takes [`Request`]s as they come over the wire and the time, and tells which scripts to [`Run`].
//!
//! * [`request`]: a line of words as a request
//! * [`timer`]: a timer, and what it carries for its script
//! * [`schedule`]: all of them
//!
//! A START for a name that has a timer makes a second one, as in C NUT: each START runs its script once unless it is
//! cancelled. Who wants one timer for several events uses START-TIMER-SHARED.

#![forbid(unsafe_code)]

pub mod request;
pub mod schedule;
pub mod timer;

pub use request::{Bad, Request, Sender};
pub use schedule::{Run, Schedule};
pub use timer::Timer;
