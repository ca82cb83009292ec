//! What a driver sees of an opened device: control requests, the interrupt endpoint, strings. Every call has a deadline.

use std::fmt;
use std::task::Waker;
use std::time::Duration;

use crate::error::Error;
use crate::identity::Identity;

/// How long a control transfer may take, unless the caller knows better (spec usbhid.md, section 2, point 8).
pub const CONTROL: Duration = Duration::from_secs(5);

/// How long to listen to the interrupt endpoint (same place).
pub const INTERRUPT: Duration = Duration::from_millis(750);

/// Linux refuses control transfers with more data (spec usbhid.md, section 2, point 6); longer buffers are not filled.
pub const CONTROL_MAX: usize = 4096;

/// The fixed part of a control request, named as in chapter 9 of the USB specification; the length is the data's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// `bmRequestType`: direction, kind, recipient.
    pub request_type: u8,
    /// `bRequest`.
    pub request: u8,
    /// `wValue`.
    pub value: u16,
    /// `wIndex`.
    pub index: u16,
}

impl fmt::Display for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:02x} {:02x} {:04x} {:04x}",
            self.request_type, self.request, self.value, self.index
        )
    }
}

/// The interface that was claimed, as the configuration descriptor tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interface {
    /// `bInterfaceNumber`, which class requests carry in `wIndex`.
    pub number: u8,
    /// Address of the interrupt endpoint towards us (0x81...), if there is one.
    pub endpoint_in: Option<u8>,
    /// Most bytes of one packet from it (`wMaxPacketSize`); 0 when it is not known.
    pub packet_in: u16,
    /// Address of the interrupt endpoint towards the device, if there is one.
    pub endpoint_out: Option<u8>,
    /// Number given to GET_DESCRIPTOR of the class descriptors (`usb_hid_desc_index`).
    pub descriptor_index: u8,
    /// Class descriptors that stand between the interface's and the endpoints' ones.
    pub extra: Vec<u8>,
}

/// An opened and claimed device. Calls block, each for a bounded time; they come from one thread.
pub trait UsbDevice: Send {
    /// Who it is.
    fn identity(&self) -> &Identity;

    /// What was claimed.
    fn interface(&self) -> &Interface;

    /// A control request that reads; returns how many bytes of `buffer` were filled.
    ///
    /// # Errors
    /// See [`Error`].
    fn control_in(
        &mut self,
        setup: Setup,
        buffer: &mut [u8],
        within: Duration,
    ) -> Result<usize, Error>;

    /// A control request that writes; returns how many bytes the device took.
    ///
    /// # Errors
    /// See [`Error`].
    fn control_out(&mut self, setup: Setup, data: &[u8], within: Duration) -> Result<usize, Error>;

    /// The next interrupt report; [`Error::Timeout`] when there was none. A stalled endpoint is cleared before that is told.
    ///
    /// # Errors
    /// See [`Error`].
    fn interrupt(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, Error>;

    /// Writes one packet to the interrupt endpoint towards the device; returns how many bytes it took. A stalled endpoint is
    /// cleared before that is told.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::NotFound`] when there is no such endpoint.
    fn interrupt_out(&mut self, data: &[u8], within: Duration) -> Result<usize, Error>;

    /// Ends a wait for an interrupt report from another thread, as if its time were over; a wait that has not begun yet
    /// ends at once. Without one a wait lasts as long as it may. It is for this opening of the device: keep it no longer.
    fn waker(&self) -> Option<Waker> {
        None
    }

    /// String number `index`, with its blanks; index 0 means that there is none.
    ///
    /// # Errors
    /// See [`Error`].
    fn string(&mut self, index: u8, within: Duration) -> Result<String, Error>;

    /// Resets the device's port, the last resort. Afterwards the device is as after opening, or [`Error::Gone`].
    ///
    /// # Errors
    /// See [`Error`].
    fn reset(&mut self) -> Result<(), Error>;

    /// Gives the device back to the system. Every later call answers [`Error::Gone`]; closing twice is no error.
    fn close(&mut self);
}

impl<D: UsbDevice + ?Sized> UsbDevice for Box<D> {
    fn identity(&self) -> &Identity {
        (**self).identity()
    }
    fn interface(&self) -> &Interface {
        (**self).interface()
    }
    fn control_in(
        &mut self,
        setup: Setup,
        buffer: &mut [u8],
        within: Duration,
    ) -> Result<usize, Error> {
        (**self).control_in(setup, buffer, within)
    }
    fn control_out(&mut self, setup: Setup, data: &[u8], within: Duration) -> Result<usize, Error> {
        (**self).control_out(setup, data, within)
    }
    fn interrupt(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, Error> {
        (**self).interrupt(buffer, within)
    }
    fn interrupt_out(&mut self, data: &[u8], within: Duration) -> Result<usize, Error> {
        (**self).interrupt_out(data, within)
    }
    fn waker(&self) -> Option<Waker> {
        (**self).waker()
    }
    fn string(&mut self, index: u8, within: Duration) -> Result<String, Error> {
        (**self).string(index, within)
    }
    fn reset(&mut self) -> Result<(), Error> {
        (**self).reset()
    }
    fn close(&mut self) {
        (**self).close();
    }
}
