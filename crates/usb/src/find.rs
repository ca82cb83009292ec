//! Finding the device that is meant, and saying of every other one why it is not.
//!
//! The order of questions is the reference's (spec usbhid.md, section 2, points 2 to 5): the subdriver must claim the device,
//! the options must match, the interface must be free. What can be answered without opening the device is asked first, so
//! that keyboards are left alone.

use std::fmt;

use crate::device::UsbDevice;
use crate::error::Error;
use crate::identity::Identity;
use crate::matcher::{Known, Matcher, Mismatch};
use crate::options::Place;
use crate::stable::Stable;

/// The bus, as far as finding needs it; the real one is [`crate::real::Libusb`].
pub trait Bus {
    /// All devices, without their strings.
    ///
    /// # Errors
    /// When there is no USB at all.
    fn list(&mut self) -> Result<Vec<Identity>, Error>;

    /// The device with its strings; it is opened for a moment and not claimed.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn describe(&mut self, listed: &Identity) -> Result<Identity, Error>;

    /// Opens and claims it.
    ///
    /// # Errors
    /// When it cannot be opened or claimed, or has no such place.
    fn open(&mut self, described: &Identity, place: &Place) -> Result<Box<dyn UsbDevice>, Error>;
}

/// A subdriver's answer to whether a device is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is, and its reports are here.
    Yes(Place),
    /// It is not, because.
    No(String),
}

/// What is looked for.
pub struct Search<'a> {
    /// The matching options.
    pub matcher: &'a Matcher,
    /// The user's `usb_*` options; they go before what the claim says.
    pub place: Place,
    /// `allow_duplicates`: when a device is in use, take the next one that matches.
    pub allow_duplicates: bool,
    /// Asks the subdrivers; first without the device's strings, when it is to say no only if it is sure.
    pub claim: &'a dyn Fn(&Identity, Known) -> Claim,
}

/// Why a device was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// These options do not match.
    Options(Vec<Mismatch>),
    /// No subdriver wants it.
    Unclaimed(String),
    /// It cannot be opened.
    Failed(Error),
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Options(mismatches) => {
                let told: Vec<String> = mismatches.iter().map(ToString::to_string).collect();
                f.write_str(&told.join(", "))
            }
            Self::Unclaimed(why) => f.write_str(why),
            Self::Failed(error) => write!(f, "{error}"),
        }
    }
}

/// A device on the bus, and where its reports are, or why it is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who it is, as far as could be found out.
    pub identity: Identity,
    /// Whether it would do.
    pub verdict: Result<Place, WhyNot>,
}

/// What was found.
pub struct Found {
    /// The device, opened and claimed.
    pub device: Box<dyn UsbDevice>,
    /// Where its reports are; needed to open it again.
    pub place: Place,
    /// How to recognise it.
    pub stable: Stable,
    /// Others that would have done as well: a warning is due, as the next start may find one of them.
    pub others: Vec<Identity>,
}

