//! A read of the interrupt endpoint that stands until the device speaks.
//!
//! libusb's blocking read ends with its time, and the next one begins anew: between the two the device is not listened to,
//! and both cost system calls. Here the read stays with the kernel, over any number of waits and of control requests in
//! between, as the kernel's own HID driver has it. Only a waiting thread runs libusb's events, and [`Bell`] ends its wait.
//!
//! ```text
//! submit --> waits --(wait: time is over, or the bell)--> waits
//!              | the device speaks, fails or is gone        | cancel
//!              v                                            v
//!            done: finish gives the bytes                 freed, or left to libusb when it does not let go
//! ```
//!
//! This is one of the two crates that may hold `unsafe`: rusb has no transfers that wait.

#![allow(
    unsafe_code,
    reason = "rusb offers blocking transfers only; these are libusb's calls for one that waits"
)]

use std::cell::UnsafeCell;
use std::ffi::c_void;
use std::fmt;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Wake;
use std::time::{Duration, Instant};

use rusb::constants::{
    LIBUSB_SUCCESS, LIBUSB_TRANSFER_COMPLETED, LIBUSB_TRANSFER_NO_DEVICE, LIBUSB_TRANSFER_OVERFLOW,
    LIBUSB_TRANSFER_STALL,
};
use rusb::ffi::{
    libusb_alloc_transfer, libusb_cancel_transfer, libusb_fill_interrupt_transfer,
    libusb_free_transfer, libusb_submit_transfer, libusb_transfer,
};
use rusb::{Context, DeviceHandle, Error, UsbContext};

/// Longest report.
const LONGEST: usize = 512;
/// How long libusb may take to give a cancelled read back.
const CANCEL: Duration = Duration::from_secs(1);

/// Ends a wait from another thread; one that has not begun yet ends at once.
pub(super) struct Bell {
    context: Context,
    rung: AtomicBool,
}

impl Bell {
    pub(super) fn new(context: Context) -> Arc<Self> {
        Arc::new(Self {
            context,
            rung: AtomicBool::new(false),
        })
    }
}

impl fmt::Debug for Bell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bell").finish_non_exhaustive()
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.context.interrupt_handle_events();
    }
}

/// A read that was submitted. Dropping it leaves it to libusb; [`cancel`](Self::cancel) is the way to end it.
pub(super) struct Standing {
    transfer: NonNull<libusb_transfer>,
    page: Arc<Page>,
    /// Most bytes that it takes.
    length: usize,
}

// SAFETY: libusb may be called from any thread, and nothing in a transfer belongs to one.
unsafe impl Send for Standing {}

/// What libusb writes to; it lives as long as libusb may do so.
struct Page {
    bytes: UnsafeCell<[u8; LONGEST]>,
    /// Set when libusb has given the transfer back.
    done: AtomicBool,
}

// SAFETY: until `done` is set only libusb touches the bytes, and afterwards nobody writes them.
unsafe impl Sync for Page {}
// SAFETY: plain memory.
unsafe impl Send for Page {}

impl fmt::Debug for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Standing")
            .field("done", &self.is_done())
            .finish_non_exhaustive()
    }
}

/// Called by libusb while it handles events.
extern "system" fn given_back(transfer: *mut libusb_transfer) {
    // SAFETY: `submit` has put a `Page` there, which nobody frees before this has set `done`.
    unsafe {
        let page: *const Page = (*transfer).user_data.cast();
        (*page).done.store(true, Ordering::Release);
    }
}

impl Standing {
    /// Hands the kernel a read of at most `length` bytes.
    pub(super) fn submit(
        handle: &DeviceHandle<Context>,
        endpoint: u8,
        length: usize,
    ) -> Result<Self, Error> {
        let page = Arc::new(Page {
            bytes: UnsafeCell::new([0; LONGEST]),
            done: AtomicBool::new(false),
        });
        let most = length;
        let length = i32::try_from(length.min(LONGEST)).map_err(|_| Error::InvalidParam)?;
        // SAFETY: 0 is the number of isochronous packets of any other transfer.
        let transfer = NonNull::new(unsafe { libusb_alloc_transfer(0) }).ok_or(Error::NoMem)?;
        // libusb's own share of the page, given back in `drop_page`
        let shared = Arc::into_raw(Arc::clone(&page));
        let standing = Self {
            transfer,
            page,
            length: most,
        };
        // SAFETY: transfer and handle are alive, the page has room for `length` bytes and stays until libusb is done.
        let code = unsafe {
            libusb_fill_interrupt_transfer(
                transfer.as_ptr(),
                handle.as_raw(),
                endpoint,
                standing.page.bytes.get().cast(),
                length,
                given_back,
                shared.cast_mut().cast::<c_void>(),
                0,
            );
            libusb_submit_transfer(transfer.as_ptr())
        };
        if code == LIBUSB_SUCCESS {
            return Ok(standing);
        }
        standing.free();
        Err(error(code))
    }

