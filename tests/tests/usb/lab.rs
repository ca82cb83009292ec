//! A driver with emulated devices.

use std::fs;
use std::time::Duration;

use testkit::{
    DeviceFile, DriverSocket, PATIENCE, Program, Running, Umockdev, UsbBus, UsbDevice, Value,
};
use tests::Site;

/// The driver of HID devices.
const HID: &str = "usbhid-ups";

/// The driver of the Megatec family.
pub(crate) const QX: &str = "nutdrv_qx";

/// Emulated devices and a place for programs; no driver runs yet.
#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) bus: UsbBus,
    pub(crate) site: Site,
    driver: &'static str,
}

impl Bench {
    /// Devices for the test `name`, which is skipped where there is no emulator. UPS `ups` is polled every second.
    #[track_caller]
    pub(crate) fn new(name: &str, devices: &[DeviceFile]) -> Option<Self> {
        Self::of(HID, name, devices)
    }

    /// The same for a driver.
    #[track_caller]
    pub(crate) fn of(driver: &'static str, name: &str, devices: &[DeviceFile]) -> Option<Self> {
        let umockdev = Umockdev::find(name)?;
        let site = Site::new();
        let bench = Self {
            bus: UsbBus::start(&umockdev, &site.sandbox, devices),
            site,
            driver,
        };
        bench.configure(&[("ups", "")]);
        Some(bench)
    }

    /// Writes a ups.conf of UPSes with more options.
    pub(crate) fn configure(&self, upses: &[(&str, &str)]) {
        let driver = self.driver;
        let sections = upses
            .iter()
            .map(|(name, more)| format!("[{name}]\ndriver = {driver}\nport = auto\n{more}\n"));
        let sections: String = sections.collect();
        let conf = format!("pollinterval = 1\n{sections}");
        self.site.sandbox.write("ups.conf", &conf);
    }

    pub(crate) fn device(&self) -> UsbDevice<'_> {
        self.bus.device(0)
    }

    /// The driver of a UPS, not started.
    pub(crate) fn program(&self, ups: &str) -> Program {
        let driver = Program::locknut(self.driver, &self.site.sandbox);
        self.bus.lead(driver).args(["-a", ups]).as_myself()
    }

    /// The driver of a UPS.
    pub(crate) fn launch(&self, ups: &str) -> Running {
        self.program(ups).arg("-F").start()
    }

    /// What a driver that has attached says.
    #[track_caller]
    pub(crate) fn hear(&self, ups: &str, driver: &mut Running) -> DriverSocket {
        DriverSocket::connect(&self.site.sandbox, self.driver, ups, driver)
    }

    /// The driver of UPS `ups`, attached.
    #[track_caller]
    pub(crate) fn attach(self) -> Lab {
        let mut driver = self.launch("ups");
        let socket = self.hear("ups", &mut driver);
        Lab {
            driver,
            socket,
            bench: self,
        }
    }

    /// Expects that the driver does not attach, and gives what it says.
    #[track_caller]
    pub(crate) fn refused(&self) -> String {
        let mut driver = self.launch("ups");
        assert_eq!(driver.wait_for_end(PATIENCE), Some(1));
        driver.printed()
    }
}

/// A driver that is attached to the first device, which is read as UPS `ups`.
#[derive(Debug)]
pub(crate) struct Lab {
    // first, so that it ends first
    pub(crate) driver: Running,
    pub(crate) socket: DriverSocket,
    pub(crate) bench: Bench,
}

impl Lab {
    /// One of our devices for the test `name`, which is skipped where there is no emulator; the driver has more options.
    #[track_caller]
    pub(crate) fn new(name: &str, device: &str, options: &str) -> Option<Self> {
        let bench = Bench::new(name, &[DeviceFile::named(device)])?;
        bench.configure(&[("ups", options)]);
        let mut lab = bench.attach();
        lab.expect_status("OL");
        lab.expect_fresh();
        Some(lab)
    }

    pub(crate) fn device(&self) -> UsbDevice<'_> {
        self.bench.device()
    }

    /// Has something go wrong.
    #[track_caller]
    pub(crate) fn fault(&self, fault: Value) {
        self.device().fault(fault);
    }

    #[track_caller]
    pub(crate) fn expect_status(&mut self, word: &str) -> Duration {
        let what = format!("{word} in ups.status");
        self.socket
            .expect(&what, PATIENCE, |socket| socket.status_has(word))
    }

    #[track_caller]
    pub(crate) fn expect_value(&mut self, var: &str, value: &str) {
        let what = format!("{var} {value:?}");
        self.socket
            .expect(&what, PATIENCE, |socket| socket.value(var) == Some(value));
    }

    #[track_caller]
    pub(crate) fn expect_fresh(&mut self) -> Duration {
        let fresh = |socket: &DriverSocket| socket.is_fresh() == Some(true);
        self.socket
            .expect("that its data are fresh", PATIENCE, fresh)
    }

    #[track_caller]
    pub(crate) fn expect_stale(&mut self) -> Duration {
        let stale = |socket: &DriverSocket| socket.is_fresh() == Some(false);
        self.socket
            .expect("that its data are stale", PATIENCE, stale)
    }

    /// Expects that the data stay fresh for a while, and that mains is never said to have failed.
    #[track_caller]
    pub(crate) fn expect_calm(&mut self, during: Duration) {
        let odd =
            |socket: &DriverSocket| socket.is_fresh() != Some(true) || !socket.status_has("OL");
        let odd = self.socket.wait(during, odd);
        assert!(
            odd.is_err(),
            "{:#?}\n{}",
            self.socket,
            self.driver.printed()
        );
        assert_eq!(self.driver.ended(), None);
    }

    /// How many files and threads the driver has.
    pub(crate) fn belongings(&self) -> (usize, usize) {
        let count = |what: &str| {
            let entries = fs::read_dir(format!("/proc/{}/{what}", self.driver.pid()));
            entries.unwrap().count()
        };
        (count("fd"), count("task"))
    }

    /// The driver is the same process still, notices a power failure and its end, and obeys at the end.
    #[track_caller]
    pub(crate) fn expect_well(mut self) {
        self.expect_fresh();
        self.expect_status("OL");
        self.device().mains(false);
        self.expect_status("OB");
        self.device().mains(true);
        self.expect_status("OL");
        assert_eq!(self.driver.ended(), None);
        drop(self.socket);
        assert_eq!(self.driver.stop(), Some(0));
    }
}
