//! The drivers: what their tables know, and opening a device as they would at their start.

use std::path::PathBuf;
use std::sync::mpsc;
use std::thread::Builder;
use std::time::Duration;

use daemon::paths::{CONF_DIR, STATE_DIR};
use driver::{Clock, Error, Info, Port, Settings};

/// What opening needs on its thread: that of a driver.
const STACK: usize = 1024 * 1024;

/// Drivers of USB devices; where several know a device, the first is to be preferred.
pub(crate) static OF_USB: &[&Info] = &[&usbhid_ups::INFO, &nutdrv_qx::INFO];

/// The drivers whose tables have a device with these numbers.
pub(crate) fn of_usb(vid: u16, pid: u16) -> Vec<&'static Info> {
    let device = Port::Usb { vid, pid };
    let knows = |info: &&&Info| (info.hardware)().iter().any(|one| one.port == device);
    OF_USB.iter().filter(knows).copied().collect()
}

/// The settings of a section.
pub(crate) fn settings(
    info: &Info,
    port: impl Into<String>,
    options: Vec<(String, Option<String>)>,
) -> Settings {
    Settings {
        ups: "nut-scanner".to_owned(),
        driver: info.name.to_owned(),
        port: port.into(),
        options,
        defaults: Vec::new(),
        overrides: Vec::new(),
        poll_interval: Duration::from_secs(2),
        no_lock: false,
        conf_dir: PathBuf::from(CONF_DIR),
        state_dir: PathBuf::from(STATE_DIR),
        tape: None,
        clock: Clock::default(),
    }
}

/// Opens a device as `info` does, and closes it again.
///
/// # Errors
/// See [`attempt`].
pub(crate) fn open(info: &'static Info, settings: Settings, within: Duration) -> Result<(), Error> {
    attempt(info.name, within, move || (info.open)(&settings).map(drop))
}

/// Does what a driver does to reach its device.
///
/// # Errors
/// Why the driver would not start, or that it has not come to an end in time; then it is left to itself until this program ends.
pub(crate) fn attempt<T: Send + 'static>(
    driver: &str,
    within: Duration,
    task: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (done, is_done) = mpsc::channel();
    let task = move || {
        // nobody may be waiting any more
        let _ = done.send(task());
    };
    let thread = Builder::new().stack_size(STACK).spawn(task);
    thread.map_err(|error| Error::Unusable(format!("no thread for {driver}: {error}")))?;
    let ended = is_done.recv_timeout(within);
    ended.unwrap_or_else(|_| {
        let seconds = within.as_secs();
        Err(Error::Unusable(format!(
            "{driver} has not opened it within {seconds} s"
        )))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drivers_tables_tell_whose_a_device_is() {
        let names = |vid, pid| {
            let drivers = of_usb(vid, pid);
            drivers.iter().map(|info| info.name).collect::<Vec<_>>()
        };
        assert_eq!(names(0x051d, 0x0002), ["usbhid-ups"]);
        assert_eq!(names(0x0665, 0x5161), ["nutdrv_qx"]);
        assert_eq!(names(0x046d, 0xc31c), [""; 0]);
    }

    #[test]
    fn a_driver_that_hangs_is_not_waited_for() {
        let refuses = || Err::<(), _>(Error::Config("refuses".to_owned()));
        let told = attempt("lab-ups", Duration::from_secs(60), refuses).unwrap_err();
        assert_eq!(told.to_string(), "refuses");
        let hangs = || {
            std::thread::sleep(Duration::from_secs(60));
            Ok(())
        };
        let told = attempt("lab-ups", Duration::from_millis(10), hangs).unwrap_err();
        assert!(told.to_string().starts_with("lab-ups has not opened it"));
    }
}
