//! What QEMU is told: an ordinary computer with the disk that `cargo xtask vm` has made, and what a test connects to it.

use std::path::{Path, PathBuf};

use testkit::{Program, Sandbox};

/// QEMU ends by then even if nobody is left to end it.
const LIMIT: &str = "30m";
/// The processor is emulated: not every machine that tests has another. Without power it stays, and can be switched on again.
const COMPUTER: &str = "-accel tcg -cpu max -M q35 -m 512 -smp 2 -nodefaults -no-user-config -display none \
    -action shutdown=pause -device qemu-xhci,id=usb";
const DISK: &str = "if=virtio,format=raw";
/// The kernel's words: on the serial port, with little talk, and without what makes an emulated processor slow.
const KERNEL: &str = "console=ttyS0 loglevel=4 panic=-1 mitigations=off nokaslr random.trust_cpu=on net.ifnames=0 \
    systemd.show_status=true systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info";

/// Sockets in the sandbox, through which a test reaches the machine.
pub(crate) struct Ports {
    pub(crate) shell: PathBuf,
    pub(crate) monitor: PathBuf,
}

impl Ports {
    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        let port = |name| sandbox.run().join(name);
        Self {
            shell: port("shell"),
            monitor: port("monitor"),
        }
    }
}

/// A cable from one machine to another.
#[derive(Clone, Debug)]
pub(crate) struct Cable {
    socket: PathBuf,
    is_first_end: bool,
}

impl Cable {
    /// The end of the machine that is started first; the sandbox has to last as long as both.
    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        Self {
            socket: sandbox.run().join("cable"),
            is_first_end: true,
        }
    }

    /// The end of the other one.
    pub(crate) fn other_end(&self) -> Self {
        Self {
            is_first_end: false,
            ..self.clone()
        }
    }

    fn arguments(&self) -> [String; 4] {
        let server = if self.is_first_end { "on" } else { "off" };
        let number = if self.is_first_end { 1 } else { 2 };
        let socket = of(&self.socket);
        let netdev = format!("stream,id=lan,server={server},addr.type=unix,addr.path={socket}");
        let card = format!("virtio-net-pci,netdev=lan,romfile=,mac=52:54:00:00:00:0{number}");
        ["-netdev".to_owned(), netdev, "-device".to_owned(), card]
    }
}

/// QEMU with the disk of `dir`, which is not written, and what is to be installed.
pub(crate) fn qemu(dir: &Path, payload: &Path, ports: &Ports, sandbox: &Sandbox) -> Program {
    let disk = format!("file={},{DISK},snapshot=on", of(&dir.join("disk.img")));
    let archive = format!("file={},{DISK},readonly=on", of(payload));
    let shell = format!(
        "socket,id=shell,path={},server=on,wait=off",
        of(&ports.shell)
    );
    let monitor = format!("unix:{},server=on,wait=off", of(&ports.monitor));
    Program::at(Path::new("/usr/bin/env"), sandbox)
        .args(["timeout", "--kill-after=10s", LIMIT, "qemu-system-x86_64"])
        .args(COMPUTER.split_whitespace())
        .args(["-kernel", &of(&dir.join("vmlinuz"))])
        .args(["-initrd", &of(&dir.join("first.img"))])
        .args(["-append", KERNEL])
        .args(["-drive", &disk, "-drive", &archive])
        .args(["-serial", "stdio"])
        .args(["-chardev", &shell, "-serial", "chardev:shell"])
        .args(["-qmp", &monitor])
}

/// With a USB device that is at `socket`.
pub(crate) fn with_usb(qemu: Program, socket: &Path) -> Program {
    let ups = format!("socket,id=ups,path={}", of(socket));
    let device = "usb-redir,chardev=ups,bus=usb.0";
    qemu.args(["-chardev", &ups, "-device", device])
}

/// With a cable to another machine.
pub(crate) fn with_cable(qemu: Program, cable: &Cable) -> Program {
    qemu.args(cable.arguments())
}

fn of(path: &Path) -> String {
    path.display().to_string()
}
