//! The driver: a transport, and the engine of the dialect that was found on it. One that was lost is looked for as what it was.

use std::sync::Arc;
use std::time::Duration;

use driver::{Attempt, Depth, Driver, Error, Lost, Report, Settings};
use proto::Outcome;
use tracing::info;

use crate::detect::{self, Found};
use crate::dialect::Dialect;
use crate::engine::Engine;
use crate::known::Known;
use crate::older;
use crate::transport::{Away, Transport};

/// How a device is reached.
pub(crate) type Open = Arc<dyn Fn(&Settings) -> Result<Box<dyn Transport>, Error> + Send + Sync>;

/// A device whose dialect is known.
pub(crate) struct Qx {
    bus: Box<dyn Transport>,
    engine: Engine,
    /// What was read while the dialect was looked for.
    first: Report,
    settings: Settings,
    open: Open,
}

impl Qx {
    /// Opens the device and finds out what it speaks.
    pub(crate) fn find(open: &Open, settings: &Settings) -> Result<Self, Error> {
        let settings = older::settings(settings);
        let mut bus = open(&settings)?;
        let found = detect::find(&mut *bus, &settings)?;
        info!("using protocol: {}", found.engine.title());
        Ok(Self::of(bus, found, open, &settings))
    }

    fn of(bus: Box<dyn Transport>, found: Found, open: &Open, settings: &Settings) -> Self {
        Self {
            bus,
            engine: found.engine,
            first: found.report,
            settings: settings.clone(),
            open: Arc::clone(open),
        }
    }

    fn now(&self) -> Duration {
        self.settings.clock.since_start()
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
        self.engine.begun(self.settings.clock.since_start());
        older::translate(&self.settings.driver, report);
        Ok(())
    }

    fn poll(&mut self, _depth: Depth, report: &mut Report) -> Result<(), Error> {
        let now = self.now();
        self.engine.poll(&mut *self.bus, now, report)?;
        older::translate(&self.settings.driver, report);
        Ok(())
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
        let Self {
            bus,
            engine,
            settings,
            open,
            ..
        } = *self;
        Some(Box::new(Memory {
            away: bus.lose(),
            dialect: engine.dialect(),
            settings,
            open,
        }))
    }
}

/// What is left of a device that is lost.
struct Memory {
    /// Nothing when it is opened as at the start.
    away: Option<Box<dyn Away>>,
    dialect: &'static Dialect,
    settings: Settings,
    open: Open,
}

impl Lost for Memory {
    fn find(self: Box<Self>) -> Attempt {
        let Self {
            away,
            dialect,
            settings,
            open,
        } = *self;
        let bus = match away {
            Some(away) => away.find().map_err(|(away, why)| (Some(away), why)),
            None => open(&settings).map_err(|why| (None, why)),
        };
        let found = bus.and_then(|mut bus| {
            match detect::among(&mut *bus, &[dialect], &Known::new(&settings)) {
                Ok(found) => Ok(Qx::of(bus, found, &open, &settings)),
                Err(why) => Err((bus.lose(), why)),
            }
        });
        match found {
            Ok(qx) => Ok(Box::new(qx)),
            Err((away, why)) => {
                let memory = Self {
                    away,
                    dialect,
                    settings,
                    open,
                };
                Err((Box::new(memory), why))
            }
        }
    }

    fn is_back(&mut self) -> bool {
        self.away.as_mut().is_some_and(|away| away.is_back())
    }
}
