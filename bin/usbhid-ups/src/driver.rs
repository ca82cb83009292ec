//! The driver: a device that is open, and what is left of it when it is lost.

use std::task::Waker;
use std::time::Duration;

use driver::{Attempt, Depth, Driver, Error, Heard, Lost, Report, Settings};
use proto::Outcome;
use tracing::{info, warn};
use usb::{Bus, Trace};

use crate::finding::Finder;
use crate::hid_ups::HidUps;
use crate::naming::Names;
use crate::opening::Opened;
use crate::quirks::Quirk;

/// A device that is open.
pub(crate) struct UsbHidUps {
    ups: HidUps,
    names: Names,
    subdriver: &'static str,
    memory: Memory,
}

/// What outlasts a device's absence.
struct Memory {
    finder: Finder,
    trace: Trace,
}

impl UsbHidUps {
    /// Finds the device that the settings mean.
    pub(crate) fn find(bus: Box<dyn Bus + Send>, settings: &Settings) -> Result<Self, Error> {
        let mut finder = Finder::new(bus, settings)?;
        let (opened, trace) = finder.first()?;
        let memory = Memory { finder, trace };
        Ok(Self::new(opened, memory))
    }

    fn new(opened: Opened, memory: Memory) -> Self {
        let Opened {
            ups,
            names,
            subdriver,
        } = opened;
        Self {
            ups,
            names,
            subdriver,
            memory,
        }
    }

    fn tell_names(&mut self, report: &mut Report) {
        let names = [
            ("ups.mfr", &self.names.mfr),
            ("ups.model", &self.names.model),
            ("ups.serial", &self.names.serial),
            ("ups.firmware", &self.names.firmware),
            ("ups.firmware.aux", &self.names.firmware_aux),
        ];
        for (var, value) in names {
            if let Some(value) = value {
                // rows of the table give way to these
                self.ups.known.note(var, value);
                report.set(var, value);
            }
        }
        report.set("driver.version.data", self.subdriver);
        let full = self.ups.full_period().as_secs().to_string();
        report.set("driver.parameter.pollfreq", full);
        let tolerance = self
            .memory
            .finder
            .options
            .quiet_tolerance
            .map_or("-1".to_owned(), |most| most.to_string());
        report.set(
            "driver.parameter.interrupt_pipe_no_events_tolerance",
            tolerance,
        );
    }

    /// Values of the configuration that the device's own ones would be.
    fn tell_options(&mut self, report: &mut Report) {
        let options = &self.memory.finder.options;
        let options = [
            ("battery.charge.low", &options.low_battery),
            ("ups.delay.shutdown", &options.off_delay),
            ("ups.delay.start", &options.on_delay),
        ];
        for (var, value) in options {
            if let Some(value) = value
                .as_deref()
                .filter(|_| self.ups.known.value(var).is_some())
            {
                self.ups.known.note(var, value);
                report.set(var, value);
            }
        }
    }
}

impl Lost for Memory {
    fn find(mut self: Box<Self>) -> Attempt {
        match self.finder.again(&mut self.trace) {
            Ok(opened) => Ok(Box::new(UsbHidUps::new(opened, *self))),
            Err(why) => Err((self, why)),
        }
    }

    fn is_back(&mut self) -> bool {
        self.finder.is_back(&self.trace)
    }

    /// Some need time before they are spoken to again.
    fn rest(&self) -> Duration {
        self.finder.options.wait
    }
}

impl Driver for UsbHidUps {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        let identity = self.ups.device().identity().clone();
        report.set("ups.vendorid", identity.vid_text());
        report.set("ups.productid", identity.pid_text());
        self.tell_names(report);
        self.ups.begin(report)?;
        self.tell_options(report);
        if let Some(quirk) = Quirk::of(&identity) {
            report.set("driver.quirks", quirk.name());
        }
        Ok(())
    }

    fn poll(&mut self, _depth: Depth, report: &mut Report) -> Result<(), Error> {
        self.ups.round(report)?;
        self.memory.trace.answered();
        Ok(())
    }

    fn listen(&mut self, within: Duration, report: &mut Report) -> Heard {
        self.ups.listen(within, report)
    }

    fn waker(&self) -> Option<Waker> {
        self.ups.waker()
    }

    fn command(
        &mut self,
        name: &str,
        param: Option<&str>,
        _report: &mut Report,
    ) -> Result<Outcome, Error> {
        self.ups.command(name, param)
    }

    fn set(&mut self, var: &str, value: &str, report: &mut Report) -> Result<Outcome, Error> {
        self.ups.set(var, value, report)
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        for command in [
            "shutdown.return",
            "shutdown.reboot",
            "load.off.delay",
            "shutdown.stayoff",
        ] {
            match self.ups.command(command, None) {
                Ok(Outcome::Handled) => return Ok(Outcome::Handled),
                Ok(_) => {}
                Err(why) => warn!("{command}: {why}"),
            }
        }
        Ok(Outcome::Failed)
    }

    fn lose(mut self: Box<Self>) -> Option<Box<dyn Lost>> {
        if let Some(reset) = self.memory.trace.lose(self.ups.device()) {
            info!(
                "the device did not answer although it was opened several times; its port was reset"
            );
            if let Err(why) = reset {
                warn!("{why}");
            }
        }
        Some(Box::new(self.memory))
    }
}

#[cfg(test)]
mod tests;
