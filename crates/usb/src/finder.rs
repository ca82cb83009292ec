//! What a driver does to get its device: find the one that its options mean, and the same one again when it was lost.
//!
//! ```text
//! Finder::first --> device, Trace      Trace::step: opened, answered
//!                              |  lost: Trace::lose, which resets the port when nothing else helps
//!                              v
//! Finder::again(Trace) --> device, or gone: Finder::is_back tells when it was plugged in anew
//! ```

use crate::device::UsbDevice;
use crate::error::Error;
use crate::find::{Bus, Claim, Found, Search};
use crate::health::{Advice, Event, Health};
use crate::identity::Identity;
use crate::matcher::{Known, Matcher};
use crate::options::Place;
use crate::stable::Stable;

/// The bus, and which device on it is meant.
pub struct Finder {
    bus: Box<dyn Bus + Send>,
    matcher: Matcher,
    place: Place,
    allow_duplicates: bool,
}

impl Finder {
    /// Takes the options from the driver's settings: `value(name)` is empty for an option that stands there without a value.
    ///
    /// # Errors
    /// [`Error::Config`] with what cannot be understood.
    pub fn new<'a>(
        bus: Box<dyn Bus + Send>,
        value: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<Self, Error> {
        Ok(Self {
            bus,
            matcher: Matcher::new(&value)?,
            place: Place::new(&value)?,
            allow_duplicates: value("allow_duplicates").is_some(),
        })
    }

    /// Opens the first device that `claim` and `accept` take; see [`Search::find_with`].
    ///
    /// # Errors
    /// The trouble of the only device that would have done; else why each does not.
    pub fn first(
        &mut self,
        claim: &dyn Fn(&Identity, Known) -> Claim,
        accept: &mut dyn FnMut(&mut dyn UsbDevice) -> Result<(), Error>,
    ) -> Result<First, Error> {
        let search = Search {
            matcher: &self.matcher,
            place: self.place.clone(),
            allow_duplicates: self.allow_duplicates,
            claim,
        };
        let Found {
            device,
            place,
            stable,
            others,
        } = search.find_with(&mut *self.bus, accept)?;
        let health = Health::default().step(Event::Opened).0;
        let trace = Trace {
            stable,
            place,
            health,
        };
        Ok(First {
            device,
            trace,
            others,
        })
    }

    /// Opens the device that was lost.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not on the bus; else what opening it came to.
    pub fn again(&mut self, trace: &mut Trace) -> Result<Box<dyn UsbDevice>, Error> {
        let found = Search::find_again(&mut *self.bus, &mut trace.stable, &trace.place);
        match &found {
            Ok(_) => trace.step(Event::Opened),
            Err(Error::Gone(_)) => trace.step(Event::Absent),
            Err(_) => Advice::Go,
        };
        found
    }

    /// Whether the device was plugged in anew since the last attempt.
    pub fn is_back(&mut self, trace: &Trace) -> bool {
        self.bus
            .list()
            .is_ok_and(|listed| trace.stable.sees_news(&listed))
    }
}

/// The device that is meant.
pub struct First {
    /// Opened and claimed.
    pub device: Box<dyn UsbDevice>,
    /// How to find it again.
    pub trace: Trace,
    /// Others that would have done as well: a warning is due, as the next start may find one of them.
    pub others: Vec<Identity>,
}

/// How to recognise a device, where its reports are, and what has happened to it.
#[derive(Clone, Debug)]
pub struct Trace {
    stable: Stable,
    place: Place,
    health: Health,
}

impl Trace {
    /// The device has answered.
    pub fn answered(&mut self) {
        self.step(Event::Answered);
    }

    /// The device is given up for now: closes it, and resets its port before that if it is time for it. Tells what a reset
    /// came to, if there was one.
    pub fn lose(&mut self, device: &mut dyn UsbDevice) -> Option<Result<(), Error>> {
        let reset = (self.step(Event::Lost) == Advice::Reset).then(|| device.reset());
        device.close();
        reset
    }

    fn step(&mut self, event: Event) -> Advice {
        let (health, advice) = self.health.step(event);
        self.health = health;
        advice
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulated::Simulated;

    /// A bus with one device, or none.
    struct Desk(Simulated, bool);

    impl Bus for Desk {
        fn list(&mut self) -> Result<Vec<Identity>, Error> {
            Ok(self
                .1
                .then(|| self.0.identity().clone())
                .into_iter()
                .collect())
        }
        fn describe(&mut self, listed: &Identity) -> Result<Identity, Error> {
            Ok(listed.clone())
        }
        fn open(&mut self, _: &Identity, _: &Place) -> Result<Box<dyn UsbDevice>, Error> {
            Ok(Box::new(self.0.clone()))
        }
    }

    fn finder(there: bool) -> (Finder, Simulated) {
        let device = Simulated::new(Identity {
            vid: 1,
            bus: 1,
            address: 5,
            ports: vec![1],
            ..Identity::default()
        });
        let bus = Box::new(Desk(device.clone(), there));
        (Finder::new(bus, |_| None).unwrap(), device)
    }

    fn first(finder: &mut Finder) -> Result<First, Error> {
        finder.first(&|_, _| Claim::Yes(Place::default()), &mut |_| Ok(()))
    }

    #[test]
    fn a_device_that_never_answers_has_its_port_reset_at_the_third_loss() {
        let (mut finder, hand) = finder(true);
        let First {
            mut device,
            mut trace,
            ..
        } = first(&mut finder).unwrap();
        for resets in [0, 0, 1] {
            assert_eq!(trace.lose(&mut *device).is_some(), resets == 1);
            assert_eq!(hand.resets(), resets);
            assert!(
                matches!(device.reset(), Err(Error::Gone(_))),
                "it is closed"
            );
            device = finder.again(&mut trace).unwrap();
        }
    }

    #[test]
    fn a_device_that_answers_is_never_reset() {
        let (mut finder, hand) = finder(true);
        let First {
            mut device,
            mut trace,
            ..
        } = first(&mut finder).unwrap();
        for _ in 0..10 {
            trace.answered();
            assert_eq!(trace.lose(&mut *device), None);
            device = finder.again(&mut trace).unwrap();
        }
        assert_eq!(hand.resets(), 0);
        assert!(!finder.is_back(&trace), "the same plugging is no news");
    }

    #[test]
    fn wrong_options_are_told_and_where_there_is_nothing_nothing_is_found() {
        let bus = || Box::new(Desk(Simulated::new(Identity::default()), false));
        let wrong = Finder::new(bus(), |name| (name == "serial").then_some("("));
        assert!(matches!(wrong.err(), Some(Error::Config(_))));
        let none = first(&mut finder(false).0).err();
        assert!(matches!(none, Some(Error::NotFound(_))), "{none:?}");
    }
}
