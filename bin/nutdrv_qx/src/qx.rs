//! The driver: a transport, and the engine of the dialect that was found on it.

use std::time::{Duration, Instant};

use driver::{Depth, Driver, Error, Report, Settings};
use proto::Outcome;

use crate::detect::{self, Found};
use crate::engine::Engine;
use crate::transport::Transport;

/// A device whose dialect is known.
pub(crate) struct Qx {
    bus: Box<dyn Transport>,
    engine: Engine,
    /// What was read while the dialect was looked for.
    first: Report,
    start: Instant,
}

impl Qx {
    /// Finds out what the device speaks.
    pub(crate) fn new(mut bus: Box<dyn Transport>, settings: &Settings) -> Result<Self, Error> {
        let Found { engine, report } = detect::find(&mut *bus, settings)?;
        engine.introduce();
        Ok(Self {
            bus,
            engine,
            first: report,
            start: Instant::now(),
        })
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}

impl Driver for Qx {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        if let Some((vendor, product)) = self.bus.usb() {
            report.set("ups.vendorid", format!("{vendor:04x}"));
            report.set("ups.productid", format!("{product:04x}"));
        }
        report.updates.append(&mut self.first.updates);
        let now = self.now();
        self.engine.begin(&mut *self.bus, now, report)
    }

    fn poll(&mut self, _depth: Depth, report: &mut Report) -> Result<(), Error> {
        let now = self.now();
        self.engine.poll(&mut *self.bus, now, report)
    }

    fn command(
        &mut self,
        name: &str,
        param: Option<&str>,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        self.engine.command(&mut *self.bus, name, param, report)
    }

    fn set(&mut self, var: &str, value: &str, report: &mut Report) -> Result<Outcome, Error> {
        self.engine.set(&mut *self.bus, var, value, report)
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        self.engine.shut_down(&mut *self.bus)
    }
}

impl Drop for Qx {
    fn drop(&mut self) {
        self.bus.close();
    }
}
