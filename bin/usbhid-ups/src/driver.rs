//! The driver: finding the device and reading it. One that is lost is opened anew by the framework, with a back-off.

use std::time::Duration;

use driver::{Depth, Driver, Error, Heard, Report, Settings};
use proto::Outcome;
use tracing::{info, warn};
use usb::Matcher;
use usb::Place;
use usb::{Bus, Found, Search};

use crate::claim::claim;
use crate::hid_ups::HidUps;
use crate::opening::{Opened, open};
use crate::options::Options;

/// A device, open or lost.
pub(crate) struct UsbHidUps {
    options: Options,
    ups: HidUps,
    names: crate::naming::Names,
    subdriver: &'static str,
}

impl UsbHidUps {
    /// Finds the device that the settings mean.
    pub(crate) fn find(mut bus: Box<dyn Bus + Send>, settings: &Settings) -> Result<Self, Error> {
        let options = Options::of(settings)?;
        // a flag has no value, but stands there
        let value = |name: &str| {
            settings
                .value(name)
                .or_else(|| settings.flag(name).then_some(""))
        };
        let config = |why: usb::Error| Error::Config(why.to_string());
        let matcher = Matcher::new(value).map_err(config)?;
        let search = Search {
            matcher: &matcher,
            place: Place::new(value).map_err(config)?,
            allow_duplicates: settings.flag("allow_duplicates"),
            claim: &|identity, told| claim(identity, told, options.insists),
        };
        let found = search.find(&mut *bus);
        let Found { device, others, .. } = found.map_err(|why| Error::Gone(why.to_string()))?;
        info!("using {}", device.identity());
        for other in others {
            warn!("{other} would do as well; tell them apart with serial or busport");
        }
        let Opened {
            ups,
            names,
            subdriver,
        } = open(device, &options, settings)?;
        info!("subdriver {subdriver}");
        Ok(Self {
            options,
            ups,
            names,
            subdriver,
        })
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
        let options = [
            ("battery.charge.low", &self.options.low_battery),
            ("ups.delay.shutdown", &self.options.off_delay),
            ("ups.delay.start", &self.options.on_delay),
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

impl Driver for UsbHidUps {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        let identity = self.ups.device().identity().clone();
        report.set("ups.vendorid", identity.vid_text());
        report.set("ups.productid", identity.pid_text());
        self.tell_names(report);
        self.ups.begin(report)?;
        self.tell_options(report);
        Ok(())
    }

    fn poll(&mut self, _depth: Depth, report: &mut Report) -> Result<(), Error> {
        self.ups.round(report)
    }

    fn listen(&mut self, within: Duration, report: &mut Report) -> Heard {
        self.ups.listen(within, report)
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
}

#[cfg(test)]
mod tests;
