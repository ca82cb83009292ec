//! One claimed device.

use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use rusb::{Context, DeviceHandle};

use super::standing::{Bell, Standing};
use super::{named, parting};
use crate::device::{CONTROL_MAX, Interface, Setup, UsbDevice};
use crate::error::Error;
use crate::identity::Identity;
use crate::string;

/// libusb waits for ever when it is given no time, and counts in a `u32`.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_secs(60);

/// A device that libusb has opened and claimed.
#[derive(Debug)]
pub struct Opened {
    /// `None` when it was closed.
    handle: Option<DeviceHandle<Context>>,
    identity: Identity,
    interface: Interface,
    /// Whether the kernel's driver was detached by hand and is to be attached again.
    detached: bool,
    language: Option<u16>,
    /// The read of the interrupt endpoint that the kernel has.
    standing: Option<Standing>,
    bell: Arc<Bell>,
}

impl Opened {
    pub(super) fn new(
        handle: DeviceHandle<Context>,
        identity: Identity,
        interface: Interface,
        detached: bool,
    ) -> Self {
        Self {
            bell: Bell::new(handle.context().clone()),
            handle: Some(handle),
            identity,
            interface,
            detached,
            language: None,
            standing: None,
        }
    }

    pub(super) fn set_alternate(&self, alternate: u8) -> Result<(), Error> {
        let number = self.interface.number;
        let result = self.handle()?.set_alternate_setting(number, alternate);
        result.map_err(|error| {
            named(
                error,
                &format!("choosing alternate setting {alternate} of interface {number}"),
            )
        })
    }

    fn handle(&self) -> Result<&DeviceHandle<Context>, Error> {
        self.handle.as_ref().ok_or_else(closed)
    }
}

fn closed() -> Error {
    Error::Gone("it was closed".to_owned())
}

pub(super) fn control_in(
    handle: &DeviceHandle<Context>,
    setup: Setup,
    buffer: &mut [u8],
    within: Duration,
) -> Result<usize, Error> {
    let length = buffer.len().min(CONTROL_MAX);
    let buffer = buffer.get_mut(..length).unwrap_or_default();
    let Setup {
        request_type,
        request,
        value,
        index,
    } = setup;
    let result = handle.read_control(request_type, request, value, index, buffer, bounded(within));
    result.map_err(|error| named(error, &setup.to_string()))
}

fn bounded(within: Duration) -> Duration {
    within.clamp(SHORTEST, LONGEST)
}

impl UsbDevice for Opened {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn interface(&self) -> &Interface {
        &self.interface
    }

    fn control_in(
        &mut self,
        setup: Setup,
        buffer: &mut [u8],
        within: Duration,
    ) -> Result<usize, Error> {
        control_in(self.handle()?, setup, buffer, within)
    }

    fn control_out(&mut self, setup: Setup, data: &[u8], within: Duration) -> Result<usize, Error> {
        let Setup {
            request_type,
            request,
            value,
            index,
        } = setup;
        let result = self.handle()?.write_control(
            request_type,
            request,
            value,
            index,
            data,
            bounded(within),
        );
        result.map_err(|error| named(error, &setup.to_string()))
    }

    fn interrupt(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, Error> {
        let handle = self.handle.as_ref().ok_or_else(closed)?;
        let endpoint = self.interface.endpoint_in;
        let endpoint = endpoint.ok_or_else(|| {
            Error::NotFound("the device has no interrupt endpoint; set pollonly".to_owned())
        })?;
        let told = |error| named(error, &format!("interrupt endpoint {endpoint:02x}"));
        let standing = match self.standing.take() {
            Some(standing) if standing.length() == buffer.len() => standing,
            // what it has brought meanwhile goes with it, as nobody can tell that it is whole
            other => {
                if let Some(other) = other {
                    other.cancel(handle.context());
                }
                Standing::submit(handle, endpoint, buffer.len()).map_err(told)?
            }
        };
        let result = match standing.wait(&self.bell, bounded(within)) {
            Ok(true) => standing.finish(buffer),
            waits => {
                self.standing = Some(standing);
                waits.and(Err(rusb::Error::Timeout))
            }
        };
        if result == Err(rusb::Error::Pipe) {
            // the stall is told anyway; if clearing fails, the next read tells why
            let _ = handle.clear_halt(endpoint);
        }
        result.map_err(told)
    }

    fn interrupt_out(&mut self, data: &[u8], within: Duration) -> Result<usize, Error> {
        let handle = self.handle()?;
        let endpoint = self.interface.endpoint_out;
        let endpoint = endpoint.ok_or_else(|| {
            Error::NotFound("the device has no interrupt endpoint towards it".to_owned())
        })?;
        let result = handle.write_interrupt(endpoint, data, bounded(within));
        if result == Err(rusb::Error::Pipe) {
            // as above
            let _ = handle.clear_halt(endpoint);
        }
        result.map_err(|error| named(error, &format!("interrupt endpoint {endpoint:02x}")))
    }

    fn waker(&self) -> Option<Waker> {
        let listens = self.handle.is_some() && self.interface.endpoint_in.is_some();
        listens.then(|| Waker::from(Arc::clone(&self.bell)))
    }

    fn string(&mut self, index: u8, within: Duration) -> Result<String, Error> {
        let handle = self.handle.as_ref().ok_or_else(closed)?;
        string::read(
            index,
            &mut self.language,
            within,
            &mut |setup, buffer, within| control_in(handle, setup, buffer, within),
        )
    }

    /// The kernel bounds the time. libusb answers "not found" when the device came back as another one.
    fn reset(&mut self) -> Result<(), Error> {
        let what = "resetting the port";
        if let Some(standing) = self.standing.take() {
            standing.cancel(self.handle()?.context());
        }
        match self.handle()?.reset() {
            Err(rusb::Error::NotFound) => Err(Error::Gone(what.to_owned())),
            result => result.map_err(|error| named(error, what)),
        }
    }

    fn close(&mut self) {
        if let Some(handle) = self.handle.take() {
            let standing = self.standing.take();
            parting::close(handle, standing, self.interface.number, self.detached);
        }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.close();
    }
}
