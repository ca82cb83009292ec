//! The end of an outage, whatever happened in it: what the UPS was told, and what the machine finds when it has power again.

use std::time::Instant;

use crate::machine::Machine;

/// Off 60 s after the command and on again 120 s after it, if the mains are back by then: reports 13 and 14 of the device, 32 bits each.
const OFF_AND_ON_AGAIN: [&str; 2] = ["0d78000000", "0e3c000000"];

/// What upsmon says once nothing can stop the shutdown.
pub(crate) const NO_WAY_BACK: &str = "Auto logout and shutdown proceeding";

/// An outage that goes on until the battery is low.
pub(crate) struct Outage {
    /// What was written to the UPS before.
    written: usize,
    began: Instant,
}

impl Outage {
    /// The mains fail, and the machine knows: the driver, upsd and upsmon.
    #[track_caller]
    pub(crate) fn begin(machine: &Machine) -> Self {
        let written = machine.ups().written().len();
        machine.ups().mains(false);
        machine.await_status("OB DISCHRG");
        machine.await_console("UPS ups@localhost on battery");
        assert_eq!(machine.ups().written().len(), written, "too early");
        Self {
            written,
            began: Instant::now(),
        }
    }

    /// The battery runs low.
    #[track_caller]
    pub(crate) fn battery_low(mut self, machine: &Machine) -> Self {
        machine.ups().battery_low();
        self.began = Instant::now();
        self
    }

    /// The machine powers itself off, and as the last thing tells the UPS to cut the power.
    #[track_caller]
    pub(crate) fn powers_off(&self, what: &str, machine: &mut Machine) {
        let console = machine.await_power_off();
        eprintln!(
            "{what}: off {:?} after the low battery",
            self.began.elapsed()
        );
        self.ends_in_order(machine, &console);
    }

    /// The machine tells the UPS to cut the power, and restarts itself when that does not happen.
    #[track_caller]
    pub(crate) fn restarts(&self, what: &str, machine: &mut Machine) {
        let console = machine.await_restart();
        eprintln!(
            "{what}: restart {:?} after the low battery",
            self.began.elapsed()
        );
        self.ends_in_order(machine, &console);
    }

    #[track_caller]
    fn ends_in_order(&self, machine: &Machine, console: &str) {
        let told = console.find("nutshutdown: telling the UPS to cut the power");
        let unmounted = console.rfind("Unmounting");
        assert!(
            unmounted.is_some() && unmounted < told,
            "it was told too early, too late or not at all"
        );
        assert!(!console.contains("panicked"));
        let written = machine.ups().written();
        assert_eq!(written.get(self.written..).unwrap(), OFF_AND_ON_AGAIN);
    }
}

/// The mains are back, and the battery has something in it.
#[track_caller]
pub(crate) fn mains_return(machine: &Machine) {
    machine.ups().battery_charged();
    machine.ups().mains(true);
}

/// The machine boots, and nothing reminds of the outage: the next shutdown will not cut the power.
#[track_caller]
pub(crate) fn is_well_again(machine: &Machine) {
    machine.await_status("OL");
    machine.await_output("systemctl is-active nut-monitor", |said| said == "active");
    machine.run("test ! -e /etc/killpower");
    assert_eq!(machine.try_run("upsmon -K").code, "1");
    let failed = machine.run("systemctl --failed --no-legend");
    assert_eq!(failed, "");
}
