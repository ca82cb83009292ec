//! From a configuration to an open device, its first data, and the two threads' ends.

use std::io;
use std::sync::Arc;

use daemon::notify::Notify;
use tokio::sync::mpsc;
use tracing::warn;

use crate::device::{Depth, Driver, Error, Info};
use crate::device_thread::{self, Device};
use crate::framework;
use crate::hub::{Hub, Parts};
use crate::job::News;
use crate::live::Live;
use crate::publish::Publisher;
use crate::recorded;
use crate::report::Report;
use crate::setup::{Setup, Source};

/// A device that was opened and polled, with what it told.
pub(crate) struct Attached {
    pub(crate) driver: Box<dyn Driver>,
    pub(crate) publisher: Publisher,
}

/// Opens, identifies and polls the device.
///
/// # Errors
/// The device is not there, not of the driver's kind, or tells too little for `ignorelb`.
pub(crate) fn attach(info: &Info, setup: &Setup) -> Result<Attached, Error> {
    let mut attached = open(info, setup)?;
    attached.poll();
    check_ignorelb(setup, &attached.publisher).map_err(|error| setup.places.located(error))?;
    Ok(attached)
}

/// Opens and identifies the device; what it tells is published.
///
/// # Errors
/// The device is not there, or not of the driver's kind.
pub(crate) fn open(info: &Info, setup: &Setup) -> Result<Attached, Error> {
    let located = |error| setup.places.located(error);
    let mut driver = recorded::open(info, &setup.settings).map_err(located)?;
    let mut publisher = Publisher::new(setup.rules(driver.is_proxy()));
    framework::publish_start(&mut publisher, setup, info.version);
    let mut report = Report::default();
    driver.identify(&mut report).map_err(located)?;
    publisher.apply(report, false);
    Ok(Attached { driver, publisher })
}

impl Attached {
    /// Polls the device and publishes what it says. Silence is no reason to end: the data are stale.
    pub(crate) fn poll(&mut self) {
        let mut report = Report::default();
        match self.driver.poll(Depth::Full, &mut report) {
            Ok(()) => {
                self.publisher.apply(report, true);
                self.publisher.data_ok();
            }
            Err(error) => {
                warn!("{error}");
                self.publisher.data_stale();
            }
        }
    }

    /// Gives the device to its thread and the data to the hub.
    ///
    /// # Errors
    /// The system has no room for a thread.
    pub(crate) fn engage(
        self,
        info: &'static Info,
        source: Source,
        setup: Setup,
        chosen_debug: u8,
        systemd: Notify,
    ) -> io::Result<(Hub, mpsc::Receiver<News>)> {
        let live = Arc::new(Live::new(setup.limits));
        let handle = device_thread::spawn(Device {
            info,
            settings: setup.settings.clone(),
            driver: self.driver,
            live: Arc::clone(&live),
        })?;
        let hub = Hub::new(Parts {
            info,
            source,
            setup,
            publisher: self.publisher,
            jobs: Some(handle.jobs),
            live,
            chosen_debug,
            systemd,
        });
        Ok((hub, handle.news))
    }
}

/// `ignorelb` without anything to compare would never tell of a low battery.
fn check_ignorelb(setup: &Setup, publisher: &Publisher) -> Result<(), Error> {
    if !setup.ignore_lb || publisher.can_tell_low_battery() {
        return Ok(());
    }
    Err(Error::Config(
        "ignorelb: the device tells neither battery.charge and battery.charge.low nor battery.runtime and \
         battery.runtime.low; set the missing limit with override. or remove ignorelb"
            .to_owned(),
    ))
}