    /// Most bytes that it takes.
    pub(super) const fn length(&self) -> usize {
        self.length
    }

    fn is_done(&self) -> bool {
        self.page.done.load(Ordering::Acquire)
    }

    /// Waits until the read is done; whether it is. It is not when the time is over or the bell was rung.
    pub(super) fn wait(&self, bell: &Bell, within: Duration) -> Result<bool, Error> {
        let begin = Instant::now();
        loop {
            if self.is_done() {
                return Ok(true);
            }
            let left = within.saturating_sub(begin.elapsed());
            if left.is_zero() || bell.rung.swap(false, Ordering::Acquire) {
                return Ok(false);
            }
            match bell.context.handle_events(Some(left)) {
                Ok(()) | Err(Error::Interrupted) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// What the device has said, of a read that is done.
    pub(super) fn finish(self, buffer: &mut [u8]) -> Result<usize, Error> {
        if !self.is_done() {
            return Err(Error::Busy);
        }
        // SAFETY: libusb has given it back, and only this value has it.
        let (status, length) = unsafe {
            let transfer = self.transfer.as_ref();
            (transfer.status, transfer.actual_length)
        };
        // SAFETY: done is set, so nobody writes to the bytes any more.
        let bytes = unsafe { &*self.page.bytes.get() };
        let length = usize::try_from(length).unwrap_or(0).min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(bytes).take(length) {
            *to = *from;
        }
        self.free();
        match status {
            LIBUSB_TRANSFER_COMPLETED => Ok(length),
            LIBUSB_TRANSFER_STALL => Err(Error::Pipe),
            LIBUSB_TRANSFER_NO_DEVICE => Err(Error::NoDevice),
            LIBUSB_TRANSFER_OVERFLOW => Err(Error::Overflow),
            _ => Err(Error::Io),
        }
    }

    /// Takes the read back. One that libusb keeps all the same stays, with its memory; nobody can help it.
    pub(super) fn cancel(self, context: &Context) {
        // SAFETY: the transfer is alive. That it is done already, or its device gone, is told by the callback.
        unsafe {
            libusb_cancel_transfer(self.transfer.as_ptr());
        }
        let begin = Instant::now();
        while !self.is_done() {
            let left = CANCEL.saturating_sub(begin.elapsed());
            if left.is_zero() || context.handle_events(Some(left)) == Err(Error::NoDevice) {
                return;
            }
        }
        self.free();
    }

    /// Frees a transfer that libusb does not have: never submitted, or given back.
    fn free(self) {
        // SAFETY: libusb does not have it, so its share of the page is ours again, and nobody uses the transfer.
        unsafe {
            let shared: *const Page = self.transfer.as_ref().user_data.cast();
            drop(Arc::from_raw(shared));
            libusb_free_transfer(self.transfer.as_ptr());
        }
    }
}

fn error(code: i32) -> Error {
    use rusb::constants::{
        LIBUSB_ERROR_BUSY, LIBUSB_ERROR_IO, LIBUSB_ERROR_NO_DEVICE, LIBUSB_ERROR_NO_MEM,
        LIBUSB_ERROR_NOT_FOUND, LIBUSB_ERROR_NOT_SUPPORTED,
    };
    match code {
        LIBUSB_ERROR_IO => Error::Io,
        LIBUSB_ERROR_NO_DEVICE => Error::NoDevice,
        LIBUSB_ERROR_NOT_FOUND => Error::NotFound,
        LIBUSB_ERROR_BUSY => Error::Busy,
        LIBUSB_ERROR_NO_MEM => Error::NoMem,
        LIBUSB_ERROR_NOT_SUPPORTED => Error::NotSupported,
        _ => Error::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    /// A machine for tests may have no USB at all; then there is no context, and nothing to ring for.
    #[test]
    fn a_bell_that_rings_before_the_wait_is_not_lost() {
        let Ok(context) = Context::new() else { return };
        let bell = Bell::new(context);
        Waker::from(Arc::clone(&bell)).wake();
        assert!(bell.rung.swap(false, Ordering::Acquire));
        let begin = Instant::now();
        // libusb remembers, too: this would last a minute
        let handled = bell.context.handle_events(Some(Duration::from_secs(60)));
        assert!(handled.is_ok() && begin.elapsed() < Duration::from_secs(50));
    }

    #[test]
    fn errors_of_submitting_have_rusbs_names() {
        use rusb::constants::{LIBUSB_ERROR_NO_DEVICE, LIBUSB_ERROR_NOT_FOUND};
        assert_eq!(error(LIBUSB_ERROR_NO_DEVICE), Error::NoDevice);
        assert_eq!(error(LIBUSB_ERROR_NOT_FOUND), Error::NotFound);
        assert_eq!(error(-99), Error::Other);
    }
}
