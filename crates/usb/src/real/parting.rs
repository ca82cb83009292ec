//! Closing a device, which has no deadline of its own: releasing an interface or ending libusb may hang when the device was
//! pulled out at the wrong moment. So a thread does it, and it is waited for a while, as opening anew needs the device free.
//! A thread that hangs stays, with the handle; nobody else can help it.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rusb::{Context, DeviceHandle};

use super::standing::Standing;

const PATIENCE: Duration = Duration::from_secs(2);
const STACK: usize = 256 << 10;

/// Ends a read that stands, releases interface `number`, gives it back to the kernel's driver and closes the handle. libusb attaches what it detached
/// itself; `detached` says whether that was done by hand.
pub(super) fn close(
    handle: DeviceHandle<Context>,
    standing: Option<Standing>,
    number: u8,
    detached: bool,
) {
    let (done, finished) = mpsc::channel::<()>();
    let part = move || {
        if let Some(standing) = standing {
            standing.cancel(handle.context());
        }
        // a device that is gone needs nothing of this
        let _ = handle.release_interface(number);
        if detached {
            let _ = handle.attach_kernel_driver(number);
        }
        drop(handle);
        drop(done);
    };
    // without a thread the handle goes with the closure: closed here, as there is no other way
    if thread::Builder::new()
        .name("usb-close".to_owned())
        .stack_size(STACK)
        .spawn(part)
        .is_ok()
    {
        let _ = finished.recv_timeout(PATIENCE); // disconnected: done
    }
}
