//! Finding the device that ups.conf means, and the same one again when it was lost.

use driver::{Error, Settings};
use tracing::{info, warn};
use usb::{Bus, Error as UsbError, Found, Matcher, Place, Search, Stable, UsbDevice};

use crate::claim::claim;
use crate::opening::{Opened, descriptor, open};
use crate::options::Options;

/// The bus and what to look for on it.
pub(crate) struct Finder {
    bus: Box<dyn Bus + Send>,
    settings: Settings,
    pub(crate) options: Options,
}

/// How to recognise a device, and where its reports are.
pub(crate) struct Trace {
    stable: Stable,
    place: Place,
}

impl Finder {
    pub(crate) fn new(bus: Box<dyn Bus + Send>, settings: &Settings) -> Result<Self, Error> {
        Ok(Self {
            bus,
            settings: settings.clone(),
            options: Options::of(settings)?,
        })
    }

    /// The first device that will do. One whose report descriptor makes no sense will not.
    pub(crate) fn first(&mut self) -> Result<(Opened, Trace), Error> {
        let Self {
            bus,
            settings,
            options,
        } = self;
        // a flag has no value, but stands there
        let value = |name: &str| {
            settings
                .value(name)
                .or_else(|| settings.flag(name).then_some(""))
        };
        let config = |why: UsbError| Error::Config(why.to_string());
        let matcher = Matcher::new(value).map_err(config)?;
        let search = Search {
            matcher: &matcher,
            place: Place::new(value).map_err(config)?,
            allow_duplicates: settings.flag("allow_duplicates"),
            claim: &|identity, told| claim(identity, told, options.insists),
        };
        let mut read = None;
        let found = search.find_with(&mut **bus, &mut |device| {
            read = Some(descriptor(device)?);
            Ok(())
        });
        let Found {
            device,
            place,
            stable,
            others,
        } = found.map_err(refused)?;
        info!("using {}", device.identity());
        for other in others {
            warn!("{other} would do as well; tell them apart with serial or busport");
        }
        let descriptor = read.unwrap_or_default();
        let opened = open(device, descriptor, options)?;
        info!("subdriver {}", opened.subdriver);
        Ok((opened, Trace { stable, place }))
    }

    /// Whether it was plugged in anew since the last attempt.
    pub(crate) fn is_back(&mut self, trace: &Trace) -> bool {
        self.bus
            .list()
            .is_ok_and(|listed| trace.stable.sees_news(&listed))
    }

    /// The device that was lost.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not on the bus.
    pub(crate) fn again(&mut self, trace: &mut Trace) -> Result<Opened, Error> {
        let Trace { stable, place } = trace;
        let mut device =
            Search::find_again(&mut *self.bus, stable, place).map_err(|why| match why {
                UsbError::Gone(why) => Error::Gone(why),
                other => refused(other),
            })?;
        let descriptor = descriptor(&mut *device).map_err(refused)?;
        open(device, descriptor, &self.options)
    }
}

fn refused(why: UsbError) -> Error {
    Error::Unusable(why.to_string())
}
