//! The driver: a transport, and the engine of the dialect that was found on it.

use std::time::{Duration, Instant};

use driver::{Attempt, Depth, Driver, Error, Lost, Report, Settings};
use proto::Outcome;
use tracing::info;

use crate::detect::{self, Found};
use crate::engine::Engine;
use crate::transport::{self, Away, Transport};

/// A device whose dialect is known.
pub(crate) struct Qx {
    bus: Box<dyn Transport>,
    engine: Engine,
    /// What was read while the dialect was looked for.
    first: Report,
    /// Whether it was polled.
    polled: bool,
    start: Instant,
    settings: Settings,
}

/// What is left of a device that is lost.
struct Memory {
    /// Nothing when it is opened from the settings, as at the start.
    away: Option<Box<dyn Away>>,
    settings: Settings,
}

impl Qx {
    /// Finds out what the device speaks.
    pub(crate) fn new(bus: Box<dyn Transport>, settings: &Settings) -> Result<Self, Error> {
        Self::on(bus, settings).map_err(|(mut bus, why)| {
            bus.close();
            why
        })
    }

    fn on(
        mut bus: Box<dyn Transport>,
        settings: &Settings,
    ) -> Result<Self, (Box<dyn Transport>, Error)> {
        let Found { engine, report } = match detect::find(&mut *bus, settings) {
            Ok(found) => found,
            Err(why) => return Err((bus, why)),
        };
        info!("using protocol: {}", engine.title());
        Ok(Self {
            bus,
            engine,
            first: report,
            polled: false,
            start: Instant::now(),
            settings: settings.clone(),
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
        self.engine.begin(&mut *self.bus, now, report)?;
        self.engine.begun(self.start.elapsed());
        Ok(())
    }

    fn poll(&mut self, _depth: Depth, report: &mut Report) -> Result<(), Error> {
        let now = self.now();
        if !std::mem::replace(&mut self.polled, true) {
            // C's driver reads the status twice before its first pause; so both have the same to say on the line
            self.engine
                .poll(&mut *self.bus, now, &mut Report::default())?;
        }
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

    fn lose(self: Box<Self>) -> Option<Box<dyn Lost>> {
        let Self { bus, settings, .. } = *self;
        let away = Some(bus.lose()?);
        Some(Box::new(Memory { away, settings }))
    }
}

impl Lost for Memory {
    /// The same device speaks the same dialect, but it is asked for it, as its answers are needed for a beginning.
    fn find(self: Box<Self>) -> Attempt {
        let Self { away, settings } = *self;
        let found = match away {
            Some(away) => away.find().map_err(|(away, why)| (Some(away), why)),
            None => transport::open(&settings).map_err(|why| (None, why)),
        };
        let opened =
            found.and_then(|bus| Qx::on(bus, &settings).map_err(|(bus, why)| (bus.lose(), why)));
        match opened {
            Ok(qx) => Ok(Box::new(qx)),
            Err((away, why)) => Err((Box::new(Self { away, settings }), why)),
        }
    }

    fn is_back(&mut self) -> bool {
        self.away.as_mut().is_some_and(|away| away.is_back())
    }
}
