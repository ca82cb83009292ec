//! The device as its thread has it: open, or lost and looked for.

use std::time::Duration;

use crate::backoff::Loss;
use crate::device::{Driver, Error, Lost};
use crate::report::Report;

/// Open or lost.
pub(crate) enum Link {
    Open(Box<dyn Driver>),
    /// With what the driver remembers; nothing when the device is to be opened from the settings.
    Lost(Option<Box<dyn Lost>>),
}

impl Link {
    /// The driver of an open device.
    pub(crate) fn driver(&mut self) -> Option<&mut dyn Driver> {
        match self {
            Self::Open(driver) => Some(&mut **driver),
            Self::Lost(_) => None,
        }
    }

    /// Lets go of the device.
    pub(crate) fn lose(&mut self) {
        *self = match std::mem::replace(self, Self::Lost(None)) {
            Self::Open(driver) => Self::Lost(driver.lose()),
            lost => lost,
        };
    }

    /// How long the driver wants a lost device to be left alone.
    pub(crate) fn rest(&self) -> Duration {
        match self {
            Self::Lost(Some(lost)) => lost.rest(),
            _ => Duration::ZERO,
        }
    }

    /// Whether a lost device was plugged in anew.
    pub(crate) fn is_back(&mut self) -> bool {
        match self {
            Self::Lost(Some(lost)) => lost.is_back(),
            _ => false,
        }
    }

    /// One attempt to open and identify a lost device; `open` opens it from the settings.
    pub(crate) fn regain(
        &mut self,
        open: impl FnOnce() -> Result<Box<dyn Driver>, Error>,
        report: &mut Report,
    ) -> Result<(), (Loss, Error)> {
        self.find(open).map_err(|error| match error {
            Error::Gone(_) => (Loss::Absent, error),
            _ => (Loss::Refused, error),
        })?;
        let identified = self
            .driver()
            .map_or(Ok(()), |driver| driver.identify(report));
        identified.map_err(|error| {
            self.lose();
            (Loss::Refused, error)
        })
    }

    /// One attempt to open a lost device.
    pub(crate) fn find(
        &mut self,
        open: impl FnOnce() -> Result<Box<dyn Driver>, Error>,
    ) -> Result<(), Error> {
        let found = match std::mem::replace(self, Self::Lost(None)) {
            Self::Open(driver) => Ok(driver),
            Self::Lost(None) => open(),
            Self::Lost(Some(lost)) => lost.find().map_err(|(lost, error)| {
                *self = Self::Lost(Some(lost));
                error
            }),
        };
        *self = Self::Open(found?);
        Ok(())
    }
}
