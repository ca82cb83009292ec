//! Finding the device that ups.conf means, and the same one again when it was lost.

use driver::{Error, Settings};
use tracing::{info, warn};
use usb::{Bus, Error as UsbError, First, Trace};

use crate::claim::claim;
use crate::opening::{Opened, descriptor, open};
use crate::options::Options;

/// The bus and what to look for on it.
pub(crate) struct Finder {
    usb: usb::Finder,
    settings: Settings,
    pub(crate) options: Options,
}

impl Finder {
    pub(crate) fn new(bus: Box<dyn Bus + Send>, settings: &Settings) -> Result<Self, Error> {
        let usb = usb::Finder::new(bus, |name| settings.given(name));
        Ok(Self {
            usb: usb.map_err(|why| Error::Config(why.to_string()))?,
            settings: settings.clone(),
            options: Options::of(settings)?,
        })
    }

    /// The first device that will do. One whose report descriptor makes no sense will not.
    pub(crate) fn first(&mut self) -> Result<(Opened, Trace), Error> {
        let Self {
            usb,
            settings,
            options,
        } = self;
        let mut read = None;
        let first = usb.first(
            &|identity, told| claim(identity, told, options.insists),
            &mut |device| {
                read = Some(descriptor(device)?);
                Ok(())
            },
        );
        let First {
            device,
            trace,
            others,
        } = first.map_err(refused)?;
        info!("using {}", device.identity());
        for other in others {
            warn!("{other} would do as well; tell them apart with serial or busport");
        }
        let descriptor = read.unwrap_or_default();
        let opened = open(device, descriptor, options, &settings.clock)?;
        info!("subdriver {}", opened.subdriver);
        Ok((opened, trace))
    }

    /// Whether it was plugged in anew since the last attempt.
    pub(crate) fn is_back(&mut self, trace: &Trace) -> bool {
        self.usb.is_back(trace)
    }

    /// The device that was lost.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not on the bus.
    pub(crate) fn again(&mut self, trace: &mut Trace) -> Result<Opened, Error> {
        let mut device = self.usb.again(trace).map_err(|why| match why {
            UsbError::Gone(why) => Error::Gone(why),
            other => refused(other),
        })?;
        let descriptor = descriptor(&mut *device).map_err(refused)?;
        open(device, descriptor, &self.options, &self.settings.clock)
    }
}

fn refused(why: UsbError) -> Error {
    Error::Unusable(why.to_string())
}
