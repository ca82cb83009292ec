//! The drivers: what their tables know, and opening a device as they would at their start.

use std::path::PathBuf;
use std::sync::mpsc;
use std::thread::Builder;
use std::time::Duration;

use daemon::paths::{CONF_DIR, STATE_DIR};
use driver::{Clock, Error, Info, Port, Report, Settings};

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

/// How far a device is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// It opens.
    Open,
    /// It says who it is, too.
    Identify,
}

/// Opens a device and closes it again.
///
/// # Errors
/// Why the driver would not start, or that it has not come to an end in time; then it is left to itself until this program ends.
pub(crate) fn attempt(
    info: &'static Info,
    settings: Settings,
    depth: Depth,
    within: Duration,
) -> Result<(), Error> {
    let (done, is_done) = mpsc::channel();
    let task = move || {
        let result = (info.open)(&settings).and_then(|mut device| match depth {
            Depth::Open => Ok(()),
            Depth::Identify => device.identify(&mut Report::default()),
        });
        // nobody waits any more
        let _ = done.send(result);
    };
    let thread = Builder::new().stack_size(STACK).spawn(task);
    thread.map_err(|error| Error::Unusable(format!("no thread for {}: {error}", info.name)))?;
    let ended = is_done.recv_timeout(within);
    ended.unwrap_or_else(|_| {
        let seconds = within.as_secs();
        Err(Error::Unusable(format!(
            "{} has not opened it within {seconds} s",
            info.name
        )))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::{Driver, Hardware};

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

    static HANGS: Info = Info {
        name: "lab-ups",
        aliases: &[],
        description: "",
        version: "",
        options: &[],
        hardware: Vec::<Hardware>::new,
        open: |settings: &Settings| -> Result<Box<dyn Driver>, Error> {
            std::thread::sleep(Duration::from_secs(
                u64::from(settings.port == "hangs") * 60,
            ));
            Err(Error::Config(settings.port.clone()))
        },
    };

    #[test]
    fn a_driver_that_hangs_is_not_waited_for() {
        let attempt = |port: &str, within| {
            let settings = settings(&HANGS, port, Vec::new());
            let tried = attempt(&HANGS, settings, Depth::Open, within);
            tried.unwrap_err().to_string()
        };
        assert_eq!(attempt("refuses", Duration::from_secs(60)), "refuses");
        let told = attempt("hangs", Duration::from_millis(10));
        assert!(told.starts_with("lab-ups has not opened it"), "{told}");
    }
}
