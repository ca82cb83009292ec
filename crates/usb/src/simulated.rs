//! A device that is a table of reports, for tests that do not care in which order it is asked.
//!
//! It is a handle: a test keeps a clone, gives the other to the driver, and then changes values, plants faults, pulls the
//! plug and reads what was written.

mod state;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::class::Kind;
use crate::device::{Interface, Setup, UsbDevice};
use crate::error::Error;
use crate::find::Bus;
use crate::identity::Identity;
use crate::options::Place;
use crate::string;
use state::{Planted, State};

/// What a fault concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// Reading reports of that kind; the key is the report's id.
    Get(Kind),
    /// Writing reports; the key is the report's id.
    Set,
    /// Strings; the key is the index.
    String,
    /// Class descriptors; the key is their type.
    Descriptor,
    /// The interrupt endpoint; the key is 0.
    Interrupt,
    /// The interrupt endpoint towards the device; the key is 0.
    Send,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The call fails so.
    Error(Error),
    /// Only so many bytes come.
    Short(usize),
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Simulated {
    identity: Identity,
    interface: Interface,
    closed: bool,
    state: Arc<Mutex<State>>,
}

impl Simulated {
    /// A device without reports; its identity's strings are numbers 1 to 3.
    #[must_use]
    pub fn new(identity: Identity) -> Self {
        let mut state = State::default();
        for (index, text) in (1..).zip([&identity.vendor, &identity.product, &identity.serial]) {
            state.strings.extend(text.clone().map(|text| (index, text)));
        }
        let interface = Interface {
            endpoint_in: Some(0x81),
            ..Interface::default()
        };
        Self {
            identity,
            interface,
            closed: false,
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// Sets the report descriptor, and the two lengths that the device tells of it (`None`: it does not tell).
    pub fn set_descriptor(
        &mut self,
        report: &[u8],
        on_request: Option<u16>,
        in_configuration: Option<u16>,
    ) {
        self.interface.extra = in_configuration.map(hid_descriptor).unwrap_or_default();
        let mut state = self.state();
        state.descriptors.insert(0x22, report.to_vec());
        state.descriptors.remove(&0x21);
        state
            .descriptors
            .extend(on_request.map(|length| (0x21, hid_descriptor(length))));
    }

    /// Sets what was claimed; the class descriptors in it go with [`set_descriptor`](Self::set_descriptor).
    pub fn set_interface(&mut self, interface: Interface) {
        self.interface = interface;
    }

    /// Sets a string.
    pub fn set_string(&self, index: u8, text: &str) {
        self.state().strings.insert(index, text.to_owned());
    }

    /// Sets a report as the device sends it, its id first.
    pub fn set_report(&self, kind: Kind, id: u8, bytes: &[u8]) {
        self.state().reports.insert((kind, id), bytes.to_vec());
    }

    /// Output reports of any number are taken, even of kinds that there are not: some devices want it so.
    pub fn set_any_report(&self) {
        self.state().takes_anything = true;
    }

    /// A report as the device would send it now.
    #[must_use]
    pub fn report(&self, kind: Kind, id: u8) -> Option<Vec<u8>> {
        self.state().reports.get(&(kind, id)).cloned()
    }

    /// Queues an interrupt report.
    pub fn interrupt_with(&self, bytes: &[u8]) {
        self.state().interrupts.push_back(bytes.to_vec());
    }

    /// Everything that was written to the interrupt endpoint, oldest first.
    #[must_use]
    pub fn sent(&self) -> Vec<Vec<u8>> {
        self.state().sent.clone()
    }

    /// Plants a fault: for one key or all, so many times or for ever.
    pub fn plant(&self, place: Where, key: Option<u8>, fault: Fault, times: Option<u32>) {
        self.state().faults.push(Planted {
            place,
            key,
            fault,
            left: times,
        });
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// Everything that was written, oldest first.
    #[must_use]
    pub fn written(&self) -> Vec<(Kind, u8, Vec<u8>)> {
        self.state().written.clone()
    }

    /// How often it was reset.
    #[must_use]
    pub fn resets(&self) -> u32 {
        self.state().resets
    }

    /// Pulls the plug: every call fails from now on.
    pub fn unplug(&self) {
        let mut state = self.state();
        state.unplugged = true;
        state.interrupts.clear();
    }

    /// Puts it back; what was opened before stays gone, as with a real one.
    #[must_use]
    pub fn plug(&self) -> Self {
        self.state().unplugged = false;
        Self {
            closed: false,
            identity: Identity {
                address: self.identity.address.wrapping_add(1),
                ..self.identity.clone()
            },
            ..self.clone()
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state, if the device is there.
    fn reach(&mut self, what: &str) -> Result<MutexGuard<'_, State>, Error> {
        let gone = self.closed || self.state().unplugged;
        self.closed |= gone;
        if gone {
            Err(Error::Gone(what.to_owned()))
        } else {
            Ok(self.state())
        }
    }
}

/// A bus with nothing else on it.
impl Bus for Simulated {
    fn list(&mut self) -> Result<Vec<Identity>, Error> {
        Ok(vec![self.identity.clone()])
    }

    fn describe(&mut self, listed: &Identity) -> Result<Identity, Error> {
        Ok(listed.clone())
    }

    fn open(&mut self, _: &Identity, _: &Place) -> Result<Box<dyn UsbDevice>, Error> {
        Ok(Box::new(self.clone()))
    }
}

impl UsbDevice for Simulated {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn interface(&self) -> &Interface {
        &self.interface
    }

    fn control_in(&mut self, setup: Setup, buffer: &mut [u8], _: Duration) -> Result<usize, Error> {
        let answer = self.reach(&setup.to_string())?.read(setup)?;
        Ok(fill(buffer, &answer))
    }

    fn control_out(&mut self, setup: Setup, data: &[u8], _: Duration) -> Result<usize, Error> {
        self.reach(&setup.to_string())?.write(setup, data)
    }

    fn interrupt(&mut self, buffer: &mut [u8], _: Duration) -> Result<usize, Error> {
        let mut state = self.reach("interrupt")?;
        let fault = state.fault(Where::Interrupt, 0);
        if let Some(Fault::Error(error)) = fault {
            return Err(error);
        }
        let mut report = state
            .interrupts
            .pop_front()
            .ok_or_else(|| Error::Timeout("interrupt".to_owned()))?;
        if let Some(Fault::Short(length)) = fault {
            report.truncate(length);
        }
        Ok(fill(buffer, &report))
    }

    fn interrupt_out(&mut self, data: &[u8], _: Duration) -> Result<usize, Error> {
        if self.interface.endpoint_out.is_none() {
            return Err(Error::NotFound("interrupt out".to_owned()));
        }
        let mut state = self.reach("interrupt out")?;
        let taken = state.answer(Where::Send, 0, Some(data.to_vec()), "interrupt out")?;
        state.sent.push(taken.clone());
        Ok(taken.len())
    }

    fn string(&mut self, index: u8, within: Duration) -> Result<String, Error> {
        let mut language = Some(string::LANGUAGE);
        string::read(
            index,
            &mut language,
            within,
            &mut |setup, buffer, within| self.control_in(setup, buffer, within),
        )
    }

    fn reset(&mut self) -> Result<(), Error> {
        self.reach("reset")?.resets += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.closed = true;
    }
}

/// Copies what fits.
pub(crate) fn fill(buffer: &mut [u8], bytes: &[u8]) -> usize {
    buffer
        .iter_mut()
        .zip(bytes)
        .map(|(to, from)| *to = *from)
        .count()
}

fn hid_descriptor(length: u16) -> Vec<u8> {
    let [low, high] = length.to_le_bytes();
    vec![9, 0x21, 0x10, 1, 0, 1, 0x22, low, high]
}

#[cfg(test)]
mod tests;
