//! upsmon's decisions, without a clock, a socket or a process: which UPS is critical, whom to tell, when to shut down.
//!
//! [`Monitor::step`] takes an [`Event`] and the time and gives [`Action`]s. A program around it polls, tells and acts.
//!
//! ```text
//!             too few supplies are good, or somebody asked (FSD)
//! Watching ----------------------------------------------------+
//!    ^  |                                                      |
//!    |  | Suspending     primary of some UPS                   | no primary
//!    |  v                      v                               |
//! (asleep)                  Syncing  FSD is set on every UPS   |
//!    Resumed                   |     that it is primary of;    |
//!                              |     wait until nobody else    |
//!                              |     is logged in, at most     |
//!                              |     HOSTSYNC                  |
//!                              v                               |
//!                            Final <---------------------------+
//!                              |     SHUTDOWN is told, wait FINALDELAY
//!                              v
//!                            Acting  POWERDOWNFLAG and SHUTDOWNCMD; again until it succeeds
//!                              v
//!                            Lingering as SHUTDOWNEXIT says, then the end
//! ```
//! There is no arrow back: secondaries that saw FSD are on their way down, and only this host's way through makes the
//! UPS cut and restore power. A reload, a stop or the return of power changes nothing any more.
//!
//! * [`report`]: what one poll said; [`flags`]: the words of `ups.status`
//! * [`supply`]: one UPS; what changed since the last poll becomes notices
//! * [`verdict`]: whether it is critical, and by which [`Rule`]
//! * [`decision`]: the sum over all of them, with its reasons
//! * [`sequence`]: from the decision to the end
//! * [`machine`]: all together
//!
//! The rules are those of spec upsmon.md, sections 4 to 9. Where C NUT would shut down on a lost connection alone, the
//! rule here is another: see [`verdict`] and docs/differences.md.

#![forbid(unsafe_code)]

mod action;
pub mod decision;
mod event;
mod explain;
pub mod flags;
pub mod machine;
pub mod policy;
pub mod report;
pub mod sequence;
pub mod supply;
pub mod verdict;

pub use action::{Action, Level};
pub use decision::Decision;
pub use event::Event;
pub use machine::Monitor;
pub use policy::{CommLoss, Policy, Role, Setup, ShutdownExit, SupplySetup};
pub use report::{Line, Report};
pub use supply::UpsId;
pub use verdict::{Rule, Verdict};
