//! The machine: QEMU with the disk that `cargo xtask vm` has made, our programs installed on it, and a UPS at its USB port.
//!
//! The disk itself is never written; each machine begins as a new one. As many run at a time as the tests do, one for each
//! processor.

use std::env;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{panicking, sleep};
use std::time::Duration;

use testkit::{
    DeviceFile, PATIENCE, RedirectedUsb, Running, Sandbox, UsbDevice, eventually, skipped_unless_ci,
};

use crate::hardware::{self, Cable, Ports};
use crate::monitor::{End, Monitor};
use crate::payload::{self, Begin};
use crate::shell::{Said, Shell};

/// How long the way from nothing to a system that is up may take: some 20 s where nothing else runs.
const BOOT: Duration = Duration::from_secs(240);
/// How long what happens in the machine may take.
pub(crate) const SOON: Duration = Duration::from_secs(120);
/// How long the installation of packages may take: a minute, four on a machine that is busy.
const LATER: Duration = Duration::from_secs(400);
/// Between two looks at the same thing.
const PAUSE: Duration = Duration::from_millis(300);
/// The device: a UPS with delays for switching off and on again.
const DEVICE: &str = "cps";

/// A machine that runs. When a test fails, it shows what was on its console.
pub(crate) struct Machine {
    ups: Option<RedirectedUsb>,
    qemu: Running,
    shell: Mutex<Shell>,
    monitor: Mutex<Monitor>,
    /// How much of the console is of earlier boots.
    seen: usize,
    _sandbox: Sandbox,
}

/// What a machine is made of.
pub(crate) struct Plan {
    pub(crate) begin: Begin,
    /// Whether its UPS is plugged in; none if it has no UPS.
    pub(crate) plugged: Option<bool>,
    pub(crate) cable: Option<Cable>,
}

impl Machine {
    /// Starts one with the UPS plugged in, or not yet, and waits until it is up. Without the virtual machine's disk the
    /// test `name` is noted as skipped.
    #[track_caller]
    pub(crate) fn boot(name: &str, plugged: bool) -> Option<Self> {
        Self::boot_with(name, plugged, Begin::Installed)
    }

    /// The same with what is installed on it.
    #[track_caller]
    pub(crate) fn boot_with(name: &str, plugged: bool, begin: Begin) -> Option<Self> {
        let plan = Plan {
            begin,
            plugged: Some(plugged),
            cable: None,
        };
        let machine = Self::start(name, plan)?;
        machine.await_up();
        Some(machine)
    }

    /// Starts one, and does not wait.
    #[track_caller]
    pub(crate) fn start(name: &str, plan: Plan) -> Option<Self> {
        let made = env::var_os("LOCKNUT_VM").map(PathBuf::from);
        let Some((dir, packages)) = made.zip(payload::packages()) else {
            skipped_unless_ci(
                name,
                "the virtual machine and our packages, which `cargo xtask test --vm` makes",
            );
            return None;
        };
        let sandbox = Sandbox::new();
        let payload = payload::pack(&sandbox, &packages, plan.begin);
        let ports = Ports::new(&sandbox);
        let mut program = hardware::qemu(&dir, &payload, &ports, &sandbox);
        let ups = plan.plugged.map(|plugged| start_ups(&sandbox, plugged));
        if let Some(ups) = &ups {
            program = hardware::with_usb(program, ups.socket());
        }
        if let Some(cable) = &plan.cable {
            program = hardware::with_cable(program, cable);
        }
        let qemu = program.start();
        let connected = eventually(PATIENCE, || {
            let monitor = Monitor::connect(&ports.monitor).ok()?;
            Some((Shell::connect(&ports.shell).ok()?, monitor))
        });
        let Some((shell, monitor)) = connected else {
            panic!("QEMU does not run: {}", qemu.printed());
        };
        Some(Self {
            shell: Mutex::new(shell),
            monitor: Mutex::new(monitor),
            ups,
            qemu,
            seen: 0,
            _sandbox: sandbox,
        })
    }

    /// Waits until it is up.
    #[track_caller]
    pub(crate) fn await_up(&self) {
        let ready = self.shell().await_ready(BOOT);
        assert!(ready.is_ok(), "the machine does not come up: {ready:?}");
        self.monitor().forget().unwrap();
    }

