//! Devices on the USB. Each kind of adapter has its own way to carry requests: a framing.
//!
//! * [`framing`]: the language that framings are written in; one file for each
//! * [`table`]: which device is asked how
//! * [`talk`]: doing what a framing says; [`policy`]: what is done when that fails
//! * here: finding the device, and the same one again when it was lost

mod ablerex;
mod armac;
mod cypress;
mod fabula;
mod framing;
mod fuji;
mod gtec;
mod hunnox;
mod ippon;
mod krauler;
mod omron;
mod phoenix;
mod phoenixtec;
mod policy;
mod sgs;
mod snr;
mod strings;
pub(crate) mod table;
mod talk;
mod wanted;

use std::time::Duration;

use driver::{Error, Settings};
use tracing::{debug, info, warn};
use usb::{Bus, Error as UsbError, Finder, First, Identity, Known, Trace, UsbDevice};

use super::{Away, Fault, Transport};
use framing::{Framing, Site};
use policy::{Failures, Remedy};
use talk::Trouble;
use wanted::Wanted;

/// How long the list of languages may take.
const LANGUAGES: Duration = Duration::from_secs(1);

/// A device that is open.
pub(crate) struct Usb {
    device: Box<dyn UsbDevice>,
    framing: &'static Framing,
    site: Site,
    failures: Failures,
    memory: Box<Memory>,
}

/// What outlasts a device's absence.
struct Memory {
    finder: Finder,
    trace: Trace,
    wanted: Wanted,
}

impl Usb {
    /// The device on `bus` that the settings mean.
    pub(crate) fn find(bus: Box<dyn Bus + Send>, settings: &Settings) -> Result<Self, Error> {
        let wanted = Wanted::of(settings)?;
        let finder = Finder::new(bus, |name| settings.given(name));
        let mut finder = finder.map_err(|why| Error::Config(why.to_string()))?;
        let first = finder.first(
            &|identity, known| table::claim(identity, known, wanted.framing),
            &mut |_| Ok(()),
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
        let memory = Box::new(Memory {
            finder,
            trace,
            wanted,
        });
        Self::open(device, memory).map_err(|(_, why)| why)
    }

    fn open(
        mut device: Box<dyn UsbDevice>,
        memory: Box<Memory>,
    ) -> Result<Self, (Box<Memory>, Error)> {
        let framing = match how(device.identity(), &memory.wanted) {
            Ok(framing) => framing,
            Err(why) => return Err((memory, Error::Unusable(why))),
        };
        debug!("subdriver {}", framing.name);
        let site = site(&mut *device, framing, &memory.wanted);
        Ok(Self {
            device,
            framing,
            site,
            failures: Failures::default(),
            memory,
        })
    }

    fn fault(&mut self, trouble: &Trouble) -> Fault {
        let why = match trouble {
            Trouble::Asking(error) | Trouble::Listening(error) => error.to_string(),
            Trouble::Spoiled => "the device's answer makes no sense".to_owned(),
        };
        match self.failures.note(trouble) {
            Remedy::Wait => return Fault::Failed(why),
            Remedy::Reopen => {}
            Remedy::Reset => {
                info!("{why}, several times in a row; the device's port is reset");
                if let Err(why) = self.device.reset() {
                    warn!("{why}");
                }
            }
        }
        Fault::Gone(why)
    }
}

impl Transport for Usb {
    fn exchange(&mut self, request: &[u8]) -> Result<Vec<u8>, Fault> {
        let result = talk::exchange(&mut *self.device, self.framing, &mut self.site, request);
        match result {
            Ok(answer) => {
                self.site.late = answer.last() != Some(&framing::CR);
                // what comes back may not have been at the device
                if !answer.is_empty() && answer != request {
                    self.failures = Failures::default();
                    self.memory.trace.answered();
                }
                Ok(answer)
            }
            Err(trouble) => {
                self.site.late = true;
                Err(self.fault(&trouble))
            }
        }
    }

    /// It gets its time before it is asked the next time.
    fn settle(&mut self) {
        self.site.late = true;
    }

    fn usb(&self) -> Option<(u16, u16)> {
        let identity = self.device.identity();
        Some((identity.vid, identity.pid))
    }

    fn close(&mut self) {
        self.device.close();
    }

    fn lose(mut self: Box<Self>) -> Option<Box<dyn Away>> {
        if let Some(reset) = self.memory.trace.lose(&mut *self.device) {
            info!(
                "the device did not answer although it was opened several times; its port was reset"
            );
            if let Err(why) = reset {
                warn!("{why}");
            }
        }
        Some(self.memory)
    }
}

impl Away for Memory {
    fn find(mut self: Box<Self>) -> Result<Box<dyn Transport>, (Box<dyn Away>, Error)> {
        let device = match self.finder.again(&mut self.trace) {
            Ok(device) => device,
            Err(UsbError::Gone(why)) => return Err((self, Error::Gone(why))),
            Err(why) => return Err((self, refused(why))),
        };
        match Usb::open(device, self) {
            Ok(usb) => Ok(Box::new(usb)),
            Err((memory, why)) => Err((memory, why)),
        }
    }

    fn is_back(&mut self) -> bool {
        self.finder.is_back(&self.trace)
    }
}

fn how(identity: &Identity, wanted: &Wanted) -> Result<&'static Framing, String> {
    table::framing(identity, Known::All, wanted.framing).map_err(|why| format!("{identity}: {why}"))
}

fn site(device: &mut dyn UsbDevice, framing: &Framing, wanted: &Wanted) -> Site {
    let language = if framing.speaks {
        language(device, wanted)
    } else {
        0
    };
    let interface = device.interface();
    Site {
        language,
        language_is_fixed: wanted.language.is_some(),
        no_vendor: wanted.no_vendor,
        endpoint_in: interface.endpoint_in.unwrap_or_default(),
        endpoint_out: interface.endpoint_out.unwrap_or_default(),
        packet_in: interface.packet_in,
        // who had it before may have left something unread
        late: true,
        ..Site::default()
    }
}

/// The language of string descriptors: what the user says, else the device's first, else English.
fn language(device: &mut dyn UsbDevice, wanted: &Wanted) -> u16 {
    let listed = wanted.scan.then(|| {
        let mut buffer = [0; 4];
        let read = device.control_in(usb::string::request(0, 0), &mut buffer, LANGUAGES);
        match (read, buffer) {
            (Ok(4), [_, _, low, high]) => Some(u16::from_le_bytes([low, high])),
            _ => None,
        }
    });
    if let Some(Some(listed)) = listed {
        debug!("the device's first language is {listed:#06x}");
    }
    let first = wanted.language.or(listed.flatten());
    first.unwrap_or(usb::string::LANGUAGE)
}

fn refused(why: UsbError) -> Error {
    Error::Unusable(why.to_string())
}

#[cfg(test)]
mod tests;
