//! A device and the place for a driver of it.

use std::time::Duration;

use testkit::{DeviceFile, DriverSocket, Running, Sandbox, Umockdev, UsbBus};

use super::make::Make;
use crate::failure::Result;

/// How often a driver polls: the usual.
pub(super) const POLL: Duration = Duration::from_secs(2);
const UPS: &str = "ups";
/// What dummy-ups has to tell.
const DUMMY: &str = "ups.status: OL\nups.model: Dummy\nbattery.charge: 100\nups.load: 12\n";

/// What is driven, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// The emulated device; a file with values when there is none.
    device: Option<&'static str>,
    /// More lines of ups.conf.
    options: &'static str,
}

const fn usb(name: &'static str, device: &'static str, options: &'static str) -> Kind {
    Kind {
        name,
        device: Some(device),
        options,
    }
}

/// A device that speaks by itself, and is silent as long as nothing happens.
pub(super) const LISTENING: Kind = usb("usbhid-ups", "apc", "");
/// The same one, polled only.
pub(super) const POLLED: Kind = usb("usbhid-ups pollonly", "apc", "pollonly");
pub(super) const DUMMY_UPS: Kind = Kind {
    name: "dummy-ups",
    device: None,
    options: "",
};

/// Kinds that are started.
pub(super) const STARTED: [Kind; 6] = [
    usb("apc", "apc", ""),
    usb("apc pollonly", "apc", "pollonly"),
    usb("cps", "cps", ""),
    usb("mge", "mge", ""),
    usb("tripplite", "tripplite", ""),
    DUMMY_UPS,
];
/// Kinds that are left alone.
pub(super) const RESTING: [Kind; 3] = [LISTENING, POLLED, DUMMY_UPS];
/// Kinds that lose mains.
pub(super) const FAILING: [Kind; 2] = [LISTENING, POLLED];

/// The device and a directory. A driver that runs here is to be dropped before.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) bus: Option<UsbBus>,
    driver: &'static str,
    sandbox: Sandbox,
}

impl Place {
    pub(super) fn new(umockdev: &Umockdev, kind: Kind) -> Result<Self> {
        let sandbox = Sandbox::try_new()?;
        let (driver, port) = match kind.device {
            Some(_) => ("usbhid-ups", "auto"),
            None => ("dummy-ups", "device.dev"),
        };
        let section = format!("driver = {driver}\nport = {port}\n{}\n", kind.options);
        let conf = format!("pollinterval = {}\n[{UPS}]\n{section}", POLL.as_secs());
        sandbox.try_write("ups.conf", &conf)?;
        sandbox.try_write("device.dev", DUMMY)?;
        let device = kind.device.map(DeviceFile::named);
        let bus = device.map(|device| UsbBus::start(umockdev, &sandbox, &[device]));
        Ok(Self {
            bus,
            driver,
            sandbox,
        })
    }

    /// Starts a driver.
    pub(super) fn launch(&self, make: &Make) -> Result<Running> {
        let program = make.driver(self.driver, &self.sandbox);
        let program = match &self.bus {
            Some(bus) => bus.lead(program),
            None => program,
        };
        let program = program.args(["-a", UPS, "-F"]).as_myself();
        Ok(program.try_start()?)
    }

    /// Connects to a driver as soon as it serves.
    pub(super) fn hear(&self, driver: &mut Running) -> DriverSocket {
        DriverSocket::connect(&self.sandbox, self.driver, UPS, driver)
    }
}
