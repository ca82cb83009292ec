//! The machine: QEMU with the disk that `cargo xtask vm` has made, our programs installed on it, and a UPS at its USB port.
//!
//! The disk itself is never written; each machine begins as a new one.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{panicking, sleep};
use std::time::Duration;

use testkit::{
    DeviceFile, PATIENCE, Program, RedirectedUsb, Running, Sandbox, UsbDevice, eventually,
    skipped_unless_ci,
};

use crate::payload::{self, Begin};
use crate::shell::{Said, Shell};

/// How long the way from nothing to a system that is up may take: some 15 s where nothing else runs.
const BOOT: Duration = Duration::from_secs(240);
/// How long what happens in the machine may take.
pub(crate) const SOON: Duration = Duration::from_secs(120);
/// Between two looks at the same thing.
const PAUSE: Duration = Duration::from_millis(300);
/// QEMU ends by then even if nobody is left to end it.
const LIMIT: &str = "10m";
/// The device: a UPS with delays for switching off and on again.
const DEVICE: &str = "cps";

/// An ordinary computer, without a network. The processor is emulated: not every machine that tests has another.
const HARDWARE: &str = "-accel tcg -cpu max -M q35 -m 512 -smp 2 -nodefaults -no-user-config -no-reboot -display none \
    -device qemu-xhci,id=usb";
const DISK: &str = "if=virtio,format=raw";
/// The kernel's words: on the serial port, with little talk, and without what makes an emulated processor slow.
const KERNEL: &str = "console=ttyS0 loglevel=4 panic=-1 mitigations=off nokaslr random.trust_cpu=on \
    systemd.show_status=true systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info";

/// One at a time: each wants all of a small computer.
static TURN: Mutex<()> = Mutex::new(());

/// A machine that runs. When a test fails, it shows what was on its console.
pub(crate) struct Machine {
    ups: RedirectedUsb,
    qemu: Running,
    shell: Mutex<Shell>,
    _sandbox: Sandbox,
    _turn: MutexGuard<'static, ()>,
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
        let made = env::var_os("LOCKNUT_VM").map(PathBuf::from);
        let Some((dir, packages)) = made.zip(payload::packages()) else {
            skipped_unless_ci(
                name,
                "the virtual machine and our packages, which `cargo xtask test --vm` makes",
            );
            return None;
        };
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let sandbox = Sandbox::new();
        let ups = RedirectedUsb::start(&sandbox, &DeviceFile::named(DEVICE));
        if !plugged {
            ups.device().unplug();
        }
        let payload = payload::pack(&sandbox, &packages, begin);
        let port = sandbox.run().join("shell");
        let qemu = qemu(&dir, &payload, ups.socket(), &port, &sandbox).start();
        let shell = eventually(PATIENCE, || Shell::connect(&port).ok());
        let Some(shell) = shell else {
            panic!("QEMU does not run: {}", qemu.printed());
        };
        let machine = Self {
            shell: Mutex::new(shell),
            ups,
            qemu,
            _sandbox: sandbox,
            _turn: turn,
        };
        let ready = machine.shell().await_ready(BOOT);
        assert!(ready.is_ok(), "the machine does not come up: {ready:?}");
        Some(machine)
    }

    /// The UPS.
    pub(crate) fn ups(&self) -> UsbDevice<'_> {
        self.ups.device()
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
        let mut last = String::new();
        let found = eventually(SOON, || {
            last = self.try_run(command).text.trim_end().to_owned();
            let found = wanted(&last).then(|| last.clone());
            if found.is_none() {
                // an emulated processor has better to do than to be asked all the time
                sleep(PAUSE);
            }
            found
        });
        found.unwrap_or_else(|| panic!("{command}: still {last:?} after {SOON:?}"))
    }

    /// Runs a command that may take long, and succeeds.
    #[track_caller]
    pub(crate) fn run_long(&self, command: &str) {
        // of its own name, so that its end can be waited for; --wait would outlast the shell's patience
        self.run(&format!(
            "systemctl reset-failed long.service 2>/dev/null; systemd-run --quiet --unit=long --remain-after-exit sh -c '{command}'"
        ));
        let state = "systemctl show --value -p SubState long.service";
        let ended = self.await_output(state, |said| said == "exited" || said == "failed");
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

    /// Waits until it has powered itself off, and gives what was on its console.
    #[track_caller]
    pub(crate) fn await_power_off(&mut self) -> String {
        let code = self.qemu.wait_for_end(SOON);
        assert_eq!(code, Some(0), "QEMU has failed");
        self.qemu.printed()
    }

    fn shell(&self) -> MutexGuard<'_, Shell> {
        self.shell.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if panicking() {
            eprintln!("--- the machine's console:\n{}\n---", self.qemu.printed());
        }
    }
}

fn qemu(dir: &Path, payload: &Path, usb: &Path, port: &Path, sandbox: &Sandbox) -> Program {
    let of = |path: &Path| path.display().to_string();
    let disk = format!("file={},{DISK},snapshot=on", of(&dir.join("disk.img")));
    let archive = format!("file={},{DISK},readonly=on", of(payload));
    let shell = format!("socket,id=shell,path={},server=on,wait=off", of(port));
    let ups = format!("socket,id=ups,path={}", of(usb));
    Program::at(Path::new("/usr/bin/env"), sandbox)
        .args(["timeout", "--kill-after=10s", LIMIT, "qemu-system-x86_64"])
        .args(HARDWARE.split_whitespace())
        .args(["-kernel", &of(&dir.join("vmlinuz"))])
        .args(["-initrd", &of(&dir.join("first.img"))])
        .args(["-append", KERNEL])
        .args(["-drive", &disk, "-drive", &archive])
        .args(["-serial", "stdio"])
        .args(["-chardev", &shell, "-serial", "chardev:shell"])
        .args([
            "-chardev",
            &ups,
            "-device",
            "usb-redir,chardev=ups,bus=usb.0",
        ])
}
