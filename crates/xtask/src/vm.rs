//! `vm`: the virtual machine that `tests/tests/vm` boots: a small Debian with its own kernel, systemd and udev.
//!
//! It is made of the machine's own release and from the machine's own package sources, so that programs built here run
//! there. `target/vm` keeps it until what it is made of changes; our programs are not in it, a test brings them along.

mod apt;
mod image;
mod tools;

use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};

/// What is installed, beside the packages that every Debian has.
const PACKAGES: &[&str] = &[
    "adduser",        // our packages and C NUT's make an account
    "apt",            // as an administrator would install them
    "busybox-static", // for the first file system
    "dbus",
    "kmod",
    "libusb-1.0-0", // where our programs were built against it
    "linux-image-amd64",
    "systemd",
    "systemd-sysv",
    "udev",
];

/// C NUT's, in which ours take their place: they and what they need lie in the machine, not installed.
const RIVALS: &[&str] = &["nut-server", "nut-client"];

/// What nobody in the virtual machine misses: most of the kernel's modules, what is made to read, and the making of a
/// first file system, since ours is smaller.
const LEFT_OUT: &[&str] = &[
    "/etc/kernel/postinst.d/initramfs-tools",
    "*/lib/modules/*/kernel/drivers/gpu/*",
    "*/lib/modules/*/kernel/drivers/iio/*",
    "*/lib/modules/*/kernel/drivers/infiniband/*",
    "*/lib/modules/*/kernel/drivers/media/*",
    "*/lib/modules/*/kernel/drivers/net/*",
    "*/lib/modules/*/kernel/drivers/scsi/*",
    "*/lib/modules/*/kernel/drivers/staging/*",
    "*/lib/modules/*/kernel/net/*",
    "*/lib/modules/*/kernel/sound/*",
    "/usr/share/doc/*",
    "/usr/share/locale/*",
    "/usr/share/man/*",
];

/// Of these, what two machines need to talk to each other.
const KEPT: &[&str] = &[
    "*/lib/modules/*/kernel/drivers/net/net_failover.ko",
    "*/lib/modules/*/kernel/drivers/net/virtio_net.ko",
    "*/lib/modules/*/kernel/net/core/failover.ko",
];

/// The file that says what the machine was made of.
const LIST: &str = "made.list";

/// The virtual machine cannot be made here; the text says what that needs.
pub(crate) struct Lacking(pub(crate) String);

/// The chore.
pub(crate) fn run() -> Result<()> {
    let workspace = Workspace::load()?;
    let dir =
        prepare(&workspace)?.map_err(|Lacking(needs)| Failure::told(format!("needs {needs}")))?;
    println!("vm: {}", dir.display());
    println!(
        "vm: `LOCKNUT_VM={} cargo test -p tests --test vm` boots it",
        dir.display()
    );
    Ok(())
}

/// Makes what is not there, and gives the directory.
pub(crate) fn prepare(workspace: &Workspace) -> Result<std::result::Result<PathBuf, Lacking>> {
    let Some(release) = apt::release() else {
        return Ok(Err(Lacking("Debian, of which it is made".to_owned())));
    };
    if let Err(lacking) = tools::ensure()? {
        return Ok(Err(lacking));
    }
    let init = workspace.root.join("tests/vm/init");
    let wanted = made_of(&release, &init)?;
    let dir = workspace.target.join("vm");
    if fs::read_to_string(dir.join(LIST)).is_ok_and(|there| there == wanted) {
        return Ok(Ok(dir));
    }
    let new = workspace.target.join("vm.new");
    remove(&new)?;
    fs::create_dir_all(&new).map_err(Failure::io(new.display()))?;
    image::make(&new, &release, &init)?;
    fs::write(new.join(LIST), wanted).map_err(Failure::io(new.display()))?;
    remove(&dir)?;
    fs::rename(&new, &dir).map_err(Failure::io(dir.display()))?;
    Ok(Ok(dir))
}

/// All that makes it what it is.
fn made_of(release: &str, init: &Path) -> Result<String> {
    let init = fs::read_to_string(init).map_err(Failure::io(init.display()))?;
    let lists = [PACKAGES, RIVALS, LEFT_OUT, KEPT, image::MODULES].map(|list| list.join("\n"));
    Ok(format!("{release}\n{}\n{init}", lists.join("\n")))
}

fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).map_err(Failure::io(dir.display()))?;
    }
    Ok(())
}
