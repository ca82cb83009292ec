//! Changing the process's environment, for libraries that are configured by it (`LIBUSB_DEBUG`).

use std::ffi::OsStr;

use crate::{Error, process};

/// Sets `name` to `value` for this process and what it starts.
///
/// # Errors
/// Threads are running; one of them might be reading the environment.
pub fn export(name: &str, value: &OsStr) -> Result<(), Error> {
    match process::threads() {
        1 => {
            set(name, value);
            Ok(())
        }
        threads => Err(Error::Threads {
            action: "change the environment",
            threads,
        }),
    }
}

#[allow(
    unsafe_code,
    reason = "set_var is unsafe because of threads, and there are none"
)]
fn set(name: &str, value: &OsStr) {
    // SAFETY: `export` has made sure that this is the only thread of the process.
    unsafe { std::env::set_var(name, value) }
}
