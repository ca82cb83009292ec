//! What a driver is.

use std::task::Waker;
use std::time::Duration;

use proto::Outcome;

use crate::hardware::Hardware;
use crate::options::{OptionSpec, Settings};
use crate::report::Report;

/// How thorough a poll is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What changes in seconds: status, alarms, the main readings.
    Quick,
    /// Everything.
    Full,
}

/// Why a device did not do as asked. The text says what happened and with what, for the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The device is not there (any more): after a poll it is to be opened again, after an attempt at that to be looked for.
    #[error("{0}")]
    Gone(String),
    /// It is there and cannot be used: no permission, in use, not what it should be. To be tried again, less and less often.
    #[error("{0}")]
    Unusable(String),
    /// It did not answer in time.
    #[error("{0}")]
    Timeout(String),
    /// It answered what makes no sense.
    #[error("{0}")]
    Garbled(String),
    /// The configuration cannot work, however often it is tried.
    #[error("{0}")]
    Config(String),
}

impl Error {
    /// Whether the device is to be opened again.
    pub(crate) const fn is_loss(&self) -> bool {
        matches!(self, Self::Gone(_) | Self::Unusable(_))
    }
}

/// What listening to a device brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It spoke; what it said is in the report.
    Something,
    /// It was silent all the time.
    Nothing,
    /// It does not speak by itself, or cannot be listened to before the next poll.
    Deaf,
    /// It calls, and does not say what for: it is polled at once. How often it may call is the driver's to limit.
    Called,
    /// It is gone, as it seems: it is polled at once, which tells for sure.
    Gone,
}

/// One device, seen through its bus. Calls block, each for a bounded time; they come from one thread.
pub trait Driver: Send {
    /// Once after every (re)opening: who the device is, its commands and settable variables.
    ///
    /// # Errors
    /// At start-up any error ends the driver; after a reconnect it is tried again.
    fn identify(&mut self, report: &mut Report) -> Result<(), Error>;

    /// Reads the device. Success makes the data fresh, an error makes them stale.
    ///
    /// # Errors
    /// See [`Error`]: after `Gone` and `Unusable` the device is opened again, after the others polled again.
    fn poll(&mut self, depth: Depth, report: &mut Report) -> Result<(), Error>;

    /// Between two polls: waits for what the device says by itself, at most `within`. Whatever is wrong is left for the
    /// next poll to find.
    fn listen(&mut self, within: Duration, report: &mut Report) -> Heard {
        let _ = (within, report);
        Heard::Deaf
    }

    /// What ends [`listen`](Self::listen) from another thread: without one it is called for short times only, so that
    /// commands do not wait. It is asked for once after every opening.
    fn waker(&self) -> Option<Waker> {
        None
    }

    /// Performs an instant command; what it changed may be reported at once.
    ///
    /// # Errors
    /// As for [`poll`](Self::poll); the client is told that the command failed.
    fn command(
        &mut self,
        name: &str,
        param: Option<&str>,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        let _ = (name, param, report);
        Ok(Outcome::Unknown)
    }

    /// Performs an instant command of `sdcommands`. Where a command asks to be given twice, nobody is there to do that.
    ///
    /// # Errors
    /// As for [`command`](Self::command).
    fn command_unattended(&mut self, name: &str, report: &mut Report) -> Result<Outcome, Error> {
        self.command(name, None, report)
    }

    /// Sets a variable; the new value is reported when the device has it.
    ///
    /// # Errors
    /// As for [`command`](Self::command).
    fn set(&mut self, var: &str, value: &str, report: &mut Report) -> Result<Outcome, Error> {
        let _ = (var, value, report);
        Ok(Outcome::Unknown)
    }

    /// The device's own power-off routine (`shutdown.default`, `-k`).
    ///
    /// # Errors
    /// As for [`command`](Self::command).
    fn shut_down(&mut self) -> Result<Outcome, Error>;

    /// Lets go of a device that is lost. What is left knows how to find the same one again; nothing when it is to be opened
    /// from the settings, as at the start.
    fn lose(self: Box<Self>) -> Option<Box<dyn Lost>> {
        None
    }

    /// Whether the data are another driver's, so that no CHRG or DISCHRG is to be inferred from them.
    fn is_proxy(&self) -> bool {
        false
    }
}

/// What a driver remembers of a device that it has lost.
pub trait Lost: Send {
    /// One attempt to get the same device back.
    fn find(self: Box<Self>) -> Attempt;

    /// A cheap look, in the pauses between attempts on a device that refuses: whether it was plugged in anew, so that it is tried at
    /// once.
    fn is_back(&mut self) -> bool {
        false
    }

    /// How long to leave it alone before each attempt.
    fn rest(&self) -> Duration {
        Duration::ZERO
    }
}

/// What an attempt came to: the device, or why not and what to try again with. After [`Error::Gone`], when it is not there yet, it
/// is looked for again a second later; after the others the pause grows.
pub type Attempt = Result<Box<dyn Driver>, (Box<dyn Lost>, Error)>;

/// What a driver says about itself.
#[derive(Debug)]
pub struct Info {
    /// Program name, as in `driver = …` of ups.conf.
    pub name: &'static str,
    /// Older names that ups.conf files may still use.
    pub aliases: &'static [&'static str],
    /// What it drives, for the banner and the help.
    pub description: &'static str,
    /// The driver's own version (`driver.version.internal`).
    pub version: &'static str,
    /// The options it takes from its section of ups.conf, beside the common ones.
    pub options: &'static [OptionSpec],
    /// The devices it knows: for udev's rules and lists of hardware.
    pub hardware: fn() -> Vec<Hardware>,
    /// Opens the device.
    pub open: fn(&Settings) -> Result<Box<dyn Driver>, Error>,
}
