//! Making the machine: its disk, its kernel, and the first file system with the modules that reach the disk.

use super::{KEPT, LEFT_OUT, PACKAGES, RIVALS, apt, remove};
use crate::cargo::{ask, perform};
use crate::failure::{Failure, Result};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The modules without which there is no disk; what they need comes with them.
pub(super) const MODULES: &[&str] = &["virtio_pci", "virtio_blk", "ext4"];

/// How long getting and unpacking the packages may take.
const MINUTES: &str = "10m";

/// Room for Debian and for us.
const DISK: &str = "1G";

/// Makes all into `dir`, which is empty.
pub(super) fn make(dir: &Path, release: &str, init: &Path) -> Result<()> {
    let system = dir.join("system");
    install(&system, release)?;
    let kernel = only_entry(&system.join("usr/lib/modules"))?;
    copy(
        &system.join(format!("boot/vmlinuz-{kernel}")),
        &dir.join("vmlinuz"),
    )?;
    first_file_system(dir, &system, &kernel, init)?;
    disk(dir, &system)?;
    remove(&system)
}

/// In a mount name space of its own: whatever happens, nothing stays mounted that `remove` could empty.
fn install(system: &Path, release: &str) -> Result<()> {
    let sources = system.with_extension("list");
    fs::write(&sources, apt::sources()?).map_err(Failure::io(sources.display()))?;
    let mut make = Command::new("unshare");
    make.args(["--mount", "timeout", "--kill-after=10s", MINUTES]);
    make.args([
        "mmdebstrap",
        "--quiet",
        "--mode=root",
        "--variant=essential",
    ]);
    make.arg(format!("--include={}", PACKAGES.join(",")));
    make.args(
        LEFT_OUT
            .iter()
            .map(|path| format!("--dpkgopt=path-exclude={path}")),
    );
    make.args(
        KEPT.iter()
            .map(|path| format!("--dpkgopt=path-include={path}")),
    );
    make.arg("--aptopt=Acquire::Languages \"none\"");
    make.args(
        apt::options()?
            .iter()
            .map(|option| format!("--aptopt={option}")),
    );
    make.arg(format!("--customize-hook={}", download()));
    make.arg(release).arg(system).arg(&sources);
    perform(make.stdin(Stdio::null()))?;
    fs::remove_file(&sources).map_err(Failure::io(sources.display()))
}

/// Puts packages beside the system that are to be installed later, without a network.
fn download() -> String {
    let apt = "APT_CONFIG=\"$MMDEBSTRAP_APT_CONFIG\" apt-get --yes --quiet --no-install-recommends --download-only install";
    let keep = "mkdir \"$1/var/cache/rivals\" && mv \"$1\"/var/cache/apt/archives/*.deb \"$1/var/cache/rivals\"";
    // those that the system itself was made of
    let others = "rm -f \"$1\"/var/cache/apt/archives/*.deb";
    format!("{others}; {apt} {} && {keep}", RIVALS.join(" "))
}

/// The first program, a shell for it, and the modules in the order in which they are loaded.
fn first_file_system(dir: &Path, system: &Path, kernel: &str, init: &Path) -> Result<()> {
    let first = dir.join("first");
    for name in ["bin", "dev", "modules", "new"] {
        let name = first.join(name);
        fs::create_dir_all(&name).map_err(Failure::io(name.display()))?;
    }
    copy(init, &first.join("init"))?;
    copy(&system.join("usr/bin/busybox"), &first.join("bin/busybox"))?;
    for (number, path) in modules(system, kernel)?.iter().enumerate() {
        let name = path.rsplit('/').next().unwrap_or(path);
        let module = system.join(path.trim_start_matches('/'));
        copy(&module, &first.join(format!("modules/{number:02}-{name}")))?;
    }
    let pack = "cd \"$1\" && find . | cpio --quiet -o -H newc | gzip -1 >\"$2\"";
    let image = dir.join("first.img");
    let mut shell = Command::new("sh");
    perform(shell.args(["-ec", pack, "sh"]).arg(&first).arg(image))?;
    remove(&first)
}

/// Paths in the system, each after those it needs.
fn modules(system: &Path, kernel: &str) -> Result<Vec<String>> {
    let chroot = |program: &[&str]| {
        let mut chroot = Command::new("chroot");
        chroot.arg(system).args(program);
        chroot
    };
    perform(&mut chroot(&["depmod", kernel]))?;
    let mut order = Vec::new();
    for module in MODULES {
        let lines = ask(&mut chroot(&[
            "modprobe",
            "-S",
            kernel,
            "--show-depends",
            module,
        ]))?;
        let paths = lines
            .lines()
            .filter_map(|line| line.strip_prefix("insmod "));
        for path in paths.map(|path| path.trim().to_owned()) {
            if !order.contains(&path) {
                order.push(path);
            }
        }
    }
    Ok(order)
}

/// Every boot begins with the same disk, so it needs no journal.
fn disk(dir: &Path, system: &Path) -> Result<()> {
    let mut make = Command::new("mke2fs");
    make.args(["-q", "-F", "-t", "ext4", "-O", "^has_journal", "-d"]);
    perform(make.arg(system).arg(dir.join("disk.img")).arg(DISK))
}

fn only_entry(dir: &Path) -> Result<String> {
    let entries = fs::read_dir(dir).map_err(Failure::io(dir.display()))?;
    let mut names = entries.flatten().map(|entry| entry.file_name());
    match (names.next(), names.next()) {
        (Some(name), None) => Ok(name.to_string_lossy().into_owned()),
        _ => Err(Failure::told(format!(
            "{}: not just one entry",
            dir.display()
        ))),
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .map(drop)
        .map_err(Failure::io(from.display()))
}