    /// The UPS.
    #[track_caller]
    pub(crate) fn ups(&self) -> UsbDevice<'_> {
        self.ups.as_ref().unwrap().device()
    }

    /// Runs a command in it and gives what it prints.
    #[track_caller]
    pub(crate) fn run(&self, command: &str) -> String {
        let said = self.try_run(command);
        assert_eq!(said.code, "0", "{command}: {}", said.text);
        said.text.trim_end().to_owned()
    }

    /// Runs a command in it that may fail.
    #[track_caller]
    pub(crate) fn try_run(&self, command: &str) -> Said {
        let said = self.shell().run(command);
        said.unwrap_or_else(|why| panic!("{command}: {why}"))
    }

    /// Waits until a command prints what is wanted, and gives that.
    #[track_caller]
    pub(crate) fn await_output(&self, command: &str, wanted: impl Fn(&str) -> bool) -> String {
        self.await_output_within(SOON, command, wanted)
    }

    #[track_caller]
    fn await_output_within(
        &self,
        within: Duration,
        command: &str,
        wanted: impl Fn(&str) -> bool,
    ) -> String {
        let mut last = String::new();
        let found = eventually(within, || {
            last = self.try_run(command).text.trim_end().to_owned();
            let found = wanted(&last).then(|| last.clone());
            if found.is_none() {
                // an emulated processor has better to do than to be asked all the time
                sleep(PAUSE);
            }
            found
        });
        found.unwrap_or_else(|| panic!("{command}: still {last:?} after {within:?}"))
    }

    /// Runs a command that may take long, and succeeds.
    #[track_caller]
    pub(crate) fn run_long(&self, command: &str) {
        // of its own name, so that its end can be waited for; --wait would outlast the shell's patience
        self.run(&format!(
            "systemctl reset-failed long.service 2>/dev/null; systemd-run --quiet --unit=long --remain-after-exit sh -c '{command}'"
        ));
        let state = "systemctl show --value -p SubState long.service";
        let ended =
            self.await_output_within(LATER, state, |said| said == "exited" || said == "failed");
        let said =
            self.run("journalctl --quiet --boot --output=cat --unit=long.service | tail -n 40");
        assert_eq!(ended, "exited", "{command}: {said}");
        self.run("systemctl stop long.service");
    }

    /// Waits until `upsc` tells this status.
    #[track_caller]
    pub(crate) fn await_status(&self, status: &str) {
        // C NUT's upsc talks of encryption, too
        self.await_output("upsc ups ups.status 2>/dev/null", |said| said == status);
    }

    /// Waits for a line on the console.
    #[track_caller]
    pub(crate) fn await_console(&self, line: &str) {
        self.qemu.wait_for_line(line, SOON);
    }

    /// Waits until it has powered itself off, and gives what was on its console since it was switched on.
    #[track_caller]
    pub(crate) fn await_power_off(&mut self) -> String {
        self.await_end(End::PoweredOff, "reboot: Power down")
    }

    /// Waits until it has restarted itself, and gives what was on its console until then.
    #[track_caller]
    pub(crate) fn await_restart(&mut self) -> String {
        self.await_end(End::Restarted, "reboot: Restarting system")
    }

    /// Gives it power again, and waits until it is up.
    #[track_caller]
    pub(crate) fn power_on(&self) {
        self.monitor().power_on().unwrap();
        self.await_up();
    }

    #[track_caller]
    fn await_end(&mut self, wanted: End, last_words: &str) -> String {
        let end = self.monitor().await_end(SOON);
        assert_eq!(end.ok(), Some(wanted), "the machine has not ended so");
        // the monitor and the console are two ways, of different length
        let told = eventually(PATIENCE, || {
            let console = self.qemu.printed().split_off(self.seen);
            let end = console.find(last_words)? + last_words.len();
            Some(console[..end].to_owned())
        });
        let told = told.unwrap_or_else(|| panic!("no `{last_words}` on the console"));
        self.seen += told.len();
        told
    }

    fn shell(&self) -> MutexGuard<'_, Shell> {
        self.shell.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn monitor(&self) -> MutexGuard<'_, Monitor> {
        self.monitor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if panicking() {
            eprintln!("--- the machine's console:\n{}\n---", self.qemu.printed());
        }
    }
}

fn start_ups(sandbox: &Sandbox, plugged: bool) -> RedirectedUsb {
    let ups = RedirectedUsb::start(sandbox, &DeviceFile::named(DEVICE));
    if !plugged {
        ups.device().unplug();
    }
    ups
}
