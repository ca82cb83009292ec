//! A server and its drivers in a sandbox.

use crate::Subject;
use std::fs;
use testkit::{PATIENCE, Running, Sandbox, eventually, free_port};

/// A place where one server runs. Drivers and server are ended when the values that stand for them are dropped.
#[derive(Debug)]
pub struct Site {
    /// Its files.
    pub sandbox: Sandbox,
    /// Where its server listens.
    pub port: u16,
}

/// The user `admin` with the password `secret` may do everything.
const USERS: &str = "[admin]\n  password = secret\n  actions = SET FSD\n  instcmds = ALL\n";

impl Site {
    /// A sandbox with an `upsd.conf`, the user `admin` and no UPS.
    #[track_caller]
    #[must_use]
    pub fn new() -> Self {
        let site = Self {
            sandbox: Sandbox::new(),
            port: free_port().unwrap_or_default(),
        };
        site.sandbox.write(
            "upsd.conf",
            &format!("LISTEN 127.0.0.1 {}\nMAXAGE 5\n", site.port),
        );
        site.sandbox.write("upsd.users", USERS);
        site.devices(&[]);
        site
    }

    /// Writes a ups.conf of simulated UPSes, each as its name and what its file holds.
    #[track_caller]
    pub fn devices(&self, devices: &[(&str, &str)]) -> &Self {
        self.devices_and_repeaters(devices, &[])
    }

    /// The same, with UPSes that repeat others, each as its name and what it repeats.
    #[track_caller]
    pub fn devices_and_repeaters(
        &self,
        devices: &[(&str, &str)],
        repeaters: &[(&str, &str)],
    ) -> &Self {
        let mut conf = "pollinterval = 1\n".to_owned();
        for (name, data) in devices {
            conf += &section(name, &format!("{name}.dev"));
            self.sandbox.write(&format!("{name}.dev"), data);
        }
        for (name, repeated) in repeaters {
            conf += &section(name, repeated);
        }
        self.sandbox.write("ups.conf", &conf);
        self
    }

    /// Starts the driver of a UPS, without waiting for it.
    #[track_caller]
    #[must_use]
    pub fn launch(&self, ups: &str) -> Running {
        self.launch_of(&Subject::Locknut, ups)
    }

    /// Starts the driver of a UPS.
    #[track_caller]
    #[must_use]
    pub fn driver(&self, ups: &str) -> Running {
        self.driver_of(&Subject::Locknut, ups)
    }

    /// Starts somebody's driver of a UPS.
    #[track_caller]
    #[must_use]
    pub fn driver_of(&self, subject: &Subject, ups: &str) -> Running {
        // what a killed one left would be taken for it
        let _ = fs::remove_file(self.sandbox.socket("dummy-ups", ups));
        let mut driver = self.launch_of(subject, ups);
        self.await_driver(ups, &mut driver);
        driver
    }

    #[track_caller]
    fn launch_of(&self, subject: &Subject, ups: &str) -> Running {
        let driver = subject.program("dummy-ups", &self.sandbox);
        driver.arg("-F").as_myself().args(["-a", ups]).start()
    }

    /// Waits until a driver that was started serves its socket.
    #[track_caller]
    pub fn await_driver(&self, ups: &str, driver: &mut Running) {
        let socket = self.sandbox.socket("dummy-ups", ups);
        let serves = || {
            let ended = driver.ended().is_some();
            (ended || fs::exists(&socket).unwrap_or(false)).then_some(!ended)
        };
        let serves = eventually(PATIENCE, serves);
        assert_eq!(
            serves,
            Some(true),
            "the driver of {ups} printed:\n{}",
            driver.printed()
        );
    }

    /// Starts the server.
    #[track_caller]
    #[must_use]
    pub fn upsd(&self) -> Running {
        self.upsd_of(&Subject::Locknut)
    }

    /// Starts somebody's server.
    #[track_caller]
    #[must_use]
    pub fn upsd_of(&self, subject: &Subject) -> Running {
        let upsd = subject.program("upsd", &self.sandbox);
        let upsd = upsd.arg("-F").as_myself().start();
        upsd.wait_for_line("listening on", PATIENCE);
        upsd
    }
}

impl Default for Site {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

fn section(name: &str, port: &str) -> String {
    format!("[{name}]\n  driver = dummy-ups\n  port = {port}\n  desc = \"UPS {name}\"\n")
}
