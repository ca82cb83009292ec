//! Recordings: what a driver and its device said to each other, as text that a bug report carries and a test plays.
//!
//! ```text
//! locknut-recording 1
//! # a comment
//! driver usbhid-ups 0.1.0
//! pollinterval 2
//! option offdelay 120
//! option pollonly
//!
//! = 0.004 open
//! @ usb 051d 0002 0106
//! @ vendor "American Power Conversion"
//! > get 81 06 2200 0000 1024
//! < 05 84 09 04 a1 01
//! = 2.011 poll
//! > get a1 01 030c 0000 2
//! < 0c 64
//! = 3.562 command beeper.mute
//! > set 21 09 0378 0000 78 03
//! < 2
//! ```
//!
//! | line | written by | says |
//! |---|---|---|
//! | the head | the framework | driver and settings, without secrets and without a date |
//! | `=` | the framework | a *step*: seconds since the start, and what the driver was told to do |
//! | `@` | the transport | who the device is that was opened in this step; its words are the transport's |
//! | `>` `<` | the transport | an *exchange*: a call and its answer; their words are the transport's, but an answer that begins with `!` is an error |
//!
//! Words stand between blanks; one that has blanks, quotes or nothing in it is quoted as Rust quotes texts. The order is the order
//! of events. An exchange that only repeats is left out ([`Tape::say_news`]), so an idle device fills no disk; who plays a
//! recording takes the last answer for such a call. A file that was cut off is read as far as it goes.
//!
//! [`Tape`] writes, [`Recording`] reads. Which calls there are is for the transports to say ([`Call`]); a transport that plays
//! implements [`Stage`], and finds the answers in a [`Score`].

#![forbid(unsafe_code)]

mod exchange;
mod paper;
mod read;
mod score;
mod stage;
mod tape;
mod words;

use std::fmt;
use std::time::Duration;

pub use exchange::{Call, Exchange};
pub use paper::Paper;
pub use read::{Event, Problem, Recording, Step};
pub use score::Score;
pub use stage::Stage;
pub use tape::{SIZE_MAX, Tape};
pub use words::{quoted, split};

/// First line of every recording.
pub const MAGIC: &str = "locknut-recording 1";

/// The head of a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Name of the driver.
    pub driver: String,
    /// Its version.
    pub version: String,
    /// `pollinterval`.
    pub poll_interval: Duration,
    /// Its options; flags have no value.
    pub options: Vec<(String, Option<String>)>,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{MAGIC}")?;
        writeln!(
            f,
            "driver {} {}",
            quoted(&self.driver),
            quoted(&self.version)
        )?;
        writeln!(f, "pollinterval {}", self.poll_interval.as_secs_f64())?;
        for (name, value) in &self.options {
            write!(f, "option {}", quoted(name))?;
            if let Some(value) = value {
                write!(f, " {}", quoted(value))?;
            }
            writeln!(f)?;
        }
        writeln!(f)
    }
}