impl Search<'_> {
    /// Judges every device, without claiming any.
    ///
    /// # Errors
    /// When there is no USB at all.
    pub fn survey(&self, bus: &mut dyn Bus) -> Result<Vec<Candidate>, Error> {
        let listed = bus.list()?;
        Ok(listed
            .into_iter()
            .map(|listed| self.judge(bus, listed))
            .collect())
    }

    fn judge(&self, bus: &mut dyn Bus, listed: Identity) -> Candidate {
        if let Err(why) = self.ask(&listed, Known::Place) {
            return Candidate {
                identity: listed,
                verdict: Err(why),
            };
        }
        match bus.describe(&listed) {
            Ok(identity) => {
                let verdict = self.ask(&identity, Known::All);
                Candidate { identity, verdict }
            }
            Err(error) => Candidate {
                identity: listed,
                verdict: Err(WhyNot::Failed(error)),
            },
        }
    }

    fn ask(&self, identity: &Identity, known: Known) -> Result<Place, WhyNot> {
        let place = match (self.claim)(identity, known) {
            Claim::Yes(place) => self.place.or(&place),
            Claim::No(why) => return Err(WhyNot::Unclaimed(why)),
        };
        let mismatches = self.matcher.explain(identity, known);
        if mismatches.is_empty() {
            Ok(place)
        } else {
            Err(WhyNot::Options(mismatches))
        }
    }

    /// Opens the first device that will do.
    ///
    /// # Errors
    /// The trouble of the only device that would have done; else why each does not.
    pub fn find(&self, bus: &mut dyn Bus) -> Result<Found, Error> {
        self.find_with(bus, &mut |_| Ok(()))
    }

    /// Opens the first device that will do and that `accept`, too, accepts: it may read descriptors, and when it refuses a
    /// device the next one is tried (spec usbhid.md, section 2, point 7).
    ///
    /// # Errors
    /// As for [`find`](Self::find).
    pub fn find_with(
        &self,
        bus: &mut dyn Bus,
        accept: &mut dyn FnMut(&mut dyn UsbDevice) -> Result<(), Error>,
    ) -> Result<Found, Error> {
        let mut candidates = self.survey(bus)?;
        let mut failure = None;
        for index in 0..candidates.len() {
            let Some(Candidate {
                identity,
                verdict: Ok(place),
            }) = candidates.get(index).cloned()
            else {
                continue;
            };
            match open_if(bus, &identity, &place, accept) {
                Ok(device) => return Ok(found(device, place, &identity, &candidates)),
                Err(error @ Error::Busy { .. }) if !self.allow_duplicates => return Err(error),
                Err(error) => {
                    if let Some(candidate) = candidates.get_mut(index) {
                        candidate.verdict = Err(WhyNot::Failed(error.clone()));
                    }
                    failure = Some(error);
                }
            }
        }
        let denied = candidates.iter().find_map(denied);
        Err(failure
            .or(denied)
            .unwrap_or_else(|| Error::NotFound(explain(&candidates))))
    }

    /// Opens the device that was lost, if it is there. The subdrivers are not asked again, and option `device` does not count,
    /// as every plugging gives another address.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not on the bus; else what opening it came to.
    pub fn find_again(
        bus: &mut dyn Bus,
        stable: &mut Stable,
        place: &Place,
    ) -> Result<Box<dyn UsbDevice>, Error> {
        let listed = bus.list()?;
        let mut described = Vec::new();
        let mut failure = None;
        for candidate in stable.look_at(&listed) {
            match bus.describe(&candidate) {
                Ok(identity) => described.push(identity),
                Err(error) => failure = Some(error),
            }
        }
        stable.look_around(&described);
        match stable.find(&described).cloned() {
            Ok(identity) => {
                let device = bus.open(&identity, place)?;
                stable.settle(&identity);
                Ok(device)
            }
            Err(why) => Err(failure.unwrap_or(Error::Gone(why))),
        }
    }
}

fn open_if(
    bus: &mut dyn Bus,
    identity: &Identity,
    place: &Place,
    accept: &mut dyn FnMut(&mut dyn UsbDevice) -> Result<(), Error>,
) -> Result<Box<dyn UsbDevice>, Error> {
    let mut device = bus.open(identity, place)?;
    match accept(&mut *device) {
        Ok(()) => Ok(device),
        Err(error) => {
            device.close();
            Err(error)
        }
    }
}

fn found(
    device: Box<dyn UsbDevice>,
    place: Place,
    identity: &Identity,
    candidates: &[Candidate],
) -> Found {
    let present: Vec<Identity> = candidates
        .iter()
        .map(|candidate| candidate.identity.clone())
        .collect();
    let others = candidates
        .iter()
        .filter(|other| other.verdict.is_ok() && !other.identity.same_port(identity));
    Found {
        device,
        place,
        stable: Stable::new(identity, &present),
        others: others.map(|other| other.identity.clone()).collect(),
    }
}

fn denied(candidate: &Candidate) -> Option<Error> {
    match &candidate.verdict {
        Err(WhyNot::Failed(error @ Error::Denied { .. })) => Some(error.clone()),
        _ => None,
    }
}

/// Lines that an error text has room for.
const EXPLAINED_MAX: usize = 16;

/// Why none of them is the device, one line each; root hubs are left out.
#[must_use]
pub fn explain(candidates: &[Candidate]) -> String {
    let devices: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| !candidate.identity.ports.is_empty())
        .collect();
    if devices.is_empty() {
        return "no USB device found at all; is the cable plugged in, and has a container /dev/bus/usb?".to_owned();
    }
    let mut text = "no matching USB device found".to_owned();
    for Candidate { identity, verdict } in devices.iter().take(EXPLAINED_MAX) {
        let why = verdict
            .as_ref()
            .err()
            .map_or_else(|| "would do".to_owned(), ToString::to_string);
        text.push_str(&format!("\n  {identity}: {why}"));
    }
    if devices.len() > EXPLAINED_MAX {
        text.push_str(&format!("\n  and {} more", devices.len() - EXPLAINED_MAX));
    }
    text
}

#[cfg(test)]
mod tests;
